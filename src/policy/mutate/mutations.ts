import { addDays, addToMonth, type BusinessDate, type Month } from '#base'
import type { LiteralNode, Node, OperationNode, OverNode, ParameterNode } from '../language/ast.ts'
import { roundings } from '../language/operators/divide.ts'
import { operators, overOperators } from '../language/operators/table.ts'
import type { Span } from '../language/problems.ts'
import type { Scalar, Value } from '../language/values.ts'

/** A condition with exactly one thing changed, as a mistaken author or compiler could have it. */
export interface Mutation {
  readonly description: string
  readonly span: Span
  readonly node: Node
}

/**
 * All one-step mutants of a condition: every operator swapped, every constant and parameter moved by the smallest step,
 * every list shortened, every condition of an `and`, `or`, `not`, `if` or filter dropped. Cases must tell each from the rule.
 */
export const mutationsOf = (node: Node, parameters: (name: string) => Value): readonly Mutation[] => {
  const own = ownMutants(node, parameters).map((mutant) => ({ ...mutant, span: node.span }))
  return [...own, ...childMutants(node, parameters)]
}

type Own = Pick<Mutation, 'description' | 'node'>

const operandsOf: Partial<Record<OperationNode['operator'], number>> = { required: 1, divide: 2 }

const childMutants = (node: Node, parameters: (name: string) => Value): readonly Mutation[] => {
  if (node.kind === 'operation') {
    // The name under which `required` misses a fact and how `divide` rounds are no constants of the rule.
    const args = node.args.slice(0, operandsOf[node.operator] ?? node.args.length)
    return args.flatMap((arg, index) =>
      mutationsOf(arg, parameters).map((mutation) => ({
        ...mutation,
        node: { ...node, args: node.args.with(index, mutation.node) },
      })),
    )
  }
  if (node.kind !== 'over') return []
  const inside = (part: 'filter' | 'body'): Mutation[] => {
    const child = node[part]
    if (!child) return []
    return mutationsOf(child, parameters).map((mutation) => ({
      ...mutation,
      node: { ...node, [part]: mutation.node },
    }))
  }
  return [...inside('filter'), ...inside('body')]
}

const ownMutants = (node: Node, parameters: (name: string) => Value): readonly Own[] => {
  switch (node.kind) {
    case 'operation':
      return node.operator === 'oneOf' ? negated(node) : operationMutants(node)
    case 'over':
      return node.type.kind === 'boolean' ? [...overMutants(node), ...negated(node)] : overMutants(node)
    case 'fact':
    case 'rule':
      return node.type.kind === 'boolean' ? negated(node) : []
    case 'literal':
      return literalMutants(node, node.value)
    case 'parameter':
      return parameterMutants(node, parameters(node.name))
    case 'list':
      return shortened(node.values, 'a list without').map(({ description, values }) => ({
        description,
        node: { ...node, values },
      }))
    case 'today':
      return [1, -1].map((days) => ({
        description: `today ${days > 0 ? '+' : '-'} 1 day`,
        node: shiftedToday(node, days),
      }))
    default:
      return []
  }
}

const negated = (node: Node): Own[] => [
  {
    description: 'negated',
    node: { kind: 'operation', operator: 'not', args: [node], type: node.type, span: node.span },
  },
]

const operationMutants = (node: OperationNode): Own[] => {
  const swapped = operators[node.operator].swaps.map((operator) => ({
    description: `${node.operator} → ${operator}`,
    node: { ...node, operator },
  }))
  const [a, b, c] = node.args
  const only = (kept: Node | undefined, which: string): Own[] =>
    kept ? [{ description: `${node.operator} → ${which}`, node: kept }] : []
  if (node.operator === 'and' || node.operator === 'or')
    return [...swapped, ...only(a, 'its left side alone'), ...only(b, 'its right side alone')]
  if (node.operator === 'not' || node.operator === 'required') return [...swapped, ...only(a, 'its operand')]
  if (node.operator === 'divide' && c?.kind === 'literal') return [...swapped, ...otherRoundings(node, c)]
  if (node.operator === 'if') return [...swapped, ...only(b, 'its first arm'), ...only(c, 'its second arm')]
  return swapped
}

const otherRoundings = (node: OperationNode, mode: LiteralNode): Own[] =>
  roundings
    .filter((other) => other !== mode.value)
    .map((value) => ({
      description: `${mode.value} → ${value}`,
      node: { ...node, args: node.args.with(2, { ...mode, value, type: { ...mode.type, values: [value] } }) },
    }))

const overMutants = (node: OverNode): Own[] => {
  const swapped: Own[] = overOperators[node.operator].swaps.map((operator) => ({
    description: `${node.operator} → ${operator}`,
    node: { ...node, operator },
  }))
  return node.filter
    ? [
        ...swapped,
        { description: `${node.operator} without its filter`, node: { ...node, filter: undefined } },
      ]
    : swapped
}

/** The next values to either side. */
const neighbours = (value: Scalar, kind: string): Scalar[] => {
  if (typeof value === 'number') return [value + 1, value - 1]
  if (typeof value === 'boolean') return [!value]
  if (typeof value !== 'string') return []
  if (kind === 'date') return [addDays(value as BusinessDate, 1), addDays(value as BusinessDate, -1)]
  if (kind === 'month') return [addToMonth(value as Month, 1), addToMonth(value as Month, -1)]
  // A code that never occurs.
  return [`${value}-`]
}

const literalMutants = (node: LiteralNode | ParameterNode, value: Scalar): Own[] =>
  neighbours(value, node.type.kind).map((changed) => ({
    description: `${String(value)} → ${String(changed)}`,
    node: { kind: 'literal', value: changed, type: node.type, span: node.span },
  }))

const parameterMutants = (node: ParameterNode, value: Value): Own[] => {
  if (Array.isArray(value))
    return shortened(value as readonly Scalar[], `${node.name} without`).map(({ description, values }) => ({
      description,
      node: { kind: 'list', values, type: node.type, span: node.span },
    }))
  if (typeof value === 'object') return []
  return literalMutants(node, value as Scalar).map((mutant) => ({
    ...mutant,
    description: `${node.name} ${mutant.description}`,
  }))
}

const shortened = (values: readonly Scalar[], words: string): { description: string; values: Scalar[] }[] =>
  values.map((value, index) => ({ description: `${words} ${value}`, values: values.toSpliced(index, 1) }))

const shiftedToday = (node: Node, days: number): Node => ({
  kind: 'operation',
  operator: days > 0 ? 'dateAddDays' : 'dateSubtractDays',
  args: [
    node,
    {
      kind: 'literal',
      value: 1,
      type: { kind: 'days', absent: false, unknown: false, low: 1, high: 1 },
      span: node.span,
    },
  ],
  type: node.type,
  span: node.span,
})
