import { type LiteralNode, type Node, nodesOf, type OperationNode, type OverNode, type Side } from './ast.ts'
import { isClash, type OperatorName } from './operators/operator.ts'
import { operators, overOperators } from './operators/table.ts'
import { plain, type Type } from './types.ts'

/**
 * The tree with exact unknowns: an answer that every possible value of what is missing would give is given. Every number
 * that may be unknown has a least and a most, each a tree of ordinary operators over what is known and over the declared
 * ranges of what is not; a comparison is settled where the two sides' ends do not overlap. Both engines run this tree.
 */
export const exact = (node: Node): Node => {
  if (node.kind === 'over')
    return { ...node, filter: node.filter && exact(node.filter), body: node.body && exact(node.body) }
  if (node.kind !== 'operation') return node
  const inner: OperationNode = { ...node, args: node.args.map(exact) }
  return isOpen(node) ? settle(inner, node) : inner
}

/** The value of a named rule: a number is known as soon as its two ends meet. */
export const exactValue = (node: Node): Node => {
  const value = exact(node)
  if (!isBounded(node) || !mayMeet(node)) return value
  return operation('pinned', [value, boundOf(node, 'low'), boundOf(node, 'high')], node, node.type)
}

const numeric = ['number', 'months', 'days']

/** Days and months that no rule will meet: the ends of a deadline whose calendar is missing. Years of both sides fit beside them. */
const outermost = { date: ['1000-01-01', '9000-01-01'], month: ['1000-01', '9000-01'] } as const

const isDated = ({ type }: Node): boolean => type.kind === 'date' || type.kind === 'month'

const isOrdered = (node: Node): boolean => numeric.includes(node.type.kind) || isDated(node)

/** Of a day or month that hangs on a missing one nothing says how early or late it may be. */
export const isEndless = (node: Node): boolean => {
  if (!node.type.unknown || !isDated(node)) return false
  if (node.kind === 'rule') return node.type.unbounded === true
  if (node.kind !== 'operation') return true
  return node.operator === 'required' || node.args.some(isEndless)
}

/** Whether a node has a least and a most: a number, day or month that is never known to be absent. */
export const isBounded = (node: Node): boolean =>
  node.type.unknown && hasEnds(node) && !node.type.absent && isOrdered(node)

const hasEnds = (node: Node): boolean =>
  isDated(node)
    ? !isEndless(node)
    : nodesOf(node).every((part) => isDated(part) || !(part.type.unknown && part.type.unbounded))

/** A bare fact's ends never meet while it is missing, unless only one value is possible. */
const mayMeet = (node: Node): boolean => {
  const { kind, type } = node
  if (kind === 'operation' && operators[node.operator].under) return node.args.some((arg) => arg.type.unknown)
  return (kind !== 'fact' && kind !== 'parameter') || type.low === type.high
}

const comparisons = ['less', 'lessOrEqual', 'greater', 'greaterOrEqual', 'equal', 'notEqual']

const isOpen = ({ operator, args, type }: OperationNode): boolean => {
  const [a, b] = args
  if (!a || !b || !type.unknown || !comparisons.includes(operator)) return false
  if ([a, b].some((side) => side.type.absent || !hasEnds(side) || !isOrdered(side))) return false
  return !isIdle(a, b) && !isIdle(b, a)
}

/** A bare fact against a constant well inside its range: while the fact is missing, nothing can be proved. */
const isIdle = (fact: Node, constant: Node): boolean => {
  if (fact.kind !== 'fact' || (constant.kind !== 'literal' && constant.kind !== 'parameter')) return false
  const { low = -Infinity, high = Infinity } = constant.type
  return !constant.type.unknown && (fact.type.low ?? -Infinity) < low && high < (fact.type.high ?? Infinity)
}

const settle = (inner: OperationNode, node: OperationNode): Node => {
  const [a, b] = node.args
  if (!a || !b) return inner
  const ends = (compare: OperatorName, left: Side, right: Side): Node =>
    operation(compare, [boundOf(a, left), boundOf(b, right)], node, plain('boolean'))
  const [lowHigh, highLow] = [['low', 'high'] as const, ['high', 'low'] as const]
  const apart = (): Node => either('or', ends('less', ...highLow), ends('greater', ...lowHigh), node)
  const same = (): Node =>
    either('and', ends('lessOrEqual', ...highLow), ends('greaterOrEqual', ...lowHigh), node)
  const proofs: Partial<Record<OperatorName, () => readonly [Node, Node]>> = {
    less: () => [ends('less', ...highLow), ends('greaterOrEqual', ...lowHigh)],
    lessOrEqual: () => [ends('lessOrEqual', ...highLow), ends('greater', ...lowHigh)],
    greater: () => [ends('greater', ...lowHigh), ends('lessOrEqual', ...highLow)],
    greaterOrEqual: () => [ends('greaterOrEqual', ...lowHigh), ends('less', ...highLow)],
    equal: () => [same(), apart()],
    notEqual: () => [apart(), same()],
  }
  const [yes, no] = proofs[node.operator]?.() ?? []
  return yes && no ? operation('settled', [inner, yes, no], node, node.type) : inner
}

