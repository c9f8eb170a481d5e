import { type BusinessDate, type WorkCalendar, type WorkCalendarYear, workCalendar } from '#base'
import type { Tx } from '#store/server'
import type { CalendarYear } from './contract.ts'

/** Years as entered, newest last. */
export const listCalendarYears = async (tx: Tx): Promise<CalendarYear[]> =>
  tx.selectFrom('calendar_years').select(['year', 'holidays', 'workdays', 'source']).orderBy('year').execute()

/** The working-day calendar in force. */
export const findCalendar = async (tx: Tx): Promise<WorkCalendar> => {
  const years = await listCalendarYears(tx)
  return {
    years: years.map(({ year, holidays, workdays }) => ({
      year,
      holidays: holidays as BusinessDate[],
      workdays: workdays as BusinessDate[],
    })),
  }
}

/** Enters or replaces a year. */
export const saveYear = async (tx: Tx, year: CalendarYear, recordedBy: string | null): Promise<void> => {
  const values = { ...year, recorded_by: recordedBy }
  await tx
    .insertInto('calendar_years')
    .values(values)
    .onConflict((conflict) =>
      conflict.column('year').doUpdateSet({
        holidays: year.holidays,
        workdays: year.workdays,
        source: year.source,
        recorded_by: recordedBy,
      }),
    )
    .execute()
}

/** Enters the shipped years that nobody entered yet; a year entered in the console is left alone. */
export const saveShippedYears = async (tx: Tx, texts: readonly string[]): Promise<void> => {
  for (const { year, holidays, workdays } of workCalendar(texts).years as readonly WorkCalendarYear[]) {
    await tx
      .insertInto('calendar_years')
      .values({ year, holidays: [...holidays], workdays: [...workdays], source: 'calendars/' })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}
