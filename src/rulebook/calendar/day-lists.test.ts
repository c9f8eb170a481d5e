import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { addDays, businessDate } from '#base'
import { faultsOfYear, readDays, readNotice, writeDays } from './day-lists.ts'

test('days are read in every usual way of writing them', () => {
  expect(readDays('2027-01-01、1月2日，1/3; 1.4', 2027)).toEqual({
    days: ['2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04'],
    unread: [],
  })
})

test('a range takes its month and year from its first day', () => {
  expect(readDays('2月5日（周五）至7日（周日）', 2027).days).toEqual([
    '2027-02-05',
    '2027-02-06',
    '2027-02-07',
  ])
  expect(readDays('2026年12月31日到2027年1月2日', 2027).days).toEqual([
    '2026-12-31',
    '2027-01-01',
    '2027-01-02',
  ])
})

test('what is no day is named and not swallowed', () => {
  expect(readDays('1月1日 春节 2月30日', 2027)).toEqual({
    days: ['2027-01-01'],
    unread: ['2月30日', '春节'],
  })
  expect(readDays('1月1日至12月31日', 2027)).toEqual({ days: [], unread: ['1月1日至12月31日'] })
})

test('the days of a notice are told apart by 放假 and 上班', () => {
  const text = `一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
国务院办公厅 2025年11月4日`
  const { holidays, workdays } = readNotice(text, 2026)
  expect(holidays).toHaveLength(12)
  expect(holidays.at(0)).toBe('2026-01-01')
  expect(holidays.at(-1)).toBe('2026-02-23')
  expect(workdays).toEqual(['2026-01-04', '2026-02-14', '2026-02-28'])
})

const days = fc
  .uniqueArray(fc.integer({ min: 0, max: 364 }), { maxLength: 60 })
  .map((numbers) =>
    numbers.sort((a, b) => a - b).map((number) => addDays(businessDate('2027-01-01'), number)),
  )

property.prop([days])('what is written is read back', (list) => {
  expect(readDays(writeDays(list), 2027)).toEqual({ days: list, unread: [] })
})

test('a year is refused for the reasons the server has', () => {
  const holidays = [businessDate('2027-01-01'), businessDate('2029-01-01')]
  const workdays = [businessDate('2027-01-01'), businessDate('2027-01-04')]
  expect(faultsOfYear(2027, holidays, workdays)).toEqual([
    { list: 'holidays', kind: 'otherYear', day: '2029-01-01' },
    { list: 'workdays', kind: 'twice', day: '2027-01-01' },
    { list: 'workdays', kind: 'noWeekend', day: '2027-01-04' },
  ])
  expect(faultsOfYear(2027, [], [])).toEqual([{ list: 'holidays', kind: 'empty' }])
})
