import { addDays, businessDate, type Month, monthOf, parseMonth } from '#base'
import { absentCell, bad, type CellRule, found } from './cell.ts'
import { compact, saysNothing } from './clean.ts'

const parted = /^(\d{4})[-/.年](\d{1,2})月?(?:份)?$/u
const solid = /^(\d{4})(\d{2})(?:\.0+)?$/u
const withDay = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月]\d{1,2}日?|(\d{2})\d{2})(?:\.0+|[T ].*)?$/u
const one = String.raw`\d{4}[.年/-]\d{1,2}月?|\d{6}`
const range = new RegExp(`^(${one})(?:[-—–~～至到]+)(${one})$`, 'u')

/** A month in any of the forms department files use; `part` picks an end of a range such as `2023.12-2024.05`. */
export const readMonth: CellRule = (text, { column, date1904 }) => {
  const plain = compact(text.replace(/(?<=\d)[T ]+(?=\d{1,2}:)/u, 'T'))
  if (saysNothing(plain) || /^0+$/u.test(plain) || /^9999/u.test(plain)) return absentCell
  const ends = range.exec(plain)
  const wanted = ends ? (column.part === 'until' ? ends[2] : ends[1]) : plain
  const month = parseMonthText(wanted ?? plain) ?? monthOfSerial(plain, date1904)
  if (month === 'ambiguous') return bad('month-ambiguous')
  return month ? found(month) : bad('month-unreadable')
}

// `2024.1` is January written short or October that lost its zero as a number: nobody can tell.
export const parseMonthText = (plain: string): Month | 'ambiguous' | undefined => {
  if (/^\d{4}\.1$/u.test(plain)) return 'ambiguous'
  const match = parted.exec(plain) ?? solid.exec(plain)
  if (match) return parseMonth(`${match[1]}-${(match[2] ?? '').padStart(2, '0')}`)
  const day = withDay.exec(plain)
  return day ? parseMonth(`${day[1]}-${(day[2] ?? day[3] ?? '').padStart(2, '0')}`) : undefined
}

const monthOfSerial = (plain: string, date1904: boolean): Month | undefined => {
  const days = /^\d{5}$/u.test(plain) ? Number(plain) : 0
  return days >= 10_000 && days <= 80_000
    ? monthOf(addDays(businessDate(date1904 ? '1904-01-01' : '1899-12-30'), days))
    : undefined
}
