import { type Endpoint, serve } from '#access/server'
import { type BusinessDate, Refusal } from '#base'
import { recordEvent, type Tx } from '#store/server'
import { insertYear, listCalendarYears, replaceYear } from './calendar.queries.server.ts'
import { readCalendar, saveCalendarYear } from './contract.ts'
import { faultsOfYear } from './day-lists.ts'

/** What else has to happen when a year is entered, and which years are waited for; wired by the app. */
export interface CalendarListener {
  onYearEntered(tx: Tx, year: number): Promise<void>
  listAwaitedYears(tx: Tx): Promise<number[]>
}

const refusalOf = {
  empty: 'rulebook.no-holidays',
  otherYear: 'rulebook.day-of-another-year',
  twice: 'rulebook.day-twice',
  noWeekend: 'rulebook.no-make-up-day',
} as const

const checkYear = (
  year: number,
  holidays: readonly BusinessDate[],
  workdays: readonly BusinessDate[],
): void => {
  const [fault] = faultsOfYear(year, holidays, workdays)
  if (fault) throw new Refusal(refusalOf[fault.kind], { day: fault.day ?? '', year })
}

const inOrder = (days: readonly BusinessDate[]): BusinessDate[] => [...new Set(days)].toSorted()

/** The calendar's routes. */
export const calendarEndpoints = (listener: CalendarListener): Endpoint[] => [
  serve(readCalendar, async ({ tx }) => ({
    years: await listCalendarYears(tx),
    awaited: await listener.listAwaitedYears(tx),
  })),
  serve(saveCalendarYear, async ({ tx, actor, clock, params, body, version: seen }) => {
    const [holidays, workdays] = [body.holidays, body.workdays] as [BusinessDate[], BusinessDate[]]
    checkYear(params.year, holidays, workdays)
    const days = { holidays: inOrder(holidays), workdays: inOrder(workdays) }
    const year = { year: params.year, ...days, source: body.source }
    const recorded = { by: actor.accountId, at: clock.now() }
    const version = await (seen === 0
      ? insertYear(tx, year, recorded)
      : replaceYear(tx, { ...year, version: seen }, recorded))
    if (version === undefined) throw new Refusal('access.changed-meanwhile')
    await listener.onYearEntered(tx, params.year)
    // The packs in force count by the years that were entered.
    await recordEvent(tx, clock, {
      kind: 'rulebook.year-entered',
      regionCode: actor.organisation.regionCode,
      actorId: actor.accountId,
      data: { year: params.year },
    })
    return { saved: true, version }
  }),
]
