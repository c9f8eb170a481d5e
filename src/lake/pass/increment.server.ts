import { assert } from '#base'
import { parquetRelation } from '../engine/dialect.ts'
import type { Engine } from '../engine/engine.server.ts'
import { compare, createChanges, factsSql, judge } from './judge.server.ts'
import {
  collectKeys,
  createDoubt,
  loadKeys,
  type MatchInputs,
  matchedSql,
  tellDoubt,
} from './match-feeds.server.ts'
import type { FeedPlan } from './plan.ts'
import type { Pass, RegistryInputs } from './run-pass.server.ts'
import { type KeptTable, keptRelation, keptTables, keyOf, matchedRelation, type State } from './state.ts'
import { fileOf } from './state-files.server.ts'
import { keptSql, registryRows } from './wide.server.ts'

/** Matches the new rows, and appends them to the files of their kinds. */
const matchNew = async (
  { engine, files, onStage }: Pass,
  feeds: readonly FeedPlan[],
  inputs: MatchInputs,
  generation: number,
  before: State,
): Promise<State['matched']> => {
  await engine.run(createDoubt)
  await loadKeys(engine, inputs, await collectKeys(engine, feeds, inputs))
  await engine.run('create or replace table touched (hid INTEGER)')
  const matched = { ...before.matched }
  for (const feed of feeds) {
    const name = fileOf(generation, 'matched', feed.kind)
    await engine.writeParquet(matchedSql(feed, inputs), files.path(name), 'snappy')
    const relation = parquetRelation([files.path(name)])
    await engine.run(tellDoubt(feed.kind, relation))
    await engine.run(`insert into touched select hid from ${relation} where same`)
    matched[feed.kind] = [...(matched[feed.kind] ?? []), name]
  }
  await engine.run('create or replace table touched as select distinct hid from touched order by hid')
  await engine.run('drop table person_key; drop table wanted_key')
  onStage?.('match')
  return matched
}

/** Makes the kept rows of the touched households and their members anew, by the statement that makes them for everybody. */
const keepTouched = async (
  { engine, files, plan, span, onStage }: Pass,
  registry: RegistryInputs,
  state: Pick<State, 'matched' | 'parts'>,
): Promise<void> => {
  for (const level of ['household', 'member'] as const) {
    const sql = keptSql(plan.feeds, span, level, {
      registry: registryRows(registry, level, 'semi join touched using (hid)'),
      matched: (kind) =>
        `(select * from ${matchedRelation(state, kind, files.path)} semi join touched using (hid))`,
    })
    await engine.run(`create or replace table kept_${level} as ${sql}`)
  }
  onStage?.('aggregate')
}

/** Writes the rows that stand in place of a table's own: those of before that were not touched again, and the new. */
export const keepChanged = async (
  { engine, files }: { readonly engine: Engine; readonly files: { path: (file: string) => string } },
  table: keyof typeof keyOf,
  now: string,
  generation: number,
  before: string | undefined,
): Promise<string> => {
  const name = fileOf(generation, table, 'changed')
  const earlier =
    before === undefined
      ? ''
      : `select * from ${parquetRelation([files.path(before)])} earlier anti join ${now} using (${keyOf[table]}) union all by name `
  await engine.writeParquet(`${earlier}select * from ${now}`, files.path(name), 'snappy')
  return name
}

/**
 * The pass of a day's new rows: matches them, makes what is kept of the households they speak of anew, judges those
 * households, compares. Publishes state `generation`; leaves `flag_change` and `doubt` in the engine. The outcome of every
 * household is that of a pass over everything. `feeds` are the kinds that have new rows.
 */
export const runIncrement = async (
  pass: Pass,
  feeds: readonly FeedPlan[],
  inputs: MatchInputs & RegistryInputs,
  generation: number,
  before: State,
): Promise<State> => {
  const { engine, files, plan, span, judging, alerting, thresholds, onStage } = pass
  assert(span.today === before.today, 'everybody was judged on another day: judge everybody first')
  const matched = await matchNew(pass, feeds, inputs, generation, before)
  await keepTouched(pass, inputs, { matched, parts: before.parts })
  await engine.run(createChanges)
  const kept = { household: 'kept_household', member: 'kept_member' }
  await engine.run(`create or replace table kept_facts as ${factsSql(plan, span, kept)}`)
  await judge(engine, plan, span, judging, { facts: 'kept_facts', thresholds })
  await engine.run(`create or replace temp table judged_before as
    select * from ${keptRelation(before, 'outcome', files.path)} semi join judged using (hid)`)
  await compare(engine, judging, alerting, 'judged_before')
  onStage?.('judge')
  const now = {
    ...kept,
    facts: 'kept_facts',
    outcome: 'judged',
  } as const
  const changed: Partial<Record<KeptTable, string>> = {}
  for (const table of keptTables)
    changed[table] = await keepChanged(pass, table, now[table], generation, before.changed[table])
  const state: State = { ...before, generation, matched, changed }
  files.publish(state)
  await forget(engine)
  onStage?.('publish')
  return state
}

const forget = async (engine: Engine): Promise<void> => {
  for (const table of ['touched', 'kept_household', 'kept_member', 'kept_facts', 'judged', 'judged_before'])
    await engine.run(`drop table if exists ${table}`)
}
