import type { Rule } from '#policy'
import type { Said } from '../proposing/say.ts'
import type { VersionDifference } from './contract.ts'

/** What departments and their files are called. */
export interface DifferenceNames {
  readonly owner: (code: string) => Said
  readonly feed: (kind: string) => Said
}

type Fields = Pick<
  Rule,
  'name' | 'grade' | 'owner' | 'route' | 'period' | 'when' | 'values' | 'sentence' | 'feeds' | 'effective'
>

const both = (text: string): Said => ({ zh: text, en: text })

const listed = (all: readonly Said[]): Said => ({
  zh: all.map(({ zh }) => zh).join('、'),
  en: all.map(({ en }) => en).join(', '),
})

const saidOf = (
  rule: Fields,
  names: DifferenceNames,
): Readonly<Record<VersionDifference['field'], Said | null>> => {
  const values = Object.entries(rule.values).map(([name, text]) => `${name} = ${text.trim()}`)
  return {
    name: rule.name,
    grade: grades[rule.grade],
    owner: names.owner(rule.owner),
    route: both(String(rule.route)),
    period: periods[rule.period],
    when: both(rule.when.trim()),
    values: values.length > 0 ? both(values.join('\n')) : null,
    sentence: rule.sentence,
    feeds: rule.feeds.length > 0 ? listed(rule.feeds.toSorted().map(names.feed)) : null,
    until: rule.effective.until ? both(rule.effective.until) : null,
  }
}

const grades = {
  red: { zh: '红色', en: 'red' },
  orange: { zh: '橙色', en: 'orange' },
  yellow: { zh: '黄色', en: 'yellow' },
} as const
const periods = { year: { zh: '每年', en: 'yearly' }, month: { zh: '每月', en: 'monthly' } } as const

/** What differs between two versions, field by field; all of it where there was none before. */
export const versionDifferences = (
  before: Fields | undefined,
  after: Fields,
  names: DifferenceNames,
): VersionDifference[] => {
  const is = saidOf(after, names)
  const was = before && saidOf(before, names)
  return (Object.keys(is) as VersionDifference['field'][]).flatMap((field) => {
    const [old, now] = [was?.[field] ?? null, is[field]]
    return old?.zh === now?.zh && old?.en === now?.en ? [] : [{ field, before: old, after: now }]
  })
}
