import { csvLine, csvStart } from '#base'
import { feedDefinition, isFeedKind } from '#exchange'
import { labelOf } from '../labels/labels.ts'
import type { LeadLine } from '../leads/contract.ts'
import { en as enLeads } from '../leads/en.ts'
import { zhCN as zhLeads } from '../leads/zh-CN.ts'
import type { FoundPerson } from '../people/contract.ts'
import { en as enPeople } from '../people/en.ts'
import { zhCN as zhPeople } from '../people/zh-CN.ts'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

export type Language = 'zh-CN' | 'en'

const shortOf = (language: Language): 'zh' | 'en' => (language === 'en' ? 'en' : 'zh')
const joined = (words: readonly string[], language: Language): string =>
  words.join(language === 'en' ? ', ' : '、')

/** The name a list of a day is saved under. */
export const exportFileName = (list: 'people' | 'leads', language: Language, today: string): string =>
  `${(language === 'en' ? en : zhCN)[list]}-${today}.csv`

/** Said at the end of a file that was cut. */
const cappedLine = (language: Language, rows: number): string =>
  csvLine([(language === 'en' ? en : zhCN).capped.replace('{rows}', String(rows))])

const fileOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  csvStart + [head, ...rows].map(csvLine).join('')

interface Cut {
  readonly language: Language
  readonly isCut: boolean
}

const withEnd = (text: string, rows: number, { language, isCut }: Cut): string =>
  isCut ? text + cappedLine(language, rows) : text

/** People found, with the columns and the masking of the page. */
export const peopleFile = (people: readonly FoundPerson[], cut: Cut): string => {
  const { language } = cut
  const words = language === 'en' ? enPeople : zhPeople
  const short = shortOf(language)
  const { column } = words
  const who = ({ age, sex, relation }: FoundPerson): string =>
    joined(
      [
        ...(age === null ? [] : [words.age.replace('{{age}}', String(age))]),
        ...(sex === null ? [] : [labelOf('sex', sex, short)]),
        labelOf('relation', relation, short),
      ],
      language,
    )
  const rows = people.map((person) => [
    person.name ?? words.noName,
    who(person),
    person.number ?? words.noNumber,
    person.household.number,
    person.household.category === null ? '' : labelOf('category', person.household.category, short),
    person.place,
  ])
  const head = [column.name, column.who, column.number, column.household, column.category, column.place]
  return withEnd(fileOf(head, rows), rows.length, cut)
}

/** Leads, with the columns and the masking of the page. */
export const leadsFile = (leads: readonly LeadLine[], cut: Cut): string => {
  const { language } = cut
  const words = language === 'en' ? enLeads : zhLeads
  const short = shortOf(language)
  const { column } = words
  const feedName = (kind: string): string => (isFeedKind(kind) ? feedDefinition(kind)[short] : kind)
  const rows = leads.map((lead) => [
    lead.name ?? words.noName,
    lead.birthDate ?? '',
    lead.number ?? words.noNumber,
    joined(lead.feedKinds.map(feedName), language),
    lead.place,
    lead.firstSeenAt,
    labelOf('leadStatus', lead.status, short),
  ])
  const head = [
    column.name,
    column.born,
    column.number,
    column.kinds,
    column.place,
    column.seen,
    column.status,
  ]
  return withEnd(fileOf(head, rows), rows.length, cut)
}
