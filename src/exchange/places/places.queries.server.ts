import type { Tx } from '#store/server'

/** Names of a place and of the places one level below it that are in use. */
export const listPlaces = (tx: Tx, code: string) =>
  tx
    .selectFrom('regions')
    .select(['code', 'name'])
    .where((where) => where.or([where('code', '=', code), where('parent_code', '=', code)]))
    .where('valid_until', 'is', null)
    .orderBy('code')
    .execute()
