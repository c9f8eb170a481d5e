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

/** Offices inside a region and in places beside it (of a zone), for the person who dispatches. */
export const listOfficesIn = async (tx: Tx, region: string, extra: readonly string[] = []) => {
  const { from, until } = rangeOf(regionCode(region))
  const rows = await tx
    .selectFrom('organisations')
    .select(['id', 'name', 'kind', 'department', 'region_code'])
    .where((eb) =>
      eb.or([
        eb.and([eb('region_code', '>=', from), eb('region_code', '<', until)]),
        ...(extra.length ? [eb('region_code', 'in', [...extra])] : []),
      ]),
    )
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
