import type { FeelDate } from './value.ts'

/** The years FEEL's dates may have (DMN 1.5, 10.3.2.3.5). */
export const farthestYear = 999_999_999

const century = 100
const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

export const isLeapYear = (year: number): boolean =>
  year % 4 === 0 && (year % century !== 0 || year % 400 === 0)

export const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** A date of the proleptic Gregorian calendar, or null where there is no such day. */
export const dateOf = (year: number, month: number, day: number): FeelDate | null => {
  const real =
    [year, month, day].every(Number.isInteger) &&
    Math.abs(year) <= farthestYear &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month)
  return real ? { kind: 'date', year, month, day } : null
}

/** Days since 1970-01-01. */
export const dayNumber = ({ year, month, day }: FeelDate): number => {
  const before = year - 1
  const leaps = Math.floor(before / 4) - Math.floor(before / century) + Math.floor(before / 400)
  const within = (daysBefore[month - 1] ?? 0) + (month > 2 && isLeapYear(year) ? 1 : 0) + day
  return before * 365 + leaps + within - 719_163
}

/** The date so many days after 1970-01-01; null beyond FEEL's years. */
export const dateOfDay = (days: number): FeelDate | null => {
  // Whole cycles of 400 years have 146,097 days each, so the year is found within the cycle alone.
  const cycle = Math.floor((days + 719_162) / 146_097)
  const inCycle = days + 719_162 - cycle * 146_097
  let year = Math.min(399, Math.floor(inCycle / 365.2425))
  while (inCycle < startOfYear(year)) year -= 1
  while (year < 399 && inCycle >= startOfYear(year + 1)) year += 1
  const dayOfYear = inCycle - startOfYear(year)
  let month = 12
  const leap = isLeapYear(year + 1)
  const start = (at: number): number => (daysBefore[at - 1] ?? 0) + (at > 2 && leap ? 1 : 0)
  while (dayOfYear < start(month)) month -= 1
  return dateOf(cycle * 400 + year + 1, month, dayOfYear - start(month) + 1)
}

// Days from the start of a cycle (a year 1 modulo 400) to the start of its year number `year`, counted from 0.
const startOfYear = (year: number): number =>
  year * 365 + Math.floor(year / 4) - Math.floor(year / century) + Math.floor(year / 400)

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (date: FeelDate): number => ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1

export const dayOfYear = (date: FeelDate): number =>
  (daysBefore[date.month - 1] ?? 0) + (date.month > 2 && isLeapYear(date.year) ? 1 : 0) + date.day

/** The week of ISO 8601: the week belongs to the year that holds its Thursday. */
export const weekOfYear = (date: FeelDate): number => {
  const thursday = dateOfDay(dayNumber(date) + 4 - weekdayOf(date))
  return thursday === null ? 1 : Math.floor((dayOfYear(thursday) - 1) / 7) + 1
}

/** Months later; a day the month does not have becomes its last day. */
export const addMonths = (date: FeelDate, months: number): FeelDate | null => {
  const all = date.year * 12 + date.month - 1 + months
  const year = Math.floor(all / 12)
  const month = all - year * 12 + 1
  return dateOf(year, month, Math.min(date.day, daysInMonth(year, month)))
}
