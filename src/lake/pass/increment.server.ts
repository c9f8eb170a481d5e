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
  tellDoubts,
} from './match-feeds.server.ts'
import type { FeedPlan } from './plan.ts'
import type { Pass, RegistryInputs } from './run-pass.server.ts'
import { type KeptTable, keptRelation, keptTables, keyOf, matchedRelation, type State } from './state.ts'
import { fileOf } from './state-files.server.ts'
import { addedSql, registryRows } from './wide.server.ts'

/** Matches the new rows into a file for each kind; leaves `touched`, the households they speak of. */
const matchNew = async (
  { engine, files, onStage }: Pass,
  feeds: readonly FeedPlan[],
  inputs: MatchInputs,
  generation: number,
): Promise<State['matched']> => {
  await engine.run(createDoubt)
  await loadKeys(engine, inputs, await collectKeys(engine, feeds, inputs))
  const added: Record<string, readonly string[]> = {}
  for (const feed of feeds) {
    const name = fileOf(generation, 'matched', feed.kind)
    await engine.writeParquet(matchedSql(feed, inputs), files.path(name), 'snappy')
    added[feed.kind] = [name]
  }
  await engine.run('create or replace table touched (hid INTEGER)')
  const relations = Object.entries(added).map(
    ([kind, names]) => [kind, parquetRelation(names.map(files.path))] as const,
  )
  if (relations.length > 0) {
    await engine.run(tellDoubts(relations))
    const parts = relations.map(([, relation]) => `select hid from ${relation} where same`)
    await engine.run(`insert into touched select distinct hid from (${parts.join(' union all ')})`)
  }
  await engine.run('drop table person_key; drop table wanted_key')
  onStage?.('match')
  return added
}

/** The files of before with those that came. */
const together = (before: State['matched'], added: State['matched']): State['matched'] => ({
  ...before,
  ...Object.fromEntries(
    Object.entries(added).map(([kind, files]) => [kind, [...(before[kind] ?? []), ...files]]),
  ),
})

/** Makes the kept rows of the touched households and their members: what was kept, with what the new rows give. */
const keepTouched = async (
  { engine, files, plan, span, onStage }: Pass,
  registry: RegistryInputs,
  before: State,
  added: State['matched'],
): Promise<void> => {
  const matched = together(before.matched, added)
  for (const level of ['household', 'member'] as const) {
    const sql = addedSql(plan.feeds, span, level, {
      registry: registryRows(registry, level, 'semi join touched using (hid)'),
      kept: `(select * from ${keptRelation(before, level, files.path)} semi join touched using (hid))`,
      added: (kind) => added[kind] && matchedRelation({ matched: added, parts: [] }, kind, files.path),
      matched: (kind) =>
        `(select * from ${matchedRelation({ matched, parts: [] }, kind, files.path)} semi join touched using (hid))`,
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
  const added = await matchNew(pass, feeds, inputs, generation)
  await keepTouched(pass, inputs, before, added)
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
  const state: State = { ...before, generation, matched: together(before.matched, added), changed }
  files.publish(state)
  await forget(engine)
  onStage?.('publish')
  return state
}

const forget = async (engine: Engine): Promise<void> => {
  for (const table of ['touched', 'kept_household', 'kept_member', 'kept_facts', 'judged', 'judged_before'])
    await engine.run(`drop table if exists ${table}`)
}
