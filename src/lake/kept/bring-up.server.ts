import { createHash, randomUUID } from 'node:crypto'
import { assert, businessDate } from '#base'
import { parquetRelation } from '../engine/dialect.ts'
import type { Engine } from '../engine/engine.server.ts'
import { feedFacts } from '../facts/sources.ts'
import type { LakeColumn } from '../feeds/columns.ts'
import { feedTable } from '../matching/tables.ts'
import { keepChanged } from '../pass/increment.server.ts'
import { keptRelation } from '../pass/state.ts'
import { fileOf, type StateFiles, stateFiles } from '../pass/state-files.server.ts'
import { keptSql, type Level } from '../pass/wide.server.ts'
import type { BringUpInputs, Kept, KeptFeed, KeptTable } from './kept.ts'
import { createQuestions, fillDecided, fillGiven, matchKinds } from './match.server.ts'
import { findChangedPeople, numberPeople } from './people.server.ts'
import { keptPlan } from './plan.ts'
import { everyRow, fillLiveFeeds, liveRows, rowsOfAmong } from './rows.server.ts'
import { findTouched } from './touched.server.ts'

export type KeptFiles = StateFiles<Kept>

/** The places of what a lake keeps of everybody. */
export const keptFiles = (lakeDir: string): KeptFiles => stateFiles<Kept>(lakeDir, 'kept')

/** Who brings up what: the engine with its input tables filled, the files, and what is known of each kind's columns. */
export type BringUp = {
  readonly engine: Engine
  readonly files: KeptFiles
  readonly columnsOf: (kind: string) => readonly LakeColumn[]
}

export type BroughtUp = {
  readonly kept: Kept
  /** Everything was made anew; otherwise `touched` (`hid`) in the engine tells of whom. */
  readonly isNew: boolean
  readonly touched: number
}

const mostInPart = 1_000_000
const open = 2 ** 31 - 1
/** Everything is laid out anew after so many passes: until then each adds a file of rows a kind. */
const mostPasses = 60
/** … or when one household in so many stands beside the files of all. */
const share = 5

const wideLevels = ['household', 'member'] as const

const registryOf: Readonly<Record<Level, string>> = {
  household: 'select hid from subject_now',
  member: 'select pid, hid from person_now where not is_lead',
}

/** Raised whenever rows are matched or kept otherwise than before, so that what was kept is not followed. */
const version = 1

const shapeOf = ({ columnsOf }: BringUp, { parameters, shape }: BringUpInputs): string => {
  const today = businessDate('2000-01-01')
  const statements = feedFacts.map(({ kind, facts, sql }) => [
    kind,
    facts,
    sql({ today, parameters }, 'r'),
    columnsOf(kind),
  ])
  return createHash('sha256')
    .update(JSON.stringify([version, shape, statements, registryOf]))
    .digest('hex')
}

const numbersOf = (feeds: BringUpInputs['feeds'], before: Kept | undefined, first: number) => {
  const known = new Map(before?.feeds.map((feed) => [feed.id, feed]))
  let next = first
  const numbered = feeds.map((feed): KeptFeed => known.get(feed.id) ?? { ...feed, no: next++ })
  return { numbered, next }
}

const kindsOf = ({ columnsOf }: BringUp, feeds: readonly KeptFeed[]) =>
  feedFacts.map((facts) => ({
    facts,
    kind: facts.kind,
    columns: columnsOf(facts.kind),
    feeds: feeds.filter(({ kind }) => kind === facts.kind),
  }))

/** Makes what is kept of everybody, or of the touched, from the rows that count. */
const keptOf = (
  { files, columnsOf }: BringUp,
  inputs: BringUpInputs,
  kept: Pick<Kept, 'matched' | 'beside'>,
) => {
  const plan = keptPlan(feedFacts, inputs)
  const span = { month: 0, base: 0 }
  const tied = new Map(feedFacts.map(({ kind, tiedBy }) => [kind, tiedBy]))
  return {
    ofPart: (level: Level, from: number, until: number): string =>
      keptSql(plan, span, level, {
        registry: `(select * from (${registryOf[level]}) where hid >= ${from} and hid < ${until})`,
        matched: (kind) =>
          // What is tied may lie in any part.
          tied.get(kind) === undefined
            ? liveRows(kept, kind, files.path, columnsOf(kind), [from, until])
            : liveRows(kept, kind, files.path, columnsOf(kind)),
      }),
    ofTouched: (level: Level): string =>
      keptSql(plan, span, level, {
        registry: `(select * from (${registryOf[level]}) r semi join touched using (hid))`,
        matched: (kind) =>
          rowsOfAmong(liveRows(kept, kind, files.path, columnsOf(kind)), 'touched', tied.get(kind)),
      }),
  }
}

