import { assert } from '#base'
import type { Engine } from '../engine/engine.server.ts'
import { nameList, quoteName } from '../engine/sql.ts'
import {
  columnsOfFlags,
  flagBits,
  flagsInColumn,
  type JudgeSources,
  type Judging,
  ruledSql,
} from './judge.server.ts'
import type { DaySpan, PassPlan } from './plan.ts'

/**
 * A change of policy: what of the rules has to be judged anew, as the compiler gives it; everything else everybody has
 * from the state before. Only where day, facts and the order of the rules are those of that state.
 */
export type Rejudging = {
  /** As `Judging.sql`, of `rules` alone: `household` has a column for each of `standing`; those of `besideOf` are handed on. */
  readonly sql: string
  /** The rules, of flags and of values, that are computed. */
  readonly rules: readonly string[]
  /** Flags whose values of before the statement may read; they are never unknown or null. */
  readonly standing: readonly string[]
}

/** The columns of an outcome, in order. */
const outcomeColumns = ({ flags, values, unknown }: Judging): string[] => {
  const at = columnsOfFlags(flags).map((_, n) => n)
  return [...at.map((n) => `flags_${n}`), ...(unknown ? at.map((n) => `unknown_${n}`) : []), ...values]
}

/** The columns of the outcome before that are needed where some rules change: all bits, and the values that stay. */
const columnsStaying = (judging: Judging, changed: ReadonlySet<string>): string[] =>
  outcomeColumns(judging).filter((name) => !changed.has(name))

/** The name under which a column of the outcome before stands beside what is judged anew. */
export const beforeName = (column: string): string => `${column}__before`

/** The columns of `household` that the statement of a change of some rules hands on. */
export const besideOf = (judging: Judging, changed: ReadonlySet<string>): string[] =>
  columnsStaying(judging, changed).map(beforeName)

/**
 * SQL of the rows that the rules of a change read: those of `ruledSql` with what was judged before. Looked up and not joined:
 * of two relations of so many rows a join would put the wider one, the facts, into its table.
 */
const rejudgedRowsSql = (
  plan: PassPlan,
  span: DaySpan,
  judging: Judging,
  { standing, rules }: Rejudging,
  sources: JudgeSources & { readonly before: string },
): string => {
  const flags = standing.map((name) => {
    const place = judging.flags.indexOf(name)
    assert(place >= 0, `no flag ${name}`)
    const bit = 1n << BigInt(place % flagsInColumn)
    return `(packed.flags_${Math.floor(place / flagsInColumn)} & ${bit}::BIGINT) <> 0 as ${quoteName(name)}`
  })
  const columns = columnsStaying(judging, new Set(rules))
  const beside = columns.map((name) => `packed.${quoteName(name)} as ${quoteName(beforeName(name))}`)
  const packed = columns.map((name) => `${quoteName(name)} := ${quoteName(name)}`).join(', ')
  return `select r.* exclude (packed), ${[...flags, ...beside].join(', ')} from (
    select f.*, (select struct_pack(${packed}) from ${sources.before} o where o.hid is not distinct from f.household_id) as packed
      from (${ruledSql(plan, span, sources)}) f) r`
}

/** SQL of what is judged of everybody in `household` after a change, with the columns of before beside. */
const rejudgedSql = (judging: Judging, { sql, rules }: Rejudging, { today }: DaySpan): string => {
  const anew = new Set(rules)
  const column = (kind: 'flags' | 'unknown', names: readonly string[], at: number): string => {
    const name = `${kind}_${at}`
    const before = quoteName(beforeName(name))
    const mask = names.reduce(
      (bits, flag, place) => (anew.has(flag) ? bits | (1n << BigInt(place)) : bits),
      0n,
    )
    if (mask === 0n) return `${before} as ${name}`
    const bits = flagBits(judging, kind, names, (flag) => anew.has(flag))
    return `(${before} & ~(${mask}::BIGINT)) | ${bits} as ${name}`
  }
  const flags = columnsOfFlags(judging.flags)
  const columns = [
    ...flags.map((names, at) => column('flags', names, at)),
    ...(judging.unknown ? flags.map((names, at) => column('unknown', names, at)) : []),
    ...judging.values.map((name) =>
      anew.has(name) ? quoteName(name) : `${quoteName(beforeName(name))} as ${quoteName(name)}`,
    ),
    ...flags.map((_, at) => quoteName(beforeName(`flags_${at}`))),
  ]
  return `select cast(subject_id as integer) as hid, ${columns.join(', ')}
    from (${sql.replaceAll('$1', `date '${today}'`)}) judging`
}

/** Judges what changed of every household, into the table `judged`, where the flags of before stand beside. */
export const rejudge = async (
  engine: Engine,
  plan: PassPlan,
  span: DaySpan,
  judging: Judging,
  change: Rejudging,
  sources: JudgeSources & { readonly before: string },
): Promise<void> => {
  const rows = rejudgedRowsSql(plan, span, judging, change, sources)
  await engine.run(`create or replace temp view household as ${rows}`)
  await engine.run(`create or replace table judged as ${rejudgedSql(judging, change, span)}`)
}

/** SQL of what an outcome keeps of `judged`. */
export const keptOfJudged = (judging: Judging): string =>
  `select hid, ${nameList(outcomeColumns(judging))} from judged`

/**
 * The limits of the plan that another table of counties gives otherwise, by name; undefined where it has other counties,
 * of which more than a limit changes.
 */
export const changedLimits = async (
  engine: Engine,
  { limits }: PassPlan,
  before: string,
  now: string,
): Promise<readonly string[] | undefined> => {
  const of = (table: string): string =>
    `(select t.county, ${Object.entries(limits)
      .map(([name, sql]) => `${sql} as ${quoteName(name)}`)
      .join(', ')} from ${quoteName(table)} t)`
  const names = Object.keys(limits)
  const differs = names.map(
    (name) =>
      `coalesce(bool_or(a.${quoteName(name)} is distinct from b.${quoteName(name)}), false) as ${quoteName(name)}`,
  )
  const [row] = await engine.rows<Record<string, boolean | number>>(
    `select ${['count(*) - count(a.county) + count(*) - count(b.county) as strange', ...differs].join(', ')}
      from ${of(before)} a full join ${of(now)} b on a.county = b.county`,
  )
  if (!row || Number(row.strange) > 0) return undefined
  return names.filter((name) => row[name] === true)
}
