import { assert } from '#base'
import type { Engine } from '../engine/engine.server.ts'
import type { LakeColumn } from '../feeds/columns.ts'
import { emptyQuestions, exactMatch } from './exact.ts'
import { matchedTable } from './tables.ts'

export type MatchCounts = {
  /** Rows, once per person they speak of, that belong to a person of the registry. */
  readonly persons: number
  /** … to a lead. */
  readonly leads: number
  /** Rows that a person must decide about. */
  readonly questions: number
}

/** Begins a pass: creates `match_question` empty. Stops when two persons or two leads have one number. */
export const beginMatching = async (engine: Engine): Promise<void> => {
  for (const table of ['registry_person', 'registry_lead']) {
    const [found] = await engine.rows<{ n: number }>(
      `select count(*) as n from (select token, check_char from ${table} where token is not null
        group by all having count(*) > 1)`,
    )
    assert(found?.n === 0, `a number is twice in ${table}`)
  }
  await engine.run(emptyQuestions)
}

/** Matches the rows of one kind; see `exactMatch` for the tables in and out. Can be repeated. */
export const matchKind = async (
  engine: Engine,
  kind: string,
  columns: readonly LakeColumn[],
): Promise<MatchCounts> => {
  await engine.run('delete from match_question where kind = $kind', { kind })
  for (const statement of exactMatch(kind, columns)) await engine.run(statement)
  const [counts] = await engine.rows<MatchCounts>(
    `select count(person_id) as persons, count(lead_id) as leads,
      (select count(*) from match_question where kind = $kind) as questions from ${matchedTable(kind)}`,
    { kind },
  )
  return counts ?? { persons: 0, leads: 0, questions: 0 }
}
