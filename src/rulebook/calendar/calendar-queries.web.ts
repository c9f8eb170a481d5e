import { useQuery } from '@tanstack/react-query'
import { callRoute } from '#access/web'
import { type BusinessDate, parseDate } from '#base'
import { useWrite } from '#ui/web'
import { readCalendar, saveCalendarYear } from './contract.ts'

/** All years that were entered, and the years that due dates wait for. */
export const useCalendar = (enabled = true) =>
  useQuery({
    queryKey: [readCalendar.path],
    enabled,
    staleTime: 600_000,
    queryFn: ({ signal }) => callRoute(readCalendar, { signal }),
  })

export interface YearInput {
  readonly year: number
  readonly holidays: readonly BusinessDate[]
  readonly workdays: readonly BusinessDate[]
  readonly source: string
  /** The version the edit was made on; 0 for a year that was not entered. */
  readonly version: number
}

/** Enters a year. Due dates everywhere may change by it, so everything on screen is read again. */
export const useSaveYear = (onDone: (year: number) => void) =>
  useWrite({
    write: ({ year, version, ...body }: YearInput, { idempotencyKey }) =>
      callRoute(saveCalendarYear, { params: { year: String(year) }, body, version, idempotencyKey }),
    invalidates: [[]],
    onDone: (_, { year }) => onDone(year),
  })

/** The real dates among texts of a reply. */
export const datesFrom = (texts: readonly string[]): readonly BusinessDate[] =>
  texts.flatMap((text) => parseDate(text) ?? [])
