import { readFileSync } from 'node:fs'
import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { addDays, addMonths, businessDate } from './dates.ts'
import {
  addWorkdays,
  isWorkday,
  monthDeadline,
  rollToWorkday,
  workCalendar,
  workdaysBetween,
} from './work-calendar.ts'

const on = businessDate
const fileOf = (year: number): string =>
  readFileSync(new URL(`../../calendars/${year}.yaml`, import.meta.url), 'utf8')
const calendar = workCalendar([2025, 2024, 2026].map(fileOf))

test('the three years are as the State Council published them', () => {
  expect(calendar.years.map((y) => [y.year, y.holidays.length, y.workdays.length])).toEqual([
    [2024, 28, 8],
    [2025, 28, 5],
    [2026, 33, 6],
  ])
  expect(calendar.years.flatMap((y) => y.workdays).toSorted()).toEqual([
    ...[
      '2024-02-04',
      '2024-02-18',
      '2024-04-07',
      '2024-04-28',
      '2024-05-11',
      '2024-09-14',
      '2024-09-29',
      '2024-10-12',
    ],
    ...['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
    ...['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  ])
})

test('make-up days are worked and holidays are not', () => {
  expect(isWorkday(on('2024-04-07'), calendar)).toBe(true)
  expect(isWorkday(on('2024-04-05'), calendar)).toBe(false)
  expect(isWorkday(on('2024-04-08'), calendar)).toBe(true)
  expect(isWorkday(on('2024-04-13'), calendar)).toBe(false)
  expect(isWorkday(on('2023-12-29'), calendar)).toBeUndefined()
})

test('periods in working days do not count the day they start', () => {
  const accepted = on('2024-03-04')
  const ends: [number, string][] = [
    [0, '2024-03-04'],
    [3, '2024-03-07'],
    [15, '2024-03-25'],
    [20, '2024-04-01'],
    [30, '2024-04-16'],
    [45, '2024-05-09'],
  ]
  for (const [n, date] of ends) expect(addWorkdays(accepted, n, calendar)).toEqual({ date })
  expect(addWorkdays(on('2024-03-25'), 10, calendar)).toEqual({ date: '2024-04-09' })
  expect(() => addWorkdays(accepted, -1, calendar)).toThrow('not a number of working days')
})

test('where the calendar ends no date is guessed', () => {
  expect(addWorkdays(on('2026-12-31'), 1, calendar)).toEqual({ awaitingCalendar: true, year: 2027 })
  expect(addWorkdays(on('2026-12-30'), 1, calendar)).toEqual({ date: '2026-12-31' })
  expect(workdaysBetween(on('2026-12-30'), on('2027-01-05'), calendar)).toEqual({
    awaitingCalendar: true,
    year: 2027,
  })
  expect(monthDeadline(on('2026-07-01'), 6, 'next', calendar)).toEqual({ awaitingCalendar: true, year: 2027 })
  expect(monthDeadline(on('2026-07-01'), 6, 'none', calendar)).toEqual({ date: '2027-01-01' })
})

test('a deadline in months rolls as the parameter says', () => {
  const died = on('2024-03-30')
  expect(monthDeadline(died, 3, 'next', calendar)).toEqual({ date: '2024-07-01' })
  expect(monthDeadline(died, 3, 'previous', calendar)).toEqual({ date: '2024-06-28' })
  expect(monthDeadline(died, 3, 'none', calendar)).toEqual({ date: '2024-06-30' })
  expect(rollToWorkday(on('2024-07-01'), 'previous', calendar)).toEqual({ date: '2024-07-01' })
})

const anyDate = fc.integer({ min: 0, max: 1000 }).map((n) => addDays(on('2024-01-01'), n))

test.prop([anyDate, fc.integer({ min: 1, max: 60 })])(
  'the n-th working day is a working day n away',
  (from, n) => {
    const due = addWorkdays(from, n, calendar)
    if (due.awaitingCalendar) return expect(addDays(from, n) > '2026-09-01').toBe(true)
    expect(isWorkday(due.date, calendar)).toBe(true)
    expect(workdaysBetween(from, due.date, calendar)).toBe(n)
    expect(workdaysBetween(due.date, from, calendar)).toBe(-n)
  },
)

test.prop([anyDate, fc.integer({ min: 0, max: 3 })])(
  'rolling ends on a working day on the named side',
  (from, months) => {
    const raw = addMonths(from, months)
    const next = monthDeadline(from, months, 'next', calendar)
    const previous = monthDeadline(from, months, 'previous', calendar)
    if (!next.awaitingCalendar) expect(next.date >= raw && isWorkday(next.date, calendar)).toBe(true)
    if (!previous.awaitingCalendar && raw >= '2024-01-02')
      expect(previous.date <= raw && isWorkday(previous.date, calendar)).toBe(true)
  },
)

test('a wrong calendar file stops the work', () => {
  expect(() => workCalendar([fileOf(2024), fileOf(2024)])).toThrow('given twice')
  const file = (holiday: string, workday: string) =>
    `year: 2030\nsource: test\nfestivals:\n  - name: x\n    holidays: [${holiday}]\n    workdays: [${workday}]\n`
  expect(() => workCalendar([file('2030-02-30', '')])).toThrow('not a date')
  expect(() => workCalendar([file('2030-01-05', '2030-01-05')])).toThrow('both')
  expect(() => workCalendar([file('', '2030-01-01')])).toThrow('no make-up day')
})
