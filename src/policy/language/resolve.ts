import { type FactNode, type Node, nodesOf } from './ast.ts'
import type { Operator, OperatorName, OverName } from './operators/operator.ts'
import { isClash } from './operators/operator.ts'
import { operators, operatorsWritten, overOperators } from './operators/table.ts'
import { Problem, type Span } from './problems.ts'
import { readSyntax, type Syntax, type Test } from './syntax.ts'
import { temporalNode } from './temporal.ts'
import { freeUnit, plain, type Type } from './types.ts'
import type { Scalar } from './values.ts'

/** The names an expression may use. */
export interface Names {
  /** The entity of the rule. */
  readonly entity: string
  readonly factOf: (entity: string, name: string) => Type | undefined
  /** The type of a named rule of an entity. Throws a Problem where the rule cannot be used. */
  readonly ruleOf?: (entity: string, name: string, span: Span) => Type | undefined
  readonly parameterOf: (name: string) => Type | undefined
  /** The rule's own named values, already resolved. */
  readonly valueOf: (name: string) => Node | undefined
  /** The lists of the rule's entity: the entity of the items and the most of them one subject has. */
  readonly lists: Readonly<Record<string, { readonly entity: string; readonly most: number }>>
  /** The entities the rule's entity lies within, nearest first. */
  readonly above?: readonly string[]
}

/** Reads FEEL text into the typed tree. Throws a Problem with the place in the text. */
export const readExpression = (text: string, names: Names): Node => resolve(readSyntax(text), { names })

/** The item of a list that the expression stands at; `implicit` inside a filter, where its facts need no prefix. */
interface Item {
  readonly variable: string
  readonly entity: string
  readonly implicit: boolean
}

interface Scope {
  readonly names: Names
  readonly item?: Item
}

const resolve = (syntax: Syntax, scope: Scope): Node => {
  const { span } = syntax
  switch (syntax.kind) {
    case 'literal':
      return literal(syntax.value, span)
    case 'temporal':
      return temporalNode(syntax.maker, syntax.text, span)
    case 'name':
      return nameNode(syntax.name, span, scope)
    case 'path':
      return pathNode(syntax, scope)
    case 'binary':
      return operate(syntax.sign, [resolve(syntax.left, scope), resolve(syntax.right, scope)], span)
    case 'negative':
      return operate('-', [literal(0, span), resolve(syntax.of, scope)], span)
    case 'between':
      return between(syntax, scope)
    case 'in':
      return inNode(syntax, scope)
    case 'if':
      return operate(
        'if',
        syntax.parts.map((part) => resolve(part, scope)),
        span,
      )
    case 'call':
      return callNode(syntax, scope)
    case 'each':
      return quantified(syntax, scope)
    default:
      throw outside(span, syntax.kind)
  }
}

const outside = (span: Span, what: string, use = ''): Problem =>
  new Problem('outside-sql-profile', span, { what, use })

const literal = (value: Scalar, span: Span): Node => ({
  kind: 'literal',
  value,
  type: typeOfScalar(value),
  span,
})

const typeOfScalar = (value: Scalar): Type => {
  if (value === null) return plain('null', { absent: true })
  if (typeof value === 'number') return plain('number', { unit: freeUnit, low: value, high: value })
  return typeof value === 'boolean' ? plain('boolean') : plain('text', { values: [value] })
}

/** Chooses among the operators that share a sign by the types of the operands. */
const operate = (sign: string, args: readonly Node[], span: Span): Node => {
  const candidates = operatorsWritten(sign)
  if (candidates.length === 0) throw outside(span, sign, sign === '/' ? 'a * x > b * y' : '')
  return apply(candidates, args, span)
}

const apply = (candidates: readonly Operator[], args: readonly Node[], span: Span): Node => {
  const types = args.map(({ type }) => type)
  const answers = candidates.map((operator) => ({ operator, type: operator.typeOf(types) }))
  for (const { operator, type } of answers) {
    if (!isClash(type)) return { kind: 'operation', operator: operator.name, args, type, span }
  }
  const clashes = answers.map(({ type }) => type).filter(isClash)
  const chosen = clashes.find(({ clash }) => clash !== 'type-clash') ?? clashes[0]
  throw new Problem(chosen?.clash ?? 'type-clash', span, chosen?.details ?? {})
}

const named = (name: OperatorName, args: readonly Node[], span: Span): Node =>
  apply([operators[name]], args, span)

const nameNode = (name: string, span: Span, scope: Scope): Node => {
  const { item, names } = scope
  const own = item?.implicit ? placedNode(item.entity, name, { depth: 1, up: 0 }, span, names) : undefined
  if (own) return own
  const value = names.valueOf(name)
  if (value && item && nodesOf(value).some(({ kind }) => kind === 'over')) throw outside(span, name)
  const node = value
    ? placedAt(value, span)
    : placedNode(names.entity, name, { depth: 0, up: 0 }, span, names)
  if (!node) throw new Problem('unknown-name', span, { name })
  return node
}

