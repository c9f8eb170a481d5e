import { type Fen, yuanTextOf } from '#base'
import type { Explanation } from '../interpret/explain.ts'
import { conditionsOf } from '../interpret/explain.ts'
import type { ProgrammeExplanation, RuleExplanation } from '../interpret/explain-programme.ts'
import type { TraceStep, UsedFact } from '../interpret/trace.ts'
import { isUnknownValue, type Scalar, type Value } from '../language/values.ts'
import { yearMissed } from '../language/work-years.ts'
import { en } from './en.ts'
import type { Language } from './finding.ts'
import { missingNameOf, type Pack, type Rule } from './pack.ts'
import { type Texts, zhCN } from './zh-CN.ts'

/** How a reader may see the members: names are masked by the room that knows the reader, never here. */
export type MemberLabel = (memberId: string) => string

export interface ConditionText {
  /** As the rule has it, in FEEL. */
  readonly text: string
  readonly memberId?: string | undefined
  readonly result: string
  /** `label: value` of every fact that went in. */
  readonly facts: readonly string[]
}

const texts = (language: Language): Texts => (language === 'en' ? en : zhCN)
const key = (language: Language): 'zh' | 'en' => (language === 'en' ? 'en' : 'zh')

/** The officer's sentence for an outcome, made when it is read. */
export const sentenceOf = (
  pack: Pack,
  rule: Rule,
  explanation: Explanation,
  language: Language,
  memberLabel: MemberLabel,
): string => {
  const { outcome } = explanation
  const name = rule.name[key(language)]
  if (outcome.outcome === 'unknown') {
    const missing = outcome.missing.map((it) => missingLabel(pack, rule, explanation.trace, it, language))
    return fill(texts(language).openSentence, { name, missing: missing.join(texts(language).listSeparator) })
  }
  if (!outcome.value) return fill(texts(language).calmSentence, { name })
  return rule.sentence[key(language)].replaceAll(/\{(\w+)\}/gu, (_, placeholder: string) =>
    placeholderText(placeholder, pack, rule, explanation, language, memberLabel),
  )
}

/** The sentence of a programme for its outcome, made when it is read. */
export const programmeSentence = (
  pack: Pack,
  explanation: ProgrammeExplanation,
  reader: 'citizen' | 'officer',
  language: Language,
): string => {
  const { outcome, programme, rules, mentioned, parameters, amount } = explanation
  const sentences = pack.programmes[programme]?.sentences
  const kind = outcome.outcome === 'unknown' ? 'unknown' : outcome.value ? 'eligible' : 'notEligible'
  const words = texts(language)
  return (sentences?.[kind][reader][key(language)] ?? '').replaceAll(/\{(\w+)\}/gu, (_, name: string) => {
    if (name === 'missing' && outcome.outcome === 'unknown')
      return outcome.missing.map((it) => missingText(pack, it, language)).join(words.listSeparator)
    if (name === 'amount') return valueText(amount, 'fen', language)
    const rule = [...rules, ...mentioned].find((one) => one.rule === name)
    if (rule) return ruleValueText(pack, rule, language)
    const parameter = parameters.find((one) => one.name === name)
    if (parameter) return valueText(parameter.value, pack.parameters[name]?.unit, language)
    const fact = rules.flatMap(({ trace }) => factsIn(trace)).find((one) => one.name === name)
    return fact ? factValueText(pack, fact, language) : words.unknown
  })
}

/** What a named rule said, as people read it. */
export const ruleValueText = (
  pack: Pack,
  { rule, value }: Pick<RuleExplanation, 'rule' | 'value'>,
  language: Language,
): string => {
  const entry = pack.definitions.get(rule)
  const label = typeof value === 'string' ? entry?.values?.[value] : undefined
  return label ? label[key(language)] : valueText(value, entry?.unit, language)
}

/** The label of a missing fact, parameter or year of the working-day calendar. */
export const missingText = (pack: Pack, missing: string, language: Language): string => {
  const calendar = missingYearText(missing, language)
  if (calendar) return calendar
  const parameter = pack.parameters[missing.replace(/^parameters\./u, '')]
  if (parameter) return parameter.label[key(language)]
  const labels = Object.entries(pack.facts).flatMap(([entity, facts]) =>
    Object.entries(facts).filter(
      ([name]) => name === missing || missingNameOf(pack, entity, name) === missing,
    ),
  )
  return (
    [...new Set(labels.map(([, { label }]) => label[key(language)]))].join(texts(language).listSeparator) ||
    missing
  )
}

