/** The words of a line, separated by enumeration commas, commas, semicolons or spaces in either width. */
export const wordsIn = (line: string): string[] => [
  ...new Set(line.split(/[\u3001\uff0c\uff1b,;\s]+/u).filter((word) => word !== '')),
]
