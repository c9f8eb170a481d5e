import type { Engine } from '../engine/engine.server.ts'
import { nameList, quoteName } from '../engine/sql.ts'
import type { Columns, DaySpan, PassPlan } from './plan.ts'

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

/** Where facts are made from: what is kept of households and of members, in SQL. */
export type FactSources = { readonly household: string; readonly member: string }

/** What rules are asked of: facts as `factsSql` makes them, and a table of `county` and what holds there on the day. */
export type JudgeSources = { readonly facts: string; readonly thresholds: string }

export const flagsInColumn = 62

/** The flags of each column, in order. */
export const columnsOfFlags = (flags: readonly string[]): (readonly string[])[] =>
  Array.from({ length: Math.ceil(flags.length / flagsInColumn) }, (_, at) =>
    flags.slice(at * flagsInColumn, (at + 1) * flagsInColumn),
  )

const selected = (columns: Columns): string[] =>
  Object.entries(columns).map(([name, sql]) => `${sql} as ${quoteName(name)}`)

/** SQL of the facts of every household on the day: `hid`, `county`, and the facts under the names of the plan. */
export const factsSql = (plan: PassPlan, span: DaySpan, { household, member }: FactSources): string =>
  `select h.hid, h.county, ${selected(plan.facts(span)).join(', ')}
    from ${household} h
    join (select p.hid, ${selected(plan.memberFacts(span)).join(', ')} from ${member} p group by p.hid) m on m.hid = h.hid`

/** SQL of the rows that rules read: facts with the limits of their county. */
export const ruledSql = (plan: PassPlan, span: DaySpan, { facts, thresholds }: JudgeSources): string => {
  const names = nameList(Object.keys(plan.facts(span)), 'f')
  return `select f.hid as household_id, ${[names, ...selected(plan.limits)].join(', ')}
    from ${facts} f join ${quoteName(thresholds)} t on t.county = f.county`
}

/** SQL of a column of bits: which of some flags hold, or are unknown; 0 for those that `isAsked` leaves out. */
export const flagBits = (
  { unknown }: Pick<Judging, 'unknown'>,
  kind: 'flags' | 'unknown',
  names: readonly string[],
  isAsked: (name: string) => boolean = () => true,
): string => {
  const isMissing = (name: string): string => `${quoteName(`${name}__u`)} <> 0`
  const holds = (name: string): string =>
    `coalesce(${unknown ? `not (${isMissing(name)}) and ` : ''}${quoteName(name)}, false)`
  const condition = kind === 'flags' ? holds : isMissing
  return names
    .flatMap((name, place) => (isAsked(name) ? [`flag_bit(${condition(name)}, ${place})`] : []))
    .join(' | ')
}

/** SQL of what is judged of everybody in `household`: `hid`, `flags_<n>` (a bit for each rule that holds), `unknown_<n>`, the values. */
export const judgedSql = (judging: Judging, { today }: DaySpan): string => {
  const flags = columnsOfFlags(judging.flags)
  const columns = [
    ...flags.map((names, at) => `${flagBits(judging, 'flags', names)} as flags_${at}`),
    ...(judging.unknown
      ? flags.map((names, at) => `${flagBits(judging, 'unknown', names)} as unknown_${at}`)
      : []),
    ...judging.values.map(quoteName),
  ]
  const sql = judging.sql.replaceAll('$1', `date '${today}'`)
  return `select cast(subject_id as integer) as hid, ${columns.join(', ')} from (${sql}) judging`
}

/** Judges every household that there are facts of, into the table `judged`. */
export const judge = async (
  engine: Engine,
  plan: PassPlan,
  span: DaySpan,
  judging: Judging,
  sources: JudgeSources,
): Promise<void> => {
  await engine.run(`create or replace temp view household as ${ruledSql(plan, span, sources)}`)
  await engine.run(`create or replace table judged as ${judgedSql(judging, span)}`)
}

/** Begins the table `flag_change` of a pass. */
export const createChanges = 'create or replace table flag_change (hid INTEGER, flag INTEGER, holds BOOLEAN)'

/** What is compared with: rows of the same households in SQL, or columns of `judged` itself, by their names. */
export type Before = string | { readonly beside: (column: string) => string }

/**
 * Compares `judged` with what was kept of the same households, into `flag_change`: `hid`, `flag` (the place among the
 * rules), `holds` (true: it holds now and did not before, or nothing was known of the household before). What is unknown
 * now ends nothing.
 */
export const compare = async (
  engine: Engine,
  judging: Judging,
  alerting: readonly string[],
  before: Before | undefined,
): Promise<void> => {
  for (const [at, names] of columnsOfFlags(judging.flags).entries()) {
    const places = names.flatMap((name, place) => (alerting.includes(name) ? [place] : []))
    const mask = places.reduce((bits, place) => bits | (1n << BigInt(place)), 0n)
    if (mask === 0n) continue
    const now = `n.flags_${at}`
    const then = thenOf(before, `flags_${at}`)
    const known = judging.unknown ? ` & ~n.unknown_${at}` : ''
    const from = typeof before === 'string' ? `judged n left join ${before} o on o.hid = n.hid` : 'judged n'
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

const thenOf = (before: Before | undefined, column: string): string => {
  if (before === undefined) return '0::BIGINT'
  return typeof before === 'string' ? `coalesce(o.${column}, 0)` : `n.${quoteName(before.beside(column))}`
}