const either = (operator: 'and' | 'or', a: Node, b: Node, at: Node): Node =>
  operation(operator, [a, b], at, plain('boolean'))

const operation = (operator: OperatorName, args: readonly Node[], at: Node, type: Type): OperationNode => ({
  kind: 'operation',
  operator,
  args,
  type,
  span: at.span,
})

/** An operation of bounds, its range as its operator has it and of the unit of what it bounds. */
const bounding = (operator: OperatorName, args: readonly Node[], of: Node): Node => {
  const found = operators[operator].typeOf(args.map(({ type }) => type))
  const isPlain = isClash(found) || isDated(of)
  const type = isPlain ? of.type : { ...of.type, low: found.low ?? 0, high: found.high ?? 0 }
  return operation(operator, args, of, { ...type, unknown: false })
}

const opposite = (side: Side): Side => (side === 'low' ? 'high' : 'low')

/** The least or the most a number can be: a tree that is never unknown. Only for nodes that are not absent. */
export const boundOf = (node: Node, side: Side): Node => {
  if (!node.type.unknown) return node
  if (node.kind === 'fact' || node.kind === 'rule' || node.kind === 'parameter')
    return { ...node, bound: side, type: { ...node.type, unknown: false } }
  if (node.kind === 'over') return boundOfOver(node, side)
  if (node.kind === 'operation') return boundOfOperation(node, side)
  return endOfRange(node, side)
}

/** Where nothing better is known: the value, or the end of its range. */
const endOfRange = (node: Node, side: Side): Node =>
  bounding('ifUnknown', [exact(node), endLiteral(node, side)], node)

const endLiteral = (node: Node, side: Side): LiteralNode => {
  if (!isDated(node)) return number(rangeEnd(node, side), node)
  const [first, last] = node.type.kind === 'date' ? outermost.date : outermost.month
  const type = { ...node.type, unknown: false, absent: false }
  return { kind: 'literal', value: side === 'low' ? first : last, type, span: node.span }
}

const rangeEnd = ({ type }: Node, side: Side): number =>
  (side === 'low' ? type.low : type.high) ??
  (side === 'low' ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER)

const number = (value: number, at: Node): LiteralNode => ({
  kind: 'literal',
  value,
  type: { ...at.type, unknown: false, absent: false, low: value, high: value },
  span: at.span,
})

const boundOfOperation = (node: OperationNode, side: Side): Node => {
  const [a, b, c] = node.args
  if (!a || (!isDated(node) && node.args.some(isEndless))) return endOfRange(node, side)
  if (!b) return boundOfPart(node, a, side)
  switch (node.operator) {
    case 'add':
    case 'least':
    case 'greatest':
    case 'dateAddMonths':
    case 'dateAddDays':
    case 'monthAddMonths':
      return bounding(node.operator, [boundOf(a, side), boundOf(b, side)], node)
    case 'yearsBetween':
      return bounding(node.operator, [boundOf(a, opposite(side)), boundOf(b, side)], node)
    case 'addWorkdays':
      return boundOfAddWorkdays(node, a, b, side)
    case 'onWorkday':
      return boundOfOnWorkday(node, a, b, side)
    case 'dateSubtractMonths':
    case 'dateSubtractDays':
    case 'monthSubtractMonths':
    case 'daysBetween':
    case 'monthsBetween':
      return bounding(node.operator, [boundOf(a, side), boundOf(b, opposite(side))], node)
    case 'subtract':
      return bounding('subtract', [boundOf(a, side), boundOf(b, opposite(side))], node)
    case 'multiply':
      return boundOfProduct(node, a, b, side)
    case 'divide':
      return c ? boundOfQuotient(node, a, b, c, side) : endOfRange(node, side)
    case 'if':
      return c ? boundOfIf(node, a, [b, c], side) : endOfRange(node, side)
    case 'required':
      return boundOfRequired(node, a, side)
    default:
      return endOfRange(node, side)
  }
}

/** The month, year, first or last day of an earlier day is never a later one. */
const boundOfPart = (node: OperationNode, of: Node, side: Side): Node =>
  ['monthOf', 'yearOf', 'firstDayOf', 'lastDayOf'].includes(node.operator)
    ? bounding(node.operator, [boundOf(of, side)], node)
    : endOfRange(node, side)

