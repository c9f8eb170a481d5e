import { fc, test as property } from '@fast-check/vitest'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { businessDate, regionCode } from '#base'
import {
  changedRules,
  compileChangedSql,
  compileNamedSql,
  type Pack,
  type PackInForce,
  packInForce,
  readPack,
} from '#policy'
import type { Engine } from '../engine/engine.server.ts'
import { compare, createChanges, type Judging, judge } from './judge.server.ts'
import { openWorld, type World } from './pass-fixture.server.ts'
import { type PassPlan, spanOf } from './plan.ts'
import { beforeName, besideOf, changedLimits, keptOfJudged, rejudge } from './rejudge.server.ts'
import { runFullPass, runJudging } from './run-pass.server.ts'

vi.setConfig({ testTimeout: 60_000 })

// Rules drawn at random over facts that may be missing, limits and a parameter; more than 62 flags, which need two columns.

const today = businessDate('2026-06-15')
const span = spanOf(today, 202401)
const limits = ['limitA', 'limitB', 'limitC']
const flagCount = 66
const numberCount = 5

const plan: PassPlan = {
  feeds: [],
  memberFacts: () => ({}),
  facts: () =>
    Object.fromEntries(['factA', 'factB', 'open', 'open__known'].map((name) => [name, `f."${name}"`])),
  limits: Object.fromEntries(limits.map((name) => [name, `t."${name}"`])),
}

const factText = (name: string, unknown: boolean): string => `    ${name}:
      { type: number, unit: count, range: [0, 20], unknown: ${unknown}, label: { zh: ${name}, en: ${name} }, from: { registry: drawn }, derivation: Drawn. }`

const ruleText = (name: string, type: string, value: string): string => `${name}:
  entity: household
  name: { zh: ${name}, en: ${name} }
  type: ${type}${type === 'number' ? '\n  unit: count' : ''}
  value: "${value}"
  sources: [{ document: drawn, clause: "1" }]
  checkedOn: 2026-11-22`

const forceOf = (rules: ReadonlyMap<string, string>, parameter: number): PackInForce => {
  const facts = [...limits, 'factA', 'factB'].map((name) => factText(name, false))
  const { pack, findings } = readPack({
    'pack.yaml': `id: drawn
title: { zh: 试, en: Drawn }
version: 1.0.0
effective: { from: 2024-01-01 }
region: "000000000000"
summary: { zh: 试。, en: Drawn. }`,
    'sources.yaml': `drawn:
  { title: { zh: 试, en: Drawn }, number: "-", issuer: { zh: 试, en: us }, status: own-decision }`,
    'parameters.yaml': `share:
  { type: number, unit: count, range: [0, 20], label: { zh: 试, en: share }, values: [{ value: ${parameter}, from: 2024-01-01, source: { document: drawn, clause: "1" }, checkedOn: 2026-11-22 }] }`,
    'facts.yaml': `entities:
  household: { label: { zh: 家庭, en: household } }
facts:
  household:
${[...facts, factText('open', true)].join('\n')}`,
    'rules.yaml': [...rules]
      .map(([name, value]) => ruleText(name, name.startsWith('number') ? 'number' : 'boolean', value))
      .join('\n\n'),
  })
  expect(findings).toEqual([])
  return packInForce(pack as Pack, { on: today, region: regionCode('150202000000') })
}

