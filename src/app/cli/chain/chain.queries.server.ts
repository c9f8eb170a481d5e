import type { Tx } from '#store/server'

/** A household by the number people read, with the name of its place. */
export const findHouseholdByNumber = (tx: Tx, number: string) =>
  tx
    .selectFrom('households')
    .leftJoin('regions', 'regions.code', 'households.region_code')
    .select(['households.id', 'households.number', 'regions.name as place'])
    .where('households.number', '=', number)
    .executeTakeFirst()
