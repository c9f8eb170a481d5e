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
  const among = only ? ` and cast("${id}" as varchar) in (select id from ${only})` : ''
  const member = Object.entries(pack.entities).find(([, { within }]) => within === entity)?.[0]
  let after = ''
  for (;;) {
    const rows = await engine.rows<Row>(
      `select * replace (cast("${id}" as varchar) as "${id}") from "${entity}" where cast("${id}" as varchar) > $after${among}
       order by cast("${id}" as varchar) limit ${sliceSize}`,
      { after },
    )
    const last = rows.at(-1)
    if (!last) return
    const until = String(last[id])
    const members = member
      ? await engine.rows<Row>(
          `select * replace (cast("${id}" as varchar) as "${id}", cast("${member}_id" as varchar) as "${member}_id") from "${member}"
           where cast("${id}" as varchar) > $after and cast("${id}" as varchar) <= $until${among} order by "${member}_id"`,
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
              id: String(part[`${member}_id`]),
              facts: factsFromRow(pack, member, part),
            })),
          }
        : {}),
    }))
    after = until
  }
}
