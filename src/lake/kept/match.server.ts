import { parquetRelation } from '../engine/dialect.ts'
import type { Engine } from '../engine/engine.server.ts'
import { quoteText } from '../engine/sql.ts'
import type { LakeColumn } from '../feeds/columns.ts'
import { rowsByRole } from '../matching/roles.ts'
import { decisionsByNumber, numberKeySql } from '../matching/row-key.ts'
import { collectKeys, loadKeys, type MatchInputs, matchedSql } from '../pass/match-feeds.server.ts'
import type { FeedPlan } from '../pass/plan.ts'
import type { PathOf } from '../pass/state.ts'
import { fileOf } from '../pass/state-files.server.ts'
import type { KeptFeed } from './kept.ts'
import { keptColumns } from './rows.server.ts'

/** Fills `decided_now`: what persons decided of a number with a name, by person. */
export const fillDecided = (engine: Engine): Promise<number> =>
  engine.run(`create or replace table decided_now as
    select p.pid, number_key(d.token, d.check_char) as "key", d.name_key, d.same
    from (${decisionsByNumber}) d join person_now p on p.person_id = d.person_id`)

/** Fills `given_now` from `row_match`: rows that were given to somebody who is known, with a number of their own. */
export const fillGiven = (engine: Engine): Promise<number> =>
  engine.run(`create or replace table given_now as
    select l.feed_no, g.kind, g.row_no, g.person_role, p.pid, cast(row_number() over () as integer) as aside_id
    from row_match g join live_feed l on l.feed_id = g.feed_id
    join person_now p on p.person_id = coalesce(g.person_id, g.lead_id)`)

export type KindRows = {
  readonly kind: string
  readonly columns: readonly LakeColumn[]
  readonly feeds: readonly KeptFeed[]
}

/** What matching writes, and where. */
export type Matching = {
  readonly engine: Engine
  readonly path: PathOf
  readonly generation: number
  readonly rowsOf: (kind: string, feeds: readonly KeptFeed[]) => string
  /** In the names of files: rows of new files, or of people who are matched again. */
  readonly label: 'matched' | 'again'
}

const inputsOf = (
  kinds: readonly KindRows[],
  { rowsOf }: Matching,
  person: string,
  isDecided: boolean,
): MatchInputs => ({
  person,
  aside: 'given_now',
  ...(isDecided && { decided: 'decided_now' }),
  feed: (kind) => {
    const one = kinds.find((other) => other.kind === kind)
    const rows = rowsByRole(one?.columns ?? [], `(${rowsOf(kind, one?.feeds ?? [])})`)
    return `(select r.*, g.aside_id from (${rows}) r left join given_now g
      on g.feed_no = r.feed_no and g.row_no = r.row_no and g.person_role = r.person_role)`
  },
})

const isFilled = async (engine: Engine, table: string): Promise<boolean> =>
  (await engine.rows(`select 1 as one from ${table} limit 1`)).length > 0

/**
 * Matches rows of some kinds to people of `person`, each kind into a file; gives the files by kind. Rows with the number of
 * somebody of another name are added to `question_now`.
 */
export const matchKinds = async (
  matching: Matching,
  kinds: readonly KindRows[],
  person: string,
  areFew: boolean,
): Promise<Record<string, string>> => {
  const { engine, path, generation, label } = matching
  const inputs = inputsOf(kinds, matching, person, await isFilled(engine, 'decided_now'))
  const plans = kinds.map(
    ({ kind, columns }): FeedPlan => ({ kind, keep: { rows: keptColumns(columns, generation) } }),
  )
  await loadKeys(
    engine,
    inputs,
    areFew && plans.length > 0 ? await collectKeys(engine, plans, inputs) : undefined,
  )
  const written: Record<string, string> = {}
  for (const plan of plans) {
    const file = fileOf(generation, label, plan.kind)
    const { rows } = await engine.writeParquet(matchedSql(plan, inputs), path(file), 'snappy')
    await ask(engine, plan.kind, parquetRelation([path(file)]), inputs, generation)
    // A file without a row would be read in vain ever after.
    if (rows > 0) written[plan.kind] = file
  }
  await engine.run('drop table person_key; drop table if exists wanted_key')
  return written
}

/** Begins the table of questions of a pass. */
export const createQuestions = `create or replace table question_now
  (hid INTEGER, pid INTEGER, same BOOLEAN, feed_no INTEGER, made INTEGER, row_no INTEGER, person_role VARCHAR, kind VARCHAR, row_key VARCHAR)`

const ask = async (
  engine: Engine,
  kind: string,
  file: string,
  inputs: MatchInputs,
  generation: number,
): Promise<void> => {
  // Nearly every file has no such row; this is seen without looking at people.
  if (!(await isFilled(engine, `(select same from ${file} where not same)`))) return
  const doubtful = `select m.hid, m.pid, m.feed_no, m.row_no, m.person_role from ${file} m
    join person_now p on p.pid = m.pid where not m.same and not p.is_lead`
  if (!(await isFilled(engine, `(${doubtful})`))) return
  await engine.run(`insert into question_now
    select m.hid, m.pid, true, m.feed_no, ${generation}, m.row_no, m.person_role, ${quoteText(kind)},
      ${numberKeySql('f.token', 'f.check_char', 'f.name_key')}
    from (${doubtful}) m
    join ${inputs.feed(kind)} f on f.feed_no = m.feed_no and f.row_no = m.row_no and f.person_role = m.person_role
    left join decided_now d on d.pid = m.pid and d."key" = number_key(f.token, f.check_char) and d.name_key is not distinct from f.name_key
    where d.same is null`)
}
