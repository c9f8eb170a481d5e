import type { Engine } from '#lake/server'
import { factsFromRow, type PackInForce, type Subject } from '#policy'

/** A slice of the subjects of an entity, in the order of their ids. */
export type SubjectSlice = readonly Subject[]

const sliceSize = 4000

const groupBy = <T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}

type Row = Record<string, unknown>

const asText = (id: string): string => `cast("${id}" as varchar)`

/** The table with its ids as texts; with `only` no more of it than speaks of those, read once and not for every slice. */
const relationOf = async (engine: Engine, table: string, ids: readonly string[], only?: string) => {
  const texts = ids.map((id) => `${asText(id)} as "${id}"`).join(', ')
  const select = `select * replace (${texts}) from "${table}"`
  if (!only) return `(${select})`
  await engine.run(
    `create or replace temp table "some_${table}" as ${select} where ${asText(ids[0] ?? '')} in (select id from ${only})`,
  )
  return `"some_${table}"`
}

/**
 * Every subject of an entity with its members' facts, some thousand at a time, so that memory does not grow with the
 * province; with `only` those whose ids stand in that table.
 */
export async function* subjectSlices(
  engine: Engine,
  { pack }: PackInForce,
  entity: string,
  only?: string,
): AsyncGenerator<SubjectSlice> {
  const id = `${entity}_id`
  const member = Object.entries(pack.entities).find(([, { within }]) => within === entity)?.[0]
  const own = `${member}_id`
  const subjects = await relationOf(engine, entity, [id], only)
  const parts = member ? await relationOf(engine, member, [id, own], only) : undefined
  let after = ''
  for (;;) {
    const rows = await engine.rows<Row>(
      `select * from ${subjects} where "${id}" > $after order by "${id}" limit ${sliceSize}`,
      { after },
    )
    const last = rows.at(-1)
    if (!last) return
    const until = String(last[id])
    const members = parts
      ? await engine.rows<Row>(
          `select * from ${parts} where "${id}" > $after and "${id}" <= $until order by "${own}"`,
          { after, until },
        )
      : []
    const byHousehold = groupBy(members, (row) => String(row[id]))
    yield rows.map((row) => ({
      id: String(row[id]),
      facts: factsFromRow(pack, entity, row),
      ...(member
        ? {
            members: (byHousehold.get(String(row[id])) ?? []).map((part) => ({
              id: String(part[own]),
              facts: factsFromRow(pack, member, part),
            })),
          }
        : {}),
    }))
    after = until
  }
}
