import { type FactNode, type Node, nodesOf, type OperationNode, type OverNode } from '../language/ast.ts'
import { exact } from '../language/bounds.ts'
import { operators, overOperators } from '../language/operators/table.ts'
import { isUnknownValue, type Value } from '../language/values.ts'
import type { Compiler, Instance } from './compile.ts'

/** A fact that went into a condition. */
export interface UsedFact {
  readonly entity: string
  readonly name: string
  readonly memberId?: string | undefined
  readonly value: Value
}

/** One step of the reasoning. The tree is complete even where facts are missing: nothing is cut short. */
export interface TraceStep {
  /** The FEEL text of this step. */
  readonly text: string
  readonly operator: string
  readonly result: Value
  /** The values of its operands, in their order; for an aggregate, of each member that passed or may pass the filter. */
  readonly operands: readonly Value[]
  readonly facts: readonly UsedFact[]
  readonly parameters: readonly string[]
  /** What other named rules said; why they did stands in their own explanations. */
  readonly rules: readonly UsedFact[]
  /** Set where this step is one member's part of a quantifier or aggregate. */
  readonly memberId?: string | undefined
  readonly steps: readonly TraceStep[]
  /** Whether the step is a condition an officer reads, and not a calculation inside one. */
  readonly condition: boolean
}

interface Place {
  readonly self: Instance
  readonly item?: Instance | undefined
  readonly compiler: Compiler
  readonly text: string
}

/** Evaluates an expression keeping every step. */
export const traceCondition = (node: Node, text: string, self: Instance, compiler: Compiler): TraceStep =>
  step(node, { self, compiler, text })

const valueAt = (node: Node, { self, item, compiler }: Place): Value =>
  compiler.compile(node)(self, item ?? self)

const step = (node: Node, place: Place): TraceStep => {
  if (node.kind === 'over') return overStep(node, place)
  if (node.kind !== 'operation') return leaf(node, place)
  const args = node.args.map((arg) => step(arg, place))
  return {
    ...about(node, place),
    operator: node.operator,
    result: operationResult(node, args, place),
    operands: args.map(({ result }) => result),
    steps: args.filter(({ operator }) => operator !== 'value'),
  }
}

const operationResult = (node: OperationNode, args: readonly TraceStep[], place: Place): Value => {
  const [a = null, b = null, c = null] = args.map(({ result }) => result)
  const result = operators[node.operator].interpret(a, b, c)
  // What is missing may not matter: the engines run the exact tree.
  return isUnknownValue(result) ? valueAt(exact(node), place) : result
}

/** Facts, parameters, literals and named rules: their values are operands of the step above. */
const leaf = (node: Node, place: Place): TraceStep => {
  const condition = (node.kind === 'fact' || node.kind === 'rule') && node.type.kind === 'boolean'
  const operator = condition ? node.kind : 'value'
  return { ...about(node, place), operator, result: valueAt(node, place), operands: [], steps: [] }
}

const overStep = (node: OverNode, place: Place): TraceStep => {
  const filters: Value[] = []
  const bodies: Value[] = []
  const steps: TraceStep[] = []
  for (const item of place.self.lists[node.list] ?? []) {
    const inside: Place = { ...place, item }
    const filter = node.filter && step(node.filter, inside)
    const body = node.body && step(node.body, inside)
    filters.push(filter ? filter.result : true)
    if (body) bodies.push(body.result)
    steps.push(...[filter, body].filter((part) => part !== undefined))
  }
  const result = overOperators[node.operator].interpret(filters, bodies)
  const operands = bodies.filter((_, index) => filters[index] !== false && filters[index] !== null)
  return { ...about(node, place), operator: node.operator, result, operands, steps }
}

const about = (node: Node, place: Place) => ({
  text: place.text.slice(node.span.from, node.span.until).replaceAll(/\s+/gu, ' '),
  facts: usedIn(node, 'fact', place),
  rules: usedIn(node, 'rule', place),
  parameters: [...new Set(nodesOf(node).flatMap((it) => (it.kind === 'parameter' ? [it.name] : [])))],
  memberId: place.item?.id,
  condition: node.type.kind === 'boolean' && !(node.kind === 'operation' && joining.includes(node.operator)),
})

const joining = ['and', 'or', 'not', 'if']

/** The facts or rules read at this depth; those inside an aggregate are listed by its items' steps. */
const usedIn = (node: Node, kind: 'fact' | 'rule', place: Place): UsedFact[] => {
  const found = new Map<string, UsedFact>()
  for (const it of nodesOf(node)) {
    if (it.kind !== kind || (it.depth > 0 && !place.item)) continue
    const { entity, name } = it
    const memberId = it.depth > 0 ? place.item?.id : ownerIdOf(it, place)
    found.set(`${entity}.${name}`, { entity, name, memberId, value: valueAt(it, place) })
  }
  return [...found.values()]
}

/** A fact of a rule's own subject is said without its id, one of what is above it is not. */
const ownerIdOf = ({ up }: Pick<FactNode, 'up'>, { self }: Place): string | undefined =>
  up === 0 && self.above ? self.id : undefined
