import { assert } from '#base'
import type { FactNode, ListNode, Node, OverNode, ParameterNode, RuleNode } from '../language/ast.ts'
import type { OverSql, Pair, SqlContext } from '../language/operators/operator.ts'
import { operators, overOperators } from '../language/operators/table.ts'
import type { Kind, Type } from '../language/types.ts'
import { isUnknownValue, type Scalar, type Value } from '../language/values.ts'

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** A typed literal, so that no engine guesses. */
export const literalSql = (value: Scalar, { kind }: Type): string => {
  if (value === null) return kind === 'null' ? 'NULL' : `CAST(NULL AS ${columnType(kind)})`
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (typeof value === 'number') return `CAST(${value} AS BIGINT)`
  const text = `'${value.replaceAll("'", "''")}'`
  return kind === 'date' ? `DATE ${text}` : text
}

export const columnType = (kind: Kind): string => {
  if (kind === 'boolean') return 'BOOLEAN'
  if (kind === 'date') return 'DATE'
  return kind === 'text' || kind === 'month' ? 'VARCHAR' : 'BIGINT'
}

/** What turns nodes into SQL: where facts are read from, and where aggregates over the members go. */
export interface Emitter extends SqlContext {
  /** The columns that hold a fact, NULL where it is unknown. */
  fact(node: FactNode): Pair
  /** The columns that hold what a named rule says. */
  rule(node: RuleNode): Pair
  parameterValue(name: string): Value
  parameterMissingName(name: string): string
  /** Files an aggregate in the member layer and gives the pair that reads it. */
  aggregate(node: OverNode): Pair
  /** Emits an operand; a long one becomes a column of its own, since operators repeat what they are given. */
  operand(node: Node): Pair
}

export const emit = (node: Node, emitter: Emitter): Pair => {
  switch (node.kind) {
    case 'literal':
      return { value: literalSql(node.value, node.type), absent: node.value === null }
    case 'list':
      return { value: listSql(node.values, node), absent: false }
    case 'parameter':
      return parameter(node, emitter)
    case 'today':
      return { value: 'CAST($1 AS DATE)', absent: false }
    case 'fact':
      return emitter.fact(node)
    case 'rule':
      return emitter.rule(node)
    case 'operation':
      return operators[node.operator].sql(
        node.args.map((arg) => emitter.operand(arg)),
        emitter,
        node,
      )
    case 'over':
      return emitter.aggregate(node)
  }
}

const listSql = (values: readonly Scalar[], { type }: ListNode | ParameterNode): string => {
  const items = type.items ?? type
  return `(${values.map((value) => literalSql(value, items)).join(', ')})`
}

const parameter = (node: ParameterNode, emitter: Emitter): Pair => {
  const value = emitter.parameterValue(node.name)
  if (isUnknownValue(value) && node.bound) {
    const end = node.bound === 'low' ? node.type.low : node.type.high
    return { value: literalSql(end ?? 0, node.type), absent: false }
  }
  if (isUnknownValue(value)) {
    const list = node.type.kind === 'list'
    const empty = literalSql(null, node.type.items ?? node.type)
    const missing = emitter.bitOf(emitter.parameterMissingName(node.name))
    return { value: list ? `(${empty})` : empty, missing, absent: false }
  }
  if (Array.isArray(value)) return { value: listSql(value as readonly Scalar[], node), absent: false }
  return { value: literalSql(value as Scalar, node.type), absent: false }
}

/** The aggregate over columns that already hold its terms. */
export const aggregateSql = (node: OverNode, filter: Pair | undefined, body: Pair | undefined): OverSql => {
  assert(node.operator === 'count' || body, `${node.operator} without a body`)
  return overOperators[node.operator].sql({ filter, body })
}
