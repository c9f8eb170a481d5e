import {
  type BusinessDate,
  type Instant,
  type WorkCalendar,
  type WorkCalendarYear,
  workCalendar,
} from '#base'
import { prepared, type Tx } from '#store/server'
import type { CalendarYear } from './contract.ts'

/** Years as entered, newest last. */
export const listCalendarYears = async (tx: Tx): Promise<CalendarYear[]> =>
  tx
    .selectFrom('calendar_years')
    .select(['year', 'holidays', 'workdays', 'source', 'version'])
    .orderBy('year')
    .modifyEnd(prepared)
    .execute()

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

/** Who enters a year, and when. */
interface Recorded {
  readonly by: string
  readonly at: Instant
}

/** Enters a year that nobody entered yet; undefined when somebody was faster. Gives the version. */
export const insertYear = async (
  tx: Tx,
  year: Omit<CalendarYear, 'version'>,
  { by, at }: Recorded,
): Promise<number | undefined> => {
  const row = await tx
    .insertInto('calendar_years')
    .values({ ...year, recorded_by: by, recorded_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('version')
    .executeTakeFirst()
  return row?.version
}

/** Replaces a year as it was in the named version; undefined when it has changed since. Gives the new version. */
export const replaceYear = async (
  tx: Tx,
  { year, ...days }: CalendarYear,
  { by, at }: Recorded,
): Promise<number | undefined> => {
  const row = await tx
    .updateTable('calendar_years')
    .set({ ...days, version: days.version + 1, recorded_by: by, recorded_at: at })
    .where('year', '=', year)
    .where('version', '=', days.version)
    .returning('version')
    .executeTakeFirst()
  return row?.version
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
