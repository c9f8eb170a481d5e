import { assert } from './assert.ts'
import { type BusinessDate, businessDate } from './dates.ts'

/** A moment as an ISO text in UTC with milliseconds and `Z`: when the machine knew something. */
export type Instant = string & { readonly kind: 'instant' }
/** Handed to whatever needs the time; `today` is the business date in Asia/Shanghai. */
export type Clock = { readonly now: () => Instant; readonly today: () => BusinessDate }

// China has kept one time of +08:00 without daylight saving since 1991, and nothing here shows earlier instants.
const shanghaiOffset = 8 * 3600 * 1000

/** The machine's time. */
export const systemClock = (): Clock => ({
  now: () => instantOfMillis(Date.now()),
  today: () => dateOfInstant(instantOfMillis(Date.now())),
})

/** A clock that stands still at this date and Shanghai time (`HH:mm`). */
export const fixedClock = (date: BusinessDate, time = '09:00'): Clock => {
  const at = instantAt(date, time)
  return { now: () => at, today: () => date }
}

/** The real time of day on a business date chosen elsewhere: the clock of a demo installation. */
export const clockOn = (today: () => BusinessDate): Clock => ({
  now: () => {
    const shanghai = new Date(Date.now() + shanghaiOffset).toISOString()
    return instantOfMillis(Date.parse(`${today()}${shanghai.slice(10)}`) - shanghaiOffset)
  },
  today,
})

/**
 * Reads ISO 8601 or PostgreSQL texts with seconds and an offset (`2026-06-15 09:00:00.123+08`); what is finer than a
 * millisecond is cut off. `undefined` for anything else.
 */
export const parseInstant = (text: string): Instant | undefined => {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}(?::?\d{2})?)$/u.exec(
    text,
  )
  if (!match) return undefined
  const [, date, time, fraction = '', zone = 'Z'] = match
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`
  const millis = Date.parse(`${date}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`)
  if (Number.isNaN(millis) || !isRealDate(date)) return undefined
  return instantOfMillis(millis)
}

/** As `parseInstant`, for texts of our own: an unreal instant stops the work. */
export const instant = (text: string): Instant => {
  const parsed = parseInstant(text)
  assert(parsed, `not an instant: ${text}`)
  return parsed
}

/** The moment the clocks in Shanghai show this date and time (`HH:mm` or `HH:mm:ss`). */
export const instantAt = (date: BusinessDate, time: string): Instant =>
  instant(`${date}T${time.length === 5 ? `${time}:00` : time}+08:00`)

/** The business date on which the moment falls in Asia/Shanghai. */
export const dateOfInstant = (at: Instant): BusinessDate =>
  businessDate(new Date(Date.parse(at) + shanghaiOffset).toISOString().slice(0, 10))

/** `YYYY-MM-DD HH:mm:ss` as the clocks in Shanghai show it. */
export const shanghaiTextOf = (at: Instant): string =>
  new Date(Date.parse(at) + shanghaiOffset).toISOString().slice(0, 19).replace('T', ' ')

/** Seconds later, or earlier when negative. */
export const addSeconds = (at: Instant, seconds: number): Instant =>
  instantOfMillis(Date.parse(at) + seconds * 1000)

/** Seconds from the first moment to the second, with fractions; negative when the second lies before. */
export const secondsBetween = (from: Instant, until: Instant): number =>
  (Date.parse(until) - Date.parse(from)) / 1000

const instantOfMillis = (millis: number): Instant => new Date(millis).toISOString() as Instant

const isRealDate = (date = ''): boolean => new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) === date
