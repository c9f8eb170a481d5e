import {
  type Citation,
  conditionsOf,
  conditionTexts,
  type Explanation,
  type MemberLabel,
  type Pack,
  type TraceStep,
} from '#policy'
import type { EvidenceRow } from '../scan/evidence.ts'

type Language = 'zh-CN' | 'en'

/** What an alert keeps of its reasoning: the trace with frozen facts, the rows behind it, the sentence in both languages. */
export interface KeptExplanation extends Explanation {
  readonly evidence: readonly EvidenceRow[]
  readonly sentences: { readonly zh: string; readonly en: string }
}

/** One condition as the page shows it. */
export interface Condition {
  readonly sentence: string
  readonly result: 'true' | 'false' | 'unknown'
  readonly expression: string
  readonly values: { label: string; value: string; source: string | null; date: string | null }[]
  readonly parameters: { name: string; value: string; version: string; article: string }[]
}

export const isKept = (value: unknown): value is KeptExplanation =>
  typeof value === 'object' && value !== null && 'trace' in value

const resultOf = ({ result }: TraceStep): Condition['result'] => {
  if (result === true) return 'true'
  return result === false || result === null ? 'false' : 'unknown'
}

const articleOf = (source: Citation | undefined, pack: Pack, language: Language): string => {
  if (!source) return ''
  const title = pack.sources[source.document]?.title
  return `${title ? title[language === 'en' ? 'en' : 'zh'] : source.document} ${source.clause}`
}

const usedValue = (text: string, source: EvidenceRow | undefined) => {
  const [label = '', ...rest] = text.split(': ')
  return { label, value: rest.join(': '), source: source?.fileName ?? null, date: source?.period ?? null }
}

/** The conditions of a kept trace, those of the deciding members where the rule speaks of members. */
export const conditionOf = (
  pack: Pack,
  kept: KeptExplanation,
  language: Language,
  labelOf: MemberLabel,
): Condition[] => {
  const steps = conditionsOf(kept.trace)
  const deciding = new Set(kept.members)
  const parametersOf = (step: TraceStep) =>
    kept.parameters
      .filter(({ name }) => step.parameters.includes(name))
      .map((parameter) => ({
        name: pack.parameters[parameter.name]?.label[language === 'en' ? 'en' : 'zh'] ?? parameter.name,
        value: Array.isArray(parameter.value) ? parameter.value.join('、') : String(parameter.value),
        version: parameter.from ?? '',
        article: articleOf(parameter.source, pack, language),
      }))
  return conditionTexts(pack, kept.trace, language).flatMap((text, at): Condition[] => {
    const step = steps[at]
    if (!step || (text.memberId !== undefined && deciding.size && !deciding.has(text.memberId))) return []
    const source = kept.evidence.find(
      ({ memberId }) => text.memberId === undefined || memberId === text.memberId,
    )
    const who =
      text.memberId === undefined ? '' : `${labelOf(text.memberId)}${language === 'en' ? ': ' : '：'}`
    return [
      {
        sentence: `${who}${text.facts.join(language === 'en' ? '; ' : '；') || text.text}`,
        result: resultOf(step),
        expression: text.text,
        values: text.facts.map((fact) => usedValue(fact, source)),
        parameters: parametersOf(step),
      },
    ]
  })
}
