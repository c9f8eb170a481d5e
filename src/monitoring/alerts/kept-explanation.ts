import { type Citation, type Explanation, isCondition, type ParameterInForce, type TraceStep } from '#policy'
import type { EvidenceRow } from '../scan/evidence.ts'
import { feedOf, isMissing, labelOfFact, type Rendering, usedIn, valueOfFact } from './conditions/facts.ts'
import { statementOf } from './conditions/statement.ts'
import { fill, wordsOf } from './conditions/words.ts'
import type { Condition } from './contract.ts'

/** The reasoning of an alert, kept or computed again: the trace with frozen facts, and the rows behind it. */
export interface KeptExplanation extends Explanation {
  readonly evidence: readonly EvidenceRow[]
  /** The pack it was found with, by its hash; alerts of earlier releases do not say it. */
  readonly packHash?: string
}

/** Whether an alert keeps its trace; those of this program keep the facts and are explained when they are opened. */
export const isKept = (value: unknown): value is KeptExplanation =>
  typeof value === 'object' && value !== null && 'trace' in value

interface Read {
  readonly step: TraceStep
  /** Whether the rule asks that it does not hold. */
  readonly negated: boolean
}

const conditionsIn = (step: TraceStep, negated = false): Read[] =>
  isCondition(step)
    ? [{ step, negated }]
    : step.steps.flatMap((part) => conditionsIn(part, negated !== (step.operator === 'not')))

/** Whether the condition speaks for the alert. */
const resultOf = ({ step: { result }, negated }: Read): Condition['result'] => {
  if (typeof result === 'object' && result !== null) return 'unknown'
  return (result === true) !== negated ? 'true' : 'false'
}

const articleOf = (source: Citation | undefined, { pack, language }: Rendering): string => {
  if (!source) return ''
  const title = pack.sources[source.document]?.title
  return `${title ? title[language === 'en' ? 'en' : 'zh'] : source.document} ${source.clause}`
}

/** A parameter's value with its unit; codes by the labels of the fact they are compared with. */
const parameterText = (rendering: Rendering, { name, value }: ParameterInForce, step: TraceStep): string => {
  const words = wordsOf(rendering.language)
  const [fact, ...others] = usedIn(step)
  const one = (part: unknown): string =>
    fact && !others.length && typeof part === 'string'
      ? valueOfFact(rendering, { ...fact, value: part })
      : String(part)
  const text = Array.isArray(value) ? value.map(one).join(words.list) : one(value)
  const unit = rendering.pack.parameters[name]?.unit
  return unit ? fill(words.unit[unit], { value: text }) : text
}

const parametersOf = (
  rendering: Rendering,
  kept: KeptExplanation,
  step: TraceStep,
): Condition['parameters'] =>
  kept.parameters
    .filter(({ name }) => step.parameters.includes(name))
    .map((parameter) => ({
      name:
        rendering.pack.parameters[parameter.name]?.label[rendering.language === 'en' ? 'en' : 'zh'] ??
        parameter.name,
      value: parameterText(rendering, parameter, step),
      version: parameter.from ?? '',
      article: articleOf(parameter.source, rendering),
    }))

type Used = ReturnType<typeof usedIn>[number]

/** Where a fact was read: the newest row of its kind about that person, the household's file, or that no row speaks of it. */
const sourceOf = (rendering: Rendering, kept: KeptExplanation, fact: Used) => {
  const words = wordsOf(rendering.language)
  const feed = feedOf(rendering.pack, fact)
  if (feed === undefined) return { source: isMissing(fact) ? null : words.record, date: null }
  const row = kept.evidence.find(
    ({ kind, memberId }) => kind === feed && (fact.memberId === undefined || memberId === fact.memberId),
  )
  if (row) return { source: row.fileName, date: row.period }
  if (isMissing(fact)) return { source: null, date: null }
  return { source: fill(words.noRow, { feed: rendering.feedName(feed, rendering.language) }), date: null }
}

/** A condition that says no more than what another one of the same result, or one that holds, says of the same fact. */
const isIdle = (condition: Condition, at: number, all: readonly Condition[]): boolean =>
  all.some(({ sentence, result }, index) => {
    if (result !== condition.result && condition.result !== 'false') return false
    return sentence === condition.sentence
      ? result !== condition.result || index < at
      : sentence.startsWith(condition.sentence)
  })

/** The conditions of a kept trace as the page shows them; of the deciding members where the rule speaks of members. */
export const conditionOf = (rendering: Rendering, kept: KeptExplanation): Condition[] => {
  const deciding = new Set(kept.members)
  // A condition over nobody has nothing to show.
  const isShown = ({ step }: Read) =>
    (step.memberId === undefined || deciding.size === 0 || deciding.has(step.memberId)) &&
    usedIn(step).length > 0
  const conditions = conditionsIn(kept.trace)
    .filter(isShown)
    .map(
      (read): Condition => ({
        sentence: statementOf(rendering, read.step),
        result: resultOf(read),
        expression: read.step.text,
        values: usedIn(read.step).map((fact) => ({
          label: labelOfFact(rendering, fact),
          value: valueOfFact(rendering, fact),
          ...sourceOf(rendering, kept, fact),
        })),
        parameters: parametersOf(rendering, kept, read.step),
      }),
    )
  return conditions.filter((condition, at) => !isIdle(condition, at, conditions))
}

/** Everybody the trace speaks of. */
export const membersIn = (step: TraceStep): readonly string[] => [
  ...new Set([...(step.memberId === undefined ? [] : [step.memberId]), ...step.steps.flatMap(membersIn)]),
]
