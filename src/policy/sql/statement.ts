import type { Node } from '../language/ast.ts'
import { exact } from '../language/bounds.ts'
import type { Dialect } from '../language/operators/operator.ts'
import { emit, quoted } from './emit.ts'
import { layersFor, type SqlNames } from './layers.ts'

export interface SqlRule {
  readonly id: string
  readonly condition: Node
}

/**
 * One statement for all given indicators of one entity, `$1` being today as a date.
 * Rows: rule, subject_id, value (null when unknown), u (bits of what is missing, 0 when known).
 */
export const statementFor = (rules: readonly SqlRule[], names: SqlNames, dialect: Dialect): string => {
  const { tables, outcomes } = outcomesOf(rules, names, dialect)
  const selects = rules.map(
    ({ id }, index) =>
      `SELECT ${textLiteral(id)} AS "rule", "subject_id", ` +
      `CASE WHEN "r${index}_u" = 0 THEN COALESCE("r${index}_v", FALSE) END AS "value", "r${index}_u" AS "u" FROM "outcomes"`,
  )
  return withTables([...tables, outcomes], selects.join('\nUNION ALL '), dialect)
}

/** One statement for named rules of one entity: its keys, outermost first, the last as subject_id; then a pair of columns for each rule. */
export const wideStatementFor = (rules: readonly SqlRule[], names: SqlNames, dialect: Dialect): string => {
  const { tables, outcomes } = outcomesOf(rules, names, dialect)
  const columns = rules.map(
    ({ id }, index) => `"r${index}_v" AS ${quoted(id)}, "r${index}_u" AS ${quoted(`${id}__u`)}`,
  )
  const selected = [...aboveKeys(names), '"subject_id"', ...columns].join(', ')
  return withTables([...tables, outcomes], `SELECT ${selected} FROM "outcomes"`, dialect)
}

/**
 * DuckDB copies every row of a table it materialises, and keeps a chain of projections as it is written: a layer that only
 * the next one reads is left to flow through. PostgreSQL would fold such a chain into one text and compute it many times.
 */
const withTables = (tables: readonly string[], select: string, { name: dialect }: Dialect): string => {
  const text = `WITH ${tables.join(',\n')}\n${select}`
  if (dialect !== 'duckdb') return text
  const reads = new Map<string, number>()
  for (const [, table = ''] of text.matchAll(/(?:FROM|JOIN) ("[^"]+")/gu))
    reads.set(table, (reads.get(table) ?? 0) + 1)
  return text.replaceAll(/("[^"]+") AS MATERIALIZED \(/gu, (written, table) =>
    (reads.get(table) ?? 0) > 1 ? written : `${table} AS NOT MATERIALIZED (`,
  )
}

const outcomesOf = (
  rules: readonly SqlRule[],
  names: SqlNames,
  dialect: Dialect,
): { tables: readonly string[]; outcomes: string } => {
  const layers = layersFor(names, dialect)
  const columns = rules.map(({ condition }, index) => {
    const { value, missing } = emit(exact(condition), layers.subject)
    return `${value} AS "r${index}_v", CAST(${missing ?? '0'} AS BIGINT) AS "r${index}_u"`
  })
  const above = aboveKeys(names).map((one) => `"s".${one}`)
  const key = `"s".${quoted(`${names.entity}_id`)} AS "subject_id"`
  const outcomes = `"outcomes" AS MATERIALIZED (SELECT ${[...above, key, ...columns].join(', ')} FROM ${layers.source()})`
  return { tables: layers.tables(), outcomes }
}

const aboveKeys = ({ above, entity }: SqlNames): string[] =>
  above(entity)
    .toReversed()
    .map((one) => quoted(`${one}_id`))

const textLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** The names behind the bits of `u`, sorted. */
export const missingOfBits = (u: bigint, missingNames: readonly string[]): readonly string[] =>
  missingNames.filter((_, index) => (u >> BigInt(index)) & 1n).toSorted()
