import { useQuery } from '@tanstack/react-query'
import type { ReplyOf } from '#access'
import { type BusinessDate, parseDate } from '#base'
import { apiFetch, useWrite } from '#ui/web'
import { readCalendar, saveCalendarYear } from './contract.ts'

type CalendarReply = ReplyOf<typeof readCalendar>

const parse = (value: unknown): CalendarReply => {
  const { reply } = readCalendar
  return reply === 'file' ? { years: [], awaited: [] } : reply.parse(value)
}

/** All years that were entered, and the years that due dates wait for. */
export const useCalendar = (enabled = true) =>
  useQuery({
    queryKey: [readCalendar.path],
    enabled,
    staleTime: 600_000,
    queryFn: async ({ signal }) =>
      (await apiFetch<CalendarReply>(readCalendar.path, { signal, reply: { parse } })).value,
  })

export interface YearInput {
  readonly year: number
  readonly holidays: readonly BusinessDate[]
  readonly workdays: readonly BusinessDate[]
  readonly source: string
}

/** Enters a year. Due dates everywhere may change by it, so everything on screen is read again. */
export const useSaveYear = (onDone: (year: number) => void) =>
  useWrite({
    write: ({ year, ...body }: YearInput, { idempotencyKey }) =>
      apiFetch(saveCalendarYear.path.replace(':year', String(year)), {
        method: saveCalendarYear.method,
        body,
        idempotencyKey,
      }),
    invalidates: [[]],
    onDone: (_, { year }) => onDone(year),
  })

/** The real dates among texts of a reply. */
export const datesFrom = (texts: readonly string[]): readonly BusinessDate[] =>
  texts.flatMap((text) => parseDate(text) ?? [])
