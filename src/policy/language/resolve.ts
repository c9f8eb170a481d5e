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
  readonly parameterOf: (name: string) => Type | undefined
  /** The rule's own named values, already resolved. */
  readonly valueOf: (name: string) => Node | undefined
  /** What `members` lists: the member entity and the most of them one subject has. */
  readonly members?: { readonly entity: string; readonly most: number } | undefined
}

/** Reads FEEL text into the typed tree. Throws a Problem with the place in the text. */
export const readExpression = (text: string, names: Names): Node =>
  resolve(readSyntax(text), { names, variables: [], implicit: false })

/** Names the loop variables in scope; `implicit` inside a filter, where the member's facts need no prefix. */
interface Scope {
  readonly names: Names
  readonly variables: readonly string[]
  readonly implicit: boolean
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
  const depth = scope.variables.length
  if (scope.implicit) {
    const own = factNode(memberEntity(scope, span), name, depth, span, scope)
    if (own) return own
  }
  const value = scope.names.valueOf(name)
  if (value && depth > 0 && nodesOf(value).some(({ kind }) => kind === 'over')) throw outside(span, name)
  const node = value ? placedAt(value, span) : factNode(scope.names.entity, name, 0, span, scope)
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

const factNode = (
  entity: string,
  name: string,
  depth: number,
  span: Span,
  scope: Scope,
): FactNode | undefined => {
  const type = scope.names.factOf(entity, name)
  return type && { kind: 'fact', entity, name, depth, type, span }
}

const memberEntity = (scope: Scope, span: Span): string => {
  if (!scope.names.members) throw outside(span, 'members')
  return scope.names.members.entity
}

const pathNode = (syntax: Syntax & { kind: 'path' }, scope: Scope): Node => {
  const { of, name, span } = syntax
  if (of.kind !== 'name') throw outside(span, 'a.b.c')
  if (of.name === 'parameters') {
    const type = scope.names.parameterOf(name)
    if (!type) throw new Problem('unknown-name', span, { name: `parameters.${name}` })
    return { kind: 'parameter', name, type, span }
  }
  const index = scope.variables.lastIndexOf(of.name)
  const depth = index + 1
  if (index < 0) throw new Problem('unknown-name', of.span, { name: of.name })
  const fact = factNode(memberEntity(scope, span), name, depth, span, scope)
  if (!fact) throw new Problem('unknown-name', span, { name: `${of.name}.${name}` })
  return fact
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
  const [first] = args
  if (name === 'today' && args.length === 0) return { kind: 'today', type: plain('date'), span }
  if (!first || args.length > 1) throw outside(span, `${name}(…)`)
  if (name === 'not' || name === 'monthOf') return named(name, [resolve(first, scope)], span)
  if (name === 'required') {
    const fact = resolve(first, scope)
    if (fact.kind !== 'fact') throw outside(span, 'required(…)', 'required(m.fact)')
    return named('required', [fact, literal(fact.name, span)], span)
  }
  if (name === 'count' || name === 'sum' || name === 'min' || name === 'max') {
    return over(name, listOf(first, scope), undefined, span, scope)
  }
  throw new Problem('unknown-name', span, { name: `${name}()` })
}

const quantified = (syntax: Syntax & { kind: 'each' }, scope: Scope): Node => {
  if (syntax.word === 'for') throw outside(syntax.span, 'for', 'sum(for m in members return …)')
  const list = listOf(syntax.list, scope)
  const body = resolve(syntax.body, {
    ...scope,
    variables: [...scope.variables, syntax.variable],
    implicit: false,
  })
  return over(syntax.word as OverName, list, body, syntax.span, scope)
}

/** The members an aggregate runs over, and what it takes of each. */
interface MemberList {
  readonly filter?: Node | undefined
  readonly body?: Node | undefined
}

const listOf = (syntax: Syntax, scope: Scope): MemberList => {
  if (syntax.kind === 'name' && syntax.name === 'members') {
    memberEntity(scope, syntax.span)
    return {}
  }
  const deeper = (variable: string): Scope => ({
    ...scope,
    variables: [...scope.variables, variable],
    implicit: true,
  })
  if (syntax.kind === 'filter') {
    const list = listOf(syntax.of, scope)
    const condition = resolve(syntax.condition, deeper('item'))
    if (condition.type.kind !== 'boolean' || list.body)
      throw outside(syntax.span, 'list[ … ]', 'members[condition]')
    return { filter: list.filter ? named('and', [list.filter, condition], syntax.span) : condition }
  }
  if (syntax.kind === 'path') {
    const list = listOf(syntax.of, scope)
    return { ...list, body: nameNode(syntax.name, syntax.span, deeper('item')) }
  }
  if (syntax.kind === 'each' && syntax.word === 'for') {
    const list = listOf(syntax.list, scope)
    return { ...list, body: resolve(syntax.body, { ...deeper(syntax.variable), implicit: false }) }
  }
  throw outside(syntax.span, 'list', 'members')
}

const over = (
  operator: OverName,
  list: MemberList,
  own: Node | undefined,
  span: Span,
  scope: Scope,
): Node => {
  // One statement passes over the members once; an aggregate inside another would need a pass for each of them.
  if (scope.variables.length > 0) throw outside(span, operator)
  const body = operator === 'count' ? undefined : (own ?? list.body)
  const type = overOperators[operator].typeOf(list.filter?.type, body?.type, scope.names.members?.most ?? 0)
  if (isClash(type)) throw new Problem(type.clash, span, type.details)
  return { kind: 'over', operator, depth: 1, filter: list.filter, body, type, span }
}
