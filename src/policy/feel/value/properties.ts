import { weekdayOf } from './calendar.ts'
import {
  type FeelDateTime,
  type FeelDaysDuration,
  type FeelMonthsDuration,
  type FeelTime,
  type FeelValue,
  number,
} from './value.ts'
import { nanosPerSecond, offsetOf, offsetOfTime } from './zone.ts'

type Kinded = Extract<FeelValue, { readonly kind: string }>

const seconds = (offset: number | null): FeelValue =>
  offset === null ? null : { kind: 'days and time duration', nanos: BigInt(offset) * nanosPerSecond }

const withNanos = (second: number, nano: number): FeelValue =>
  number(nano).dividedBy(1_000_000_000).plus(second)

const ofTime = (time: FeelTime, name: string): FeelValue | undefined => {
  if (name === 'hour') return number(time.hour)
  if (name === 'minute') return number(time.minute)
  if (name === 'second') return withNanos(time.second, time.nano)
  if (name === 'timezone') return time.zone
  return name === 'time offset' ? seconds(offsetOfTime(time)) : undefined
}

const ofDateTime = (at: FeelDateTime, name: string): FeelValue | undefined => {
  if (name === 'time offset') return seconds(offsetOf(at))
  return ofTime(at.time, name) ?? propertyOf(at.date, name)
}

// The parts lie in [0..23] and [0..59] whatever the sign of the whole (table 66).
const ofDays = (duration: FeelDaysDuration, name: string): FeelValue | undefined => {
  const nanos = duration.nanos < 0n ? -duration.nanos : duration.nanos
  const whole = nanos / nanosPerSecond
  if (name === 'days') return number((whole / 86_400n).toString())
  if (name === 'hours') return number(((whole / 3600n) % 24n).toString())
  if (name === 'minutes') return number(((whole / 60n) % 60n).toString())
  return name === 'seconds' ? withNanos(Number(whole % 60n), Number(nanos % nanosPerSecond)) : undefined
}

const ofMonths = ({ months }: FeelMonthsDuration, name: string): FeelValue | undefined => {
  if (name === 'years') return number(Math.trunc(months / 12))
  return name === 'months' ? number(months % 12) : undefined
}

/** A property of a temporal value or range (DMN 1.5, tables 65 to 67); undefined where the kind has none of that name. */
export const propertyOf = (value: Kinded, name: string): FeelValue | undefined => {
  switch (value.kind) {
    case 'date':
      if (name === 'weekday') return number(weekdayOf(value))
      return name === 'year' || name === 'month' || name === 'day' ? number(value[name]) : undefined
    case 'time':
      return ofTime(value, name)
    case 'date and time':
      return ofDateTime(value, name)
    case 'days and time duration':
      return ofDays(value, name)
    case 'years and months duration':
      return ofMonths(value, name)
    case 'range':
      if (name === 'start') return value.low
      if (name === 'end') return value.high
      if (name === 'start included') return value.lowIncluded
      return name === 'end included' ? value.highIncluded : undefined
    default:
      return undefined
  }
}
