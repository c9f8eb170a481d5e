import { assert } from '#base'
import { parquetRelation } from '../engine/dialect.ts'
import type { Engine } from '../engine/engine.server.ts'
import { compare, createChanges, factsSql, type Judging, judge } from './judge.server.ts'
import { createDoubt, loadKeys, type MatchInputs, matchedSql, tellDoubts } from './match-feeds.server.ts'
import type { DaySpan, PassPlan } from './plan.ts'
import { beforeName, keptOfJudged, type Rejudging, rejudge } from './rejudge.server.ts'
import { type KeptTable, keptRelation, matchedRelation, type Part, type State } from './state.ts'
import { fileOf, type StateFiles } from './state-files.server.ts'
import { keptSql, registryRows } from './wide.server.ts'

/** What every pass needs: the plan, its day, the rules, and where states lie. */
export type Pass = {
  readonly engine: Engine
  readonly files: StateFiles
  readonly plan: PassPlan
  readonly span: DaySpan
  readonly judging: Judging
  /** The flags whose coming and going is told in `finding`. */
  readonly alerting: readonly string[]
  /** A table of the engine: `county` and what holds there on the day. */
  readonly thresholds: string
  /** Told after each stage, for figures and progress. */
  readonly onStage?: (stage: string) => void
}

/** The registry's relations: `household` with `hid` and `county`, `person` with `pid`, `hid` and what finds a person. */
export type RegistryInputs = { readonly household: string; readonly person: string }
export type FullInputs = MatchInputs & RegistryInputs

const mostInPart = 1_000_000

/** Cuts the registry's households into parts at the ends of counties; a larger county is a part of its own. */
const partsOf = async (engine: Engine, household: string): Promise<Part[]> => {
  const counties = await engine.rows<{ low: number; high: number }>(
    `select min(hid) as low, max(hid) + 1 as high from ${household} group by county order by low`,
  )
  const parts: Part[] = []
  for (const { low, high } of counties) {
    const last = parts.at(-1)
    assert(last === undefined || last.until <= low, 'the numbers of households do not follow the counties')
    if (last && high - last.from <= mostInPart) parts[parts.length - 1] = { from: last.from, until: high }
    else parts.push({ from: low, until: high })
  }
  return parts
}

/** Matches every feed into a file of its own; gives them by kind. */
const matchAll = async (
  { engine, files, plan, onStage }: Pass,
  inputs: FullInputs,
  generation: number,
): Promise<State['matched']> => {
  await engine.run(createDoubt)
  await loadKeys(engine, inputs)
  const matched: Record<string, readonly string[]> = {}
  for (const feed of plan.feeds) {
    const name = fileOf(generation, 'matched', feed.kind)
    await engine.writeParquet(matchedSql(feed, inputs), files.path(name), 'snappy')
    await engine.run(tellDoubts([[feed.kind, parquetRelation([files.path(name)])]]))
    matched[feed.kind] = [name]
  }
  await engine.run('drop table person_key')
  onStage?.('match')
  return matched
}

/** Writes what is kept of every household and member anew, from the matched rows of all kinds. */
const aggregateAll = async (
  { engine, files, plan, span, onStage }: Pass,
  registry: RegistryInputs,
  state: Pick<State, 'generation' | 'matched' | 'parts'>,
): Promise<Pick<State['files'], 'household' | 'member'>> => {
  const written = { household: [] as string[], member: [] as string[] }
  for (const [at, { from, until }] of state.parts.entries()) {
    for (const level of ['household', 'member'] as const) {
      const name = fileOf(state.generation, level, at)
      const sql = keptSql(plan.feeds, span, level, {
        registry: registryRows(registry, level, `where hid >= ${from} and hid < ${until}`),
        matched: (kind) => matchedRelation(state, kind, files.path, at),
      })
      await engine.writeParquet(sql, files.path(name), 'snappy')
      written[level].push(name)
    }
  }
  onStage?.('aggregate')
  return written
}

/**
 * Judges everybody, part by part, and compares with what was judged before; gives the files of facts and outcomes. Facts
 * are made once a day: a change of policy reads those of the state before.
 */
