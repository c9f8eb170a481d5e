import { sql } from 'kysely'
import type { Scope } from '#store'
import { prepared, type Tx } from '#store/server'
import { bareName, outerPieces, rangeOfPrefix } from './names.ts'

const columns = [
  'persons.id',
  'persons.household_id',
  'persons.region_code',
  'persons.name',
  'persons.sex',
  'persons.birth_date',
  'persons.relation',
  'persons.number_last4',
  'households.number as household_number',
] as const

const present = (tx: Tx) =>
  tx
    .selectFrom('persons')
    .innerJoin('households', 'households.id', 'persons.household_id')
    .select(columns)
    .where('persons.left_on', 'is', null)

export type PersonRow = Awaited<ReturnType<typeof findByNumber>>[number]

/** A page of a list: so many rows behind a person. The reader's scope decides only which index the statement goes by. */
export interface PersonPage {
  readonly after: string | undefined
  readonly limit: number
  readonly scope: Scope | undefined
}

/** The member with this blind index, if the actor may see the place. */
export const findByNumber = (tx: Tx, index: Buffer) =>
  present(tx).where('persons.number_index', '=', index).modifyEnd(prepared).execute()

export const listByLast4 = (tx: Tx, last4: string, { after, limit }: PersonPage) => {
  const query = present(tx).where('persons.number_last4', '=', last4).orderBy('persons.id').limit(limit)
  return (after ? query.where('persons.id', '>', after) : query).execute()
}

export const listByHouseholdNumber = (tx: Tx, number: string, { after, limit }: PersonPage) => {
  const query = present(tx).where('households.number', '=', number).orderBy('persons.id').limit(limit)
  return (after ? query.where('persons.id', '>', after) : query).execute()
}

/** Names of one spelling without dots and spaces, by their keyed hash: for a name typed without its middle dot. */
export const listByNameKey = (tx: Tx, nameKey: bigint, { after, limit }: PersonPage) => {
  const query = present(tx).where('persons.name_key', '=', nameKey).orderBy('persons.id').limit(limit)
  return (after ? query.where('persons.id', '>', after) : query).execute()
}

