import { randomUUID } from 'node:crypto'
import { parquetRelation } from '../engine/dialect.ts'
import { rowsByRole } from '../matching/roles.ts'
import { keepChanged } from '../pass/increment.server.ts'
import { keptRelation } from '../pass/state.ts'
import {
  type BringUp,
  type BroughtUp,
  joinFiles,
  keptOf,
  kindsOf,
  numbersOf,
  questions,
  showMarriages,
  writeBeside,
} from './common.server.ts'
import type { BringUpInputs, Kept, KeptFeed, KeptTable } from './kept.ts'
import { createQuestions, fillDecided, fillGiven, matchKinds } from './match.server.ts'
import { findChangedPeople, numberPeople } from './people.server.ts'
import { fillLiveFeeds } from './rows.server.ts'
import { findTouched } from './touched.server.ts'

const loadBefore = async ({ engine, files }: BringUp, before: Kept): Promise<void> => {
  const relation = (table: KeptTable): string => keptRelation(before, table, files.path)
  const beside = (name: string): string => parquetRelation([files.path(before.beside?.[name] ?? '')])
  await engine.run(`create or replace table subject_before as select subject_id, hid from ${relation('subject')};
    create or replace table person_before as select * from ${relation('person')} where hid is not null;
    create or replace table decided_before as select * from ${beside('decided')};
    create or replace table given_before as select * from ${beside('given')}`)
}

/**
 * Whose rows of files that were there before are given to somebody else now, and whose they are by their number:
 * `given_changed` (`pid`).
 */
const findGivenChanged = async (
  work: BringUp,
  { rowsOf }: BringUpInputs,
  stayed: readonly KeptFeed[],
): Promise<void> => {
  const { engine } = work
  const numbers = stayed.map(({ no }) => no).join(', ') || 'null'
  const rows = (table: string): string =>
    `select feed_no, row_no, person_role, pid from ${table} where feed_no in (${numbers})`
  await engine.run(`create or replace table given_moved as
    (${rows('given_now')} except ${rows('given_before')}) union all (${rows('given_before')} except ${rows('given_now')})`)
  const found = await engine.rows<{ no: number }>('select distinct feed_no as no from given_moved')
  const moved = new Set(found.map(({ no }) => no))
  const owners = kindsOf(
    work,
    stayed.filter(({ no }) => moved.has(no)),
  )
    .filter(({ feeds }) => feeds.length > 0)
    .map(
      ({
        kind,
        columns,
        feeds,
      }) => ` union select p.pid from (${rowsByRole(columns, `(${rowsOf(kind, feeds)})`)}) r
        semi join given_moved g on g.feed_no = r.feed_no and g.row_no = r.row_no and g.person_role = r.person_role
        join person_now p on number_key(p.token, p.check_char) = number_key(r.token, r.check_char)`,
    )
  await engine.run(`create or replace table given_changed as select pid from given_moved${owners.join('')}`)
}

/** Writes what is kept of the touched, and of the people who changed, beside the files of all. */
const keepTouched = async (
  bringUp: BringUp,
  inputs: BringUpInputs,
  now: Pick<Kept, 'matched' | 'beside' | 'generation'>,
  before: Kept,
): Promise<Kept['changed']> => {
  const { engine } = bringUp
  const made = keptOf(bringUp, inputs, now)
  const rows: Record<KeptTable, string> = {
    subject: `select s.subject_id, s.is_lead, s.hid from subject_now s anti join subject_before b on b.hid = s.hid`,
    // Who is gone stands there without a household.
    person: `select n.person_id, c.hid, n.is_lead, n.token, n.check_char, n.name_key, c.pid
      from changed_person c left join person_now n on n.pid = c.pid`,
    household: made.ofTouched('household'),
    member: made.ofTouched('member'),
  }
  const changed: Partial<Record<KeptTable, string>> = {}
  for (const [table, sql] of Object.entries(rows) as [KeptTable, string][]) {
    const name = `fresh_${table}`
    await engine.run(`create or replace table ${name} as ${sql}`)
    changed[table] = await keepChanged(bringUp, table, name, now.generation, before.changed[table])
    await engine.run(`drop table ${name}`)
  }
  return changed
}

/** Only what happened since: new files, files that are gone, people who changed, days that have come. */
export const follow = async (
  bringUp: BringUp,
  inputs: BringUpInputs,
  generation: number,
  before: Kept,
): Promise<BroughtUp> => {
  const { engine, files } = bringUp
  const { numbered, next: feed } = numbersOf(inputs.feeds, before, before.next.feed)
  const known = new Set(before.feeds.map(({ no }) => no))
  const live = new Set(numbered.map(({ no }) => no))
  const [fresh, stayed] = [
    numbered.filter(({ no }) => !known.has(no)),
    numbered.filter(({ no }) => known.has(no)),
  ]
  const gone = before.feeds.filter(({ no }) => !live.has(no))
  await fillLiveFeeds(engine, inputs.feeds, numbered)
  await loadBefore(bringUp, before)
  const next = await numberPeople(engine, { ...before.next, feed }, false)
  await fillDecided(engine)
  await fillGiven(engine)
  await findGivenChanged(bringUp, inputs, stayed)
  const changedPeople = await findChangedPeople(engine)
  await engine.run(createQuestions)
  const matching = { engine, path: files.path, generation, rowsOf: inputs.rowsOf }
  const some = (feeds: readonly KeptFeed[]) => kindsOf(bringUp, feeds).filter((one) => one.feeds.length > 0)
  const came = await matchKinds({ ...matching, label: 'matched' }, some(fresh), 'person_now', true)
  const again =
    changedPeople > 0
      ? await matchKinds(
          { ...matching, label: 'again' },
          some(stayed),
          '(select p.* from person_now p semi join changed_person c on c.pid = p.pid)',
          false,
        )
      : {}
  const matched = joinFiles(before.matched, came, again)
  matched['question'] = await questions(bringUp, generation, before)
  const beside = await writeBeside(bringUp, generation, before)
  await showMarriages(bringUp, inputs, numbered)
  const now = { matched, beside, generation }
  const touched = await findTouched(
    engine,
    { before, now, kinds: kindsOf(bringUp, fresh), gone },
    files.path,
    inputs,
  )
  const changed = await keepTouched(bringUp, inputs, now, before)
  const { parts, laidOut } = before
  const kept: Kept = {
    id: randomUUID(),
    ...{ generation, laidOut, today: inputs.today, shape: before.shape, feeds: numbered, next },
    ...{ parts, files: before.files, changed, matched, beside },
  }
  files.publish(kept)
  return { kept, isNew: false, touched }
}
