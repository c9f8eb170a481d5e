import type { Decimal } from 'decimal.js'
import { addMonths } from './calendar.ts'
import { monthsDuration } from './temporal.ts'
import {
  type FeelDate,
  type FeelDateTime,
  type FeelDaysDuration,
  type FeelMonthsDuration,
  FeelNumber,
  type FeelTime,
  type FeelValue,
  isNumber,
  kindOf,
  number,
} from './value.ts'
import {
  addNanos,
  dateOfNanos,
  instantNanos,
  localNanos,
  midnight,
  nanosOfDay,
  nanosPerSecond,
  offsetOf,
  offsetOfTime,
  timeOfNanos,
} from './zone.ts'

/** A number FEEL can hold; null for infinities and what is not a number. */
export const finite = (value: Decimal): FeelNumber | null => (value.isFinite() ? value : null)

const days = (nanos: bigint): FeelDaysDuration => ({ kind: 'days and time duration', nanos })

type Moment = FeelDate | FeelDateTime
const dateTime = (value: Moment): FeelDateTime => (value.kind === 'date' ? midnight(value) : value)

const subtractMoments = (left: Moment, right: Moment): FeelValue => {
  const [a, b] = [dateTime(left), dateTime(right)]
  if ((offsetOf(a) === null) !== (offsetOf(b) === null)) return null
  return days(instantNanos(a, 0) - instantNanos(b, 0))
}

const subtractTimes = (left: FeelTime, right: FeelTime): FeelValue => {
  const [a, b] = [offsetOfTime(left), offsetOfTime(right)]
  if ((a === null) !== (b === null)) return null
  return days(nanosOfDay(left) - nanosOfDay(right) - BigInt((a ?? 0) - (b ?? 0)) * nanosPerSecond)
}

const shift = (
  value: Moment | FeelTime,
  by: FeelDaysDuration | FeelMonthsDuration,
  way: 1 | -1,
): FeelValue => {
  if (by.kind === 'years and months duration') {
    if (value.kind === 'time') return null
    const date = addMonths(value.kind === 'date' ? value : value.date, way * by.months)
    return value.kind === 'date' || date === null ? date : { ...value, date }
  }
  const nanos = way === 1 ? by.nanos : -by.nanos
  if (value.kind === 'time') return timeOfNanos(nanosOfDay(value) + nanos, value.offset, value.zone)
  if (value.kind === 'date') return dateOfNanos(localNanos(midnight(value)) + nanos)
  return addNanos(value, nanos)
}

const isMoment = (value: FeelValue): value is Moment => ['date', 'date and time'].includes(kindOf(value))
const isTime = (value: FeelValue): value is FeelTime => kindOf(value) === 'time'
const isDays = (value: FeelValue): value is FeelDaysDuration => kindOf(value) === 'days and time duration'
const isMonths = (value: FeelValue): value is FeelMonthsDuration =>
  kindOf(value) === 'years and months duration'

const addDurations = (left: FeelValue, right: FeelValue, way: 1 | -1): FeelValue => {
  if (isDays(left) && isDays(right)) return days(left.nanos + (way === 1 ? right.nanos : -right.nanos))
  if (isMonths(left) && isMonths(right)) return monthsDuration(left.months + way * right.months)
  return null
}

/** `+` of numbers, strings, durations, and of a moment or time with a duration on either side; else null. */
export const add = (left: FeelValue, right: FeelValue): FeelValue => {
  if (isNumber(left) && isNumber(right)) return finite(left.plus(right))
  if (typeof left === 'string' && typeof right === 'string') return left + right
  if ((isMoment(left) || isTime(left)) && (isDays(right) || isMonths(right))) return shift(left, right, 1)
  if ((isDays(left) || isMonths(left)) && (isMoment(right) || isTime(right))) return shift(right, left, 1)
  return addDurations(left, right, 1)
}

/** `-` of numbers, durations, two moments or times, and of a duration from a moment or time; else null. */
export const subtract = (left: FeelValue, right: FeelValue): FeelValue => {
  if (isNumber(left) && isNumber(right)) return finite(left.minus(right))
  if (isMoment(left) && isMoment(right)) return subtractMoments(left, right)
  if (isTime(left) && isTime(right)) return subtractTimes(left, right)
  if ((isMoment(left) || isTime(left)) && (isDays(right) || isMonths(right))) return shift(left, right, -1)
  return addDurations(left, right, -1)
}

// What is smaller than a nanosecond or a month is cut off.
const daysOf = (nanos: Decimal): FeelValue =>
  nanos.isFinite() ? days(BigInt(nanos.trunc().toString())) : null
const monthsOf = (months: Decimal): FeelValue =>
  months.isFinite() ? monthsDuration(months.trunc().toNumber()) : null

// Nanoseconds of long durations have more than 34 digits when multiplied, so they get room of their own.
const Wide = FeelNumber.clone({ precision: 80 })
const nanosOf = ({ nanos }: FeelDaysDuration): Decimal => new Wide(nanos.toString())

/** `*` of numbers, and of a duration with a number; else null. */
export const multiply = (left: FeelValue, right: FeelValue): FeelValue => {
  if (isNumber(left) && isNumber(right)) return finite(left.times(right))
  if (isNumber(left) && (isDays(right) || isMonths(right))) return multiply(right, left)
  if (isDays(left) && isNumber(right)) return daysOf(nanosOf(left).times(right))
  if (isMonths(left) && isNumber(right)) return monthsOf(number(left.months).times(right))
  return null
}

/** `/` of numbers, of a duration by a number, and of two durations of one kind; null for a zero below. */
export const divide = (left: FeelValue, right: FeelValue): FeelValue => {
  if (isNumber(right)) {
    if (right.isZero()) return null
    if (isNumber(left)) return finite(left.dividedBy(right))
    if (isDays(left)) return daysOf(nanosOf(left).dividedBy(right))
    return isMonths(left) ? monthsOf(number(left.months).dividedBy(right)) : null
  }
  if (isDays(left) && isDays(right))
    return right.nanos === 0n ? null : finite(number(left.nanos.toString()).dividedBy(right.nanos.toString()))
  if (isMonths(left) && isMonths(right))
    return right.months === 0 ? null : finite(number(left.months).dividedBy(right.months))
  return null
}

/** `**` of numbers; exponents beyond nine digits and results that are no number give null. */
export const power = (left: FeelValue, right: FeelValue): FeelValue =>
  isNumber(left) && isNumber(right) && right.abs().lessThanOrEqualTo(999_999_999)
    ? finite(left.pow(right))
    : null

/** Unary minus of numbers and durations; else null. */
export const negate = (value: FeelValue): FeelValue => {
  if (isNumber(value)) return value.isZero() ? value : value.negated()
  if (isDays(value)) return days(-value.nanos)
  return isMonths(value) ? monthsDuration(-value.months) : null
}
