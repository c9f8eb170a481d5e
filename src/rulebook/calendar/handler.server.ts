import { type Endpoint, serve } from '#access/server'
import { type BusinessDate, Refusal, weekdayOf } from '#base'
import type { Tx } from '#store/server'
import { listCalendarYears, saveYear } from './calendar.queries.server.ts'
import { readCalendar, saveCalendarYear } from './contract.ts'

/** What else has to happen when a year is entered, and which years are waited for; wired by the app. */
export interface CalendarListener {
  onYearEntered(tx: Tx, year: number): Promise<void>
  listAwaitedYears(tx: Tx): Promise<number[]>
}

const checkYear = (year: number, holidays: readonly string[], workdays: readonly string[]): void => {
  const nearby = [String(year), String(year - 1), String(year + 1)]
  for (const day of [...holidays, ...workdays]) {
    if (!nearby.includes(day.slice(0, 4))) throw new Refusal('rulebook.day-of-another-year', { day, year })
  }
  for (const day of workdays) {
    if (holidays.includes(day)) throw new Refusal('rulebook.day-twice', { day })
    if (weekdayOf(day as BusinessDate) <= 5) throw new Refusal('rulebook.no-make-up-day', { day })
  }
}

/** The calendar's routes. */
export const calendarEndpoints = (listener: CalendarListener): Endpoint[] => [
  serve(readCalendar, async ({ tx }) => ({
    years: await listCalendarYears(tx),
    awaited: await listener.listAwaitedYears(tx),
  })),
  serve(saveCalendarYear, async ({ tx, actor, params, body }) => {
    checkYear(params.year, body.holidays, body.workdays)
    const days = { holidays: body.holidays.toSorted(), workdays: body.workdays.toSorted() }
    await saveYear(tx, { year: params.year, ...days, source: body.source }, actor.accountId)
    await listener.onYearEntered(tx, params.year)
    return { saved: true }
  }),
]
