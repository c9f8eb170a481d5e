import type { BusinessDate, Fen } from '#base'
import type { AssumptionId, ParameterChoice, SimulationQuestion } from './contract.ts'

type Value = SimulationQuestion['changes'][number]['value']

/** One changed parameter as it is typed. */
export interface ChangeDraft {
  readonly key: number
  readonly parameter: string | undefined
  readonly amountFen: Fen | undefined
  readonly typed: string
  /** Empty: the whole region of the question. */
  readonly region: string
}

/** One changed rule as it is typed. */
export interface RuleDraft {
  readonly key: number
  readonly rule: string | undefined
  readonly text: string
}

/** The form as it is typed. */
export interface QuestionDraft {
  readonly on: BusinessDate | undefined
  readonly region: string
  readonly months: number
  readonly changes: readonly ChangeDraft[]
  readonly rules: readonly RuleDraft[]
  readonly assumptions: readonly AssumptionId[]
}

/** What is wrong in a form: the id of the field, and why. */
export type DraftFault = { readonly field: string } & (
  | {
      readonly why:
        | 'on'
        | 'nothing'
        | 'parameter'
        | 'value'
        | 'rule'
        | 'ruleText'
        | 'sameRule'
        | 'sameParameter'
    }
  | { readonly why: 'range'; readonly low: number; readonly high: number; readonly unit: string | null }
)

type Read =
  | { readonly question: SimulationQuestion; readonly faults?: undefined }
  | { readonly question?: undefined; readonly faults: readonly DraftFault[] }

/** What a draft is read against. */
export interface DraftChoices {
  readonly parameters: readonly ParameterChoice[]
  readonly rules: readonly { readonly name: string; readonly value: string }[]
}

const oneValue = (type: ParameterChoice['type'], text: string): string | number | boolean | undefined => {
  if (text === '') return undefined
  if (type === 'boolean') return text === 'true'
  if (type === 'date') return /^\d{4}-\d{2}-\d{2}$/u.test(text) ? text : undefined
  if (type === 'text') return text
  return /^-?\d{1,15}$/u.test(text) ? Number(text) : undefined
}

/** What is typed, in the parameter's own unit; undefined where it cannot be read. */
const valueOfDraft = ({ type, unit, isList }: ParameterChoice, draft: ChangeDraft): Value | undefined => {
  const text = draft.typed.trim()
  if (isList) {
    const values = text
      .split(/[,，、\s]+/u)
      .filter(Boolean)
      .map((part) => oneValue(type, part))
    const isWhole = values.length > 0 && values.every((value) => value !== undefined)
    return isWhole ? (values as (string | number | boolean)[]) : undefined
  }
  return unit === 'fen' ? draft.amountFen : oneValue(type, text)
}

const faultOfChange = (
  choice: ParameterChoice | undefined,
  value: Value | undefined,
  { key }: ChangeDraft,
): DraftFault | undefined => {
  if (!choice) return { field: `parameter-${key}`, why: 'parameter' }
  const field = `value-${key}`
  if (value === undefined) return { field, why: 'value' }
  const { low, high, unit } = choice
  const numbers = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'number')
  if (low !== null && high !== null && numbers.some((one) => one < low || one > high))
    return { field, why: 'range', low, high, unit }
  return undefined
}

const readChange = (draft: ChangeDraft, { parameters }: DraftChoices) => {
  const choice = parameters.find(({ name }) => name === draft.parameter)
  const value = choice && valueOfDraft(choice, draft)
  const fault = faultOfChange(choice, value, draft)
  if (fault || !choice || value === undefined) return { faults: fault ? [fault] : [] }
  return { faults: [], change: { parameter: choice.name, value, region: draft.region || null } }
}

const faultsOfRule = (draft: RuleDraft, { rules }: DraftChoices): readonly DraftFault[] => {
  const now = rules.find(({ name }) => name === draft.rule)
  if (!now) return [{ field: `rule-${draft.key}`, why: 'rule' }]
  const text = draft.text.trim()
  if (text === '') return [{ field: `text-${draft.key}`, why: 'ruleText' }]
  return text === now.value.trim() ? [{ field: `text-${draft.key}`, why: 'sameRule' }] : []
}

/** A parameter twice for the same place, or the same rule twice: only one of them could hold. */
const doubled = ({ changes, rules }: QuestionDraft): readonly DraftFault[] => {
  const seen = new Set<string>()
  const isSecond = (name: string) => seen.size === seen.add(name).size
  return [
    ...changes
      .filter(({ parameter, region }) => parameter && isSecond(`${parameter} ${region}`))
      .map(({ key }) => ({ field: `parameter-${key}`, why: 'sameParameter' as const })),
    ...rules
      .filter(({ rule }) => rule && isSecond(`rule ${rule}`))
      .map(({ key }) => ({ field: `rule-${key}`, why: 'sameParameter' as const })),
  ]
}

/** The question that a form asks, or what is still wrong with it. */
export const readQuestion = (draft: QuestionDraft, choices: DraftChoices): Read => {
  const read = draft.changes.map((one) => readChange(one, choices))
  const faults: readonly DraftFault[] = [
    ...(draft.on ? [] : [{ field: 'on', why: 'on' as const }]),
    ...(draft.changes.length + draft.rules.length === 0 ? [{ field: 'add', why: 'nothing' as const }] : []),
    ...read.flatMap((one) => one.faults),
    ...draft.rules.flatMap((one) => faultsOfRule(one, choices)),
    ...doubled(draft),
  ]
  if (faults.length > 0 || !draft.on) return { faults }
  return {
    question: {
      on: draft.on,
      region: draft.region,
      months: draft.months,
      changes: read.flatMap(({ change }) => (change ? [change] : [])),
      rules: draft.rules.map(({ rule = '', text }) => ({ rule, value: text.trim() })),
      assumptions: [...draft.assumptions],
    },
  }
}

/** A value as the form shows it: money apart from what is typed as text. */
export const typedOf = (value: Value, unit: string | null): Pick<ChangeDraft, 'amountFen' | 'typed'> => {
  if (unit === 'fen' && typeof value === 'number') return { amountFen: value as Fen, typed: '' }
  return { amountFen: undefined, typed: Array.isArray(value) ? value.join(', ') : String(value) }
}

/** The value of an address: JSON, else the text as it stands. */
export const valueFromAddress = (text: string): Value => {
  try {
    const value: unknown = JSON.parse(text)
    const all = Array.isArray(value) ? value : [value]
    const isPlain = all.every((one) => ['boolean', 'number', 'string'].includes(typeof one))
    return isPlain ? (value as Value) : text
  } catch {
    return text
  }
}

/** The form that asks a question again. */
export const draftOf = (
  question: SimulationQuestion,
  on: BusinessDate | undefined,
  parameters: readonly ParameterChoice[],
): QuestionDraft => ({
  on,
  region: question.region,
  months: question.months,
  assumptions: question.assumptions,
  changes: question.changes.map(({ parameter, value, region }, key) => ({
    key,
    parameter,
    region: region ?? '',
    ...typedOf(value, parameters.find(({ name }) => name === parameter)?.unit ?? null),
  })),
  rules: question.rules.map(({ rule, value }, index) => ({
    key: question.changes.length + index,
    rule,
    text: value,
  })),
})
