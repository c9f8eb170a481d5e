import { finite } from '../value/arithmetic.ts'
import { dateOf } from '../value/calendar.ts'
import { parseDate, parseDateTime, parseDuration, parseTime, timeOf } from '../value/temporal.ts'
import { textOf } from '../value/text.ts'
import {
  type FeelDate,
  type FeelDateTime,
  type FeelDaysDuration,
  FeelNumber,
  type FeelTime,
  type FeelValue,
  isNumber,
  kindOf,
  number,
} from '../value/value.ts'
import { midnight, nanosPerSecond } from '../value/zone.ts'
import {
  anything,
  type Builtins,
  builtin,
  nullable,
  numeric,
  optional,
  parameter,
  signature,
  text,
} from './make.ts'
import { monthsBetween } from './months-between.ts'
import { rangeOf } from './range-of.ts'

const whole = (value: FeelValue): number => (isNumber(value) ? value.toNumber() : Number.NaN)

const toDate = (value: FeelValue): FeelValue => {
  if (typeof value === 'string') return parseDate(value)
  if (kindOf(value) === 'date') return value
  return kindOf(value) === 'date and time' ? (value as FeelDateTime).date : null
}

const localMidnight = (date: FeelDate): FeelDateTime => {
  const { time } = midnight(date)
  return { kind: 'date and time', date, time: { ...time, offset: null } }
}

const toDateTime = (value: FeelValue): FeelValue => {
  if (typeof value === 'string') {
    const date = parseDate(value)
    return date ? localMidnight(date) : parseDateTime(value)
  }
  if (kindOf(value) === 'date') return midnight(value as FeelDate)
  return kindOf(value) === 'date and time' ? value : null
}

const joinDateTime = (day: FeelValue, time: FeelValue): FeelValue => {
  const date = typeof day === 'string' ? null : toDate(day)
  if (date === null || kindOf(time) !== 'time') return null
  return { kind: 'date and time', date: date as FeelDate, time: time as FeelTime }
}

const toTime = (value: FeelValue): FeelValue => {
  if (typeof value === 'string') return parseTime(value)
  if (kindOf(value) === 'time') return value
  if (kindOf(value) === 'date') return midnight(value as FeelDate).time
  return kindOf(value) === 'date and time' ? (value as FeelDateTime).time : null
}

const makeTime = ([hour, minute, second, offset]: readonly FeelValue[]): FeelValue => {
  if (!isNumber(second ?? null) || !(second instanceof FeelNumber)) return null
  if (offset !== null && offset !== undefined && kindOf(offset) !== 'days and time duration') return null
  const nanos = second.minus(second.trunc()).times(1_000_000_000).trunc().toNumber()
  const away = offset ? (offset as FeelDaysDuration).nanos : null
  return timeOf({
    hour: whole(hour ?? null),
    minute: whole(minute ?? null),
    second: second.isNegative() ? -1 : second.trunc().toNumber(),
    nano: nanos,
    offset: away === null ? null : Number(away / nanosPerSecond),
    zone: null,
  })
}

const toNumber = (from: string, grouping: FeelValue, decimal: FeelValue): FeelValue => {
  if (grouping !== null && ![' ', ',', '.'].includes(grouping as string)) return null
  if (decimal !== null && !['.', ','].includes(decimal as string)) return null
  if (grouping !== null && grouping === decimal) return null
  const digits = grouping === null ? from : from.replaceAll(grouping as string, '')
  const plain = decimal === null ? digits : digits.replaceAll(decimal as string, '.')
  return /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/u.test(plain) ? finite(number(plain).plus(0)) : null
}

/** Conversions: DMN 1.5, table 72, and `range` of 10.3.4.1. */
export const conversions: Builtins = [
  builtin(
    'date',
    signature([parameter('from', anything)], ([from = null]) => toDate(from)),
    signature(
      [parameter('year', numeric), parameter('month', numeric), parameter('day', numeric)],
      (args) => {
        const [year = Number.NaN, month = Number.NaN, day = Number.NaN] = args.map(whole)
        return dateOf(year, month, day)
      },
    ),
  ),
  builtin(
    'date and time',
    signature([parameter('from', anything)], ([from = null]) => toDateTime(from)),
    signature([parameter('date', anything), parameter('time', anything)], ([date = null, time = null]) =>
      joinDateTime(date, time),
    ),
  ),
  builtin(
    'time',
    signature([parameter('from', anything)], ([from = null]) => toTime(from)),
    signature(
      [
        parameter('hour', numeric),
        parameter('minute', numeric),
        parameter('second', numeric),
        optional('offset', anything),
      ],
      makeTime,
    ),
  ),
  builtin(
    'number',
    signature(
      [parameter('from', text), nullable('grouping separator', text), nullable('decimal separator', text)],
      ([from, grouping = null, decimal = null]) => toNumber(from as string, grouping, decimal),
    ),
    signature([parameter('from', anything)], ([from = null]) =>
      typeof from === 'string' ? toNumber(from, null, null) : isNumber(from) ? from : null,
    ),
  ),
  builtin(
    'string',
    signature([parameter('from', anything)], ([from = null]) => textOf(from)),
  ),
  builtin(
    'duration',
    signature([parameter('from', text)], ([from]) => parseDuration(from as string)),
  ),
  builtin(
    'years and months duration',
    signature([parameter('from', anything), parameter('to', anything)], ([from = null, to = null]) =>
      monthsBetween(from, to),
    ),
  ),
  builtin(
    'range',
    signature([parameter('from', text)], ([from]) => rangeOf(from as string)),
  ),
]
