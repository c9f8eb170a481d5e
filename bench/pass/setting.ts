import { businessDate, regionCode } from '#base'
import { type PassPlan, spanOf } from '#lake'
import { besideOf, changedLimits, type Engine, type Judging, type Rejudging } from '#lake/server'
import {
  changedRules,
  compileChangedSql,
  compileNamedSql,
  type Pack,
  type PackInForce,
  packInForce,
} from '#policy'
import { loadPack } from '#policy/server'
import { orderedRules } from '../policy/order.ts'

/** The day of every pass. */
export const today = businessDate('2026-06-15')
export const span = spanOf(today, 202401)

/** The flags whose coming and going raises and ends an alert. */
export const alerting = [
  'hasDisasterNeed',
  'hasDropout',
  'hasHousingNeed',
  'isLongJobless',
  'isNearStandard',
  'isUnaided',
  'warnsIncome',
]

export const yardstickForce = (): PackInForce =>
  packInForce(loadPack('bench/yardstick').pack as Pack, { on: today, region: regionCode('150202000000') })

/** The rules as a pass runs them. Of the yardstick nothing can be missing. */
export const judgingOf = (force: PackInForce): Judging => {
  const rules = orderedRules(force, 'household')
  const isFlag = (name: string) =>
    rules.some((rule) => rule.name === name && rule.tree.type.kind === 'boolean')
  const names = rules.map(({ name }) => name)
  const flags = names.filter(isFlag).toSorted()
  const values = ['monthlyAidFen', 'yearlyAidFen', 'urgency', 'incomePerHeadFen']
  return {
    sql: compileNamedSql(force, 'household', [...flags, ...values]).sql,
    flags,
    values,
    unknown: false,
  }
}

/** What a change of the limits in the table of counties changes; undefined where everything must be judged. */
export const rejudgingOf = async (
  engine: Engine,
  force: PackInForce,
  judging: Judging,
  plan: PassPlan,
  thresholds: { readonly before: string; readonly now: string },
): Promise<Rejudging | undefined> => {
  const household = await changedLimits(engine, plan, thresholds.before, thresholds.now)
  if (household === undefined) return undefined
  const changed = changedRules(force, force, { household })
  return compileChangedSql(force, 'household', changed, {
    asked: [...judging.flags, ...judging.values],
    kept: judging.flags,
    beside: besideOf(judging, changed),
  })
}

const counties = 100

/** What holds in each county on the day, into the table `thresholds`; `shift` is added to every standard. */
export const loadThresholds = async (engine: Engine, shift = 0, table = 'thresholds'): Promise<string> => {
  const drawn = (salt: number, size: number) => `cast(hash(n * 1009 + ${salt}) % ${size} as bigint)`
  await engine.run(`create or replace table ${table} as select cast(n as smallint) as county,
    60000 + ${drawn(1, 40)} * 1000 + ${shift} as "standardFen",
    150 + ${drawn(2, 2)} * 50 as "marginPercent",
    200 + ${drawn(3, 2)} * 50 as "rigidPercent",
    1000000 + ${drawn(4, 20)} * 50000 as "depositPerPersonFen",
    ${drawn(5, 10)} * 100000 as "vehicleLimitFen",
    ${drawn(6, 30)} * 1000 as "medicalLineFen",
    ${drawn(7, 30)} * 1000 as "tuitionLineFen",
    ${drawn(8, 20)} * 1000 as "heatingAidFen"
    from range(${counties}) r(n)`)
  return table
}

/** SQL of one number for all outcomes, whatever their order, the same on DuckDB and PostgreSQL. */
export const checksumSql = ({ values }: Judging, relation: string): string => {
  const parts = ['flags_0', ...values.map((name) => `"${name}"`)].map(
    (column, at) => `(${column} % 2147483629) * (hid % ${997 + at} + 1)`,
  )
  return `select cast(sum(cast(${parts.join(' + ')} as bigint)) as varchar) as sum from ${relation}`
}
