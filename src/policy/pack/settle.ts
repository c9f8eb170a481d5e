import type { FactNode, LiteralNode, Node, OperationNode, OverNode, ParameterNode } from '../language/ast.ts'
import { operators, overOperators } from '../language/operators/table.ts'
import { retyped } from '../language/retype.ts'
import { isUnknownValue, type Scalar, type Value } from '../language/values.ts'
import type { PackInForce } from './in-force.ts'
import { aboveOf } from './named-rules.ts'

/** What is so for everybody a pack is to be run on; facts are named `entity.name`. */
export interface Settled {
  /** Facts that have the same value for everybody. */
  readonly constants: ReadonlyMap<string, Scalar>
  /** Facts that are known for everybody, whatever their value. */
  readonly known: ReadonlySet<string>
  /** Entities whose lists are empty for everybody, so that a rule over them is computed once. */
  readonly empty: ReadonlySet<string>
  /** Whether the day stands beside each subject as its fact `today`, so that one statement judges several days. */
  readonly dayIsFact: boolean
}

/**
 * The pack for a population of which something is settled: constants are put into the rules and what follows from them alone
 * is computed once. Whatever it says of a subject for whom all this is so, the whole pack says too.
 */
export const settle = (force: PackInForce, settled: Settled): PackInForce => {
  const trees = new Map<string, Node>()
  const treeOf = (entity: string, name: string): Node => {
    const known = trees.get(name)
    if (known) return known
    const put = putInto(force.treeOf(entity, name), entity, { force, settled, treeOf })
    const narrow = (node: Node) => (node.kind === 'rule' ? treeOf(node.entity, node.name).type : undefined)
    const tree = folded(retyped(put, narrow))
    trees.set(name, tree)
    return tree
  }
  return { ...force, treeOf }
}

interface Around {
  readonly force: PackInForce
  readonly settled: Settled
  readonly treeOf: PackInForce['treeOf']
}

/** The tree with what is settled in it; `self` is the entity whose rule it is. */
const putInto = (node: Node, self: string, around: Around): Node => {
  const { settled, force } = around
  switch (node.kind) {
    case 'fact':
      return settledFact(node, settled)
    case 'parameter':
      return settledParameter(node, force)
    case 'today': {
      if (!settled.dayIsFact) return node
      return { ...node, kind: 'fact', entity: self, name: 'today', depth: 0, up: 0 }
    }
    case 'rule': {
      const tree = around.treeOf(node.entity, node.name)
      return tree.kind === 'literal' && !node.bound ? { ...tree, span: node.span } : node
    }
    case 'operation':
      return folded({ ...node, args: node.args.map((arg) => putInto(arg, self, around)) })
    case 'over': {
      const nobody = [node.entity, ...aboveOf(force.pack.entities, node.entity)]
      if (nobody.some((entity) => settled.empty.has(entity))) return overNobody(node)
      const [filter, body] = [node.filter, node.body].map((part) => part && putInto(part, self, around))
      return { ...node, filter, body }
    }
    default:
      return node
  }
}

const settledFact = (node: FactNode, { constants, known }: Settled): Node => {
  const key = `${node.entity}.${node.name}`
  const value = constants.get(key)
  if (value !== undefined) return literal(node, value)
  return known.has(key) ? { ...node, type: { ...node.type, unknown: false } } : node
}

const settledParameter = (node: ParameterNode, { parameters }: PackInForce): Node => {
  const value = parameters.get(node.name)?.value
  if (value === undefined || isUnknownValue(value)) return node
  if (!Array.isArray(value)) return literal(node, value as Scalar)
  return {
    kind: 'list',
    values: value as readonly Scalar[],
    type: { ...node.type, unknown: false },
    span: node.span,
  }
}

const literal = ({ type, span }: Node, value: Scalar): LiteralNode => {
  const ends = typeof value === 'number' ? { low: value, high: value } : {}
  return {
    kind: 'literal',
    value,
    span,
    type: { ...type, ...ends, absent: value === null, unknown: false },
  }
}

/** A value as a literal; undefined where it is a list or not known. */
const asLiteral = (node: Node, value: Value): LiteralNode | undefined =>
  isUnknownValue(value) || Array.isArray(value) ? undefined : literal(node, value as Scalar)

const overNobody = (node: OverNode): Node =>
  asLiteral(node, overOperators[node.operator].interpret([], [])) ?? node

const isLiteral = (node: Node | undefined, value?: Scalar): node is LiteralNode =>
  node?.kind === 'literal' && (value === undefined || node.value === value)

/** What operators say of literals is said once; an arm that is never taken, and nothing added, fall away. */
const folded = (node: Node): Node => {
  if (node.kind === 'over') {
    const { filter, body } = node
    return { ...node, filter: filter && folded(filter), body: body && folded(body) }
  }
  if (node.kind !== 'operation') return node
  const args = node.args.map(folded)
  return settledBy({ ...node, args }) ?? { ...node, args }
}

// An operator over two dates or with its own reading of its node is left alone: only these are computed here.
const computed = new Set<string>([
  ...['not', 'less', 'lessOrEqual', 'greater', 'greaterOrEqual', 'equal', 'notEqual', 'oneOf'],
  ...['add', 'subtract', 'multiply', 'least', 'greatest', 'and', 'or', 'divide'],
])

const settledBy = (node: OperationNode): Node | undefined => {
  const { operator, args } = node
  const [a, b, c] = args
  if (!a) return undefined
  if (operator === 'if' && isLiteral(a)) return a.value === true ? b : c
  // Both arms agree: what the condition says does not matter, not even where nobody knows.
  if (operator === 'if' && b && isLiteral(b) && isLiteral(c, b.value)) return b
  const isNone =
    args.some((arg) => isLiteral(arg, 0)) && args.every(({ type }) => !type.absent && !type.unknown)
  if (operator === 'multiply' && isNone) return literal(node, 0)
  if (operator === 'and' && args.some((arg) => isLiteral(arg, false))) return literal(node, false)
  if (operator === 'or' && args.some((arg) => isLiteral(arg, true))) return literal(node, true)
  if (operator === 'add' && b && isLiteral(b, 0) && !a.type.absent) return a
  if (operator === 'add' && b && isLiteral(a, 0) && !b.type.absent) return b
  if (operator === 'subtract' && isLiteral(b, 0) && !a.type.absent) return a
  const values = args.map(valueIn)
  if (!computed.has(operator) || values.includes(undefined)) return undefined
  const [first = null, second = null, third = null] = values
  return asLiteral(node, operators[operator].interpret(first, second, third))
}

const valueIn = (node: Node): Value | undefined => {
  if (node.kind === 'literal') return node.value
  return node.kind === 'list' ? node.values : undefined
}
