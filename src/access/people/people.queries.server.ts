import { type RegionCode, rangeOf, regionCode } from '#base'
import { prepared, type Tx } from '#store/server'
import { type Permission, permissionsOf, type Role } from '../roles.ts'
import type { Actor, OrganisationKind } from './actor.ts'

/** Villages and townships that a zone administers, beside its own range. */
const listZoneAreas = async (tx: Tx, zoneCode: string, today: string): Promise<string[]> => {
  const rows = await tx
    .selectFrom('region_zones')
    .innerJoin('regions', (join) =>
      join.on((eb) =>
        eb.or([
          eb('regions.code', '=', eb.ref('region_zones.area_code')),
          eb('regions.parent_code', '=', eb.ref('region_zones.area_code')),
        ]),
      ),
    )
    .select('regions.code')
    .where('zone_code', '=', zoneCode)
    .where('region_zones.valid_from', '<=', today)
    .where((eb) =>
      eb.or([eb('region_zones.valid_until', 'is', null), eb('region_zones.valid_until', '>', today)]),
    )
    .execute()
  return rows.map(({ code }) => code)
}

/** The person behind an account, with office, permissions and scope; undefined when closed or unknown. */
export const findActor = async (tx: Tx, accountId: string, today: string): Promise<Actor | undefined> => {
  const row = await tx
    .selectFrom('accounts')
    .innerJoin('organisations', 'organisations.id', 'accounts.organisation_id')
    .select([
      'accounts.id',
      'display_name',
      'role',
      'organisations.id as organisation_id',
      'name',
      'kind',
      'department',
      'region_code',
    ])
    .where('accounts.id', '=', accountId)
    .where('disabled_at', 'is', null)
    .modifyEnd(prepared)
    .executeTakeFirst()
  if (!row) return undefined
  const { from, until } = rangeOf(regionCode(row.region_code) as RegionCode)
  const role = row.role as Role
  return {
    accountId: row.id,
    displayName: row.display_name,
    role,
    organisation: {
      id: row.organisation_id,
      name: row.name,
      kind: row.kind as OrganisationKind,
      department: row.department,
      regionCode: row.region_code,
    },
    permissions: new Set<Permission>(permissionsOf(role)),
    scope: { from, until, extra: await listZoneAreas(tx, row.region_code, today) },
  }
}