const writeBeside = async (
  { engine, files }: BringUp,
  generation: number,
  before: Kept | undefined,
): Promise<Record<string, string>> => {
  const write = async (name: string, sql: string): Promise<string> => {
    const file = fileOf(generation, name, 'beside')
    await engine.writeParquet(sql, files.path(file), 'snappy')
    return file
  }
  const beside: Record<string, string> = {
    decided: await write('decided', 'select * from decided_now'),
    given: await write('given', 'select * exclude (aside_id) from given_now'),
  }
  if (before) {
    const earlier = before.beside?.['voided']
    const rows = `select pid, ${generation} as since from changed_person${
      earlier ? ` union all select * from ${parquetRelation([files.path(earlier)])}` : ''
    }`
    beside['voided'] = await write('voided', `select pid, max(since) as since from (${rows}) group by pid`)
  }
  return beside
}

const questions = async (
  { engine, files }: BringUp,
  generation: number,
  before: Kept | undefined,
): Promise<string[]> => {
  const earlier = before?.matched['question'] ?? []
  const [some] = await engine.rows('select 1 as one from question_now limit 1')
  if (!some) return [...earlier]
  const file = fileOf(generation, 'matched', 'question')
  await engine.writeParquet('select * from question_now', files.path(file), 'snappy')
  return [...earlier, file]
}

const joinFiles = (
  before: Kept['matched'],
  ...more: readonly Readonly<Record<string, string>>[]
): Record<string, readonly string[]> => {
  const joined: Record<string, readonly string[]> = { ...before }
  for (const files of more)
    for (const [kind, file] of Object.entries(files)) joined[kind] = [...(joined[kind] ?? []), file]
  return joined
}

/** Everything anew: numbers in the order of regions, all rows matched, all facts made, part by part. */
const layOut = async (bringUp: BringUp, inputs: BringUpInputs, generation: number): Promise<BroughtUp> => {
  const { engine, files } = bringUp
  const { numbered, next: feed } = numbersOf(inputs.feeds, undefined, 0)
  await fillLiveFeeds(engine, inputs.feeds, numbered)
  const next = await numberPeople(engine, { feed, hid: 0, pid: 0 }, true)
  await fillDecided(engine)
  await fillGiven(engine)
  await engine.run(createQuestions)
  const kinds = kindsOf(bringUp, numbered)
  const matching = { engine, path: files.path, generation, rowsOf: inputs.rowsOf, label: 'matched' } as const
  const matched = joinFiles(
    {},
    await matchKinds(
      matching,
      kinds.filter(({ feeds }) => feeds.length > 0),
      'person_now',
      false,
    ),
  )
  matched['question'] = await questions(bringUp, generation, undefined)
  const beside = await writeBeside(bringUp, generation, undefined)
  const count = Math.max(1, Math.ceil(next.hid / mostInPart))
  const parts = Array.from({ length: count }, (_, at) => ({
    from: at * mostInPart,
    until: at + 1 === count ? open : (at + 1) * mostInPart,
  }))
  const written: Record<KeptTable, string[]> = { subject: [], person: [], household: [], member: [] }
  const write = async (table: KeptTable, at: number, sql: string): Promise<void> => {
    const file = fileOf(generation, table, at)
    await engine.writeParquet(sql, files.path(file), 'snappy')
    written[table].push(file)
  }
  await showMarriages(bringUp, inputs, numbered)
  const made = keptOf(bringUp, inputs, { matched, beside })
  for (const [at, { from, until }] of parts.entries()) {
    for (const level of wideLevels) await write(level, at, made.ofPart(level, from, until))
    const within = `where hid >= ${from} and hid < ${until} order by hid`
    await write('subject', at, `select subject_id, is_lead, hid from subject_now ${within}`)
    await write('person', at, `select * from person_now ${within}`)
  }
  const kept: Kept = {
    id: randomUUID(),
    generation,
    laidOut: generation,
    today: inputs.today,
    shape: shapeOf(bringUp, inputs),
    feeds: numbered,
    next,
    ...{ parts, files: written, changed: {}, matched, beside },
  }
  files.publish(kept)
  return { kept, isNew: true, touched: next.hid }
}

