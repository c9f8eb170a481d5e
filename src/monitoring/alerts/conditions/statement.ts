import type { TraceStep, UsedFact, Value } from '#policy'
import { isMissing, labelOfFact, type Rendering, usedIn, valueOfFact } from './facts.ts'
import { fill, wordsOf } from './words.ts'

const opposites = {
  less: 'greaterOrEqual',
  lessOrEqual: 'greater',
  greater: 'lessOrEqual',
  greaterOrEqual: 'less',
} as const
/** The same comparison read from its other side. */
const mirrors = {
  less: 'greater',
  lessOrEqual: 'greaterOrEqual',
  greater: 'less',
  greaterOrEqual: 'lessOrEqual',
} as const
type Comparison = keyof typeof opposites

const isComparison = (operator: string): operator is Comparison => Object.hasOwn(opposites, operator)
const isDay = (value: Value): boolean => typeof value === 'string' && /^\d{4}-\d{2}(-\d{2})?$/.test(value)

/** Another value in the terms of a fact: codes by their labels, money in yuan, the day of the scan by its name. */
const inTermsOf = (rendering: Rendering, fact: UsedFact, other: Value): string => {
  const words = wordsOf(rendering.language)
  if (other === rendering.on) return fill(words.today, { date: rendering.on })
  const text = (value: Value) => valueOfFact(rendering, { ...fact, value })
  return Array.isArray(other) ? other.map(text).join(words.list) : text(other)
}

interface Compared {
  readonly fact: UsedFact
  readonly operator: string
  readonly other: Value
  readonly holds: boolean
}

/** A step that compares one fact with something else, as read from the fact. */
const comparedIn = (
  { operator, operands, result }: TraceStep,
  facts: readonly UsedFact[],
): Compared | undefined => {
  const [fact] = facts
  const [left, right] = operands
  if (!fact || facts.length > 1 || left === undefined || right === undefined) return undefined
  if (isMissing(fact) || fact.value === null) return undefined
  const holds = result === true
  if (left === fact.value) return { fact, operator, other: right, holds }
  if (right !== fact.value || !isComparison(operator)) return undefined
  return { fact, operator: mirrors[operator], other: left, holds }
}

/** How the value stands to the other side, said so that it is true; empty where the value alone says it. */
const relationOf = (rendering: Rendering, { fact, operator, other, holds }: Compared): string => {
  const { compare } = wordsOf(rendering.language)
  if (other === null || typeof fact.value === 'boolean') return ''
  const said = (text: string) => fill(text, { other: inTermsOf(rendering, fact, other) })
  if (isComparison(operator)) {
    const kind = isDay(fact.value) ? 'date' : 'number'
    return said(compare[kind][holds ? operator : opposites[operator]])
  }
  if (operator === 'oneOf') return said(holds ? compare.oneOf : compare.notOneOf)
  if (operator === 'equal') return holds ? '' : said(compare.isNot)
  if (operator === 'notEqual') return holds ? said(compare.isNot) : ''
  return ''
}

/**
 * A condition as a plain statement of what is the case, whether or not it speaks for the alert: the value of each fact,
 * and how it stands to what it is compared with.
 */
export const statementOf = (rendering: Rendering, step: TraceStep): string => {
  const words = wordsOf(rendering.language)
  const facts = usedIn(step)
  const said = facts.map((fact) =>
    fill(words.said, { label: labelOfFact(rendering, fact), value: valueOfFact(rendering, fact) }),
  )
  const [first] = facts
  // Known to be empty, and yet needed: the row came without it.
  const isEmpty = facts.length === 1 && first?.value === null && isUnknown(step.result)
  const compared = comparedIn(step, facts)
  const relation = compared ? relationOf(rendering, compared) : isEmpty ? words.notGiven : ''
  return said.join(words.next) + (relation && words.more + relation)
}

const isUnknown = (value: Value): boolean => typeof value === 'object' && value !== null && 'outcome' in value
