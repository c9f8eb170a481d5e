import type { EventSentence } from '#registry'
import type { IndicatorNames } from '../alerts/alert-view.ts'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

type Data = Readonly<Record<string, unknown>>
type Catalog = typeof zhCN | typeof en
type Step = keyof typeof zhCN.steps

const wordOf = (words: Readonly<Record<string, string>>, code: unknown): string =>
  words[String(code)] ?? String(code ?? '')

const fill = (text: string, catalog: Catalog, data: Data, indicator: string): string => {
  const gaps: Readonly<Record<string, string>> = {
    number: String(data.number ?? ''),
    indicator,
    grade: wordOf(catalog.grade, data.grade),
    result: wordOf(catalog.result, data.result),
    task: wordOf(catalog.task, data.kind),
  }
  return text.replace(/\{(\w+)\}/gu, (_, gap: string) => gaps[gap] ?? '')
}

const alertSentence = (step: Step, names: IndicatorNames): EventSentence => {
  const tell = (catalog: Catalog, language: 'zh-CN' | 'en') => (data: Data) => {
    const indicator =
      data.indicator === 'manual' ? catalog.manual : names(String(data.indicator), language).name
    return fill(catalog.steps[step], catalog, data, indicator)
  }
  return {
    kind: `monitoring.alert-${step}`,
    room: 'monitoring',
    zh: tell(zhCN, 'zh-CN'),
    en: tell(en, 'en'),
    link: ({ subjectId }) => (subjectId ? `/alerts/${subjectId}` : undefined),
    permission: 'alert.read',
  }
}

const taskSentence = (name: 'task-opened' | 'task-finished'): EventSentence => ({
  kind: `monitoring.${name}`,
  room: 'monitoring',
  zh: (data) => fill(zhCN[name], zhCN, data, ''),
  en: (data) => fill(en[name], en, data, ''),
  link: () => '/tasks',
})

/** How monitoring's events are told in the chain; the pack names the indicators. */
export const monitoringSentences = (names: IndicatorNames): readonly EventSentence[] => [
  ...(Object.keys(zhCN.steps) as Step[]).map((step) => alertSentence(step, names)),
  taskSentence('task-opened'),
  taskSentence('task-finished'),
]
