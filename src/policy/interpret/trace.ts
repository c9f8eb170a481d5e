import {
  type FactNode,
  type Node,
  nodesOf,
  type OperationNode,
  type OverNode,
  type RuleNode,
} from '../language/ast.ts'
import { exact } from '../language/bounds.ts'
import { overOperators } from '../language/operators/table.ts'
import { isUnknownValue, type Value } from '../language/values.ts'
import type { NamedRule } from '../pack/named-rules.ts'
import type { Compiler, Evaluate, Instance } from './compile.ts'

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

/** Traces one tree; made once and run over many subjects. */
export type Tracer = (self: Instance) => TraceStep

/** Evaluates an expression keeping every step. */
export const traceCondition = (node: Node, text: string, self: Instance, compiler: Compiler): TraceStep =>
  tracerOf(node, text, compiler)(self)

/** What steps of one run share: a fact is told once, however many steps use it. */
type Told = (UsedFact | undefined)[]

type Inner = (self: Instance, item: Instance | undefined, told: Told) => TraceStep

interface Writing {
  readonly text: string
  readonly compiler: Compiler
  /** The places of facts and rules among what is told. */
  readonly places: Map<string, number>
  /** Inside an aggregate, where there is an item. */
  readonly inside: boolean
}

/** Everything about a step that is the same for every subject is found here, once. */
export const tracerOf = (node: Node, text: string, compiler: Compiler): Tracer => {
  const places = new Map<string, number>()
  const run = tracer(node, { text, compiler, places, inside: false })
  const none: Told = Array.from({ length: places.size }, () => undefined)
  return (self) => run(self, undefined, none.slice())
}

/** The same for a named rule: what it says need not be computed again for the rules that build on it. */
export const ruleTracer = ({ entity, id, tree, value }: NamedRule, compiler: Compiler): Tracer => {
  const run = tracerOf(tree, value, compiler)
  const keep = compiler.keeper(entity, id)
  return (self) => {
    const trace = run(self)
    // Of an unknown number the two ends may still meet: that is not in its own steps.
    if (!isUnknownValue(trace.result)) keep(self, trace.result)
    return trace
  }
}

const tracer = (node: Node, writing: Writing): Inner => {
  if (node.kind === 'over') return overTracer(node, writing)
  return node.kind === 'operation' ? operationTracer(node, writing) : leafTracer(node, writing)
}

/** Facts, parameters, literals and named rules: their values are operands of the step above. */
const leafTracer = (node: Node, writing: Writing): Inner => {
  const value = writing.compiler.compile(node)
  const operator = isStep(node) ? node.kind : 'value'
  const about = aboutTracer(node, operator, writing)
  return (self, item, told) => about(self, item, told, value(self, item ?? self), noValues, noSteps)
}

/** Whether a node is a step itself, and not only an operand of one. */
const isStep = (node: Node): boolean =>
  node.kind === 'operation' ||
  node.kind === 'over' ||
  ((node.kind === 'fact' || node.kind === 'rule') && node.type.kind === 'boolean')

const noSteps: readonly TraceStep[] = []

/** An operand: its step, where it is one, or only its value. */
interface Operand {
  readonly trace?: Inner | undefined
  readonly value: Evaluate
}

const operandOf = (node: Node | undefined, writing: Writing): Operand => {
  if (!node) return { value: () => null }
  return isStep(node)
    ? { trace: tracer(node, writing), value: () => null }
    : { value: writing.compiler.compile(node) }
}

// No operator has more than three operands. Lists are written whole: one that grows takes room for seventeen.
const operationTracer = (node: OperationNode, writing: Writing): Inner => {
  const [a, b, c] = [0, 1, 2].map((at) => operandOf(node.args[at], writing)) as [Operand, Operand, Operand]
  const interpret = writing.compiler.meaningOf(node.operator)
  const about = aboutTracer(node, node.operator, writing)
  const listed = listOf[node.args.length] ?? listOf[3]
  let exactly: Evaluate | undefined
  return (self, item, told) => {
    const at = item ?? self
    const first = a.trace?.(self, item, told)
    const second = b.trace?.(self, item, told)
    const third = c.trace?.(self, item, told)
    const x = first ? first.result : a.value(self, at)
    const y = second ? second.result : b.value(self, at)
    const z = third ? third.result : c.value(self, at)
    let result = interpret(x, y, z)
    if (isUnknownValue(result)) {
      // What is missing may not matter: the engines run the exact tree.
      exactly ??= writing.compiler.compile(exact(node))
      result = exactly(self, at)
    }
    return about(self, item, told, result, listed?.(x, y, z) ?? noValues, stepsOf(first, second, third))
  }
}

