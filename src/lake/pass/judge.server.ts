import type { Engine } from '../engine/engine.server.ts'
import { quoteName } from '../engine/sql.ts'
import type { DaySpan, PassPlan } from './plan.ts'

/**
 * The rules as the compiler gives them: a statement over the table `household` with `subject_id`, a column for each rule
 * and, where facts may be missing, `<rule>__u` beside it.
 */
export type Judging = {
  readonly sql: string
  /** Rules that are yes or no, in an order that stays the same from one state to the next; 62 a column. */
  readonly flags: readonly string[]
  /** Rules that give a number. */
  readonly values: readonly string[]
  /** Whether facts may be missing, so that there are columns of what is unknown. */
  readonly unknown: boolean
}

/** Where the rows come from: relations in SQL. */
export type Sources = {
  readonly household: string
  /** The counts of members as `countMembers` makes them, on the day of the pass. */
  readonly counted: string
  /** A table of the engine: `county` and what holds there on the day. */
  readonly thresholds: string
}

export const flagsInColumn = 62

const columnsOfFlags = (flags: readonly string[]): (readonly string[])[] =>
  Array.from({ length: Math.ceil(flags.length / flagsInColumn) }, (_, at) =>
    flags.slice(at * flagsInColumn, (at + 1) * flagsInColumn),
  )

const bitsOf = (conditions: readonly string[]): string =>
  conditions.map((condition, at) => `flag_bit(${condition}, ${at})`).join(' | ')

/** SQL of the members of every household counted on the day: `hid` and the member facts. */
export const countedSql = (plan: PassPlan, span: DaySpan, member: string): string => {
  const counts = Object.entries(plan.memberFacts(span)).map(([name, sql]) => `${sql} as ${quoteName(name)}`)
  return `select p.hid, ${counts.join(', ')} from ${member} p group by p.hid`
}

/** Counts the members of every household on the day, into the table `counted`. */
export const countMembers = async (
  engine: Engine,
  plan: PassPlan,
  span: DaySpan,
  member: string,
): Promise<void> => {
  await engine.run(`create or replace table counted as ${countedSql(plan, span, member)}`)
}

/** SQL of the facts of every household of the sources, under the names of the plan. */
export const factsSql = (
  plan: PassPlan,
  span: DaySpan,
  { household, counted, thresholds }: Sources,
): string => {
  const facts = Object.entries(plan.facts(span)).map(([name, sql]) => `${sql} as ${quoteName(name)}`)
  return `select h.hid as household_id, ${facts.join(', ')}
    from ${household} h join ${counted} m on m.hid = h.hid
    join ${quoteName(thresholds)} t on t.county = h.county`
}

/** SQL of what is judged of everybody in `household`: `hid`, `flags_<n>` (a bit for each rule that holds), `unknown_<n>`, the values. */
export const judgedSql = (judging: Judging, { today }: DaySpan): string => {
  const flags = columnsOfFlags(judging.flags)
  const isMissing = (name: string): string => `${quoteName(`${name}__u`)} <> 0`
  const holds = (name: string): string =>
    `coalesce(${judging.unknown ? `not (${isMissing(name)}) and ` : ''}${quoteName(name)}, false)`
  const columns = [
    ...flags.map((names, at) => `${bitsOf(names.map(holds))} as flags_${at}`),
    ...(judging.unknown ? flags.map((names, at) => `${bitsOf(names.map(isMissing))} as unknown_${at}`) : []),
    ...judging.values.map(quoteName),
  ]
  const sql = judging.sql.replaceAll('$1', `date '${today}'`)
  return `select cast(subject_id as integer) as hid, ${columns.join(', ')} from (${sql}) judging`
}

/** Judges every household of the sources, into the table `judged`. */
export const judge = async (
  engine: Engine,
  plan: PassPlan,
  span: DaySpan,
  judging: Judging,
  sources: Sources,
): Promise<void> => {
  await engine.run(`create or replace temp view household as ${factsSql(plan, span, sources)}`)
  await engine.run(`create or replace table judged as ${judgedSql(judging, span)}`)
}

/** Begins the table `flag_change` of a pass. */
export const createChanges = 'create or replace table flag_change (hid INTEGER, flag INTEGER, holds BOOLEAN)'

/**
 * Compares `judged` with what was kept of the same households, into `flag_change`: `hid`, `flag` (the place among the
 * rules), `holds` (true: it holds now and did not before, or nothing was known of the household before). What is unknown
 * now ends nothing.
 */
export const compare = async (
  engine: Engine,
  judging: Judging,
  alerting: readonly string[],
  before: string | undefined,
): Promise<void> => {
  for (const [at, names] of columnsOfFlags(judging.flags).entries()) {
    const places = names.flatMap((name, place) => (alerting.includes(name) ? [place] : []))
    const mask = places.reduce((bits, place) => bits | (1n << BigInt(place)), 0n)
    if (mask === 0n) continue
    const [now, then] = [`n.flags_${at}`, before === undefined ? '0::BIGINT' : `coalesce(o.flags_${at}, 0)`]
    const known = judging.unknown ? ` & ~n.unknown_${at}` : ''
    const from = before === undefined ? 'judged n' : `judged n left join ${before} o on o.hid = n.hid`
    await engine.run(`create or replace temp table changed as select * from (
      select n.hid, ${now} & ~${then} & ${mask}::BIGINT as raised, ${then} & ~${now} & ${mask}::BIGINT${known} as ended
      from ${from}) where raised <> 0 or ended <> 0`)
    for (const [column, holds] of [
      ['raised', true],
      ['ended', false],
    ] as const)
      await engine.run(`insert into flag_change select hid, ${at * flagsInColumn} + place, ${holds}
        from changed, (select unnest([${places.join(', ')}]) as place) where ${column} & (1::BIGINT << place) <> 0`)
  }
  await engine.run('drop table if exists changed')
}
