import { addDays, type BusinessDate, businessDate, firstDayOf, lastDayOf, parseDate } from '#base'
import { absentCell, bad, type CellRule, found } from './cell.ts'
import { compact, saysNothing } from './clean.ts'
import { parseMonthText } from './month.ts'

const parted = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?$/u
const solid = /^(\d{4})(\d{2})(\d{2})(?:\.0+|\d{6})?$/u
const serial = /^(\d{1,5})(?:\.\d+)?$/u

// Dates that systems write for "never" or "not known".
const sentinels = new Set(['1900-01-01', '0001-01-01', '1899-12-30', '1899-12-31'])

/** A day in any of the forms department files use; sentinels and 长期 are absent. */
export const readDate: CellRule = (text, { kind, column, date1904 }) => {
  const plain = compact(text.replace(/(?<=\d)[T ]+(?=\d{1,2}:)/u, 'T'))
  if (saysNothing(plain) || /^0+(?:\.0+)?$/u.test(plain) || plain === '长期' || plain === '永久')
    return absentCell
  if (/^0{4}[-/.]0{1,2}[-/.]0{1,2}/u.test(plain)) return absentCell
  const date = dateOfText(plain) ?? dateOfSerial(plain, kind !== 'text', date1904)
  if (date) return date.startsWith('9999') || sentinels.has(date) ? absentCell : found(date)
  if (column.day) {
    const month = parseMonthText(plain)
    if (month === 'ambiguous') return bad('month-ambiguous')
    if (month) return found(column.day === 'first' ? firstDayOf(month) : lastDayOf(month))
  }
  return bad('date-unreadable')
}

const dateOfText = (plain: string): BusinessDate | undefined => {
  const match = parted.exec(plain) ?? solid.exec(plain)
  if (!match) return undefined
  const [, year = '', month = '', day = ''] = match
  return parseDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}

// A text of five digits is a spreadsheet's day count between 1927 and 2119; shorter ones only where the cell was numeric.
const dateOfSerial = (plain: string, numeric: boolean, date1904: boolean): BusinessDate | undefined => {
  const digits = serial.exec(plain)?.[1]
  const days = Number(digits)
  if (!digits || days > 80_000 || (!numeric && days < 10_000)) return undefined
  // Four digits in a date column are a year rather than a day count of the years 1902 to 1905 or so.
  if (digits.length <= 4) return undefined
  return addDays(businessDate(date1904 ? '1904-01-01' : '1899-12-30'), days)
}
