import { type Known, known, type Unknown } from '#base'
import { exact } from '../language/bounds.ts'
import { isUnknownValue, type Subject, type Value } from '../language/values.ts'
import type { PackInForce } from '../pack/in-force.ts'
import type { Rule } from '../pack/pack.ts'
import { type Compiler, compilerFor, instanceOf, type ParameterValues, type Setting } from './compile.ts'

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

/** What the expressions of a pack in force are evaluated under. */
export const settingOf = (force: PackInForce): Setting => ({
  parameters: parameterValues(force),
  today: force.on,
  calendar: force.calendar,
  ruleOf: force.treeOf,
})

const holds = known(true)
const holdsNot = known(false)

/** A condition that ends in FEEL's null does not hold, as in `if null then … else …`. */
export const outcomeOf = (value: Value): RuleOutcome => {
  if (isUnknownValue(value)) return value
  return value === true ? holds : holdsNot
}

/** Compiles each indicator in force once; evaluating it afterwards costs microseconds. */
export const compileRules = (force: PackInForce): readonly CompiledRule[] => {
  const compiler = compilerFor(settingOf(force))
  return force.rules.map((rule) => {
    const run = compiler.compile(exact(rule.condition))
    return {
      rule,
      evaluate: (subject) => {
        const instance = instanceOf(subject)
        return outcomeOf(run(instance, instance))
      },
    }
  })
}

/** What a programme says about a subject. */
export interface ProgrammeOutcome {
  readonly programme: string
  readonly outcome: RuleOutcome
  /** What its amount rule gives; unknown where facts are missing, null without such a rule. */
  readonly amount: Value
}

/** Compiles the programmes in force for one entity; each subject is then decided in microseconds. */
export const compileProgrammes = (
  force: PackInForce,
  entity: string,
  compiler: Compiler = compilerFor(settingOf(force)),
): ((subject: Subject) => readonly ProgrammeOutcome[]) => {
  const programmes = force.programmes
    .filter((programme) => programme.entity === entity)
    .map(({ id, eligible, amount }) => ({
      id,
      eligible: compiler.rule(entity, eligible),
      amount: amount && compiler.rule(entity, amount.rule),
    }))
  return (subject) => {
    const instance = instanceOf(subject)
    return programmes.map(({ id, eligible, amount }) => ({
      programme: id,
      outcome: outcomeOf(eligible(instance)),
      amount: amount ? amount(instance) : null,
    }))
  }
}