const noValues: readonly Value[] = []

const listOf: readonly ((x: Value, y: Value, z: Value) => readonly Value[])[] = [
  () => noValues,
  (x) => [x],
  (x, y) => [x, y],
  (x, y, z) => [x, y, z],
]

const stepsOf = (
  first: TraceStep | undefined,
  second: TraceStep | undefined,
  third: TraceStep | undefined,
): readonly TraceStep[] => {
  if (third) return [first, second, third].filter((step) => step !== undefined)
  if (first) return second ? [first, second] : [first]
  return second ? [second] : noSteps
}

const overTracer = (node: OverNode, writing: Writing): Inner => {
  const inside: Writing = { ...writing, inside: true }
  const [filterOf, bodyOf] = [node.filter, node.body].map((part) => part && tracer(part, inside))
  const { interpret } = overOperators[node.operator]
  const about = aboutTracer(node, node.operator, writing)
  return (self, above, told) => {
    const filters: Value[] = []
    const bodies: Value[] = []
    const steps: TraceStep[] = []
    for (const item of self.lists[node.list] ?? []) {
      const filter = filterOf?.(self, item, told)
      const body = bodyOf?.(self, item, told)
      filters.push(filter ? filter.result : true)
      if (body) bodies.push(body.result)
      if (filter) steps.push(filter)
      if (body) steps.push(body)
    }
    const operands = bodies.filter((_, index) => filters[index] !== false && filters[index] !== null)
    return about(self, above, told, interpret(filters, bodies), operands, steps)
  }
}

type About = (
  self: Instance,
  item: Instance | undefined,
  told: Told,
  result: Value,
  operands: readonly Value[],
  steps: readonly TraceStep[],
) => TraceStep

const aboutTracer = (node: Node, operator: string, writing: Writing): About => {
  const text = writing.text.slice(node.span.from, node.span.until).replaceAll(/\s+/gu, ' ')
  const facts = usedIn(node, 'fact', writing)
  const rules = usedIn(node, 'rule', writing)
  const parameters = [...new Set(nodesOf(node).flatMap((it) => (it.kind === 'parameter' ? [it.name] : [])))]
  const condition =
    node.type.kind === 'boolean' && !(node.kind === 'operation' && joining.includes(node.operator))
  return (self, item, told, result, operands, steps) => ({
    text,
    facts: facts(self, item, told),
    rules: rules(self, item, told),
    parameters,
    memberId: item?.id,
    condition,
    operator,
    result,
    operands,
    steps,
  })
}

const joining = ['and', 'or', 'not', 'if']

const nothingUsed: readonly UsedFact[] = []

/** The facts or rules read at this depth; those inside an aggregate are listed by its items' steps. */
const usedIn = (node: Node, kind: 'fact' | 'rule', writing: Writing): UsedBy => {
  const found = new Map<string, FactNode | RuleNode>()
  for (const it of nodesOf(node))
    if ((it.kind === 'fact' || it.kind === 'rule') && it.kind === kind && (it.depth === 0 || writing.inside))
      found.set(`${it.entity}.${it.name}`, it)
  const readers = [...found.values()].map((it) => usedFact(it, writing))
  const [first, second] = readers
  if (!first) return () => nothingUsed
  if (!second) return (self, item, told) => [first(self, item, told)]
  if (readers.length === 2) return (self, item, told) => [first(self, item, told), second(self, item, told)]
  return (self, item, told) => readers.map((read) => read(self, item, told))
}

type UsedBy = (self: Instance, item: Instance | undefined, told: Told) => readonly UsedFact[]

const usedFact = (node: FactNode | RuleNode, { compiler, places }: Writing) => {
  const { kind, entity, name, depth, up } = node
  const value = compiler.compile(node)
  if (depth > 0)
    return (self: Instance, item: Instance | undefined): UsedFact => ({
      entity,
      name,
      memberId: item?.id,
      value: value(self, item ?? self),
    })
  const key = `${kind} ${up} ${entity}.${name}`
  const place = places.get(key) ?? places.size
  places.set(key, place)
  return (self: Instance, item: Instance | undefined, told: Told): UsedFact => {
    const known = told[place]
    if (known) return known
    const used = { entity, name, memberId: ownerIdOf(up, self), value: value(self, item ?? self) }
    told[place] = used
    return used
  }
}

/** A fact of a rule's own subject is said without its id, one of what is above it is not. */
const ownerIdOf = (up: number, self: Instance): string | undefined =>
  up === 0 && self.above ? self.id : undefined
