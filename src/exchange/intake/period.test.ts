import { expect, test } from 'vitest'
import { businessDate } from '#base'
import { monthInName, periodOf } from './period.ts'

const today = businessDate('2026-06-15')

test.each([
  ['公安局_死亡注销人员_2026年6月_新增.csv', '2026-06'],
  ['残联_2026年12月.xlsx', '2026-12'],
  ['deaths-2026-05.csv', '2026-05'],
  ['deaths_202605.csv', '2026-05'],
  ['deaths.csv', undefined],
  ['2026年度.xlsx', undefined],
  ['批次9202605123.csv', undefined],
  ['2026年13月.xlsx', undefined],
])('the month in the name of %s is %s', (name, month) => {
  expect(monthInName(name)).toBe(month)
})

test('what was said comes before the name, the name before the rows, the rows before the calendar', () => {
  const months = { '2026-03': 5, '2026-05': 1, '2027-01': 1 }
  expect(periodOf({ named: '2026-01', fileName: 'a_2026年6月.csv', months, today })).toBe('2026-01')
  expect(periodOf({ named: null, fileName: 'a_2026年6月.csv', months, today })).toBe('2026-06')
  expect(periodOf({ named: null, fileName: 'a.csv', months, today })).toBe('2026-05')
  expect(periodOf({ named: null, fileName: 'a.csv', months: {}, today })).toBe('2026-05')
})
