import { type Almanac, Engine, type NestedCondition, type TopLevelCondition } from 'json-rules-engine'
import { type Facts, type Node, nodesOf, type PackInForce } from '#policy'
import { constantOf, type OrderedRule } from './order.ts'

type Answers = Readonly<Record<string, unknown>>
type Scope = Readonly<Record<string, number | boolean>>
type Compute = (scope: Scope) => number | boolean

const comparisons: Readonly<Record<string, string>> = {
  less: 'lessThan',
  lessOrEqual: 'lessThanInclusive',
  greater: 'greaterThan',
  greaterOrEqual: 'greaterThanInclusive',
  equal: 'equal',
  notEqual: 'notEqual',
}

/** What stands in a fact's function: arithmetic, which this engine leaves to its host. */
const compute = (force: PackInForce, node: Node): Compute => {
  if (node.kind === 'literal') return () => node.value as number | boolean
  if (node.kind === 'parameter') {
    const value = constantOf(force, node.name)
    return () => value
  }
  if (node.kind === 'fact' || node.kind === 'rule') return (scope) => scope[node.name] as number
  if (node.kind !== 'operation') throw new Error(`not translated: ${node.kind}`)
  const [a = zero, b = zero, c = zero] = node.args.map((arg) => compute(force, arg))
  const [, , mode] = node.args
  const two: Readonly<Record<string, (x: number, y: number) => number | boolean>> = {
    add: (x, y) => x + y,
    subtract: (x, y) => x - y,
    multiply: (x, y) => x * y,
    least: Math.min,
    greatest: Math.max,
    divide: (x, y) => quotient(x, y, mode?.kind === 'literal' ? String(mode.value) : ''),
    less: (x, y) => x < y,
    lessOrEqual: (x, y) => x <= y,
    greater: (x, y) => x > y,
    greaterOrEqual: (x, y) => x >= y,
    equal: (x, y) => x === y,
    notEqual: (x, y) => x !== y,
  }
  if (node.operator === 'if') return (scope) => (a(scope) ? b(scope) : c(scope))
  if (node.operator === 'and') return (scope) => a(scope) && b(scope)
  if (node.operator === 'or') return (scope) => a(scope) || b(scope)
  if (node.operator === 'not') return (scope) => !a(scope)
  const of = two[node.operator]
  if (!of) throw new Error(`not translated: ${node.operator}`)
  return (scope) => of(a(scope) as number, b(scope) as number)
}

const zero: Compute = () => 0

const quotient = (a: number, b: number, mode: string): number => {
  if (mode === 'half-up') return Math.floor((2 * a + b) / (2 * b))
  return Math.floor((mode === 'up' ? a + b - 1 : a) / b)
}

/**
 * The rules as this engine's own: a flag is a rule that adds itself as a fact, run level by level; a value is a dynamic
 * fact, computed when a rule first asks for it and kept.
 */
export const jsonRulesRunner = (
  force: PackInForce,
  rules: readonly OrderedRule[],
): ((facts: Facts) => Promise<Answers>) => {
  const engine = new Engine([], { allowUndefinedFacts: false })
  const addComputed = (name: string, tree: Node): string => {
    const leaves = nodesOf(tree).flatMap((node) =>
      node.kind === 'fact' || node.kind === 'rule' ? [node.name] : [],
    )
    const run = compute(force, tree)
    const names = [...new Set(leaves)]
    engine.addFact(name, async (_: unknown, almanac: Almanac) => {
      const scope: Record<string, number | boolean> = {}
      for (const leaf of names) scope[leaf] = await almanac.factValue(leaf)
      return run(scope)
    })
    return name
  }
  let computed = 0
  const factOf = (node: Node): string => {
    if (node.kind === 'fact' || node.kind === 'rule') return node.name
    computed += 1
    return addComputed(`computed${computed}`, node)
  }
  const conditionOf = (node: Node): NestedCondition => {
    if (node.kind === 'fact' || node.kind === 'rule')
      return { fact: node.name, operator: 'equal', value: true }
    if (node.kind !== 'operation') throw new Error(`not translated: ${node.kind}`)
    if (node.operator === 'and') return { all: node.args.map(conditionOf) }
    if (node.operator === 'or') return { any: node.args.map(conditionOf) }
    const [a, b] = node.args
    if (node.operator === 'not' && a) return { not: conditionOf(a) }
    const operator = comparisons[node.operator]
    if (!operator || !a || !b) throw new Error(`not translated: ${node.operator}`)
    return { fact: factOf(a), operator, value: b.kind === 'literal' ? b.value : { fact: factOf(b) } }
  }
  const flags = rules.filter(({ tree }) => tree.type.kind === 'boolean')
  const values = rules.filter((rule) => !flags.includes(rule))
  for (const { name, tree } of values) addComputed(name, tree)
  const mostLevel = Math.max(...rules.map(({ level }) => level))
  for (const { name, tree, level } of flags) {
    const condition = conditionOf(tree)
    const top = ('fact' in condition ? { all: [condition] } : condition) as TopLevelCondition
    engine.addRule({
      name,
      conditions: top,
      event: { type: name },
      priority: mostLevel - level + 1,
      onSuccess: (_, almanac) => {
        almanac.addRuntimeFact(name, true)
      },
    })
  }
  const none = Object.fromEntries(flags.map(({ name }) => [name, false]))
  return async (facts) => {
    const { almanac } = await engine.run({ ...facts, ...none })
    const answers: Record<string, unknown> = {}
    for (const { name } of rules) answers[name] = await almanac.factValue(name)
    return answers
  }
}
