import { dayNumber } from './calendar.ts'
import {
  type FeelContext,
  type FeelDateTime,
  type FeelList,
  type FeelRange,
  type FeelTime,
  type FeelValue,
  isContext,
  isList,
  isNumber,
  kindOf,
} from './value.ts'
import { instantNanos, nanosOfDay, nanosPerSecond, offsetOf, offsetOfTime } from './zone.ts'

const sign = (left: bigint | number, right: bigint | number): number =>
  left < right ? -1 : left > right ? 1 : 0

// FEEL orders strings by their characters, which are code points; JavaScript's `<` looks at UTF-16 units.
const compareStrings = (left: string, right: string): number => {
  if (left === right) return 0
  const [a, b] = [[...left], [...right]]
  const at = a.findIndex((character, index) => character !== b[index])
  return at < 0 ? -1 : sign(a[at]?.codePointAt(0) ?? -1, b[at]?.codePointAt(0) ?? -1)
}

// Where one side has no offset, it is read with the other's (DMN 1.5, table 54).
const compareDateTimes = (left: FeelDateTime, right: FeelDateTime): number => {
  const local = offsetOf(left) ?? offsetOf(right) ?? 0
  return sign(instantNanos(left, local), instantNanos(right, local))
}

const compareTimes = (left: FeelTime, right: FeelTime): number => {
  const local = offsetOfTime(left) ?? offsetOfTime(right) ?? 0
  const inUtc = (time: FeelTime): bigint =>
    nanosOfDay(time) - BigInt(offsetOfTime(time) ?? local) * nanosPerSecond
  return sign(inUtc(left), inUtc(right))
}

/**
 * Negative, zero or positive for two values of one ordered kind: numbers, strings, dates, times, dates and times,
 * durations of one kind. Null for all else, null itself included.
 */
export const compareValues = (left: FeelValue, right: FeelValue): number | null => {
  if (typeof left === 'string' && typeof right === 'string') return compareStrings(left, right)
  if (isNumber(left) && isNumber(right)) return left.comparedTo(right)
  const a = left as Exclude<FeelValue, null | boolean | string>
  const b = right as typeof a
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object') return null
  if (!('kind' in a) || !('kind' in b)) return null
  if (a.kind === 'date' && b.kind === 'date') return sign(dayNumber(a), dayNumber(b))
  if (a.kind === 'time' && b.kind === 'time') return compareTimes(a, b)
  if (a.kind === 'date and time' && b.kind === 'date and time') return compareDateTimes(a, b)
  if (a.kind === 'days and time duration' && b.kind === 'days and time duration')
    return sign(a.nanos, b.nanos)
  if (a.kind === 'years and months duration' && b.kind === 'years and months duration')
    return sign(a.months, b.months)
  return null
}

const equalLists = (left: FeelList, right: FeelList): boolean =>
  left.length === right.length &&
  left.every((item, index) => equalValues(item, right[index] ?? null) === true)

const equalContexts = (left: FeelContext, right: FeelContext): boolean | null => {
  if (left.size !== right.size) return false
  let result: boolean | null = true
  for (const [key, value] of left) {
    const other = right.get(key)
    const equal = other === undefined ? false : equalValues(value, other)
    if (equal === false) return false
    if (equal === null) result = null
  }
  return result
}

// A comparison is the range with the same ends; what is anything but one value has no such range.
const equalRanges = (left: FeelRange, right: FeelRange): boolean =>
  (left.sign === '!=') === (right.sign === '!=') &&
  left.lowIncluded === right.lowIncluded &&
  left.highIncluded === right.highIncluded &&
  equalValues(left.low, right.low) === true &&
  equalValues(left.high, right.high) === true

const zoned = (value: FeelDateTime | FeelTime): boolean => {
  const time = value.kind === 'time' ? value : value.time
  return time.offset !== null || time.zone !== null
}

/**
 * FEEL's `=`: null equals only null; values of different kinds give null, as the standard has no answer for them. A local
 * time and one with an offset are never equal.
 */
export const equalValues = (left: FeelValue, right: FeelValue): boolean | null => {
  if (left === null || right === null) return left === right
  if (kindOf(left) !== kindOf(right)) return null
  if (typeof left === 'boolean') return left === right
  if (isList(left)) return equalLists(left, right as FeelList)
  if (isContext(left)) return equalContexts(left, right as FeelContext)
  if (typeof left === 'object' && 'kind' in left) {
    if (left.kind === 'range') return equalRanges(left, right as FeelRange)
    if (left.kind === 'function') return left === right
    if ((left.kind === 'time' || left.kind === 'date and time') && zoned(left) !== zoned(right as FeelTime))
      return false
  }
  return compareValues(left, right) === 0
}

/** Is the value inside the range? Null where it cannot be compared with the ends the range has. */
export const inRange = (value: FeelValue, range: FeelRange): boolean | null => {
  const { low, high, lowIncluded, highIncluded, sign } = range
  if (low === null && high === null) return null
  if (sign === '!=') {
    const equal = equalValues(value, low)
    return equal === null ? null : !equal
  }
  const below = low === null ? -1 : compareValues(low, value)
  const above = high === null ? 1 : compareValues(high, value)
  if (below === null || above === null) return null
  return (below < 0 || (lowIncluded && below === 0)) && (above > 0 || (highIncluded && above === 0))
}

const sameZone = (left: FeelTime, right: FeelTime): boolean =>
  left.zone === right.zone && left.offset === right.offset

/** FEEL's `is()`: the same element of the domain. Never null; the same moment at two offsets is not the same element. */
export const sameValue = (left: FeelValue, right: FeelValue): boolean => {
  if (kindOf(left) !== kindOf(right)) return false
  const a = left as FeelDateTime | FeelTime
  const b = right as typeof a
  if (kindOf(left) === 'time')
    return sameZone(a as FeelTime, b as FeelTime) && equalValues(left, right) === true
  if (kindOf(left) === 'date and time') {
    const zone = sameZone((a as FeelDateTime).time, (b as FeelDateTime).time)
    return zone && equalValues(left, right) === true
  }
  if (isList(left) && isList(right))
    return left.length === right.length && left.every((item, index) => sameValue(item, right[index] ?? null))
  return equalValues(left, right) === true
}
