import type { RegionTree } from '#base'
import type { Tx } from '#store/server'

const batch = 1000

const inBatches = async <T>(rows: readonly T[], write: (part: T[]) => Promise<unknown>): Promise<void> => {
  for (let start = 0; start < rows.length; start += batch) await write(rows.slice(start, start + batch))
}

/** Brings the regions, successions and zones in the database up to the committed files; names already there are renewed. */
export const saveRegions = async (tx: Tx, tree: RegionTree): Promise<number> => {
  const known = new Set(tree.all.map(({ code }) => code))
  const retired = tree.changes.filter(({ code }) => !known.has(code))
  const rows = [
    ...tree.all.map(({ code, name, level, parentCode }) => ({
      code,
      name,
      level,
      parent_code: parentCode ?? null,
      valid_until: null as string | null,
    })),
    ...retired.map(({ code, name, retiredOn }) => ({
      code,
      name,
      level: 'county',
      parent_code: null,
      valid_until: retiredOn as string | null,
    })),
  ]
  await inBatches(rows, (part) =>
    tx
      .insertInto('regions')
      .values(part)
      .onConflict((conflict) =>
        conflict.column('code').doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          valid_until: eb.ref('excluded.valid_until'),
        })),
      )
      .execute(),
  )
  await saveSuccessions(tx, tree)
  await saveZones(tx, tree)
  return rows.length
}

const saveSuccessions = async (tx: Tx, tree: RegionTree): Promise<void> => {
  const rows = tree.changes.flatMap(({ code, successors, retiredOn }) =>
    successors.map((successor) => ({ code, successor_code: successor, changed_on: retiredOn })),
  )
  const listed = new Set<string>([
    ...tree.all.map(({ code }) => code),
    ...tree.changes.map(({ code }) => code),
  ])
  const inside = rows.filter((row) => listed.has(row.successor_code))
  if (!inside.length) return
  await tx
    .insertInto('region_successions')
    .values(inside)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const saveZones = async (tx: Tx, tree: RegionTree): Promise<void> => {
  const rows = tree.zones.flatMap(({ code, name, actsAs, over, from, until }) =>
    over.map((area) => ({
      zone_code: code,
      area_code: area,
      name,
      acts_as: actsAs,
      valid_from: from,
      valid_until: until ?? null,
    })),
  )
  if (!rows.length) return
  await tx
    .insertInto('region_zones')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['zone_code', 'area_code'])
        .doUpdateSet((eb) => ({ valid_until: eb.ref('excluded.valid_until') })),
    )
    .execute()
}
