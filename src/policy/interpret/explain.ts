import { exact } from '../language/bounds.ts'
import { isUnknownValue, type Subject, type Value } from '../language/values.ts'
import type { PackInForce, ParameterInForce } from '../pack/in-force.ts'
import type { Rule } from '../pack/pack.ts'
import { compilerFor, instanceOf } from './compile.ts'
import { outcomeOf, type RuleOutcome, settingOf } from './evaluate.ts'
import { type TraceStep, traceCondition } from './trace.ts'

/** Everything that led to an outcome, as plain data: fit to be kept with frozen facts and rendered in any language later. */
export interface Explanation {
  readonly rule: string
  readonly subject: string
  readonly on: string
  readonly outcome: RuleOutcome
  readonly trace: TraceStep
  /** The rule's named values. */
  readonly named: Readonly<Record<string, Value>>
  /** The parameters the rule uses, each with its version and article. */
  readonly parameters: readonly ParameterInForce[]
  /** The members that make the rule hold, or that leave it open. */
  readonly members: readonly string[]
}

/** Runs one rule on one subject and keeps the reasoning. Slower than `compileRules`; meant for what people read. */
export const explain = (force: PackInForce, rule: Rule, subject: Subject): Explanation => {
  const compiler = compilerFor(settingOf(force))
  const instance = instanceOf(subject)
  const trace = traceCondition(rule.condition, rule.when, instance, compiler)
  const named = [...rule.named].map(
    ([name, node]) => [name, compiler.compile(exact(node))(instance, instance)] as const,
  )
  return {
    rule: rule.id,
    subject: subject.id,
    on: force.on,
    outcome: outcomeOf(trace.result),
    trace,
    named: Object.fromEntries(named),
    parameters: trace.parameters
      .map((name) => force.parameters.get(name))
      .filter((parameter) => parameter !== undefined),
    members: decidingMembers(trace, outcomeOf(trace.result)),
  }
}

/** Members whose own step answers as the whole rule does. */
const decidingMembers = (trace: TraceStep, outcome: RuleOutcome): string[] => {
  const open = outcome.outcome === 'unknown'
  if (!open && !outcome.value) return []
  const decides = (value: Value): boolean => (open ? isUnknownValue(value) : value === true)
  const visit = (step: TraceStep): string[] => {
    const own = step.operator === 'some' || step.operator === 'every' || step.operator === 'sum'
    const members = own ? step.steps.filter((part) => part.memberId && decides(part.result)) : []
    return [...members.map(({ memberId }) => memberId ?? ''), ...step.steps.flatMap(visit)]
  }
  return [...new Set(visit(trace))]
}

/**
 * The conditions an officer reads, in the order of the rule, without the calculations inside them. A quantifier is none
 * itself: its steps speak of each member.
 */
export const conditionsOf = (step: TraceStep): readonly TraceStep[] =>
  isCondition(step) ? [step] : step.steps.flatMap(conditionsOf)

/** Whether a step is read as one condition: the steps inside it speak of nobody further. */
export const isCondition = (step: TraceStep): boolean =>
  step.condition && step.steps.every(({ memberId }) => memberId === step.memberId)
