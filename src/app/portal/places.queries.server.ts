import type { Tx } from '#store/server'

/** The places right below a region that are in use: those a resident may choose from. */
export const listSelfCheckPlaces = (tx: Tx, regionCode: string) =>
  tx
    .selectFrom('regions')
    .select(['code', 'name'])
    .where('parent_code', '=', regionCode)
    .where('valid_until', 'is', null)
    .orderBy('code')
    .execute()
