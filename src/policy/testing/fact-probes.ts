import { addDays, type BusinessDate, daysBetween } from '#base'
import { type Compiler, compilerFor, type Evaluate, type Instance, instanceOf } from '../interpret/compile.ts'
import { settingOf } from '../interpret/evaluate.ts'
import { type Located, locatedIn } from '../interpret/places.ts'
import { type Node, nodesOf, type OperationNode } from '../language/ast.ts'
import { exact } from '../language/bounds.ts'
import { isUnknownValue, type Scalar, type Subject, type Value } from '../language/values.ts'
import type { PackInForce } from '../pack/in-force.ts'
import type { Pack } from '../pack/pack.ts'
import type { FactEntry } from '../pack/schemas.ts'

/** The named rules a fact can change: those that read it and those that build on them. */
export type Reach = (entity: string, fact: string) => readonly string[]

const reachOfFacts = (pack: Pack): Reach => {
  const readers = new Map<string, Set<string>>()
  const add = (key: string, rule: string): void => {
    readers.set(key, (readers.get(key) ?? new Set()).add(rule))
  }
  for (const { id, tree } of pack.definitions.values())
    for (const node of nodesOf(tree)) {
      if (node.kind === 'fact') add(`${node.entity}.${node.name}`, id)
      if (node.kind === 'rule') add(node.name, id)
    }
  const reachOf = (key: string, seen: Set<string>): Set<string> => {
    for (const rule of readers.get(key) ?? []) if (!seen.has(rule)) reachOf(rule, seen.add(rule))
    return seen
  }
  const kept = new Map<string, readonly string[]>()
  return (entity, fact) => {
    const key = `${entity}.${fact}`
    const rules = kept.get(key) ?? [...reachOf(key, new Set())]
    kept.set(key, rules)
    return rules
  }
}

/** The named rules that some rules build on, themselves among them. */
export type Ground = (rules: Iterable<string>) => ReadonlySet<string>

const groundIn = (pack: Pack): Ground => {
  const below = new Map(
    [...pack.definitions.values()].map(({ id, tree }) => [
      id,
      new Set(nodesOf(tree).flatMap((node) => (node.kind === 'rule' ? [node.name] : []))),
    ]),
  )
  return (rules) => {
    const found = new Set<string>()
    const visit = (rule: string): void => {
      if (found.has(rule)) return
      found.add(rule)
      for (const one of below.get(rule) ?? []) visit(one)
    }
    for (const rule of rules) visit(rule)
    return found
  }
}

/** A pack in force with its rules compiled, to run many subjects through. */
export interface Bench {
  readonly force: PackInForce
  readonly compiler: Compiler
  readonly reach: Reach
  readonly ground: Ground
  readonly comparisons: (rule: string) => readonly Comparison[]
}

/** An ordered comparison of a rule, its two sides apart. */
interface Comparison {
  /** The list whose items it is made for; undefined for the rule's own subject. */
  readonly list: string | undefined
  readonly left: Evaluate
  readonly right: Evaluate
}

const ordered = ['less', 'lessOrEqual', 'greater', 'greaterOrEqual', 'equal', 'notEqual']
const measured = ['number', 'date', 'month', 'months', 'days']

const isMeasured = (node: Node): node is OperationNode =>
  node.kind === 'operation' &&
  ordered.includes(node.operator) &&
  node.args.every(({ type }) => measured.includes(type.kind))

export const benchOf = (force: PackInForce): Bench => {
  const compiler = compilerFor(settingOf(force))
  const kept = new Map<string, readonly Comparison[]>()
  const comparisonsIn = (node: Node, list: string | undefined): Comparison[] => {
    if (node.kind === 'over')
      return [node.filter, node.body].flatMap((part) => (part ? comparisonsIn(part, node.list) : []))
    if (node.kind !== 'operation') return []
    const inner = node.args.flatMap((arg) => comparisonsIn(arg, list))
    const [left, right] = node.args.map((arg) =>
      isMeasured(node) ? compiler.compile(exact(arg)) : undefined,
    )
    return left && right ? [...inner, { list, left, right }] : inner
  }
  const comparisons: Bench['comparisons'] = (rule) => {
    const found = kept.get(rule)
    if (found) return found
    const { entity = '' } = force.pack.definitions.get(rule) ?? {}
    const made = comparisonsIn(force.treeOf(entity, rule), undefined)
    kept.set(rule, made)
    return made
  }
  const { pack } = force
  return { force, compiler, reach: reachOfFacts(pack), ground: groundIn(pack), comparisons }
}

/** One answer of a named rule about one subject of a tree. */
export interface Answer {
  readonly rule: string
  /** Which of the located subjects it speaks of. */
  readonly at: number
  readonly value: Value
}

/** A subject with everything that belongs to it, whose facts may be changed and changed back. */
export interface Tree {
  readonly located: readonly Located[]
  /** Gives one subject of the tree another value of a fact. */
  set(at: number, fact: string, value: Value): void
  answer(rule: string, at: number): Value
  /** What the rules say of every subject they speak of. */
  answers(rules: readonly string[]): readonly Answer[]
  /** On which side of every threshold of the rules the tree stands; two trees of one signature go the same way through the rules. */
  signature(rules: readonly string[]): string
}

