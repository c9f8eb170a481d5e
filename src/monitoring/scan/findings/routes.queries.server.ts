import type { Engine } from '#lake/server'

/** Indicator, kind of subject, place, first holder, due date. */
export type Route = readonly [number, string, string, string | null, string | null]

/** The indicators, kinds of subject and places of what is wanted, each once; a place is the first digits of a region. */
export const placesToRoute = (engine: Engine, width: number) =>
  engine.rows<{ rule_no: number; subject_kind: 'household' | 'lead'; place: string }>(
    `select distinct rule_no, subject_kind, substr(region_code, 1, ${width}) as place
     from finding join wanted using (finding_no)`,
  )

/** Fills `finding_route (rule_no, subject_kind, place, holder_id, due_on)`. */
export const fillRoutes = async (engine: Engine, routes: readonly Route[], width: number): Promise<void> => {
  await engine.run(`create or replace macro place_of(region) as substr(region, 1, ${width});
    drop table if exists finding_route`)
  await engine.appendRows(
    'finding_route',
    [
      { name: 'rule_no', type: 'INTEGER' },
      { name: 'subject_kind', type: 'VARCHAR' },
      { name: 'place', type: 'VARCHAR' },
      { name: 'holder_id', type: 'UUID' },
      { name: 'due_on', type: 'DATE' },
    ],
    (async function* () {
      for (let start = 0; start < routes.length; start += 2000) yield routes.slice(start, start + 2000)
    })(),
  )
}
