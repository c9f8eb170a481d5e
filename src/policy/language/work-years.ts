import type { WorkCalendar } from '#base'

// Years nearer to the published ones than this are missed by their number; a statement has a bit for each.
const yearsAround = 3

/** The name of what is missing where a year further away has no calendar. */
export const otherYearsName = 'calendar'

/** The years around the published ones that have no calendar. */
export const openYearsOf = ({ years }: WorkCalendar): readonly number[] => {
  const published = years.map(({ year }) => year)
  if (published.length === 0) return []
  const [first, last] = [Math.min(...published) - yearsAround, Math.max(...published) + yearsAround]
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
    (year) => !published.includes(year),
  )
}

/** Under which name a year's calendar is missed: `calendar 2027`. */
export const missingYearName = (year: number, calendar: WorkCalendar): string =>
  openYearsOf(calendar).includes(year) ? `calendar ${year}` : otherYearsName

/** All names under which years of a calendar may be missed. */
export const missingYearNames = (calendar: WorkCalendar): readonly string[] => [
  ...openYearsOf(calendar).map((year) => missingYearName(year, calendar)),
  otherYearsName,
]

/** The year such a name asks for; null for a year far from the published ones, undefined for any other name. */
export const yearMissed = (missing: string): number | null | undefined => {
  if (missing === otherYearsName) return null
  const year = /^calendar (\d{4})$/u.exec(missing)?.[1]
  return year === undefined ? undefined : Number(year)
}
