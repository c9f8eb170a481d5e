import { sql } from 'kysely'
import { prepared, type Tx } from '#store/server'
import { categories } from '../categories.ts'

/** A household's own row; undefined when there is none in the actor's scope. */
export const findHousehold = (tx: Tx, id: string) =>
  tx.selectFrom('households').selectAll().where('id', '=', id).modifyEnd(prepared).executeTakeFirst()

/** Members, those who left included, the head first. */
export const listMembers = (tx: Tx, householdId: string) =>
  tx
    .selectFrom('persons')
    .select([
      'id',
      'name',
      'sex',
      'birth_date',
      'relation',
      'number_last4',
      'joined_on',
      'left_on',
      sql<boolean>`number_cipher is not null`.as('has_number'),
    ])
    .where('household_id', '=', householdId)
    .orderBy(sql`left_on is not null`)
    .orderBy(sql`relation <> 'head'`)
    .orderBy(sql`birth_date nulls last`)
    .orderBy('id')
    .modifyEnd(prepared)
    .execute()

/** Categories of the household and its members, newest first, of those the one recorded last. */
export const listCategories = (tx: Tx, householdId: string) =>
  tx
    .selectFrom('categories')
    .select(['id', 'person_id', 'category', 'valid_from', 'valid_until'])
    .where('household_id', '=', householdId)
    .orderBy('valid_from', 'desc')
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .modifyEnd(prepared)
    .execute()

/** Need labels and special-group tags. */
export const listLabels = (tx: Tx, householdId: string) =>
  tx
    .selectFrom('labels')
    .select(['id', 'person_id', 'label_group', 'label', 'valid_from', 'valid_until'])
    .where('household_id', '=', householdId)
    .orderBy('label')
    .modifyEnd(prepared)
    .execute()

/** The category in force on a day of each of these households; a household without one is missing. */
export const listCategoriesInForce = async (
  tx: Tx,
  householdIds: readonly string[],
  on: string,
): Promise<Map<string, string>> => {
  if (householdIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('categories')
    .distinctOn('household_id')
    .select(['household_id', 'category'])
    .where(sql<boolean>`household_id = any (${[...householdIds]}::uuid[])`)
    .where('person_id', 'is', null)
    .where(sql<boolean>`category = any (${[...categories]}::text[])`)
    .where('valid_from', '<=', on)
    .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', on)]))
    .orderBy('household_id')
    .orderBy('valid_from', 'desc')
    .orderBy('recorded_at', 'desc')
    .modifyEnd(prepared)
    .execute()
  return new Map(rows.map(({ household_id, category }) => [household_id, category]))
}

export const saveCompleteness = async (tx: Tx, id: string, percent: number): Promise<void> => {
  await tx.updateTable('households').set({ completeness: percent }).where('id', '=', id).execute()
}

/** Holds the household until the transaction ends: two changes of its facts come one after the other. */
export const lockHousehold = async (tx: Tx, id: string): Promise<void> => {
  await tx.selectFrom('households').select('id').where('id', '=', id).forUpdate().execute()
}

/** Registered households of a region on a day, a page at a time in the order of their ids. */
export const listHouseholdsIn = (
  tx: Tx,
  region: { readonly from: string; readonly until: string },
  on: string,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
) =>
  tx
    .selectFrom('households')
    .select(['id', 'number', 'region_code', 'area_type'])
    .where('region_code', '>=', region.from)
    .where('region_code', '<', region.until)
    .where('registered_on', '<=', on)
    .where((eb) => eb.or([eb('ended_on', 'is', null), eb('ended_on', '>', on)]))
    .$if(after !== undefined, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute()

const inForceOn = (from: 'joined_on' | 'valid_from', until: 'left_on' | 'valid_until', on: string) =>
  sql<boolean>`${sql.ref(from)} <= ${on} and (${sql.ref(until)} is null or ${sql.ref(until)} > ${on})`

/** Members of many households on a day, each household's head first. */
export const listMembersOf = (tx: Tx, ids: readonly string[], on: string) =>
  tx
    .selectFrom('persons')
    .select(['id', 'household_id', 'birth_date', 'relation'])
    .where(sql<boolean>`household_id = any(${ids as string[]}::uuid[])`)
    .where(inForceOn('joined_on', 'left_on', on))
    .orderBy(sql`relation <> 'head'`)
    .orderBy(sql`birth_date nulls last`)
    .orderBy('id')
    .execute()

/** Categories in force of many households and their members. */
export const listCategoriesOf = (tx: Tx, ids: readonly string[], on: string) =>
  tx
    .selectFrom('categories')
    .select(['household_id', 'person_id', 'category'])
    .where(sql<boolean>`household_id = any(${ids as string[]}::uuid[])`)
    .where(inForceOn('valid_from', 'valid_until', on))
    .orderBy('valid_from', 'desc')
    .orderBy('id', 'desc')
    .execute()
