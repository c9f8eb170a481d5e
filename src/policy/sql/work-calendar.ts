import { addDays, type BusinessDate, businessDate, daysBetween, isWorkday, type WorkCalendar } from '#base'
import type { WorkdayRun, WorkdayTables } from '../language/operators/operator.ts'
import { missingYearName, openYearsOf, otherYearsName } from '../language/work-years.ts'

/** The calendar for one statement: what expressions read, and the table they read it from. */
export interface WorkCalendarSql {
  readonly tables: WorkdayTables
  /** The common table expression, one row; both engines read its lists once. */
  readonly table: string
}

const tableName = '"work_calendar"'

export const workCalendarSql = (calendar: WorkCalendar): WorkCalendarSql => {
  const counted = runsOf(calendar).map((run) => countedIn(run, calendar))
  const columns = counted.flatMap(({ ranks, days }, index) => [
    `${listSql(ranks)} AS "ranks${index}"`,
    `${listSql(days)} AS "days${index}"`,
  ])
  const runs = counted.map(({ first, last, days }, index): WorkdayRun => {
    const eve = addDays(first, -1)
    const nameIn = (day: BusinessDate): string => missingYearName(yearOf(day), calendar)
    return {
      eve: dateSql(eve),
      first: dateSql(first),
      until: dateSql(last),
      ranks: `(SELECT "ranks${index}" FROM ${tableName})`,
      days: `(SELECT "days${index}" FROM ${tableName})`,
      workdays: days.length,
      nameBefore: nameIn(eve),
      nameAfter: nameIn(addDays(last, 1)),
    }
  })
  const openYears = openYearsOf(calendar).map((year) => ({ year, name: missingYearName(year, calendar) }))
  return {
    tables: { runs, openYears, otherName: otherYearsName },
    table: `${tableName} AS MATERIALIZED (SELECT ${columns.join(', ') || '0 AS "none"'})`,
  }
}

interface Run {
  readonly first: BusinessDate
  readonly last: BusinessDate
}

const yearOf = (day: BusinessDate): number => Number(day.slice(0, 4))

/** Years that follow on each other belong together. */
const runsOf = ({ years }: WorkCalendar): readonly Run[] => {
  const runs: Run[] = []
  for (const year of years.map((one) => one.year).toSorted((a, b) => a - b)) {
    const [first, last] = [businessDate(`${year}-01-01`), businessDate(`${year}-12-31`)]
    const before = runs.at(-1)
    if (before && yearOf(before.last) === year - 1) runs.splice(-1, 1, { ...before, last })
    else runs.push({ first, last })
  }
  return runs
}

interface Counted extends Run {
  readonly ranks: readonly number[]
  readonly days: readonly number[]
}

const countedIn = (run: Run, calendar: WorkCalendar): Counted => {
  const [ranks, days] = [[0], [] as number[]]
  const eve = addDays(run.first, -1)
  for (let day = 1; day <= daysBetween(eve, run.last); day += 1) {
    if (isWorkday(addDays(eve, day), calendar)) days.push(day)
    ranks.push(days.length)
  }
  return { ...run, ranks, days }
}

const listSql = (numbers: readonly number[]): string => `ARRAY[${numbers.join(',')}]`

const dateSql = (date: BusinessDate): string => `DATE '${date}'`
