import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import {
  addDays,
  addMonths,
  addToMonth,
  ageOn,
  businessDate,
  daysBetween,
  firstDayOf,
  lastDayOf,
  month,
  monthOf,
  monthsBetween,
  parseDate,
  parseMonth,
  weekdayOf,
} from './dates.ts'

const on = businessDate
const dayMillis = 86_400_000
const anyDate = fc
  .integer({ min: Date.UTC(1800, 0, 1) / dayMillis, max: Date.UTC(2400, 0, 1) / dayMillis })
  .map((n) => on(new Date(n * dayMillis).toISOString().slice(0, 10)))

test('only strict ISO days that exist are dates', () => {
  expect(parseDate('2024-02-29')).toBe('2024-02-29')
  const wrong = ['2023-02-29', '1900-02-29', '2024-13-01', '2024-00-01', '2024-04-31', '2024-4-1', '20240401']
  for (const text of [...wrong, '', ' 2024-04-01', '2024-04-01T00:00', '0000-01-01', '２０２４-04-01'])
    expect(parseDate(text), text).toBeUndefined()
  expect(() => on('2023-02-29')).toThrow('not a business date')
  expect(parseMonth('2026-05')).toBe('2026-05')
  expect(parseMonth('2026-5')).toBeUndefined()
  expect(() => month('2026-13')).toThrow('not a month')
})

test.prop([anyDate, fc.integer({ min: -80_000, max: 80_000 })])(
  'days agree with the Gregorian calendar',
  (date, n) => {
    const other = new Date(Date.parse(date) + n * dayMillis).toISOString().slice(0, 10)
    expect(addDays(date, n)).toBe(other)
    expect(daysBetween(date, addDays(date, n))).toBe(n)
  },
)

test.prop([anyDate])('weekdays agree with the Gregorian calendar', (date) => {
  expect(weekdayOf(date) % 7).toBe(new Date(date).getUTCDay())
})

test('a period in months ends on the corresponding day, or on the last day of the month', () => {
  expect(addMonths(on('2025-03-10'), 12)).toBe('2026-03-10')
  expect(addMonths(on('2025-03-31'), 3)).toBe('2025-06-30')
  expect(addMonths(on('2024-01-31'), 1)).toBe('2024-02-29')
  expect(addMonths(on('2026-03-31'), -1)).toBe('2026-02-28')
  expect(addMonths(on('2026-01-15'), -1)).toBe('2025-12-15')
  expect(addMonths(on('2024-02-29'), 12)).toBe('2025-02-28')
})

test.prop([anyDate, fc.integer({ min: -600, max: 600 })])(
  'months later is that month and never a later day',
  (date, n) => {
    const later = addMonths(date, n)
    expect(monthsBetween(monthOf(date), monthOf(later))).toBe(n)
    expect(monthOf(later)).toBe(addToMonth(monthOf(date), n))
    const day = date.slice(8)
    expect(later.slice(8) === day || (later === lastDayOf(monthOf(later)) && later.slice(8) < day)).toBe(true)
  },
)

test.prop([anyDate])('a month runs from its first to its last day', (date) => {
  const m = monthOf(date)
  expect(firstDayOf(m) <= date && date <= lastDayOf(m)).toBe(true)
  expect(addDays(lastDayOf(m), 1)).toBe(firstDayOf(addToMonth(m, 1)))
})

test('the birthday completes the year', () => {
  const born = on('1964-05-20')
  expect(ageOn(born, on('2024-05-19'))).toBe(59)
  expect(ageOn(born, on('2024-05-20'))).toBe(60)
  expect(ageOn(born, on('2024-05-21'))).toBe(60)
  const leap = on('2008-02-29')
  expect(ageOn(leap, on('2024-02-28'))).toBe(15)
  expect(ageOn(leap, on('2024-02-29'))).toBe(16)
  expect(ageOn(leap, on('2025-02-27'))).toBe(16)
  expect(ageOn(leap, on('2025-02-28'))).toBe(17)
  expect(ageOn(born, on('1964-05-20'))).toBe(0)
  expect(ageOn(born, on('1964-05-19'))).toBe(-1)
})

test.prop([anyDate, anyDate])('nobody grows younger', (birth, day) => {
  expect(ageOn(birth, addDays(day, 1))).toBeGreaterThanOrEqual(ageOn(birth, day))
})
