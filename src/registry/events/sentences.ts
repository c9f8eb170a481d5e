import { feedDefinition, isFeedKind } from '#exchange'
import type { EventSentence } from '../chain/sentence.ts'
import { factCatalogue, isFactKind } from '../facts/catalogue.ts'
import { labelOf } from '../labels/labels.ts'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

type Data = Readonly<Record<string, unknown>>
type Language = 'zh' | 'en'
type Gaps = Readonly<Record<string, string>>

const factLabel = (fact: unknown, language: Language): string => {
  const kind = String(fact)
  return isFactKind(kind) ? factCatalogue[kind].label[language] : kind
}

const feedLabel = (kind: unknown, language: Language): string => {
  const text = String(kind)
  return isFeedKind(text) ? feedDefinition(text)[language] : text
}

const gapsOf = (data: Data, language: Language): Gaps => {
  const feedKinds = Array.isArray(data.feedKinds) ? data.feedKinds : []
  return {
    number: String(data.number ?? ''),
    members: String(data.members ?? ''),
    category: labelOf('category', data.category, language),
    fact: factLabel(data.fact, language),
    provenance: labelOf('provenance', data.provenance, language),
    feedKind: feedLabel(data.feedKind, language),
    feedKinds: feedKinds.map((kind) => feedLabel(kind, language)).join(language === 'zh' ? '、' : ', '),
    verdict: labelOf('caseStatus', data.verdict, language),
    label: labelOf(data.labelGroup === 'need' ? 'need' : 'tag', data.label, language),
    from: String(data.from ?? ''),
    until: String(data.until ?? ''),
    reason: String(data.reason ?? ''),
    note: data.note === undefined ? '' : `${language === 'zh' ? '，' : ', '}${data.note}`,
  }
}

const sentence = (
  name: keyof typeof zhCN,
  more: Pick<EventSentence, 'link' | 'permission'> & { readonly reasons?: 'dismissal' } = {},
): EventSentence => {
  const { reasons, ...rest } = more
  const tell =
    (language: Language) =>
    (data: Data): string => {
      const gaps: Gaps = {
        ...gapsOf(data, language),
        ...(reasons ? { reason: labelOf(reasons, data.reason, language) } : {}),
      }
      const text = (language === 'zh' ? zhCN : en)[name]
      return text.replace(/\{(\w+)\}/gu, (_whole: string, gap: string) => gaps[gap] ?? '')
    }
  return { kind: `registry.${name}`, room: 'registry', zh: tell('zh'), en: tell('en'), ...rest }
}

const toCase: EventSentence['link'] = ({ subjectId }) =>
  subjectId === null ? undefined : `/adjudications/${subjectId}`

/** How the registry's own events are told in the chain. */
export const registrySentences: readonly EventSentence[] = [
  sentence('household-registered'),
  sentence('fact-recorded'),
  sentence('fact-checked'),
  sentence('fact-rejected'),
  sentence('label-added'),
  sentence('label-ended'),
  // Who looked is the concern of those who may look themselves; the audit chain holds it in any case.
  sentence('number-revealed', { permission: 'person.reveal' }),
  sentence('lead-found'),
  sentence('lead-registered'),
  sentence('lead-dismissed', { reasons: 'dismissal' }),
  sentence('row-adjudicated', { permission: 'adjudication.read', link: toCase }),
  sentence('adjudication-reopened', { permission: 'adjudication.read', link: toCase }),
]