/** Where the calendar ends, people may work every day from then on, or on none for long. */
const boundOfAddWorkdays = (node: OperationNode, date: Node, count: Node, side: Side): Node => {
  const ends = [boundOf(date, side), boundOf(count, side)]
  if (side === 'low') return bounding('soonestWorkday', ends, node)
  return bounding(
    'ifUnknown',
    [operation('addWorkdays', ends, node, node.type), endLiteral(node, side)],
    node,
  )
}

const boundOfOnWorkday = (node: OperationNode, date: Node, mode: Node, side: Side): Node => {
  const [outward, code] = [endLiteral(node, side), side === 'low' ? 'tighten' : 'roll']
  const codeNode: LiteralNode = { kind: 'literal', value: code, type: plain('text'), span: node.span }
  const [day, way] = [boundOf(date, side), mode.type.unknown ? codeNode : mode]
  const rolled = operation('onWorkday', [day, way], node, node.type)
  if (way === codeNode) return bounding('ifUnknown', [rolled, outward], node)
  // Without its calendar the day stays or goes one way only.
  const goesOut = operation('equal', [way, codeNode], node, plain('boolean'))
  return bounding('ifUnknown', [rolled, operation('if', [goesOut, outward, day], node, day.type)], node)
}

const isNeverNegative = ({ type }: Node): boolean => (type.low ?? -1) >= 0

const extremeOf = (nodes: readonly Node[], side: Side, of: Node): Node =>
  nodes.reduce((a, b) => bounding(side === 'low' ? 'least' : 'greatest', [a, b], of))

const boundOfProduct = (node: OperationNode, a: Node, b: Node, side: Side): Node => {
  if (isNeverNegative(a) && isNeverNegative(b))
    return bounding('multiply', [boundOf(a, side), boundOf(b, side)], node)
  const ends = (of: Node): Node[] => (of.type.unknown ? [boundOf(of, 'low'), boundOf(of, 'high')] : [of])
  const corners = ends(a).flatMap((x) => ends(b).map((y) => bounding('multiply', [x, y], node)))
  return extremeOf(corners, side, node)
}

const boundOfQuotient = (node: OperationNode, a: Node, b: Node, rounding: Node, side: Side): Node => {
  const dividend = boundOf(a, side)
  const by = (divisor: Node): Node => bounding('divide', [dividend, divisor, rounding], node)
  if (isNeverNegative(a)) return by(boundOf(b, opposite(side)))
  return b.type.unknown ? extremeOf([by(boundOf(b, 'low')), by(boundOf(b, 'high'))], side, node) : by(b)
}

const boundOfIf = (node: OperationNode, condition: Node, arms: readonly [Node, Node], side: Side): Node => {
  const ends = arms.map((arm) => boundOf(arm, side))
  const operator = side === 'low' ? 'lowIf' : 'highIf'
  return bounding(operator, [exact(condition), ...ends], node)
}

const boundOfRequired = (node: OperationNode, fact: Node, side: Side): Node => {
  const absent: Node = {
    kind: 'literal',
    value: null,
    type: plain('null', { absent: true }),
    span: node.span,
  }
  const isAbsent = operation('equal', [fact, absent], node, plain('boolean', { unknown: fact.type.unknown }))
  const end = number(rangeEnd(node, side), node)
  return bounding(side === 'low' ? 'lowIf' : 'highIf', [isAbsent, end, boundOf(fact, side)], node)
}

/** Of a sum or count, each item gives its own end, and an item that may or may not count the better of that and nothing. */
const boundOfOver = (node: OverNode, side: Side): Node => {
  if (node.operator !== 'total' && node.operator !== 'count') return endOfRange(node, side)
  const { filter } = node
  const one = node.body ? boundOf(node.body, side) : { ...number(1, node) }
  const nothing = { ...number(0, node), type: { ...one.type, low: 0, high: 0 } }
  const body = filter?.type.unknown
    ? bounding(side === 'low' ? 'lowIf' : 'highIf', [exact(filter), one, nothing], one)
    : one
  const kept = filter?.type.unknown ? undefined : filter && exact(filter)
  const most = overOperators.total.typeOf(kept?.type, body.type, mostOf(node))
  const range = isClash(most) ? node.type : { ...node.type, low: most.low ?? 0, high: most.high ?? 0 }
  return { ...node, operator: 'total', filter: kept, body, type: { ...range, unknown: false } }
}

/** How many items the range of the sum was made for. */
const mostOf = ({ operator, body, type }: OverNode): number => {
  if (operator === 'count' || !body) return type.high ?? 0
  const size = Math.max(Math.abs(body.type.low ?? 0), Math.abs(body.type.high ?? 0))
  return size === 0 ? 0 : Math.round(Math.max(Math.abs(type.low ?? 0), Math.abs(type.high ?? 0)) / size)
}
