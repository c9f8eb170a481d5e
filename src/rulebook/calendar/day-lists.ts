import { addDays, type BusinessDate, daysBetween, parseDate, weekdayOf } from '#base'

/** The days of a text, and the pieces of it that are no day. */
export interface ReadDays {
  readonly days: readonly BusinessDate[]
  readonly unread: readonly string[]
}

// A day is written 2027-01-01, 1月1日, 1/1 or 1.1, a year may stand before it; a range goes on with 至, 到 or a dash to
// a day whose year and month may be left out: the ways of the yearly notices and of those who type them.
const one = String.raw`(?:(\d{4})\s*[-/年.]\s*)?(\d{1,2})\s*[-/月.]\s*(\d{1,2})\s*日?`
const more = String.raw`(?:\s*(?:至|到|~|～|—+|–|\s-\s)\s*(?:(?:(\d{4})\s*[-/年.]\s*)?(\d{1,2})\s*[-/月.]\s*)?(\d{1,2})\s*日?)?`
const dayOrRange = (): RegExp => new RegExp(`(?<!\\d)${one}${more}(?!\\d)`, 'gu')
// Weekdays and days of the lunar calendar stand in brackets behind a day; without figures they say nothing new.
const notes = /[（(][^（）()\d]*[）)]/gu

/** No holiday of the notices is near this long; a longer range is a slip of the pen. */
const longestRange = 40

const dateOf = (year: string | number, month: string | number, day: string): BusinessDate | undefined =>
  parseDate(`${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`)

const daysOf = (match: RegExpExecArray, year: number): readonly BusinessDate[] | undefined => {
  const [, startYear, startMonth = '', startDay = '', endYear, endMonth, endDay] = match
  const start = dateOf(startYear ?? year, startMonth, startDay)
  if (!start) return undefined
  if (endDay === undefined) return [start]
  const end = dateOf(endYear ?? start.slice(0, 4), endMonth ?? startMonth, endDay)
  const length = end === undefined ? 0 : daysBetween(start, end) + 1
  if (length < 1 || length > longestRange) return undefined
  return Array.from({ length }, (_, index) => addDays(start, index))
}

const unique = (days: readonly BusinessDate[]): BusinessDate[] => [...new Set(days)].sort()

/** Reads days and ranges separated by anything usual; a day without a year belongs to `year`. */
export const readDays = (text: string, year: number): ReadDays => {
  const days: BusinessDate[] = []
  const bad: string[] = []
  const rest = text.replace(notes, '').replace(dayOrRange(), (...groups) => {
    const found = daysOf(groups as unknown as RegExpExecArray, year)
    if (found) days.push(...found)
    else bad.push(String(groups[0]).trim())
    return ' '
  })
  const left = rest.split(/[\s,，、;；。]+/u).filter((piece) => piece !== '')
  return { days: unique(days), unread: [...bad, ...left] }
}

/**
 * Finds the days in the text of a yearly notice: what stands before 放假 is a holiday, what stands before 上班 a
 * make-up day, anything else (such as the day it was signed) is left out. A help for typing: people check the result.
 */
export const readNotice = (
  text: string,
  year: number,
): { readonly holidays: readonly BusinessDate[]; readonly workdays: readonly BusinessDate[] } => {
  const holidays: BusinessDate[] = []
  const workdays: BusinessDate[] = []
  for (const sentence of text.replace(notes, '').split(/[。；;\n]/u)) {
    for (const match of sentence.matchAll(dayOrRange())) {
      const after = /放假|上班/u.exec(sentence.slice(match.index + match[0].length))?.[0]
      const days = daysOf(match, year) ?? []
      if (after === '放假') holidays.push(...days)
      if (after === '上班') workdays.push(...days)
    }
  }
  return { holidays: unique(holidays), workdays: unique(workdays) }
}

/** Writes days as `readDays` reads them, one run of days a line. */
export const writeDays = (days: readonly BusinessDate[]): string => {
  const runs: { from: BusinessDate; to: BusinessDate }[] = []
  for (const day of unique(days)) {
    const last = runs.at(-1)
    if (last && addDays(last.to, 1) === day && daysBetween(last.from, day) < longestRange) last.to = day
    else runs.push({ from: day, to: day })
  }
  return runs.map(({ from, to }) => (from === to ? from : `${from} 至 ${to}`)).join('\n')
}

/** What keeps a year from being saved; the server refuses the same. */
export interface YearFault {
  readonly list: 'holidays' | 'workdays'
  readonly kind: 'empty' | 'otherYear' | 'twice' | 'noWeekend'
  readonly day?: BusinessDate
}

/** Checks a year's lists: days of this or a neighbouring year, none in both, make-up days only at weekends. */
export const faultsOfYear = (
  year: number,
  holidays: readonly BusinessDate[],
  workdays: readonly BusinessDate[],
): readonly YearFault[] => {
  const isNear = (day: BusinessDate) => Math.abs(Number(day.slice(0, 4)) - year) <= 1
  const far = (list: YearFault['list'], days: readonly BusinessDate[]) =>
    days.filter((day) => !isNear(day)).map((day) => ({ list, kind: 'otherYear', day }) as const)
  return [
    ...(holidays.length === 0 ? [{ list: 'holidays', kind: 'empty' } as const] : []),
    ...far('holidays', holidays),
    ...far('workdays', workdays),
    ...workdays
      .filter((day) => holidays.includes(day))
      .map((day) => ({ list: 'workdays', kind: 'twice', day }) as const),
    ...workdays
      .filter((day) => weekdayOf(day) <= 5 && !holidays.includes(day))
      .map((day) => ({ list: 'workdays', kind: 'noWeekend', day }) as const),
  ]
}
