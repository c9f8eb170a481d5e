import { sql } from 'kysely'
import { rangeOf, regionCode } from '#base'
import { inPortions, type Tx } from '#store/server'

/** So many members are read and compared at a time; all of a province would not fit. */
const personsAtOnce = 20_000

const namedPersons = (tx: Tx) =>
  tx
    .selectFrom('persons')
    .select(['id', 'name', 'name_key', 'birth_date', 'region_code', 'number_token', 'number_check'])
    .where('left_on', 'is', null)
    .where('name', 'is not', null)

/** Whom alone it is about, told by what the registry knows; see `meetingOf` of the lake. */
export interface Sought {
  readonly birthDates: readonly string[]
  readonly endings: readonly string[]
  readonly written: readonly bigint[]
  readonly sounds: readonly bigint[]
}

const isSought = ({ birthDates, endings, written, sounds }: Sought) => sql<boolean>`(
  birth_date = any (${[...birthDates]}::date[]) or number_last4 = any (${[...endings]}::text[])
  or name_key in (select n.name_key from match_names n
    where n.written_key = any (${written.map(String)}::bigint[]) or n.sound_key = any (${sounds.map(String)}::bigint[]))
  or id in (select person_id from match_odd_births))`

/** Present members with a name in the order of their ids, a part at a time, for scored matching; in memory only while a pass lasts. */
export const listNamedPersons = (tx: Tx, sought?: Sought): AsyncIterable<readonly NamedPerson[]> => {
  const query = sought === undefined ? namedPersons(tx) : namedPersons(tx).where(isSought(sought))
  return inPortions(tx, query.orderBy('id'), personsAtOnce)
}

/** Those of these people who are present and have a name. */
export const listNamedAmong = (tx: Tx, ids: readonly string[]) =>
  namedPersons(tx)
    .where(sql<boolean>`id = any (${[...ids]}::uuid[])`)
    .orderBy('id')
    .execute()

export type NamedPerson = Awaited<ReturnType<typeof listNamedAmong>>[number]

/** Where the persons in doubt are registered, with their numbers encrypted, by id. */
export const findAskedPersons = async (tx: Tx, ids: readonly string[]) => {
  const rows = await tx
    .selectFrom('persons')
    .select(['id', 'region_code', 'number_cipher'])
    .where(sql<boolean>`id = any (${[...ids]}::uuid[])`)
    .execute()
  return new Map(
    rows.map((row) => [
      row.id,
      { regionCode: row.region_code, numberCipher: row.number_cipher ?? undefined },
    ]),
  )
}

/** Regions of persons, by id. */
export const listPersonRegions = async (tx: Tx, ids: readonly string[]): Promise<Map<string, string>> => {
  const rows = await tx
    .selectFrom('persons')
    .select(['id', 'region_code'])
    .where(sql<boolean>`id = any (${[...ids]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, region_code }) => [id, region_code]))
}

/** What the registry knows of numbers, by token. */
export const findKnownNumbers = async (tx: Tx, tokens: readonly bigint[]) => {
  const known = new Map<bigint, { check: string; nameKey: bigint | undefined }>()
  for (let start = 0; start < tokens.length; start += 2000) {
    const rows = await tx
      .selectFrom('persons')
      .select(['number_token', 'number_check', 'name_key'])
      .where('number_token', 'in', tokens.slice(start, start + 2000))
      .where('left_on', 'is', null)
      .execute()
    for (const row of rows) {
      if (row.number_token === null) continue
      known.set(BigInt(row.number_token), {
        check: row.number_check ?? '',
        nameKey: row.name_key === null ? undefined : BigInt(row.name_key),
      })
    }
  }
  return known
}

/** Withdraws open leads that no accepted file knows any more. Gives their number. */
export const withdrawUnseenLeads = async (tx: Tx, seenIds: readonly string[]): Promise<number> => {
  const open = await tx.selectFrom('leads').select('id').where('status', '=', 'open').execute()
  const seen = new Set(seenIds)
  const unseen = open.map(({ id }) => id).filter((id) => !seen.has(id))
  for (let start = 0; start < unseen.length; start += 1000) {
    await tx
      .updateTable('leads')
      .set((eb) => ({ status: 'withdrawn', version: eb('version', '+', 1) }))
      .where('id', 'in', unseen.slice(start, start + 1000))
      .execute()
  }
  return unseen.length
}

/** How members stand to the head of their household, by id. */
export const listRelations = async (tx: Tx, ids: readonly string[]): Promise<Map<string, string>> => {
  const relations = new Map<string, string>()
  for (let start = 0; start < ids.length; start += 5000) {
    const rows = await tx
      .selectFrom('persons')
      .select(['id', 'relation'])
      .where('id', 'in', ids.slice(start, start + 5000))
      .execute()
    for (const { id, relation } of rows) relations.set(id, relation)
  }
  return relations
}

/** How many present members the registry holds in a region and below it. */
export const countPersonsIn = async (tx: Tx, code: string): Promise<number> => {
  const { from, until } = rangeOf(regionCode(code))
  const row = await tx
    .selectFrom('persons')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('region_code', '>=', from)
    .where('region_code', '<', until)
    .where('left_on', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