const judgeAll = async (
  pass: Pass,
  state: State,
  before: State | undefined,
  change?: Rejudging,
): Promise<Pick<State['files'], 'facts' | 'outcome'>> => {
  const { engine, files, plan, span, judging, alerting, thresholds, onStage } = pass
  assert(span.month === state.month, 'what is kept ends with another month: aggregate it anew')
  await engine.run(createChanges)
  const hasFacts = state.files.facts.length > 0
  const written = { facts: [...state.files.facts], outcome: [] as string[] }
  const write = async (table: 'facts' | 'outcome', sql: string, at: number): Promise<string> => {
    const name = fileOf(state.generation, table, at)
    await engine.writeParquet(sql, files.path(name), 'snappy')
    written[table].push(name)
    return parquetRelation([files.path(name)])
  }
  for (const at of state.parts.keys()) {
    const relation = (table: KeptTable, of = state) => keptRelation(of, table, files.path, at)
    const kept = { household: relation('household'), member: relation('member') }
    const facts = hasFacts ? relation('facts') : await write('facts', factsSql(plan, span, kept), at)
    const earlier = before && relation('outcome', before)
    if (change && earlier !== undefined) {
      await rejudge(engine, plan, span, judging, change, { facts, thresholds, before: earlier })
      await compare(engine, judging, alerting, { beside: beforeName })
    } else {
      await judge(engine, plan, span, judging, { facts, thresholds })
      await compare(engine, judging, alerting, earlier)
    }
    await write('outcome', keptOfJudged(judging), at)
  }
  await engine.run('drop table judged')
  onStage?.('judge')
  return written
}

/**
 * The pass over everything: matches every row of every feed, aggregates, judges. Publishes state `generation` and leaves
 * `flag_change` (`hid`, `flag`, `holds`) and `doubt` in the engine; without `before` everything found is new. What was found
 * counts once the caller has kept it together with the state's number.
 */
export const runFullPass = async (
  pass: Pass,
  inputs: FullInputs,
  generation: number,
  before?: State,
): Promise<State> => {
  const { engine, span } = pass
  const parts = await partsOf(engine, inputs.household)
  const matched = await matchAll(pass, inputs, generation)
  return aggregateAndJudge(pass, inputs, { generation, matched, parts, base: span.base }, before)
}

/** The pass over matched rows: what is kept is made anew, as on the first of a month; then everybody is judged. */
export const runAggregation = (
  pass: Pass,
  registry: RegistryInputs,
  generation: number,
  before: State,
): Promise<State> => aggregateAndJudge(pass, registry, { ...before, generation }, before)

const aggregateAndJudge = async (
  pass: Pass,
  registry: RegistryInputs,
  { generation, matched, parts, base }: Pick<State, 'generation' | 'matched' | 'parts' | 'base'>,
  before: State | undefined,
): Promise<State> => {
  const kept = await aggregateAll(pass, registry, { generation, matched, parts })
  const { month, today } = pass.span
  const files = { ...kept, facts: [], outcome: [] }
  const state: State = { generation, today, month, base, parts, matched, files, changed: {} }
  return published(pass, { ...state, files: { ...files, ...(await judgeAll(pass, state, before)) } })
}

/**
 * The pass of every night of a month, and of every change of policy: judges everybody by what is kept, on the pass's day
 * and by its rules. Only outcomes are written and, on another day, facts. With `change`, which
 * the policy tells of the rules of `before` and of now, only what it names is judged; all else everybody keeps.
 */
export const runJudging = async (
  pass: Pass,
  generation: number,
  before: State,
  change?: Rejudging,
): Promise<State> => {
  const { today } = pass.span
  assert(!change || today === before.today, 'everybody was judged on another day: judge every rule')
  if (change?.rules.length === 0) {
    await pass.engine.run(createChanges)
    return published(pass, { ...before, generation })
  }
  const isSameDay = today === before.today
  const { outcome: _, facts, ...kept } = before.changed
  const state: State = {
    ...before,
    generation,
    today,
    files: { ...before.files, facts: isSameDay ? before.files.facts : [] },
    changed: isSameDay && facts !== undefined ? { ...kept, facts } : kept,
  }
  return published(pass, {
    ...state,
    files: { ...state.files, ...(await judgeAll(pass, state, before, change)) },
  })
}

const published = ({ files, onStage }: Pass, state: State): State => {
  files.publish(state)
  onStage?.('publish')
  return state
}
