import { type BusinessDate, rangeOf, regionCode } from '#base'
import type { Tx } from '#store/server'
import { type Office, type OfficeIndex, officeIndex, type ZoneArea } from '../routing.ts'

/** Every office, for routing by the platform. */
export const listAllOffices = async (tx: Tx): Promise<(Office & { readonly name: string })[]> => {
  const rows = await tx
    .selectFrom('organisations')
    .select(['id', 'name', 'kind', 'department', 'region_code'])
    .execute()
  return rows.map(({ region_code, ...rest }) => ({ ...rest, regionCode: region_code }))
}

/** Where a zone takes the step of a county or township on a day. */
const listZoneAreas = async (tx: Tx, today: BusinessDate): Promise<ZoneArea[]> => {
  const rows = await tx
    .selectFrom('region_zones')
    .select(['zone_code', 'acts_as', 'area_code'])
    .where('valid_from', '<=', today)
    .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', today)]))
    .orderBy('zone_code')
    .execute()
  return rows.map(({ zone_code, acts_as, area_code }) => ({
    zone: zone_code,
    actsAs: acts_as as ZoneArea['actsAs'],
    area: area_code,
  }))
}

/** Who stands where on a day, for routing by the platform. */
export const readOfficeIndex = async (tx: Tx, today: BusinessDate): Promise<OfficeIndex> =>
  officeIndex(await listAllOffices(tx), await listZoneAreas(tx, today))

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
