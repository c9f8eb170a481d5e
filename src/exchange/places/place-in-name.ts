interface Place {
  readonly code: string
  readonly name: string
}

/** The one place whose whole name stands in the file's name; undefined where none or several do. */
export const placeInName = (fileName: string, places: readonly Place[]): string | undefined => {
  const [place, ...more] = places.filter(({ name }) => fileName.includes(name))
  return more.length === 0 ? place?.code : undefined
}
