import { z } from 'zod'
import { defineRoute } from '#access'
import { parseDate } from '#base'

const date = z.string().refine((text) => parseDate(text) !== undefined, { message: 'YYYY-MM-DD' })

const yearShape = z.object({
  year: z.number().int(),
  holidays: z.array(z.string()),
  workdays: z.array(z.string()),
  source: z.string(),
  /** The version an edit is made on. */
  version: z.number().int(),
})

export type CalendarYear = z.infer<typeof yearShape>

/** The working-day calendar: every published year that was entered. */
export const readCalendar = defineRoute({
  method: 'GET',
  path: '/api/v1/rulebook/calendar',
  permission: 'calendar.read',
  summary: { zh: '工作日历', en: 'Working-day calendar' },
  reply: z.object({
    years: z.array(yearShape),
    /** Years that due dates are waiting for. */
    awaited: z.array(z.number().int()),
  }),
})

/**
 * Enters or replaces one year; due dates that waited for it are computed. `If-Match` names the version that was looked at,
 * `"v0"` for a year that was not entered: who comes second gets 412 and nothing is saved.
 */
export const saveCalendarYear = defineRoute({
  method: 'PUT',
  path: '/api/v1/rulebook/calendar/:year',
  permission: 'calendar.edit',
  summary: { zh: '录入一年的工作日历', en: 'Enter the calendar of a year' },
  params: z.object({ year: z.coerce.number().int().min(2000).max(2200) }),
  body: z.strictObject({
    holidays: z.array(date).max(200),
    workdays: z.array(date).max(100),
    source: z.string().trim().min(2).max(200),
  }),
  versioned: true,
  reply: z.object({ saved: z.boolean(), version: z.number().int() }),
})
