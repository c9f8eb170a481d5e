import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { addDays, type BusinessDate, businessDate, type WorkCalendar, weekdayOf } from '#base'
import { compilerFor, instanceOf } from '../../interpret/compile.ts'
import { traceCondition } from '../../interpret/trace.ts'
import { names, parameterValue, textOf, today } from '../../testing/operator-table.ts'
import { exactValue } from '../bounds.ts'
import { Problem } from '../problems.ts'
import { readExpression } from '../resolve.ts'
import type { Value } from '../values.ts'

const year = (number: number, holidays: readonly string[] = [], workdays: readonly string[] = []) => ({
  year: number,
  holidays: holidays.map(businessDate),
  workdays: workdays.map(businessDate),
})

// 2024 as published around Qingming, Labour Day and Mid-Autumn; 2025 awaited.
const spring: WorkCalendar = {
  years: [
    year(
      2024,
      ['2024-01-01', '2024-04-04', '2024-04-05', '2024-05-01', '2024-05-02', '2024-05-03', '2024-09-16'],
      ['2024-04-07', '2024-04-28', '2024-09-14'],
    ),
  ],
}

const given: Readonly<Record<string, Value>> = { g1: '2024-03-04', k1: 3, w2: 'roll', b4: true, c1: 1 }

const answerFor = (feel: string, calendar = spring, facts: Readonly<Record<string, Value>> = {}): string => {
  const run = compilerFor({ parameters: parameterValue, today, calendar }).compile(
    exactValue(readExpression(feel, names)),
  )
  const instance = instanceOf({ id: '1', facts: { ...given, ...facts }, members: [] })
  return textOf(run(instance, instance))
}

test('working days pass over holidays and count make-up days; the first day is not counted', () => {
  expect(answerFor('addWorkdays(g1, 3)')).toBe('2024-03-07')
  expect(answerFor('addWorkdays(g1, 20)')).toBe('2024-04-01')
  expect(answerFor('addWorkdays(g1, 30)')).toBe('2024-04-16')
  expect(answerFor('addWorkdays(g1, 45)')).toBe('2024-05-09')
  expect(answerFor('addWorkdays(g1, 0)')).toBe('2024-03-04')
})

test('a day of rest is rolled on, back or not at all; a make-up Saturday is no day of rest', () => {
  expect(answerFor('onWorkday(date("2024-06-30"), "roll")')).toBe('2024-07-01')
  expect(answerFor('onWorkday(date("2024-06-30"), "tighten")')).toBe('2024-06-28')
  expect(answerFor('onWorkday(date("2024-06-30"), "none")')).toBe('2024-06-30')
  expect(answerFor('onWorkday(date("2024-09-15"), "tighten")')).toBe('2024-09-14')
  expect(answerFor('onWorkday(date("2024-09-15"), "roll")')).toBe('2024-09-17')
})

test('what would need a year without a calendar names that year', () => {
  expect(answerFor('addWorkdays(date("2024-12-30"), 2)')).toBe('?calendar 2025')
  expect(answerFor('addWorkdays(date("2031-12-30"), 2)')).toBe('?calendar')
  expect(answerFor('onWorkday(date("2025-01-01"), "roll")')).toBe('?calendar 2025')
  expect(answerFor('onWorkday(date("2025-01-01"), "none")')).toBe('2025-01-01')
  expect(answerFor('addWorkdays(date("2024-12-30"), 2)', { years: [] })).toBe('?calendar')
})

test('a deadline behind the calendar is not over while it cannot be', () => {
  expect(answerFor('addWorkdays(date("2024-12-30"), 5) < date("2025-01-04")')).toBe('false')
  expect(answerFor('addWorkdays(date("2024-12-30"), 5) < date("2025-01-05")')).toBe('?calendar 2025')
  expect(answerFor('addWorkdays(date("2024-12-30"), 5) > date("2024-12-31")')).toBe('true')
})

