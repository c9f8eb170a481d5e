import { parse } from 'yaml'
import { z } from 'zod'
import { assert } from './assert.ts'
import { addDays, addMonths, type BusinessDate, parseDate, weekdayOf } from './dates.ts'

/** The days of one year's notice that differ from the week: statutory holidays, and weekend days that are worked. */
export type WorkCalendarYear = {
  readonly year: number
  readonly holidays: readonly BusinessDate[]
  readonly workdays: readonly BusinessDate[]
}

/** The published years. A day of any other year is not known to be a working day or not. */
export type WorkCalendar = { readonly years: readonly WorkCalendarYear[] }

/** The answer needs the calendar of `year`, which nobody has entered: shown as waiting, sorted as due soonest. */
export type AwaitingCalendar = { readonly awaitingCalendar: true; readonly year: number }

/** A day that can be named, or the year whose calendar is still needed to name it. */
export type Due = { readonly date: BusinessDate; readonly awaitingCalendar?: undefined } | AwaitingCalendar

/** Where a deadline goes that falls on a rest day: the working day after it, the one before it, or nowhere. */
export type Roll = 'next' | 'previous' | 'none'

/** Whether people work that day, make-up days counted; `undefined` where the calendar does not reach. */
export const isWorkday = (date: BusinessDate, calendar: WorkCalendar): boolean | undefined => {
  const year = Number(date.slice(0, 4))
  if (!calendar.years.some((y) => y.year === year)) return undefined
  // A notice may name days of the December before, so every year is asked and not only the day's own.
  if (calendar.years.some((y) => y.workdays.includes(date))) return true
  return weekdayOf(date) <= 5 && !calendar.years.some((y) => y.holidays.includes(date))
}

/** The n-th working day after `from`; `from` itself is not counted (Civil Code art. 201). n = 0 gives `from`. */
export const addWorkdays = (from: BusinessDate, n: number, calendar: WorkCalendar): Due => {
  assert(Number.isSafeInteger(n) && n >= 0, `not a number of working days: ${n}`)
  let date = from
  for (let counted = 0; counted < n; ) {
    date = addDays(date, 1)
    const works = isWorkday(date, calendar)
    if (works === undefined) return awaiting(date)
    if (works) counted += 1
  }
  return { date }
}

/** Working days after `from` up to and including `until`; negative when `until` lies before `from`. */
export const workdaysBetween = (
  from: BusinessDate,
  until: BusinessDate,
  calendar: WorkCalendar,
): number | AwaitingCalendar => {
  const forward = from <= until
  const last = forward ? until : from
  let counted = 0
  for (let date = forward ? from : until; date < last; ) {
    date = addDays(date, 1)
    const works = isWorkday(date, calendar)
    if (works === undefined) return awaiting(date)
    if (works) counted += 1
  }
  return forward || counted === 0 ? counted : -counted
}

/** The day itself when it is worked, otherwise the neighbour that `roll` names. */
export const rollToWorkday = (date: BusinessDate, roll: Roll, calendar: WorkCalendar): Due => {
  if (roll === 'none') return { date }
  for (let day = date; ; day = addDays(day, roll === 'next' ? 1 : -1)) {
    const works = isWorkday(day, calendar)
    if (works === undefined) return awaiting(day)
    if (works) return { date: day }
  }
}

/**
 * The end of a period in months. Whether a rest day moves it (Civil Code art. 203) is not settled for reviews by the
 * administration, so the caller names the roll, a parameter of its pack.
 */
export const monthDeadline = (from: BusinessDate, months: number, roll: Roll, calendar: WorkCalendar): Due =>
  rollToWorkday(addMonths(from, months), roll, calendar)

/** Reads the YAML texts of the calendar files, one year each; a year given twice or a wrong day stops the work. */
export const workCalendar = (texts: readonly string[]): WorkCalendar => {
  const years = texts.map((text): WorkCalendarYear => {
    const file = fileShape.parse(parse(text))
    return {
      year: file.year,
      holidays: file.festivals.flatMap((f) => f.holidays),
      workdays: file.festivals.flatMap((f) => f.workdays),
    }
  })
  assert(new Set(years.map((y) => y.year)).size === years.length, 'a calendar year is given twice')
  const holidays = new Set(years.flatMap((y) => y.holidays))
  for (const day of years.flatMap((y) => y.workdays)) {
    assert(!holidays.has(day), `${day} is both holiday and working day`)
    assert(weekdayOf(day) > 5, `${day} is worked anyway and no make-up day`)
  }
  return { years: years.toSorted((a, b) => a.year - b.year) }
}

const dateShape = z.string().transform((text, context) => {
  const date = parseDate(text)
  if (date) return date
  context.addIssue({ code: 'custom', message: `not a date: ${text}` })
  return z.NEVER
})

const fileShape = z.strictObject({
  year: z.int().min(1949).max(9999),
  notice: z.string().optional(),
  issuedOn: dateShape.optional(),
  source: z.string(),
  checkedOn: dateShape.optional(),
  festivals: z.array(
    z.strictObject({ name: z.string(), holidays: z.array(dateShape), workdays: z.array(dateShape) }),
  ),
})

const awaiting = (date: BusinessDate): AwaitingCalendar => ({
  awaitingCalendar: true,
  year: Number(date.slice(0, 4)),
})
