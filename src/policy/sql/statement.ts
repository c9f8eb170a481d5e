import type { Node } from '../language/ast.ts'
import type { Dialect } from '../language/operators/operator.ts'
import { emit, quoted } from './emit.ts'
import { layersFor, type SqlNames } from './layers.ts'

export interface SqlRule {
  readonly id: string
  readonly condition: Node
}

/**
 * One statement for all given rules of one entity, `$1` being today as a date.
 * Rows: rule, subject_id, value (null when unknown), u (bits of what is missing, 0 when known).
 */
export const statementFor = (rules: readonly SqlRule[], names: SqlNames, dialect: Dialect): string => {
  const layers = layersFor(names, dialect)
  const columns = rules.map(({ condition }, index) => {
    const { value, missing } = emit(condition, layers.subject)
    return `${value} AS "r${index}_v", CAST(${missing ?? '0'} AS BIGINT) AS "r${index}_u"`
  })
  const outcomes =
    `"outcomes" AS MATERIALIZED (SELECT "s".${quoted(`${names.entity}_id`)} AS "subject_id", ` +
    `${columns.join(', ')} FROM ${layers.source()})`
  const selects = rules.map(
    ({ id }, index) =>
      `SELECT ${textLiteral(id)} AS "rule", "subject_id", ` +
      `CASE WHEN "r${index}_u" = 0 THEN COALESCE("r${index}_v", FALSE) END AS "value", "r${index}_u" AS "u" FROM "outcomes"`,
  )
  return `WITH ${[...layers.tables(), outcomes].join(',\n')}\n${selects.join('\nUNION ALL ')}`
}

const textLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** The names behind the bits of `u`, sorted. */
export const missingOfBits = (u: bigint, missingNames: readonly string[]): readonly string[] =>
  missingNames.filter((_, index) => (u >> BigInt(index)) & 1n).toSorted()
