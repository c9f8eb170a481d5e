import { dateOf, dateOfDay, dayNumber, farthestYear } from './calendar.ts'
import type { FeelDate, FeelDateTime, FeelDuration, FeelTemporal, FeelTime } from './value.ts'
import { isZone, nanosPerSecond } from './zone.ts'

/** Reads `YYYY-MM-DD`, with a minus or up to nine digits for far years; null for anything else. */
export const parseDate = (text: string): FeelDate | null => {
  const match = /^(-?(?:\d{4}|[1-9]\d{4,8}))-(\d{2})-(\d{2})$/u.exec(text)
  return match ? dateOf(Number(match[1]), Number(match[2]), Number(match[3])) : null
}

/** A time of day, or null where the clock does not show it. Offsets end at fourteen hours, as in XML Schema. */
export const timeOf = (time: Omit<FeelTime, 'kind'>): FeelTime | null => {
  const { hour, minute, second, nano, offset } = time
  const inside = (value: number, below: number): boolean =>
    Number.isInteger(value) && value >= 0 && value < below
  const real =
    inside(hour, 24) &&
    inside(minute, 60) &&
    inside(second, 60) &&
    inside(nano, 1_000_000_000) &&
    (offset === null || Math.abs(offset) <= 14 * 3600)
  return real ? { kind: 'time', ...time } : null
}

const timePattern =
  /^(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:([Zz])|([+-])(\d{2}):(\d{2})(?::(\d{2}))?|@(.+))?$/u

/** Reads `hh:mm:ss`, with a fraction, and `Z`, an offset or `@` and a zone; null for anything else. */
export const parseTime = (text: string): FeelTime | null => {
  const match = timePattern.exec(text)
  if (!match) return null
  const [, hour, minute, second, fraction = '', zulu, sign, hours, minutes, seconds = '0', zone] = match
  if (zone !== undefined && !isZone(zone)) return null
  if (Number(minutes ?? 0) > 59 || Number(seconds) > 59) return null
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  const offset = zulu ? 0 : sign === undefined ? null : sign === '-' ? 0 - size : size
  const endOfDay = hour === '24' && /^24:00:00(?:\.0+)?(?!\d|\.)/u.test(text)
  return timeOf({
    hour: endOfDay ? 0 : Number(hour),
    minute: Number(minute),
    second: Number(second),
    nano: Number(fraction.padEnd(9, '0').slice(0, 9)),
    offset,
    zone: zone ?? null,
  })
}

/** Reads a date, `T` and a time. The end of a day, `24:00:00`, is the next day's midnight. */
export const parseDateTime = (text: string): FeelDateTime | null => {
  const at = text.indexOf('T')
  if (at < 0) return null
  const day = parseDate(text.slice(0, at))
  const time = parseTime(text.slice(at + 1))
  const date = day && text.startsWith('24', at + 1) ? dateOfDay(dayNumber(day) + 1) : day
  return date && time && { kind: 'date and time', date, time }
}

/** Reads a duration of days and time, or of years and months, as XML Schema writes them. */
export const parseDuration = (text: string): FeelDuration | null => {
  const months = /^(-)?P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?$/u.exec(text)
  if (months) {
    const size = Number(months[2] ?? 0) * 12 + Number(months[3] ?? 0)
    return monthsDuration(months[1] ? -size : size)
  }
  const days = /^(-)?P(?=\d|T\d)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d*))?S)?)?$/u.exec(
    text,
  )
  if (!days) return null
  const [, minus, day = '0', hour = '0', minute = '0', second = '0', fraction = ''] = days
  const seconds = ((BigInt(day) * 24n + BigInt(hour)) * 60n + BigInt(minute)) * 60n + BigInt(second)
  const nanos = seconds * nanosPerSecond + BigInt(fraction.padEnd(9, '0').slice(0, 9))
  return { kind: 'days and time duration', nanos: minus ? -nanos : nanos }
}

/** Null beyond what FEEL's years could hold. */
export const monthsDuration = (months: number): FeelDuration | null =>
  Number.isSafeInteger(months) && Math.abs(months) <= 24 * farthestYear
    ? { kind: 'years and months duration', months: months + 0 }
    : null

/** Reads what may stand in `@"…"`. */
export const parseTemporal = (text: string): FeelTemporal | FeelDuration | null =>
  parseDate(text) ?? parseDateTime(text) ?? parseTime(text) ?? parseDuration(text)
