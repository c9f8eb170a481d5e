import { csvLine, csvStart } from '#base'
import type { AlertRow } from '../alerts/contract.ts'
import { en as enWords } from '../alerts/en.ts'
import { zhCN as zhWords } from '../alerts/zh-CN.ts'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'

type Language = 'zh-CN' | 'en'

const textsIn = (language: Language) => (language === 'en' ? en : zhCN)
const deskWordsIn = (language: Language) => (language === 'en' ? enWords : zhWords)

const columns = [
  'number',
  'grade',
  'indicator',
  'owner',
  'person',
  'household',
  'place',
  'what',
  'raisedOn',
  'dueOn',
  'workdaysLeft',
  'status',
  'holder',
] as const

/** The name that a list of a day is saved under. */
export const exportFileName = (language: Language, today: string): string =>
  `${textsIn(language).fileName}-${today}.csv`

/** What the file begins with: the mark that makes spreadsheets read it rightly, and the names of the columns. */
export const firstLines = (language: Language): string =>
  csvStart + csvLine(columns.map((column) => textsIn(language).columns[column]))

/** One alert, with the fields and the masking of the desk. */
export const exportedLine = (row: AlertRow, language: Language): string => {
  const words = deskWordsIn(language)
  const isOpen = row.status !== 'disposed' && row.status !== 'withdrawn'
  const cells: Record<(typeof columns)[number], string> = {
    number: String(row.number),
    grade: words.grade[row.grade],
    indicator: row.indicatorName,
    owner: row.ownerName,
    person: row.maskedName,
    household: row.subjectKind === 'lead' ? words.leadTag : row.subject,
    place: row.region.name,
    what: row.summary,
    raisedOn: row.raisedOn,
    dueOn: row.dueOn ?? words.due.awaiting,
    workdaysLeft: isOpen && row.workdaysLeft !== null ? String(row.workdaysLeft) : '',
    status: words.status[row.status],
    holder: row.holder?.name ?? words.noHolder,
  }
  return csvLine(columns.map((column) => cells[column]))
}

/** Says at the end of a file that was cut how much is missing and what to do. */
export const lastLine = (language: Language, rows: number, total: number): string =>
  csvLine([textsIn(language).capped.replace('{rows}', String(rows)).replace('{total}', String(total))])
