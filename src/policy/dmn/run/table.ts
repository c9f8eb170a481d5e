import { equalValues, type FeelRun, type FeelScope, type FeelValue } from '../../feel/index.ts'
import type { DecisionTable, OutputClause, Rule } from '../model/expression.ts'
import { aggregateOf, type Compiled, type Env, literal, note, testsOn, valuesOf } from './text.ts'

type Test = (input: FeelValue, scope: FeelScope, run: FeelRun) => boolean

type ReadyRule = { readonly tests: readonly Test[]; readonly outputs: readonly Compiled[] }

type Output = {
  readonly name: string
  readonly otherwise?: Compiled
  /** The values it may have, the highest priority first; none where none are given. */
  readonly priorities: readonly FeelValue[]
}

type Hits = readonly (readonly FeelValue[])[]

/**
 * A decision table as a function of the scope (DMN 1.5, 8.2 and 10.3.2.10). `typeRef` is the type of its result, whose allowed values
 * rank the outputs where the table does not.
 */
export const tableOf = (table: DecisionTable, env: Env, typeRef = table.typeRef): Compiled => {
  const inputs = table.inputs.map(({ expression }) => literal(expression, env))
  const values = table.inputs.map((input) => allowedText(input.values, input.expression.typeRef, env))
  const rules = table.rules.map((rule) => ruleOf(rule, values, table.outputs.length, env))
  const outputs = table.outputs.map((output) => outputOf(output, table, typeRef, env))
  const choose = chooserOf(table, outputs, env)
  const isFirst = table.hitPolicy === 'FIRST'
  return (scope, run) => {
    const given = inputs.map((input) => input(scope, run))
    const matches = (rule: ReadyRule): boolean =>
      rule.tests.every((test, at) => test(given[at] ?? null, scope, run))
    const matched = isFirst ? rules.filter(firstOf(matches)) : rules.filter(matches)
    if (matched.length === 0) return otherwiseOf(outputs, scope, run)
    const hits = matched.map((rule) => rule.outputs.map((entry) => entry(scope, run)))
    return choose(hits, run)
  }
}

const firstOf = (matches: (rule: ReadyRule) => boolean): ((rule: ReadyRule) => boolean) => {
  let isFound = false
  return (rule) => {
    if (isFound || !matches(rule)) return false
    isFound = true
    return true
  }
}

/** A cell that asks for nothing, or gives nothing. */
export const isDash = (text: string): boolean => text === '' || text === '-' || text === '–'

const ruleOf = (
  rule: Rule,
  values: readonly (string | undefined)[],
  outputCount: number,
  env: Env,
): ReadyRule => ({
  tests: values.map((allowed, at) => testOf(rule.tests[at]?.trim() ?? '-', allowed, env.at(rule))),
  outputs: Array.from({ length: outputCount }, (_, at) => entryOf(rule, at, env)),
})

// A dash asks nothing of an input, except that it is one of the values the clause expects (10.3.2.10).
const testOf = (text: string, allowed: string | undefined, env: Env): Test => {
  if (!isDash(text)) return testsOn(text, env)
  return allowed === undefined ? () => true : testsOn(allowed, env)
}

const entryOf = (rule: Rule, at: number, env: Env): Compiled => {
  const entry = rule.outputs[at]
  return !entry || isDash(entry.text.trim()) ? () => null : literal(entry, env)
}

/** The tests on the values of a clause: its own, else those of its type. */
export const allowedText = (
  text: string | undefined,
  typeRef: string | undefined,
  env: Env,
): string | undefined => {
  const own = text?.trim()
  if (own) return isDash(own) ? undefined : own
  return typeRef === undefined ? undefined : env.types.definition(typeRef)?.allowedValues
}

/** The type an output has: its own, else that of the whole result, or of the member that several outputs make of it. */
export const outputRefOf = (
  { name, typeRef: own }: OutputClause,
  count: number,
  typeRef: string | undefined,
  env: Env,
): string | undefined => {
  if (own !== undefined || count === 1) return own ?? typeRef
  const seen = new Set<string>()
  for (let ref = typeRef; ref !== undefined && !seen.has(ref); ) {
    seen.add(ref)
    const definition = env.types.definition(ref)
    const member = definition?.components.find((one) => one.name === name)
    if (member) return member.typeRef
    ref = definition?.typeRef
  }
  return undefined
}

