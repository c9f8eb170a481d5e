import { assert } from '#base'
import { type Node, nodesOf } from '../language/ast.ts'
import type { Subject, Value } from '../language/values.ts'
import type { PackInForce, ParameterInForce, Programme } from '../pack/in-force.ts'
import type { Citation } from '../pack/schemas.ts'
import { type Compiler, compilerFor, type Instance, instanceOf } from './compile.ts'
import { outcomeOf, type RuleOutcome, settingOf } from './evaluate.ts'
import { type Located, locatedIn, type Place, placeText } from './places.ts'
import { ruleTracer, type Tracer, type TraceStep } from './trace.ts'

/** What one named rule said of one subject, and why. */
export interface RuleExplanation {
  readonly rule: string
  readonly entity: string
  /** `members[2]`; empty for the root. */
  readonly place: string
  readonly value: Value
  readonly trace: TraceStep
  readonly sources: readonly Citation[]
  readonly checkedOn?: string | undefined
}

/** Everything that led to a programme's outcome, as plain data: fit to be kept and rendered in any language later. */
export interface ProgrammeExplanation {
  readonly programme: string
  readonly entity: string
  readonly place: string
  readonly subject: string
  readonly on: string
  readonly region: string
  /** The packs it was decided by, the lowest first. */
  readonly packs: readonly string[]
  readonly outcome: RuleOutcome
  /** Null where the programme has no amount. */
  readonly amount: Value
  readonly per?: 'month' | 'year' | 'once' | undefined
  /** What decides first, then what it builds on. */
  readonly rules: readonly RuleExplanation[]
  /** Values that the programme's sentences name and that the decision itself did not need. */
  readonly mentioned: readonly Pick<RuleExplanation, 'rule' | 'value'>[]
  /** The parameters used, each with its version, article and pack. */
  readonly parameters: readonly ParameterInForce[]
}

/**
 * Explains every programme in force for a subject and everything that belongs to it: programmes of the household for the
 * household, those of a member for each member. Slower than `compileProgrammes`; meant for what people read.
 */
export const explainProgrammes = (
  force: PackInForce,
  entity: string,
  subject: Subject,
): readonly ProgrammeExplanation[] => {
  const compiler = compilerFor(settingOf(force))
  const located = locatedIn(force.pack, entity, instanceOf(subject))
  const shared: Shared = { force, compiler, located, tracers: new Map() }
  return force.programmes.flatMap((programme) =>
    located.filter((one) => one.entity === programme.entity).map((one) => explained(programme, one, shared)),
  )
}

const explained = (programme: Programme, at: Located, shared: Shared): ProgrammeExplanation => {
  const { force, compiler } = shared
  const { eligible, amount, entity } = programme
  const walk: Walk = { ...shared, seen: new Map(), parameters: new Set() }
  visit(walk, eligible, at.instance)
  if (amount) visit(walk, amount.rule, at.instance)
  return {
    programme: programme.id,
    entity,
    place: placeText(at.place),
    subject: at.instance.id,
    on: force.on,
    region: force.region,
    packs: force.pack.layers,
    outcome: outcomeOf(compiler.rule(entity, eligible)(at.instance)),
    amount: amount ? compiler.rule(entity, amount.rule)(at.instance) : null,
    per: amount?.per,
    rules: [...walk.seen.values()],
    mentioned: mentionedBy(programme)
      .filter((name) => force.pack.definitions.get(name)?.entity === entity)
      .map((rule) => ({ rule, value: compiler.rule(entity, rule)(at.instance) })),
    parameters: [...walk.parameters]
      .map((name) => force.parameters.get(name))
      .filter((parameter) => parameter !== undefined),
  }
}

/** What stands in braces in a programme's sentences. */
const mentionedBy = ({ sentences }: Programme): readonly string[] => {
  const names = JSON.stringify(sentences).matchAll(/\{(\w+)\}/gu)
  return [...new Set([...names].map(([, name]) => name ?? ''))]
}

/** What the explanations of one subject share. */
interface Shared {
  readonly force: PackInForce
  readonly compiler: Compiler
  readonly located: readonly Located[]
  /** By rule: made once and run on every subject that the rule speaks of. */
  readonly tracers: Map<string, Tracer>
}

interface Walk extends Shared {
  readonly seen: Map<string, RuleExplanation>
  readonly parameters: Set<string>
}

const placeOf = ({ located }: Walk, instance: Instance): Place =>
  located.find((one) => one.instance === instance)?.place ?? []

const visit = (walk: Walk, name: string, instance: Instance): void => {
  const place = placeText(placeOf(walk, instance))
  const key = `${name} ${place}`
  if (walk.seen.has(key)) return
  const rule = walk.force.pack.definitions.get(name)
  assert(rule, `no rule ${name}`)
  const { entity, sources, checkedOn, tree } = rule
  const trace = walk.tracers.get(name) ?? ruleTracer(rule, walk.compiler)
  walk.tracers.set(name, trace)
  walk.seen.set(key, {
    rule: name,
    entity,
    place,
    value: walk.compiler.rule(entity, name)(instance),
    trace: trace(instance),
    sources,
    checkedOn,
  })
  for (const node of nodesOf(tree)) if (node.kind === 'parameter') walk.parameters.add(node.name)
  for (const [used, at] of readsOf(tree, instance)) visit(walk, used, at)
}

/** The named rules that a tree reads, each with the subject it reads them of. */
export const readsOf = (tree: Node, self: Instance): readonly (readonly [string, Instance])[] => {
  if (tree.kind === 'rule') {
    const owner = ownerOf(self, tree.up)
    return tree.depth === 0 && owner ? [[tree.name, owner]] : []
  }
  if (tree.kind === 'operation') return tree.args.flatMap((arg) => readsOf(arg, self))
  if (tree.kind !== 'over') return []
  const inside = [tree.filter, tree.body].flatMap((part) => (part ? nodesOf(part) : []))
  const rules = inside.filter((node) => node.kind === 'rule')
  const items = self.lists[tree.list] ?? []
  return [
    ...rules.filter(({ depth }) => depth === 0).flatMap((rule) => readsOf(rule, self)),
    ...rules
      .filter(({ depth }) => depth > 0)
      .flatMap(({ name }) => items.map((item) => [name, item] as const)),
  ]
}

/** The subject so many entities above. */
export const ownerOf = (self: Instance, up: number): Instance | undefined =>
  up === 0 ? self : self.above && ownerOf(self.above, up - 1)
