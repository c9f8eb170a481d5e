import { fillFacts } from '../facts/fill-facts.server.ts'
import { feedFacts } from '../facts/sources.ts'
import { keptRelation } from '../pass/state.ts'
import type { BringUp, BroughtUp } from './common.server.ts'
import { liveRows, rowsOfAmong, showMatched } from './rows.server.ts'

/** Fills `household`, `member` and `lead` with the facts of everybody; see `fillFacts`. */
export const showFacts = ({ engine, files }: BringUp, { kept }: BroughtUp): Promise<void> =>
  fillFacts(
    engine,
    kept.parts.map(({ from, until }, at) => ({
      household: keptRelation(kept, 'household', files.path, at),
      member: keptRelation(kept, 'member', files.path, at),
      ...{ from, until },
    })),
  )

/**
 * Creates the views `matched_<kind>`: rows that count, once per person they speak of, with `feed_id`, `feed_order`,
 * `feed_period`, `person_role` and the ids of whom they speak; of everybody, or of the touched with all rows that decide about
 * them. And `match_question`, the rows with the number of somebody of another name, of everybody.
 */
export const showRows = async (
  { engine, files, columnsOf }: BringUp,
  { kept }: BroughtUp,
  ofTouched: boolean,
): Promise<void> => {
  for (const { kind, tiedBy } of feedFacts) {
    const rows = liveRows(kept, kind, files.path, columnsOf(kind))
    await showMatched(engine, kind, ofTouched ? rowsOfAmong(rows, 'touched', tiedBy) : rows)
  }
  const asked = kept.matched['question']?.length
    ? liveRows(kept, 'question', files.path, [])
    : `(select * exclude (same, made), '' as feed_id, 0 as feed_order from question_now where false)`
  await engine.run(`create or replace view match_question as
    select q.kind, q.feed_id, q.feed_order, q.row_no, q.person_role, p.person_id, 'number-agrees-name-differs' as reason, q.row_key
    from ${asked} q join person_now p on p.pid = q.pid`)
}

/**
 * Leaves in the views `matched_<kind>` the rows of some households and leads, given by a select of their ids as `id`: for who
 * looks for a few of them, of whom not every row need be read.
 */
export const showRowsOf = async (
  { engine, files, columnsOf }: BringUp,
  { kept }: BroughtUp,
  subjects: string,
): Promise<void> => {
  await engine.run(
    `create or replace table shown as select hid from subject_now semi join (${subjects}) s on s.id = subject_id`,
  )
  for (const { kind } of feedFacts) {
    const rows = liveRows(kept, kind, files.path, columnsOf(kind))
    await showMatched(engine, kind, rowsOfAmong(rows, 'shown', undefined))
  }
}

/** How many rows count, once per person of the registry that they speak of. */
export const countMatched = async (
  { engine, files, columnsOf }: BringUp,
  { kept }: BroughtUp,
): Promise<number> => {
  const counts = feedFacts.map(
    ({ kind }) => `select pid from ${liveRows(kept, kind, files.path, columnsOf(kind))}`,
  )
  const [row] = await engine.rows<{ n: number }>(
    `select count(*) as n from (${counts.join(' union all ')}) r join person_now p on p.pid = r.pid where not p.is_lead`,
  )
  return Number(row?.n ?? 0)
}