const outputOf = (
  output: OutputClause,
  table: DecisionTable,
  typeRef: string | undefined,
  env: Env,
): Output => {
  const type = outputRefOf(output, table.outputs.length, typeRef, env)
  const text = allowedText(output.values, type, env)
  const { otherwise } = output
  return {
    name: output.name ?? output.label ?? table.outputLabel ?? '',
    priorities: text === undefined ? [] : valuesOf(text, env),
    ...(otherwise && !isDash(otherwise.text.trim()) ? { otherwise: literal(otherwise, env) } : {}),
  }
}

// One output is a value, several are a context.
const resultOf = (hit: readonly FeelValue[], outputs: readonly Output[]): FeelValue =>
  outputs.length === 1 ? (hit[0] ?? null) : new Map(outputs.map(({ name }, at) => [name, hit[at] ?? null]))

const otherwiseOf = (outputs: readonly Output[], scope: FeelScope, run: FeelRun): FeelValue => {
  if (!outputs.some(({ otherwise }) => otherwise)) return null
  return resultOf(
    outputs.map(({ otherwise }) => otherwise?.(scope, run) ?? null),
    outputs,
  )
}

const isSame = (left: FeelValue, right: FeelValue): boolean =>
  left === null || right === null ? left === right : equalValues(left, right) === true

/** How far down a list of priorities a value stands; behind all where it is not among them. */
export const rankOf = (value: FeelValue, priorities: readonly FeelValue[]): number => {
  const at = priorities.findIndex((one) => isSame(one, value))
  return at < 0 ? priorities.length : at
}

// Outputs to the left go before those to the right; equal hits keep the order of their rules.
const byPriority = (hits: Hits, outputs: readonly Output[]): Hits =>
  hits.toSorted((left, right) => {
    for (const [at, { priorities }] of outputs.entries()) {
      const difference = rankOf(left[at] ?? null, priorities) - rankOf(right[at] ?? null, priorities)
      if (difference !== 0) return difference
    }
    return 0
  })

type Choose = (hits: Hits, run: FeelRun) => FeelValue

const chooserOf = (table: DecisionTable, outputs: readonly Output[], env: Env): Choose => {
  const result = (hit: readonly FeelValue[] | undefined): FeelValue => (hit ? resultOf(hit, outputs) : null)
  switch (table.hitPolicy) {
    case 'UNIQUE':
      return (hits, run) =>
        hits.length === 1 ? result(hits[0]) : note(run, 'dmn.several-hits', `${hits.length} rules match`)
    case 'ANY':
      return (hits, run) => {
        const results = hits.map(result)
        const [first = null, ...rest] = results
        if (rest.every((one) => isSame(one, first))) return first
        return note(run, 'dmn.several-hits', 'rules that match have different outputs')
      }
    case 'FIRST':
      return (hits) => result(hits[0])
    case 'PRIORITY':
      return (hits) => result(byPriority(hits, outputs)[0])
    case 'OUTPUT ORDER':
      return (hits) => byPriority(hits, outputs).map(result)
    case 'RULE ORDER':
      return (hits) => hits.map(result)
    case 'COLLECT':
      return collectorOf(table, outputs, env)
  }
}

const collectorOf = ({ aggregation }: DecisionTable, outputs: readonly Output[], env: Env): Choose => {
  if (aggregation === undefined) return (hits) => hits.map((hit) => resultOf(hit, outputs))
  const aggregate = aggregateOf(aggregation, env)
  // The standard leaves an aggregate over several outputs open; each output is taken by itself.
  return (hits, run) =>
    resultOf(
      outputs.map((_, at) =>
        aggregate(
          hits.map((hit) => hit[at] ?? null),
          run,
        ),
      ),
      outputs,
    )
}