/** The people of a page in its order, by a statement that finds them by their ids and is not planned again. */
const describePage = async (
  tx: Tx,
  page: readonly { readonly person_id: string }[],
): Promise<PersonRow[]> => {
  if (page.length === 0) return []
  const ids = page.map(({ person_id }) => person_id)
  const rows = await present(tx)
    .where(sql<boolean>`persons.id = any (${ids}::uuid[])`)
    .modifyEnd(prepared)
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

// How many codes lie in a county and in a township.
const widths = { county: 1_000_000, township: 1000 } as const

/**
 * The range of a scope no wider than a county or a township, to be repeated as a plain condition: the planner knows nothing of the
 * settings behind row-level security. In a wider scope the first in the order of names are soon met by walking all names.
 */
const rangeWithin = (
  scope: Scope | undefined,
  level: keyof typeof widths,
): { readonly from: string; readonly until: string } | undefined =>
  scope?.extra.length === 0 && Number(scope.until) - Number(scope.from) <= widths[level] ? scope : undefined

// Equality and ranges may be index conditions under row-level security; LIKE and a row comparison may not. The page is found
// first, then the households of its members alone: a member lies where the household lies.
const listByPrefix = async (
  tx: Tx,
  column: 'name' | 'name_initials',
  prefix: string,
  { after, limit, scope }: PersonPage,
) => {
  const { from, until } = rangeOfPrefix(prefix)
  const last = after
    ? await tx.selectFrom('persons').select([column, 'id']).where('id', '=', after).executeTakeFirst()
    : undefined
  let query = tx
    .selectFrom('persons')
    .select(['persons.id as person_id'])
    .where('persons.left_on', 'is', null)
    .where(`persons.${column}`, '>=', last?.[column] ?? from)
    .orderBy(`persons.${column}`)
    .orderBy('persons.id')
    .limit(limit)
  if (until !== undefined) query = query.where(`persons.${column}`, '<', until)
  if (last) {
    query = query.where((eb) =>
      eb.or([eb(`persons.${column}`, '>', last[column] ?? ''), eb('persons.id', '>', last.id)]),
    )
  }
  const piece = column === 'name' ? outerPieces(bareName(prefix))?.first : undefined
  // A county's names are found by a piece; without one only a township's are few enough to be sorted.
  const near = rangeWithin(scope, piece === undefined ? 'township' : 'county')
  if (near)
    query = query.where('persons.region_code', '>=', near.from).where('persons.region_code', '<', near.until)
  if (near && piece !== undefined)
    query = query.where('persons.id', 'in', (eb) =>
      eb
        .selectFrom('name_pieces')
        .select('person_id')
        .where('piece', '=', piece)
        .where('region_code', '>=', near.from)
        .where('region_code', '<', near.until),
    )
  if (scope?.extra.length !== 0 || rangeWithin(scope, 'county'))
    return describePage(tx, await query.execute())
  // Taking every scope for a small one, the planner would fetch and sort all of a city that fit; walking the names ends early.
  const allowBitmaps = (value: 'on' | 'off') =>
    sql`select set_config('enable_bitmapscan', ${value}, true) ${prepared}`.execute(tx)
  const [, page] = await Promise.all([allowBitmaps('off'), query.execute(), allowBitmaps('on')])
  return describePage(tx, page)
}

export const listByName = (tx: Tx, prefix: string, page: PersonPage) => listByPrefix(tx, 'name', prefix, page)

export const listByInitials = (tx: Tx, prefix: string, page: PersonPage) =>
  listByPrefix(tx, 'name_initials', prefix, page)

/**
 * Members whose name holds the text anywhere, dots and spaces left out, place by place. The pieces find them by
 * equality, in the order in which they are listed; the whole text is compared with what they find.
 */
export const listByInside = async (
  tx: Tx,
  { bare, first, last }: { readonly bare: string; readonly first: string; readonly last: string },
  { after, limit, scope }: PersonPage,
) => {
  const from = after
    ? await tx.selectFrom('persons').select(['region_code', 'id']).where('id', '=', after).executeTakeFirst()
    : undefined
  let query = tx
    .selectFrom('name_pieces as held')
    .select('held.person_id')
    .where('held.piece', '=', first)
    .orderBy('held.region_code')
    .orderBy('held.person_id')
    .limit(limit)
  // A piece is kept for nobody whose name does not hold it; only more than a piece is to be compared.
  if (bare !== first)
    query = query
      .innerJoin('persons', 'persons.id', 'held.person_id')
      .where('persons.left_on', 'is', null)
      .where(sql<boolean>`strpos(translate(persons.name, '· ', ''), ${bare}) > 0`) as typeof query
  if (last !== first)
    query = query
      .innerJoin('name_pieces as ending', (join) =>
        join
          .onRef('ending.region_code', '=', 'held.region_code')
          .onRef('ending.person_id', '=', 'held.person_id'),
      )
      .where('ending.piece', '=', last) as typeof query
  if (scope?.extra.length === 0)
    query = query.where('held.region_code', '>=', scope.from).where('held.region_code', '<', scope.until)
  if (from)
    query = query
      .where('held.region_code', '>=', from.region_code)
      .where((eb) =>
        eb.or([eb('held.region_code', '>', from.region_code), eb('held.person_id', '>', from.id)]),
      )
  return describePage(tx, await query.execute())
}

/** What a reveal needs; undefined when the person is outside the actor's scope. */
export const findNumber = (tx: Tx, id: string) =>
  tx
    .selectFrom('persons')
    .select(['id', 'household_id', 'region_code', 'number_cipher'])
    .where('id', '=', id)
    .executeTakeFirst()