/** A named value stands where its name was written: its own text is elsewhere. */
const placedAt = (node: Node, span: Span): Node => {
  if (node.kind === 'operation') return { ...node, span, args: node.args.map((arg) => placedAt(arg, span)) }
  if (node.kind !== 'over') return { ...node, span }
  return {
    ...node,
    span,
    filter: node.filter && placedAt(node.filter, span),
    body: node.body && placedAt(node.body, span),
  }
}

/** A fact of the entity or, where it has none of that name, a named rule. */
const placedNode = (
  entity: string,
  name: string,
  place: Pick<FactNode, 'depth' | 'up'>,
  span: Span,
  names: Names,
): Node | undefined => {
  const fact = names.factOf(entity, name)
  if (fact) return { kind: 'fact', entity, name, ...place, type: fact, span }
  const rule = names.ruleOf?.(entity, name, span)
  return rule && { kind: 'rule', entity, name, ...place, type: rule, span }
}

const pathNode = (syntax: Syntax & { kind: 'path' }, scope: Scope): Node => {
  const { of, name, span } = syntax
  if (of.kind !== 'name') throw outside(span, 'a.b.c')
  if (of.name === 'parameters') {
    const type = scope.names.parameterOf(name)
    if (!type) throw new Problem('unknown-name', span, { name: `parameters.${name}` })
    return { kind: 'parameter', name, type, span }
  }
  const node = ownerOf(of.name, scope, (entity, place) => placedNode(entity, name, place, span, scope.names))
  if (node === undefined) throw new Problem('unknown-name', of.span, { name: of.name })
  if (node === null) throw new Problem('unknown-name', span, { name: `${of.name}.${name}` })
  return node
}

/** What stands left of the dot: the item at hand, the rule's entity itself or one above it. Undefined: none of them. */
const ownerOf = (
  owner: string,
  { item, names }: Scope,
  read: (entity: string, place: Pick<FactNode, 'depth' | 'up'>) => Node | undefined,
): Node | null | undefined => {
  if (item?.variable === owner) return read(item.entity, { depth: 1, up: 0 }) ?? null
  const up = [names.entity, ...(names.above ?? [])].indexOf(owner)
  return up < 0 ? undefined : (read(owner, { depth: 0, up }) ?? null)
}

const between = (syntax: Syntax & { kind: 'between' }, scope: Scope): Node => {
  const of = resolve(syntax.of, scope)
  const low = operate('>=', [of, resolve(syntax.low, scope)], syntax.span)
  const high = operate('<=', [of, resolve(syntax.high, scope)], syntax.span)
  return named('and', [low, high], syntax.span)
}

const inNode = (syntax: Syntax & { kind: 'in' }, scope: Scope): Node => {
  const left = resolve(syntax.left, scope)
  const tests = syntax.tests.map((test) => testNode(left, test, syntax.span, scope))
  return tests.reduce((a, b) => named('or', [a, b], syntax.span))
}

const testNode = (left: Node, test: Test, span: Span, scope: Scope): Node => {
  if (test.kind === 'compare') return operate(test.sign, [left, resolve(test.right, scope)], span)
  if (test.kind === 'interval') {
    const low = operate(test.lowSign, [left, resolve(test.low, scope)], span)
    const high = operate(test.highSign, [left, resolve(test.high, scope)], span)
    return named('and', [low, high], span)
  }
  const value =
    test.value.kind === 'list' ? listNode(test.value.items, span, scope) : resolve(test.value, scope)
  return named(value.type.kind === 'list' ? 'oneOf' : 'equal', [left, value], span)
}

const listNode = (items: readonly Syntax[], span: Span, scope: Scope): Node => {
  const nodes = items.map((item) => resolve(item, scope))
  const values: Scalar[] = []
  for (const node of nodes) {
    if (node.kind !== 'literal') throw outside(node.span, 'in [ … ]', 'a = x or a = y')
    if (node.type.kind !== nodes[0]?.type.kind)
      throw new Problem('type-clash', node.span, {
        sign: 'in',
        left: nodes[0]?.type.kind ?? '',
        right: node.type.kind,
      })
    values.push(node.value)
  }
  const type = nodes[0]?.type ?? plain('null')
  const codes = type.kind === 'text' ? { values: values.map(String) } : {}
  return { kind: 'list', values, type: plain('list', { items: { ...type, ...codes } }), span }
}

