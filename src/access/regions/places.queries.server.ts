import { sql } from 'kysely'
import { parentOf, parseRegionCode } from '#base'
import { prepared, type Tx } from '#store/server'

/** A place as a list names it. */
export interface PlaceName {
  /** 12 digits. */
  readonly code: string
  readonly name: string
}

/** A place and the places one level below it that are in use, in the order of their codes: the place itself first. */
export const listPlaces = (tx: Tx, code: string): Promise<PlaceName[]> =>
  tx
    .selectFrom('regions')
    .select(['code', 'name'])
    .where((where) => where.or([where('code', '=', code), where('parent_code', '=', code)]))
    .where('valid_until', 'is', null)
    .orderBy('code')
    .execute()

/** The places one level below a place that are in use, in the order of their codes. */
export const listPlacesBelow = async (tx: Tx, code: string): Promise<PlaceName[]> =>
  (await listPlaces(tx, code)).filter((place) => place.code !== code)

/** The own names of places, retired ones too; a code that nobody knows has none. */
export const findPlaceNames = async (
  tx: Tx,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (codes.length === 0) return new Map()
  const wanted = [...new Set(codes)]
  const rows = await tx
    .selectFrom('regions')
    .select(['code', 'name'])
    .where(sql<boolean>`code = any (${wanted}::text[])`)
    .modifyEnd(prepared)
    .execute()
  return new Map(rows.map(({ code, name }) => [code, name]))
}

/**
 * How many places are told on a page, with one query: county, township and village put together, as far as the code
 * tells and the list of regions knows them; else the code itself.
 */
export const namePlaces = async (tx: Tx, codes: readonly string[]): Promise<(code: string) => PlaceName> => {
  const paths = new Map([...new Set(codes)].map((code) => [code, pathOf(code)]))
  const names = await findPlaceNames(tx, [...paths.values()].flat())
  return (code) => ({
    code,
    name: (paths.get(code) ?? []).map((one) => names.get(one) ?? '').join('') || code,
  })
}

const pathOf = (code: string): readonly string[] => {
  const path: string[] = []
  for (let at = parseRegionCode(code); at !== undefined; at = parentOf(at)) path.unshift(at)
  // Province and city are the same for nearly all that one office sees.
  const lower = path.filter((one) => !one.endsWith('00000000'))
  return lower.length > 0 ? lower : path.slice(-1)
}