const missingYearText = (missing: string, language: Language): string | undefined => {
  const year = yearMissed(missing)
  if (year === undefined) return undefined
  const { calendarYear, calendarOther } = texts(language)
  return year === null ? calendarOther : fill(calendarYear, { year: String(year) })
}

const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => values[name] ?? whole)

const placeholderText = (
  placeholder: string,
  pack: Pack,
  rule: Rule,
  explanation: Explanation,
  language: Language,
  memberLabel: MemberLabel,
): string => {
  const { members, named, parameters, trace, on } = explanation
  if (placeholder === 'members') return members.map(memberLabel).join(texts(language).listSeparator)
  if (placeholder === 'today') return on
  const value = named[placeholder]
  const unit = rule.named.get(placeholder)?.type.unit?.factors.join()
  if (value !== undefined) return valueText(value, unit, language)
  const parameter = parameters.find(({ name }) => name === placeholder)
  if (parameter)
    return valueText(parameter.value, pack.parameters[placeholder]?.unit === 'fen' ? 'fen' : '', language)
  const facts = factsIn(trace).filter((fact) => fact.name === placeholder)
  const fact = facts.find(({ memberId }) => memberId === undefined || memberId === members[0]) ?? facts[0]
  return fact ? factValueText(pack, fact, language) : texts(language).unknown
}

/** Every fact that went into a step, those of its parts included; one may come several times. */
export const factsIn = (step: TraceStep): readonly UsedFact[] => [
  ...step.facts,
  ...step.steps.flatMap(factsIn),
]

/** Every condition of the rule as an officer reads it, with the values that went in; complete where facts are missing. */
export const conditionTexts = (pack: Pack, trace: TraceStep, language: Language): readonly ConditionText[] =>
  conditionsOf(trace).map((step) => ({
    text: step.text,
    memberId: step.memberId,
    result: resultText(step.result, language),
    facts: factsIn(step).map(
      (fact) =>
        `${pack.facts[fact.entity]?.[fact.name]?.label[key(language)] ?? fact.name}: ${factValueText(pack, fact, language)}`,
    ),
  }))

const resultText = (value: Value, language: Language): string => {
  if (isUnknownValue(value)) return texts(language).unknown
  return value === true ? texts(language).holds : texts(language).holdsNot
}

const missingLabel = (
  pack: Pack,
  rule: Rule,
  trace: TraceStep,
  missing: string,
  language: Language,
): string => {
  const calendar = missingYearText(missing, language)
  if (calendar) return calendar
  const parameter = pack.parameters[missing.replace(/^parameters\./u, '')]
  if (parameter) return parameter.label[key(language)]
  const fact = factsIn(trace).find(
    ({ entity, name }) => name === missing || missingNameOf(pack, entity, name) === missing,
  )
  return pack.facts[fact?.entity ?? rule.entity]?.[fact?.name ?? missing]?.label[key(language)] ?? missing
}

/** The value of a fact as people read it: codes by their labels, money in yuan. */
export const factValueText = (pack: Pack, { entity, name, value }: UsedFact, language: Language): string => {
  const entry = pack.facts[entity]?.[name]
  const label = typeof value === 'string' ? entry?.values?.[value] : undefined
  return label ? label[key(language)] : valueText(value, entry?.unit, language)
}

const valueText = (value: Value, unit: string | undefined, language: Language): string => {
  if (isUnknownValue(value)) return texts(language).unknown
  if (Array.isArray(value)) return value.map(String).join(texts(language).listSeparator)
  return scalarText(value as Scalar, unit, language)
}

const scalarText = (value: Scalar, unit: string | undefined, language: Language): string => {
  if (value === null) return texts(language).absent
  if (typeof value === 'boolean') return value ? texts(language).yes : texts(language).no
  if (typeof value !== 'number') return value
  return unit === 'fen' ? fill(texts(language).yuan, { amount: yuanTextOf(value as Fen) }) : String(value)
}
