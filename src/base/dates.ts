import { assert } from './assert.ts'

/** A day `YYYY-MM-DD` in the law's sense: no time, no zone. Two of them are compared as strings. */
export type BusinessDate = string & { readonly kind: 'business-date' }

/** A calendar month `YYYY-MM`. Two of them are compared as strings. */
export type Month = string & { readonly kind: 'month' }

/** Reads strict `YYYY-MM-DD` of a day that exists; anything else gives `undefined`. */
export const parseDate = (text: string): BusinessDate | undefined => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text)
  if (!match) return undefined
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const real = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  return real ? (text as BusinessDate) : undefined
}

/** As `parseDate`, for texts of our own: an unreal date is our mistake and stops the work. */
export const businessDate = (text: string): BusinessDate => {
  const date = parseDate(text)
  assert(date, `not a business date: ${text}`)
  return date
}

/** Reads strict `YYYY-MM`; anything else gives `undefined`. */
export const parseMonth = (text: string): Month | undefined =>
  parseDate(`${text}-01`) ? (text as Month) : undefined

/** As `parseMonth`, for texts of our own: an unreal month stops the work. */
export const month = (text: string): Month => {
  const parsed = parseMonth(text)
  assert(parsed, `not a month: ${text}`)
  return parsed
}

/** The month a day lies in. */
export const monthOf = (date: BusinessDate): Month => date.slice(0, 7) as Month

/** The first day of a month. */
export const firstDayOf = (m: Month): BusinessDate => `${m}-01` as BusinessDate

/** The last day of a month. */
export const lastDayOf = (m: Month): BusinessDate => {
  const [year, number] = monthParts(m)
  return dateOf(year, number, daysInMonth(year, number))
}

/** Natural days later, or earlier when `days` is negative. */
export const addDays = (date: BusinessDate, days: number): BusinessDate => {
  assert(Number.isSafeInteger(days), `not whole days: ${days}`)
  return fromDayNumber(dayNumber(date) + days)
}

/** Months later, or earlier when `months` is negative. */
export const addToMonth = (m: Month, months: number): Month => {
  assert(Number.isSafeInteger(months), `not whole months: ${months}`)
  const [year, number] = monthParts(m)
  const index = year * monthsPerYear + (number - 1) + months
  const targetYear = Math.floor(index / monthsPerYear)
  return month(`${pad(targetYear, 4)}-${pad(index - targetYear * monthsPerYear + 1, 2)}`)
}

/**
 * The corresponding day some months later or earlier. Where that month has no such day it is its last day
 * (Civil Code art. 202), so three months from 31 March end on 30 June.
 */
export const addMonths = (date: BusinessDate, months: number): BusinessDate => {
  const [year, number] = monthParts(addToMonth(monthOf(date), months))
  return dateOf(year, number, Math.min(Number(date.slice(8)), daysInMonth(year, number)))
}

/** Days from the first date to the second; negative when the second lies before. */
export const daysBetween = (from: BusinessDate, until: BusinessDate): number =>
  dayNumber(until) - dayNumber(from)

/** Months from the first month to the second; negative when the second lies before. */
export const monthsBetween = (from: Month, until: Month): number => {
  const [fromYear, fromNumber] = monthParts(from)
  const [untilYear, untilNumber] = monthParts(until)
  return (untilYear - fromYear) * monthsPerYear + untilNumber - fromNumber
}

/**
 * Completed years of life. The birthday itself completes the year, as civil-affairs practice has it; whether a rule
 * counts the birthday is a parameter of its pack. Who was born on 29 February completes the year on the last day of
 * February where there is no 29th (Civil Code art. 202).
 */
export const ageOn = (birth: BusinessDate, on: BusinessDate): number => {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4))
  return on >= addMonths(birth, years * monthsPerYear) ? years : years - 1
}

/** 1 Monday to 7 Sunday. */
export const weekdayOf = (date: BusinessDate): number => {
  const sinceMonday = dayNumber(date) + 3
  return sinceMonday - Math.floor(sinceMonday / 7) * 7 + 1
}

const monthsPerYear = 12
const yearsPerCentury = 100
const yearsPerEra = 400
const daysPerEra = 146_097
/** Days from 1 March of the year 0 to 1 January 1970. */
const daysToEpoch = 719_468

const daysInMonth = (year: number, number: number): number => {
  if (number === 2) {
    const leap = year % 4 === 0 && (year % yearsPerCentury !== 0 || year % yearsPerEra === 0)
    return leap ? 29 : 28
  }
  return [4, 6, 9, 11].includes(number) ? 30 : 31
}

const monthParts = (m: Month): [number, number] => [Number(m.slice(0, 4)), Number(m.slice(5, 7))]

const pad = (n: number, width: number): string => String(n).padStart(width, '0')

const dateOf = (year: number, number: number, day: number): BusinessDate =>
  businessDate(`${pad(year, 4)}-${pad(number, 2)}-${pad(day, 2)}`)

const leapDaysBefore = (year: number): number =>
  Math.floor(year / 4) - Math.floor(year / yearsPerCentury) + Math.floor(year / yearsPerEra)

// A year that begins in March has its leap day at the end, and the lengths of its months follow one formula.
const dayNumber = (date: BusinessDate): number => {
  const number = Number(date.slice(5, 7))
  const year = Number(date.slice(0, 4)) - (number <= 2 ? 1 : 0)
  const dayOfYear = firstDayOfMarchMonth((number + 9) % monthsPerYear) + Number(date.slice(8)) - 1
  return year * 365 + leapDaysBefore(year) + dayOfYear - daysToEpoch
}

const firstDayOfMarchMonth = (marchMonth: number): number => Math.floor((153 * marchMonth + 2) / 5)

const fromDayNumber = (days: number): BusinessDate => {
  const shifted = days + daysToEpoch
  let year = Math.floor((shifted * yearsPerEra) / daysPerEra)
  // The mean length of a year can miss by one at the turn of a year, never by more.
  while (year * 365 + leapDaysBefore(year) > shifted) year -= 1
  while ((year + 1) * 365 + leapDaysBefore(year + 1) <= shifted) year += 1
  const dayOfYear = shifted - year * 365 - leapDaysBefore(year)
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const number = ((marchMonth + 2) % monthsPerYear) + 1
  return dateOf(year + (number <= 2 ? 1 : 0), number, dayOfYear - firstDayOfMarchMonth(marchMonth) + 1)
}
