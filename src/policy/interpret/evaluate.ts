import { type Known, known, type Unknown } from '#base'
import { isUnknownValue, type Subject, type Value } from '../language/values.ts'
import type { PackInForce } from '../pack/in-force.ts'
import type { Rule } from '../pack/pack.ts'
import { compileNode, environmentOf, type ParameterValues } from './compile.ts'

/** What a rule says about a subject: it holds, it does not, or facts are missing. */
export type RuleOutcome = Known<boolean> | Unknown

export interface CompiledRule {
  readonly rule: Rule
  evaluate(subject: Subject): RuleOutcome
}

export const parameterValues =
  (force: PackInForce): ParameterValues =>
  (name) =>
    force.parameters.get(name)?.value ?? null

const holds = known(true)
const holdsNot = known(false)

/** A condition that ends in FEEL's null does not hold, as in `if null then … else …`. */
export const outcomeOf = (value: Value): RuleOutcome => {
  if (isUnknownValue(value)) return value
  return value === true ? holds : holdsNot
}

/** Compiles each rule in force once; evaluating it afterwards costs microseconds. */
export const compileRules = (force: PackInForce): readonly CompiledRule[] =>
  force.rules.map((rule) => {
    const run = compileNode(rule.condition, parameterValues(force))
    return { rule, evaluate: (subject) => outcomeOf(run(environmentOf(subject, force.on))) }
  })
