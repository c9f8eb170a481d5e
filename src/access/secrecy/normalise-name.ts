// Departments write the dot of a transcribed name in many ways, or leave it out: 阿依古丽·买买提, 阿依古丽.买买提, 阿依古丽买买提.
const separators = /[\s\p{Cf}\p{Cc}.·•‧∙⋅․●・。]/gu

/** A name without what departments write differently for the same person: width, case, spaces, middle dots. */
export const normaliseName = (name: string): string =>
  name.normalize('NFKC').replace(separators, '').toUpperCase()
