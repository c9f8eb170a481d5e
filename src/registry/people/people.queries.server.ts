import type { Tx } from '#store/server'
import { rangeOfPrefix } from './names.ts'

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

/** The member with this blind index, if the actor may see the place. */
export const findByNumber = (tx: Tx, index: Buffer) =>
  present(tx).where('persons.number_index', '=', index).execute()

export const listByLast4 = (tx: Tx, last4: string, after: string | undefined, limit: number) => {
  const query = present(tx).where('persons.number_last4', '=', last4).orderBy('persons.id').limit(limit)
  return (after ? query.where('persons.id', '>', after) : query).execute()
}

export const listByHouseholdNumber = (tx: Tx, number: string, after: string | undefined, limit: number) => {
  const query = present(tx).where('households.number', '=', number).orderBy('persons.id').limit(limit)
  return (after ? query.where('persons.id', '>', after) : query).execute()
}

/** Names of one spelling without dots and spaces, by their keyed hash: for a name typed without its middle dot. */
export const listByNameKey = (tx: Tx, nameKey: bigint, after: string | undefined, limit: number) => {
  const query = present(tx).where('persons.name_key', '=', nameKey).orderBy('persons.id').limit(limit)
  return (after ? query.where('persons.id', '>', after) : query).execute()
}

// `>=` and `<` may be index conditions under row-level security; LIKE and a row comparison may not.
const listByPrefix = async (
  tx: Tx,
  column: 'name' | 'name_initials',
  prefix: string,
  after: string | undefined,
  limit: number,
) => {
  const { from, until } = rangeOfPrefix(prefix)
  const last = after
    ? await tx.selectFrom('persons').select([column, 'id']).where('id', '=', after).executeTakeFirst()
    : undefined
  let query = present(tx)
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
  return query.execute()
}

export const listByName = (tx: Tx, prefix: string, after: string | undefined, limit: number) =>
  listByPrefix(tx, 'name', prefix, after, limit)

export const listByInitials = (tx: Tx, prefix: string, after: string | undefined, limit: number) =>
  listByPrefix(tx, 'name_initials', prefix, after, limit)

/** What a reveal needs; undefined when the person is outside the actor's scope. */
export const findNumber = (tx: Tx, id: string) =>
  tx
    .selectFrom('persons')
    .select(['id', 'household_id', 'region_code', 'number_cipher'])
    .where('id', '=', id)
    .executeTakeFirst()