const names = (kind: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${kind}${at}`)
const flags = names('flag', flagCount).toSorted()
const values = names('number', numberCount)

/** Draws one rule from what comes before it, by a number each. */
const drawnText = (name: string, seed: number): string => {
  const at = Number(name.replace(/\D/gu, ''))
  const pick = (from: readonly string[], salt: number): string =>
    from[Math.abs(Math.imul(seed + salt * 7919, 2654435761) >>> 4) % from.length] ?? ''
  const facts = ['factA', 'factB', ...limits, 'open', 'parameters.share']
  const numbers = [...facts, ...names('number', name.startsWith('number') ? at : numberCount)]
  const sum = (salt: number): string => `${pick(numbers, salt)} + ${pick(facts, salt + 1)}`
  if (name.startsWith('number')) return `min(20, ${sum(1)})`
  if (at < 40) return `${pick(numbers, 1)} < ${pick(facts, 2)}`
  const flag = (salt: number): string => pick(names('flag', at), salt)
  return pick(
    [
      `${pick(numbers, 1)} < ${pick(facts, 2)}`,
      `${sum(3)} >= ${pick(numbers, 4)}`,
      `${flag(5)} and not(${flag(6)})`,
      `${flag(7)} or ${pick(numbers, 8)} > ${pick(facts, 9)}`,
    ],
    10,
  )
}

const rulesFrom = (seeds: readonly number[]): Map<string, string> =>
  new Map(
    [...values, ...names('flag', flagCount)].map((name, at) => [name, drawnText(name, seeds[at] ?? at)]),
  )

const judgingOf = (force: PackInForce): Judging => ({
  sql: compileNamedSql(force, 'household', [...flags, ...values]).sql,
  flags,
  values,
  unknown: true,
})

let world: World
let engine: Engine
beforeAll(async () => {
  world = await openWorld()
  engine = world.engine
})
afterAll(() => world.close())

const loadLimits = (table: string, shifts: readonly number[]): Promise<number> =>
  engine.run(`create or replace table ${table} as select cast(n as smallint) as county,
    ${limits.map((name, at) => `cast((n * ${at + 3} + ${shifts[at] ?? 0}) % 15 as integer) as "${name}"`).join(', ')} from range(5) r(n)`)

const rowsOf = (table: string) => engine.rows(`select * from ${table} order by all`)

interface Drawn {
  /** What each rule is drawn by. */
  readonly seeds: readonly number[]
  /** By how much the limits move. */
  readonly shifts: readonly number[]
  /** Rules that are drawn again, by these numbers. */
  readonly rewritten: readonly (readonly [string, number])[]
  readonly parameter: number
}

const inOrder = [...values, ...flags].map((_, at) => at * 31)
const nothing: Drawn = { seeds: inOrder, shifts: [0, 0, 0], rewritten: [], parameter: 5 }
const everything: Drawn = {
  seeds: inOrder,
  shifts: [1, 4, 1],
  rewritten: [...values, ...flags].map((name, at) => [name, at * 17 + 5] as const),
  parameter: 7,
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  seeds: fc.array(fc.integer(), { minLength: flagCount + numberCount, maxLength: flagCount + numberCount }),
  shifts: fc.array(fc.constantFrom(0, 0, 1, 4), { minLength: 3, maxLength: 3 }),
  rewritten: fc.array(fc.tuple(fc.constantFrom(...flags, ...values), fc.integer()), { maxLength: 3 }),
  parameter: fc.constantFrom(5, 5, 7),
})

property.prop([drawn], { numRuns: 6, examples: [[nothing], [everything]] })(
  'judging what changed gives every household and every finding what judging everything gives',
  async ({ seeds, shifts, rewritten, parameter }) => {
    const rules = rulesFrom(seeds)
    const before = forceOf(rules, 5)
    for (const [name, seed] of rewritten) rules.set(name, drawnText(name, seed))
    const now = forceOf(rules, parameter)
    await engine.run(`create or replace table fact as select cast(n as integer) as hid, cast(n % 5 as smallint) as county,
      cast(hash(n) % 20 as integer) as "factA", cast(hash(n + 1000) % 20 as integer) as "factB",
      cast(hash(n + 2000) % 20 as integer) as "open", n % 3 <> 0 as "open__known" from range(120) r(n)`)
    await loadLimits('limit_before', [0, 0, 0])
    await loadLimits('limit_now', shifts)
    await judge(engine, plan, span, judgingOf(before), { facts: 'fact', thresholds: 'limit_before' })
    await engine.run('create or replace table judged_before as from judged')

    const judging = judgingOf(now)
    await judge(engine, plan, span, judging, { facts: 'fact', thresholds: 'limit_now' })
    await engine.run(createChanges)
    await compare(engine, judging, flags, 'judged_before')
    const [whole, found] = [await rowsOf('judged'), await rowsOf('flag_change')]

    const household = await changedLimits(engine, plan, 'limit_before', 'limit_now')
    expect(household).toEqual(limits.filter((_, at) => shifts[at] !== 0))
    const changed = changedRules(now, before, { household: household ?? [] })
    const change = compileChangedSql(now, 'household', changed, {
      asked: [...flags, ...values],
      kept: flags,
      beside: besideOf(judging, changed),
    })
    expect(change.rules.length + change.standing.length).toBeLessThanOrEqual(flagCount + numberCount)
    const sources = { facts: 'fact', thresholds: 'limit_now', before: 'judged_before' }
    await rejudge(engine, plan, span, judging, change, sources)
    await engine.run(createChanges)
    await compare(engine, judging, flags, { beside: beforeName })
    await engine.run(`create or replace table rejudged as ${keptOfJudged(judging)}`)
    expect(await rowsOf('rejudged')).toEqual(whole)
    expect(await rowsOf('flag_change')).toEqual(found)
  },
)

test('what changes is only what rests on it: nothing for nothing, and not what stands beside', () => {
  const rules = new Map([
    ['flag0', 'factA < limitA'],
    ['flag1', 'factB < limitB'],
    ['flag2', 'flag0 or flag1'],
    ['number0', 'factB + parameters.share'],
    ['flag3', 'number0 > 3'],
  ])
  const before = forceOf(rules, 5)
  expect([...changedRules(before, before, {})]).toEqual([])
  expect([...changedRules(before, before, { household: ['limitA'] })]).toEqual(['flag0', 'flag2'])
  expect([...changedRules(before, before, { person: ['limitA'] })]).toEqual([])
  expect([...changedRules(forceOf(rules, 7), before, {})]).toEqual(['number0', 'flag3'])
  rules.set('flag1', 'factB <= limitB')
  expect([...changedRules(forceOf(rules, 5), before, {})]).toEqual(['flag1', 'flag2'])
  rules.set('flag9', 'factA > 1')
  expect([...changedRules(forceOf(rules, 5), before, {})]).toEqual(['flag1', 'flag2', 'flag9'])
})

test('counties that came or went change more than a limit', async () => {
  await loadLimits('limit_before', [0, 0, 0])
  await loadLimits('limit_now', [0, 0, 0])
  await engine.run('delete from limit_now where county = 4')
  expect(await changedLimits(engine, plan, 'limit_before', 'limit_now')).toBeUndefined()
  expect(await changedLimits(engine, plan, 'limit_now', 'limit_before')).toBeUndefined()
  await engine.run(
    'update limit_now set "limitB" = null where county = 1; delete from limit_before where county = 4',
  )
  expect(await changedLimits(engine, plan, 'limit_before', 'limit_now')).toEqual(['limitB'])
})

test('a change that changes nothing leaves the files of before, and on another day is refused', async () => {
  const state = await runFullPass(world.pass(), await world.inputs({}), 1)
  const none = { sql: '', rules: [], standing: [] }
  const same = await runJudging(world.pass(), 2, state, none)
  expect(same.files).toEqual(state.files)
  expect(await world.findings()).toEqual([])
  await expect(runJudging(world.pass(businessDate('2026-06-16')), 3, state, none)).rejects.toThrow(
    'another day',
  )
})