const problemOf = (feel: string): string => {
  try {
    readExpression(feel, names)
    return 'no problem'
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    return `${problem.code} ${JSON.stringify(problem.details)}`
  }
}

test('what cannot be a deadline is refused when the rule is read', () => {
  expect(problemOf('addWorkdays(g1, 0 - k1)')).toContain('workdays-out-of-range')
  expect(problemOf('addWorkdays(g1, 10001)')).toContain('workdays-out-of-range')
  expect(problemOf('addWorkdays(g1, c1)')).toContain('unit-clash')
  expect(problemOf('addWorkdays(m1, 3)')).toContain('type-clash')
  expect(problemOf('addWorkdays(g1)')).toContain('outside-sql-profile')
  expect(problemOf('onWorkday(g1, "rol")')).toBe(
    'code-never-occurs {"code":"rol","possible":"roll, tighten, none"}',
  )
  expect(problemOf('onWorkday(g1, t1)')).toContain('code-never-occurs')
  expect(problemOf('lastDayOf(g1)')).toContain('type-clash')
})

test('the trace has the day a deadline gave and the days it was counted from', () => {
  const text = 'addWorkdays(g1, 3) < today()'
  const compiler = compilerFor({ parameters: parameterValue, today, calendar: spring })
  const instance = instanceOf({ id: '1', facts: given, members: [] })
  const trace = traceCondition(readExpression(text, names), text, instance, compiler)
  expect(trace.result).toBe(true)
  expect(trace.steps[0]).toMatchObject({ text: 'addWorkdays(g1, 3)', result: '2024-03-07' })
  expect(trace.steps[0]?.operands).toEqual(['2024-03-04', 3])
})

const expressions = [
  'addWorkdays(g1, k1) < date("2025-01-06")',
  'addWorkdays(g1, k1) - g1 > duration("P8D")',
  'onWorkday(g1, "roll") <= date("2025-01-02")',
  'onWorkday(g1, w2) >= date("2024-12-31")',
  'onWorkday(addWorkdays(g1, k1), w2) > date("2025-01-03")',
  'monthOf(addWorkdays(g1, k1)) > monthOf(g1)',
  'yearOf(addWorkdays(g1, k1)) > yearOf(g1)',
  'if addWorkdays(g1, k1) < date("2025-01-06") then 1 else 1',
]
const december = fc.integer({ min: 0, max: 20 }).map((days) => addDays(businessDate('2024-12-20'), days))
const aroundNewYear: readonly BusinessDate[] = Array.from({ length: 40 }, (_, days) =>
  addDays(businessDate('2025-01-01'), days),
)
const someYear = fc.tuple(fc.subarray(aroundNewYear.slice(0, 12)), fc.subarray([...aroundNewYear])).map(
  ([holidays, others]): WorkCalendar => ({
    years: [
      ...spring.years,
      { year: 2025, holidays, workdays: others.filter((d) => weekdayOf(d) > 5 && !holidays.includes(d)) },
    ],
  }),
)

test.prop([fc.constantFrom(...expressions), december, fc.integer({ min: 0, max: 4 }), someYear])(
  'an answer given before a year is published is the answer under every calendar of that year',
  (feel, g1, k1, calendar) => {
    const facts = { g1, k1 }
    const before = answerFor(feel, spring, facts)
    if (!before.startsWith('?')) expect(answerFor(feel, calendar, facts)).toBe(before)
  },
)

test.prop([fc.constantFrom(...expressions), december, fc.integer({ min: 0, max: 4 }), someYear])(
  'an answer given without a number of days or a way to roll is the answer for each of them',
  (feel, g1, k1, calendar) => {
    const open = answerFor(feel, calendar, {
      g1,
      k1: { outcome: 'unknown', missing: ['k1'] },
      w2: { outcome: 'unknown', missing: ['w2'] },
    })
    for (const w2 of ['roll', 'tighten', 'none'])
      if (!open.startsWith('?')) expect(answerFor(feel, calendar, { g1, k1, w2 })).toBe(open)
  },
)