// A revocation need not name anybody: it is looked for in all rows of the kind.
const showMarriages = (
  { engine }: BringUp,
  { rowsOf }: BringUpInputs,
  feeds: readonly KeptFeed[],
): Promise<number> =>
  engine.run(
    `create or replace view ${feedTable('marriages')} as ${rowsOf(
      'marriages',
      feeds.filter(({ kind }) => kind === 'marriages'),
    )}`,
  )

const loadBefore = async ({ engine, files }: BringUp, before: Kept): Promise<void> => {
  const relation = (table: KeptTable): string => keptRelation(before, table, files.path)
  const beside = (name: string): string => parquetRelation([files.path(before.beside?.[name] ?? '')])
  await engine.run(`create or replace table subject_before as select subject_id, hid from ${relation('subject')};
    create or replace table person_before as select * from ${relation('person')} where hid is not null;
    create or replace table decided_before as select * from ${beside('decided')};
    create or replace table given_before as select * from ${beside('given')}`)
}

/** Whose rows of files that were there before are given to somebody else now: `given_changed` (`pid`). */
const findGivenChanged = async (
  { engine, files, columnsOf }: BringUp,
  before: Kept,
  stayed: readonly KeptFeed[],
): Promise<void> => {
  const numbers = stayed.map(({ no }) => no).join(', ') || 'null'
  const rows = (table: string): string =>
    `select feed_no, kind, row_no, person_role, pid from ${table} where feed_no in (${numbers})`
  await engine.run(`create or replace table given_moved as
    (${rows('given_now')} except ${rows('given_before')}) union all (${rows('given_before')} except ${rows('given_now')})`)
  const kinds = await engine.rows<{ kind: string }>('select distinct kind from given_moved')
  const taken = kinds.map(
    ({ kind }) => ` union select m.pid from ${everyRow(before, kind, files.path, columnsOf(kind))} m
      join given_moved g on g.feed_no = m.feed_no and g.row_no = m.row_no and g.person_role = m.person_role`,
  )
  await engine.run(`create or replace table given_changed as select pid from given_moved${taken.join('')}`)
}

/** Only what happened since: new files, files that are gone, people who changed, days that have come. */
const follow = async (
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
  await findGivenChanged(bringUp, before, stayed)
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

const besideAll = async ({ engine, files }: BringUp, { changed }: Kept): Promise<number> => {
  if (!changed.household) return 0
  const [row] = await engine.rows<{ n: number }>(
    `select count(*) as n from ${parquetRelation([files.path(changed.household)])}`,
  )
  return row?.n ?? 0
}

/**
 * Brings what is kept of everybody up to the files that count, the registry in the engine's input tables, and the day. With
 * what was kept `before` it follows what happened since; without, or when it was made otherwise, for a later day, or has too
 * much beside it, everything is made anew. The new state is on disk; it is in force when the caller's transaction says so.
 */
export const bringUp = async (
  work: BringUp,
  inputs: BringUpInputs,
  before: Kept | undefined,
): Promise<BroughtUp> => {
  const generation = Math.max(0, before?.generation ?? 0, ...work.files.generations()) + 1
  const follows =
    before !== undefined &&
    before.shape === shapeOf(work, inputs) &&
    before.today <= inputs.today &&
    generation - before.laidOut <= mostPasses &&
    (await besideAll(work, before)) * share <= before.next.hid
  assert(new Set(inputs.feeds.map(({ id }) => id)).size === inputs.feeds.length, 'a file is listed twice')
  return follows ? follow(work, inputs, generation, before) : layOut(work, inputs, generation)
}
