import { dateOfDay, dayNumber } from './calendar.ts'
import type { FeelDate, FeelDateTime, FeelTime } from './value.ts'

export const nanosPerSecond = 1_000_000_000n
export const nanosPerDay = 86_400n * nanosPerSecond

// A formatter is costly to make and has no state that could differ between two uses of the same zone.
const formatters = new Map<string, Intl.DateTimeFormat | null>()

const formatterOf = (zone: string): Intl.DateTimeFormat | null => {
  const known = formatters.get(zone)
  if (known !== undefined) return known
  const made = makeFormatter(zone)
  formatters.set(zone, made)
  return made
}

const makeFormatter = (zone: string): Intl.DateTimeFormat | null => {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/u.test(zone)) return null
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    // The only thing Intl throws here is that it does not know the zone.
    return null
  }
}

/** Is this an IANA name the machine's time zone data knows? */
export const isZone = (zone: string): boolean => formatterOf(zone) !== null

/** Seconds since midnight, whole. */
export const secondsOfDay = ({ hour, minute, second }: FeelTime): number => hour * 3600 + minute * 60 + second

// Time zone data ends where JavaScript's dates end; beyond it the nearest year's rule stands.
const clampDays = (days: number): number => Math.max(-99_000_000, Math.min(99_000_000, days))

/** Seconds east of UTC at a moment, given in seconds since 1970 in UTC. */
const offsetAt = (zone: string, seconds: number): number => {
  const formatter = formatterOf(zone)
  if (!formatter) return 0
  const parts = new Map(formatter.formatToParts(seconds * 1000).map(({ type, value }) => [type, value]))
  const part = (name: Intl.DateTimeFormatPartTypes): number => Number(parts.get(name))
  const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year')
  const local =
    dayNumber({ kind: 'date', year, month: part('month'), day: part('day') }) * 86_400 +
    part('hour') * 3600 +
    part('minute') * 60 +
    part('second')
  return local - seconds
}

/** The offset in seconds a date and time has: its own, or its zone's on that day; null for a local time. */
export const offsetOf = ({ date, time }: FeelDateTime): number | null => {
  if (time.offset !== null) return time.offset
  if (time.zone === null) return null
  const local = clampDays(dayNumber(date)) * 86_400 + secondsOfDay(time)
  return offsetOfLocal(time.zone, local)
}

// Where clocks go back an hour comes twice and the first is meant; where they go forward an hour is missing, and is read by the clock before.
const offsetOfLocal = (zone: string, local: number): number => {
  const before = offsetAt(zone, local - 86_400)
  const after = offsetAt(zone, local + 86_400)
  const isAfter = before !== after && offsetAt(zone, local - before) !== before
  return isAfter && offsetAt(zone, local - after) === after ? after : before
}

// A time of day with a zone but without a date has no offset of its own. We take the zone's offset on 1 January 1970,
// so that the same expression has the same value on any day.
const epoch: FeelDate = { kind: 'date', year: 1970, month: 1, day: 1 }

/** As `offsetOf` for a time of day. */
export const offsetOfTime = (time: FeelTime): number | null =>
  offsetOf({ kind: 'date and time', date: epoch, time })

export const nanosOfDay = (time: FeelTime): bigint =>
  BigInt(secondsOfDay(time)) * nanosPerSecond + BigInt(time.nano)

/** Nanoseconds since 1970 on the local clock, without regard to offset or zone. */
export const localNanos = ({ date, time }: FeelDateTime): bigint =>
  BigInt(dayNumber(date)) * nanosPerDay + nanosOfDay(time)

/** Nanoseconds since 1970 in UTC; a local time is read with the offset given. */
export const instantNanos = (at: FeelDateTime, localOffset: number): bigint =>
  localNanos(at) - BigInt(offsetOf(at) ?? localOffset) * nanosPerSecond

const floorDivide = (value: bigint, by: bigint): bigint => {
  const quotient = value / by
  return value % by < 0n ? quotient - 1n : quotient
}

/** The time of day so many nanoseconds after midnight, wrapped around the clock. */
export const timeOfNanos = (nanos: bigint, offset: number | null, zone: string | null): FeelTime => {
  const within = nanos - floorDivide(nanos, nanosPerDay) * nanosPerDay
  const seconds = Number(within / nanosPerSecond)
  return {
    kind: 'time',
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    nano: Number(within % nanosPerSecond),
    offset,
    zone,
  }
}

/** The date on which so many local nanoseconds since 1970 fall. */
export const dateOfNanos = (nanos: bigint): FeelDate | null =>
  dateOfDay(Number(floorDivide(nanos, nanosPerDay)))

/** A date and time from local nanoseconds since 1970; null beyond FEEL's years. */
export const dateTimeOfNanos = (
  nanos: bigint,
  offset: number | null,
  zone: string | null,
): FeelDateTime | null => {
  const date = dateOfNanos(nanos)
  return date && { kind: 'date and time', date, time: timeOfNanos(nanos, offset, zone) }
}

/** Moves a date and time along the time line. In a zone this can change the offset, as clocks there do. */
export const addNanos = (at: FeelDateTime, nanos: bigint): FeelDateTime | null => {
  const { offset, zone } = at.time
  if (zone === null) return dateTimeOfNanos(localNanos(at) + nanos, offset, null)
  const instant = instantNanos(at, 0) + nanos
  const seconds = Number(floorDivide(instant, nanosPerSecond))
  const limit = 99_000_000 * 86_400
  const then = offsetAt(zone, Math.max(-limit, Math.min(limit, seconds)))
  return dateTimeOfNanos(instant + BigInt(then) * nanosPerSecond, null, zone)
}

/** Midnight in UTC: what a date is where a date and time is needed (DMN 1.5, 10.3.2.3.5). */
export const midnight = (date: FeelDate): FeelDateTime => ({
  kind: 'date and time',
  date,
  time: { kind: 'time', hour: 0, minute: 0, second: 0, nano: 0, offset: 0, zone: null },
})
