import { rangeOf, regionCode } from '#base'
import type { Tx } from '#store/server'
import type { Office } from '../routing.ts'

/** Every office, for routing by the platform. */
export const listAllOffices = async (tx: Tx): Promise<(Office & { readonly name: string })[]> => {
  const rows = await tx
    .selectFrom('organisations')
    .select(['id', 'name', 'kind', 'department', 'region_code'])
    .execute()
  return rows.map(({ region_code, ...rest }) => ({ ...rest, regionCode: region_code }))
}

/** Offices inside a region, for the person who dispatches; villages are left to the townships. */
export const listOfficesIn = async (tx: Tx, region: string) => {
  const { from, until } = rangeOf(regionCode(region))
  const rows = await tx
    .selectFrom('organisations')
    .select(['id', 'name', 'kind', 'department', 'region_code'])
    .where('region_code', '>=', from)
    .where('region_code', '<', until)
    .where('kind', '<>', 'platform')
    .orderBy('region_code')
    .orderBy('kind')
    .limit(2000)
    .execute()
  return rows.map(({ region_code, ...rest }) => ({ ...rest, regionCode: region_code }))
}

/** Alerts to be sent on, in the given order, with what routing needs. */
export const listAlertsToSend = (tx: Tx, ids: readonly string[]) =>
  tx
    .selectFrom('alerts')
    .selectAll()
    .where('id', 'in', [...ids])
    .orderBy('number')
    .execute()
