import { parentOf, regionCode } from '#base'
import type { Tx } from '#store/server'

/** Names of a place below the city, for a line of a list; what is not in the list of regions is left out. */
export interface PlaceName {
  readonly code: string
  /** County, township and village as far as the code tells. */
  readonly name: string
}

const abovesOf = (code: string): string[] => {
  const codes = [code]
  for (let above = parentOf(regionCode(code)); above !== undefined; above = parentOf(above)) codes.push(above)
  // Province and city are the same for nearly all that one office sees.
  const lower = codes.reverse().filter((one) => !one.endsWith('00000000'))
  return lower.length > 0 ? lower : [code]
}

/** The names of many places with one query. */
export const namePlaces = async (tx: Tx, codes: readonly string[]): Promise<(code: string) => PlaceName> => {
  const paths = new Map([...new Set(codes)].map((code) => [code, abovesOf(code)]))
  const wanted = [...new Set([...paths.values()].flat())]
  const rows =
    wanted.length === 0
      ? []
      : await tx.selectFrom('regions').select(['code', 'name']).where('code', 'in', wanted).execute()
  const names = new Map(rows.map(({ code, name }) => [code, name]))
  return (code) => ({
    code,
    name: (paths.get(code) ?? []).map((one) => names.get(one) ?? '').join('') || code,
  })
}
