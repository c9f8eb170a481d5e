/** How two birth dates agree, best first. */
export type BirthLevel =
  | 'exact'
  | 'swapped'
  | 'one-digit'
  | 'same-month'
  | 'same-year'
  | 'different'
  | 'missing'

/** `county-whole`: the row names no more than the county, and it is this one. `unknown`: the row names no county. */
export type RegionLevel = 'village' | 'township' | 'county-whole' | 'county' | 'elsewhere' | 'unknown'

/** Compares two dates `YYYY-MM-DD`. */
export const compareBirths = (a: string | undefined, b: string | undefined): BirthLevel => {
  if (a === undefined || b === undefined) return 'missing'
  if (a === b) return 'exact'
  let differing = 0
  for (let at = 0; at < 10; at += 1) if (a.charCodeAt(at) !== b.charCodeAt(at)) differing += 1
  if (differing <= 4 && isSwap(a, b)) return 'swapped'
  if (differing === 1) return 'one-digit'
  if (a.slice(0, 7) === b.slice(0, 7)) return 'same-month'
  return a.slice(0, 4) === b.slice(0, 4) ? 'same-year' : 'different'
}

// Two neighbouring digits changed places: 1987-04-12 and 1978-04-12; or day and month did: 1987-04-12 and 1987-12-04.
const isSwap = (left: string, right: string): boolean => {
  const [a, b] = [left.replaceAll('-', ''), right.replaceAll('-', '')]
  const differing = [...a].map((_, at) => at).filter((at) => a[at] !== b[at])
  const [first = 0, second = 0] = differing
  if (differing.length === 2 && second === first + 1 && a[first] === b[second] && a[second] === b[first])
    return true
  return a.slice(0, 4) === b.slice(0, 4) && a.slice(4, 6) === b.slice(6, 8) && a.slice(6, 8) === b.slice(4, 6)
}

/** Compares where a row says somebody lives, twelve digits as deep as known, with where a person is registered. */
export const compareRegions = (row: string | undefined, person: string): RegionLevel => {
  if (row === undefined || countyOf(row) === undefined) return 'unknown'
  if (row === person && !row.endsWith('000')) return 'village'
  if (row.slice(0, 6) !== person.slice(0, 6)) return 'elsewhere'
  if (row.slice(6, 9) === '000') return 'county-whole'
  return row.slice(6, 9) === person.slice(6, 9) ? 'township' : 'county'
}

/** The county's six digits; undefined for a city or province. */
export const countyOf = (region: string | undefined): string | undefined =>
  region === undefined || region.slice(4, 6) === '00' ? undefined : region.slice(0, 6)
