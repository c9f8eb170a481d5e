import { assert } from '#base'
import { type Node, nodesOf, type OverNode } from '../language/ast.ts'
import { operators, overOperators } from '../language/operators/table.ts'
import type { Facts, Subject, Value } from '../language/values.ts'
import { compileNode, type ParameterValues } from './compile.ts'

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
  /** Set where this step is one member's part of a quantifier or aggregate. */
  readonly memberId?: string | undefined
  readonly steps: readonly TraceStep[]
  /** Whether the step is a condition an officer reads, and not a calculation inside one. */
  readonly condition: boolean
}

interface Place {
  readonly scopes: readonly Facts[]
  readonly subject: Subject
  readonly today: string
  readonly text: string
  readonly parameters: ParameterValues
  readonly memberId?: string | undefined
}

/** Evaluates a condition keeping every step. */
export const traceCondition = (
  condition: Node,
  text: string,
  subject: Subject,
  today: string,
  parameters: ParameterValues,
): TraceStep => step(condition, { scopes: [subject.facts], subject, today, text, parameters })

const step = (node: Node, place: Place): TraceStep => {
  if (node.kind === 'over') return overStep(node, place)
  if (node.kind !== 'operation') return leaf(node, place)
  const args = node.args.map((arg) => step(arg, place))
  const [a = null, b = null, c = null] = args.map(({ result }) => result)
  return {
    ...about(node, place),
    operator: node.operator,
    result: operators[node.operator].interpret(a, b, c),
    operands: args.map(({ result }) => result),
    steps: args.filter(({ operator }) => operator !== 'value'),
  }
}

/** Facts, parameters and literals: their values are operands of the step above. */
const leaf = (node: Node, place: Place): TraceStep => {
  const run = compileNode(node, place.parameters)
  const result = run({ scopes: [...place.scopes], members: [], today: place.today })
  const boolean = node.kind === 'fact' && node.type.kind === 'boolean'
  return { ...about(node, place), operator: boolean ? 'fact' : 'value', result, operands: [], steps: [] }
}

const overStep = (node: OverNode, place: Place): TraceStep => {
  const members = place.subject.members ?? []
  const filters: Value[] = []
  const bodies: Value[] = []
  const steps: TraceStep[] = []
  for (const { id, facts } of members) {
    const inside: Place = { ...place, scopes: [...place.scopes, facts], memberId: id }
    const filter = node.filter && step(node.filter, inside)
    const body = node.body && step(node.body, inside)
    filters.push(filter ? filter.result : true)
    if (body) bodies.push(body.result)
    steps.push(...[filter, body].filter((part) => part !== undefined))
  }
  const result = overOperators[node.operator].interpret(filters, bodies)
  assert(node.depth === place.scopes.length, 'aggregate at the wrong depth')
  const operands = bodies.filter((_, index) => filters[index] !== false && filters[index] !== null)
  return { ...about(node, place), operator: node.operator, result, operands, steps }
}

const about = (node: Node, place: Place) => ({
  text: place.text.slice(node.span.from, node.span.until).replaceAll(/\s+/gu, ' '),
  facts: factsIn(node, place),
  parameters: [...new Set(nodesOf(node).flatMap((it) => (it.kind === 'parameter' ? [it.name] : [])))],
  memberId: place.memberId,
  condition: node.type.kind === 'boolean' && !(node.kind === 'operation' && joining.includes(node.operator)),
})

const joining = ['and', 'or', 'not', 'if']

/** The facts read at this depth; those inside an aggregate are listed by its members' steps. */
const factsIn = (node: Node, place: Place): UsedFact[] => {
  const found = new Map<string, UsedFact>()
  for (const it of nodesOf(node)) {
    if (it.kind !== 'fact') continue
    const value = place.scopes[it.depth]?.[it.name]
    if (value === undefined) continue
    const memberId = it.depth > 0 ? place.memberId : undefined
    found.set(`${it.entity}.${it.name}`, { entity: it.entity, name: it.name, memberId, value })
  }
  return [...found.values()]
}