const callNode = (syntax: Syntax & { kind: 'call' }, scope: Scope): Node => {
  const { name, args, span } = syntax
  const [first, second] = args
  if (name === 'today' && args.length === 0) return { kind: 'today', type: plain('date'), span }
  if (!first) throw outside(span, `${name}(…)`)
  const call = plainCalls[name]
  if (call) {
    if (args.length !== call.args) throw outside(span, `${name}(…)`, call.use)
    const nodes = args.map((arg) => resolve(arg, scope))
    return named(call.operator, nodes, span)
  }
  if (name === 'required' && !second) {
    const fact = resolve(first, scope)
    if (fact.kind !== 'fact') throw outside(span, 'required(…)', 'required(m.fact)')
    return named('required', [fact, literal(fact.name, span)], span)
  }
  if (name === 'valueOr' && second && args.length === 2) return valueOr(first, second, span, scope)
  if ((name === 'min' || name === 'max') && second) {
    const nodes = args.map((arg) => resolve(arg, scope))
    return nodes.reduce((a, b) => named(name === 'min' ? 'least' : 'greatest', [a, b], span))
  }
  if (second) throw outside(span, `${name}(…)`)
  if (name === 'count' || name === 'sum' || name === 'total' || name === 'min' || name === 'max')
    return over(name, listOf(first, scope), undefined, span, scope)
  throw new Problem('unknown-name', span, { name: `${name}()` })
}

interface PlainCall {
  readonly operator: OperatorName
  readonly args: number
  readonly use: string
}

const plainCalls: Readonly<Record<string, PlainCall>> = {
  not: { operator: 'not', args: 1, use: 'not(x)' },
  monthOf: { operator: 'monthOf', args: 1, use: 'monthOf(date)' },
  yearOf: { operator: 'yearOf', args: 1, use: 'yearOf(date)' },
  yearsBetween: { operator: 'yearsBetween', args: 2, use: 'yearsBetween(from, until)' },
  firstDayOf: { operator: 'firstDayOf', args: 1, use: 'firstDayOf(month)' },
  lastDayOf: { operator: 'lastDayOf', args: 1, use: 'lastDayOf(month)' },
  addWorkdays: { operator: 'addWorkdays', args: 2, use: 'addWorkdays(date, n)' },
  onWorkday: { operator: 'onWorkday', args: 2, use: 'onWorkday(date, "roll")' },
  divide: { operator: 'divide', args: 3, use: 'divide(a, b, "half-up")' },
}

/** `valueOr(x, y)`: y where x is known to be absent. Our addition to FEEL, written in what the kernel has. */
const valueOr = (first: Syntax, second: Syntax, span: Span, scope: Scope): Node => {
  const [x, y] = [resolve(first, scope), resolve(second, scope)]
  const present: Node = { ...x, type: { ...x.type, absent: false } }
  return named('if', [named('equal', [x, literal(null, span)], span), y, present], span)
}

const quantified = (syntax: Syntax & { kind: 'each' }, scope: Scope): Node => {
  if (syntax.word === 'for') throw outside(syntax.span, 'for', 'total(for m in members return …)')
  const list = listOf(syntax.list, scope)
  const item = { variable: syntax.variable, entity: list.entity, implicit: false }
  const body = resolve(syntax.body, { ...scope, item })
  return over(syntax.word as OverName, list, body, syntax.span, scope)
}

/** The items an aggregate runs over, and what it takes of each. */
interface ItemList {
  readonly list: string
  readonly entity: string
  readonly most: number
  readonly filter?: Node | undefined
  readonly body?: Node | undefined
}

const listOf = (syntax: Syntax, scope: Scope): ItemList => {
  if (syntax.kind === 'name') {
    const found = scope.names.lists[syntax.name]
    if (!found) throw new Problem('unknown-name', syntax.span, { name: syntax.name })
    return { list: syntax.name, ...found }
  }
  if (syntax.kind === 'filter') {
    const list = listOf(syntax.of, scope)
    const condition = resolve(syntax.condition, { ...scope, item: itemOf(list) })
    if (condition.type.kind !== 'boolean' || list.body)
      throw outside(syntax.span, 'list[ … ]', 'members[condition]')
    const filter = list.filter ? named('and', [list.filter, condition], syntax.span) : condition
    return { ...list, filter }
  }
  if (syntax.kind === 'path') {
    const list = listOf(syntax.of, scope)
    return { ...list, body: nameNode(syntax.name, syntax.span, { ...scope, item: itemOf(list) }) }
  }
  if (syntax.kind === 'each' && syntax.word === 'for') {
    const list = listOf(syntax.list, scope)
    const item = { variable: syntax.variable, entity: list.entity, implicit: false }
    return { ...list, body: resolve(syntax.body, { ...scope, item }) }
  }
  throw outside(syntax.span, 'list', 'members')
}

const itemOf = ({ entity }: ItemList): Item => ({ variable: 'item', entity, implicit: true })

const over = (operator: OverName, list: ItemList, own: Node | undefined, span: Span, scope: Scope): Node => {
  // One statement passes over a list once; an aggregate inside another would need a pass for each of its items.
  // A named rule of the item's entity says the inner one.
  if (scope.item) throw outside(span, operator)
  const body = operator === 'count' ? undefined : (own ?? list.body)
  const type = overOperators[operator].typeOf(list.filter?.type, body?.type, list.most)
  if (isClash(type)) throw new Problem(type.clash, span, type.details)
  const { list: name, entity, filter } = list
  return { kind: 'over', operator, list: name, entity, depth: 1, filter, body, type, span }
}