const copyOf = ({ id, facts, members, lists }: Subject): Subject => ({
  id,
  facts: { ...facts },
  lists: Object.fromEntries(
    Object.entries({ ...(members ? { members } : {}), ...lists }).map(([list, items]) => [
      list,
      items.map(copyOf),
    ]),
  ),
})

export const treeOf = ({ force, compiler, comparisons }: Bench, root: string, subject: Subject): Tree => {
  const located = locatedIn(force.pack, root, instanceOf(copyOf(subject)))
  const entityOf = (rule: string): string => force.pack.definitions.get(rule)?.entity ?? ''
  const spokenOf = Map.groupBy(located.entries(), ([, { entity }]) => entity)
  const answer: Tree['answer'] = (rule, at) => {
    const one = located[at]
    return one ? compiler.rule(one.entity, rule)(one.instance) : null
  }
  return {
    located,
    set: (at, fact, value) => {
      const facts = located[at]?.instance.facts as Record<string, Value>
      facts[fact] = value
      // What the rules said of any subject of the tree may have rested on it.
      for (const { instance } of located) instance.memo.length = 0
    },
    answer,
    answers: (rules) =>
      rules.flatMap((rule) =>
        (spokenOf.get(entityOf(rule)) ?? []).map(([at]) => ({ rule, at, value: answer(rule, at) })),
      ),
    signature: (rules) => {
      let signs = ''
      for (const rule of rules)
        for (const { list, left, right } of comparisons(rule))
          for (const [, { instance }] of spokenOf.get(entityOf(rule)) ?? [])
            for (const item of list === undefined ? [instance] : (instance.lists[list] ?? []))
              signs += sideOf(left, right, instance, item)
      return signs
    },
  }
}

const sideOf = (left: Evaluate, right: Evaluate, self: Instance, item: Instance): string => {
  const [a, b] = [left(self, item), right(self, item)]
  if (a === null || b === null) return '0'
  if (isUnknownValue(a) || isUnknownValue(b)) return '?'
  return a < b ? '<' : a > b ? '>' : '='
}

const grid = [0, 1, 12, 900, 50_000, 700_000, 9_000_000]
const farDays = 36_525

/** The whole numbers a fact may be, as distances from `from`: every one of a short range, else ends and some between. */
const stepsOf = (low: number, high: number): readonly number[] => {
  if (high - low <= 20) return Array.from({ length: high - low + 1 }, (_, at) => low + at)
  const both = grid.flatMap((one) => [one, -one, low + one, high - one])
  return [...new Set([low, high, ...both])]
    .filter((one) => one >= low && one <= high)
    .toSorted((a, b) => a - b)
}

/** Between two numbers of different signature every number at which it turns, with its neighbour. */
const edgesBetween = (
  low: number,
  high: number,
  signatureAt: (step: number) => string,
  found: Set<number>,
): void => {
  if (high - low < 1 || signatureAt(low) === signatureAt(high)) return
  if (high - low === 1) {
    found.add(low).add(high)
    return
  }
  const middle = low + Math.floor((high - low) / 2)
  edgesBetween(low, middle, signatureAt, found)
  edgesBetween(middle, high, signatureAt, found)
}

/** Where a fact's values begin, and how far they reach in whole steps. Undefined where they are listed. */
const scaleOf = (
  entry: FactEntry,
  from: Scalar,
): { low: number; high: number; at: (step: number) => Scalar } | undefined => {
  if (entry.type === 'number') {
    const [low = 0, high = 0] = entry.range ?? []
    const start = typeof from === 'number' ? from : low
    return { low: low - start, high: high - start, at: (step) => start + step }
  }
  if (entry.type !== 'date') return undefined
  const start = (typeof from === 'string' ? from : '2000-01-01') as BusinessDate
  return { low: -farDays, high: farDays, at: (step) => addDays(start, step) }
}

/** The values of a fact that are a list. */
const listedValues = (entry: FactEntry): readonly Scalar[] => {
  if (entry.type === 'boolean') return [true, false]
  return entry.type === 'code' ? Object.keys(entry.values ?? {}) : []
}

/**
 * Values that a fact might have: all that are listed; of numbers and dates the ends, some between, and both sides of every
 * point where `signatureAt` turns, which are the thresholds of the rules for this very subject.
 */
export const probesOf = (
  entry: FactEntry,
  from: Scalar,
  signatureAt: (value: Scalar) => string,
): readonly Scalar[] => {
  const absent: readonly Scalar[] = entry.absent ? [null] : []
  const scale = scaleOf(entry, from)
  if (!scale) return [...absent, ...listedValues(entry)]
  const signatures = new Map<number, string>()
  const known = (step: number): string => {
    const kept = signatures.get(step) ?? signatureAt(scale.at(step))
    signatures.set(step, kept)
    return kept
  }
  const steps = stepsOf(scale.low, scale.high)
  const found = new Set(steps)
  for (const [index, step] of steps.entries()) {
    const next = steps[index + 1]
    if (next !== undefined) edgesBetween(step, next, known, found)
  }
  return [...absent, ...[...found].map(scale.at)]
}

/** How far two values of a fact lie apart, in whole steps. */
export const stepsBetween = (entry: FactEntry, from: Scalar, to: Scalar): number => {
  if (typeof from === 'number' && typeof to === 'number') return Math.abs(to - from)
  if (entry.type === 'date' && from !== null && to !== null)
    return Math.abs(daysBetween(from as BusinessDate, to as BusinessDate))
  return from === to ? 0 : 1
}
