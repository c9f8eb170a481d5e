import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { fromJson, toIso } from '../index.ts'
import { add, multiply, subtract } from './arithmetic.ts'
import { addMonths, dateOf, dateOfDay, dayNumber, daysInMonth, weekdayOf, weekOfYear } from './calendar.ts'
import { compareValues, equalValues } from './compare.ts'
import { parseTemporal } from './temporal.ts'
import { type FeelDate, type FeelValue, number } from './value.ts'

const dates = fc
  .record({
    year: fc.integer({ min: -999_999_990, max: 999_999_990 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 31 }),
  })
  .map(({ year, month, day }) => dateOf(year, month, Math.min(day, daysInMonth(year, month))) as FeelDate)
const nearDates = fc.integer({ min: -800_000, max: 800_000 }).map((day) => dateOfDay(day) as FeelDate)
const durations = fc
  .bigInt({ min: -(10n ** 18n), max: 10n ** 18n })
  .map((nanos): FeelValue => ({ kind: 'days and time duration', nanos }))
const times = fc
  .record({
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
    second: fc.integer({ min: 0, max: 59 }),
    nano: fc.integer({ min: 0, max: 999_999_999 }),
    offset: fc.option(fc.integer({ min: -50_400, max: 50_400 })),
  })
  .map((time) => ({ kind: 'time' as const, zone: null, ...time }))
const dateTimes = fc.record({ kind: fc.constant('date and time' as const), date: dates, time: times })
const decimals = fc
  .tuple(fc.integer(), fc.integer({ min: -6, max: 6 }))
  .map(([digits, scale]) => number(`${digits}e${scale}`))

test.prop([dates])('a date is found again by its day number', (date) => {
  expect(dateOfDay(dayNumber(date))).toEqual(date)
})

test.prop([nearDates])('the day after is one day later, and the next weekday', (date) => {
  const next = dateOfDay(dayNumber(date) + 1) as FeelDate
  expect(compareValues(date, next)).toBeLessThan(0)
  expect(weekdayOf(next)).toBe((weekdayOf(date) % 7) + 1)
  expect(weekOfYear(date)).toBeGreaterThanOrEqual(1)
  expect(weekOfYear(date)).toBeLessThanOrEqual(53)
})

test.prop([nearDates])('the weekday is the one of the calendar', (date) => {
  const day = Number(
    new Intl.DateTimeFormat('en', { timeZone: 'UTC', day: 'numeric' }).format(dayNumber(date) * 86_400_000),
  )
  if (date.year > 1583) expect(date.day).toBe(day)
})

test.prop([nearDates, fc.integer({ min: -5000, max: 5000 })])(
  'months there and back end on the day or the month’s last',
  (date, months) => {
    const there = addMonths(date, months) as FeelDate
    const back = addMonths(there, -months) as FeelDate
    expect([back.year, back.month]).toEqual([date.year, date.month])
    expect(back.day).toBeLessThanOrEqual(date.day)
  },
)

test.prop([fc.oneof(dates, times, dateTimes, durations)])(
  'what is written as text is read as the same value',
  (value) => {
    expect(parseTemporal(toIso(value) ?? '')).toEqual(value)
  },
)

test.prop([dateTimes, durations])('a duration added and taken away changes nothing', (at, duration) => {
  const there = add(at, duration)
  if (there !== null) expect(subtract(there, duration)).toEqual(at)
})

test.prop([dateTimes, dateTimes])('the distance of two moments leads from one to the other', (a, b) => {
  const distance = subtract(a, b)
  if (distance !== null) expect(equalValues(add(b, distance), a)).toBe(true)
})

test.prop([fc.oneof(dates, times, dateTimes, durations), fc.oneof(dates, times, dateTimes, durations)])(
  'comparison is antisymmetric, and equal means neither before nor after',
  (a, b) => {
    const [there, back] = [compareValues(a, b), compareValues(b, a)]
    expect(there === null ? null : 0 - there).toEqual(back === null ? null : back + 0)
    if (equalValues(a, b) === true) expect(there).toBe(0)
  },
)

test.prop([decimals, decimals])('sums commute, and what is added can be taken away', (a, b) => {
  expect(equalValues(add(a, b), add(b, a))).toBe(true)
  expect(equalValues(subtract(add(a, b), b), a)).toBe(true)
  expect(equalValues(multiply(a, b), multiply(b, a))).toBe(true)
})

test.prop([decimals])('a number is the same through text and JSON', (value) => {
  expect(equalValues(fromJson({ '@number': toIso(value) ?? '' }), value)).toBe(true)
})
