import { expect, test } from 'vitest'
import { month } from '#base'
import type { FeedStats } from '../parse/stats.ts'
import { checkFeedAgainstExpectation, type FeedExpectation, usualExpectation } from './check-feed.ts'

const stats = (more: Partial<FeedStats> = {}): FeedStats => ({
  kind: 'deaths',
  received: 1000,
  accepted: 1000,
  rejected: 0,
  canonicalRows: 1000,
  rejectedBecause: {},
  present: { number: 1000, name: 1000, diedOn: 1000, certificate: 900 },
  months: { '2026-05': 1000 },
  marks: {},
  ...more,
})
const codes = (s: FeedStats, more: Partial<FeedExpectation>) =>
  checkFeedAgainstExpectation(s, { ...usualExpectation, ...more }).map((r) => r.code)

test('a file like the last one is not conspicuous', () => {
  expect(
    codes(stats(), {
      previousRows: 1000,
      period: month('2026-05'),
      emptyAtMostPercent: { number: 5, certificate: 10 },
    }),
  ).toEqual([])
})

test('the volume band ends exactly where it says', () => {
  const rows = (accepted: number) => codes(stats({ accepted, received: accepted }), { previousRows: 1000 })
  expect(rows(800)).toEqual([])
  expect(rows(799)).toEqual(['too-few-rows'])
  expect(rows(1200)).toEqual([])
  expect(rows(1201)).toEqual(['too-many-rows'])
})

test('a first feed has no volume to be compared with', () => {
  expect(codes(stats(), {})).toEqual([])
})

test('the latest month must be the one expected', () => {
  const [reason] = checkFeedAgainstExpectation(stats({ months: { '2026-03': 990, '2026-04': 10 } }), {
    ...usualExpectation,
    period: month('2026-05'),
  })
  expect(reason).toMatchObject({
    code: 'wrong-period',
    details: { found: '2026-04', expected: '2026-05' },
    zh: '数据所属月份最晚为 2026-04，应为 2026-05',
    en: 'the latest month in the data is 2026-04; 2026-05 was expected',
  })
})

test('shifted columns show in rejects and empty fields', () => {
  const shifted = stats({
    received: 1000,
    accepted: 940,
    rejected: 60,
    canonicalRows: 940,
    present: { number: 300 },
  })
  expect(codes(shifted, { emptyAtMostPercent: { number: 20 } })).toEqual([
    'too-many-rejects',
    'too-many-empty',
  ])
})

test('so many registered people may die as the number of registered people makes likely', () => {
  const of = (dead: number, more: object, months = 1) => codes(stats(), { deaths: { dead, months, ...more } })
  // 60 of a thousand a year: 100 of 20,000 in a month, and 43 for chance.
  expect(of(143, { registered: 20_000 })).toEqual([])
  expect(of(144, { registered: 20_000 })).toEqual(['too-many-deaths'])
  expect(of(3, { registered: 60 })).toEqual([])
  expect(of(60, { registered: 60 })).toEqual(['too-many-deaths'])
  expect(of(60, { registered: 60 }, 240)).toEqual(['too-many-deaths'])
  expect(of(144, { registered: 20_000 }, 6)).toEqual([])
})

test('where nobody knows how many are registered, the dead are compared with earlier files', () => {
  const of = (dead: number, mostBefore?: number) =>
    codes(stats(), { deaths: { dead, months: 1, mostBefore } })
  expect(of(50, 10)).toEqual([])
  expect(of(51, 10)).toEqual(['too-many-deaths'])
  expect(of(20, 0)).toEqual([])
  expect(of(1_000)).toEqual([])
})

test('a file whose numbers were rounded or whose names are garbled is noticed', () => {
  expect(codes(stats({ marks: { 'number:rounded': 90, 'name:unreadable-character': 21 } }), {})).toEqual([
    'rounded-numbers',
    'unreadable-names',
  ])
  expect(codes(stats({ marks: { 'number:rounded': 10, 'name:unreadable-character': 20 } }), {})).toEqual([])
})

test('a file of which nothing was accepted says only that', () => {
  expect(codes(stats({ accepted: 0, canonicalRows: 0, rejected: 1000 }), { previousRows: 10 })).toEqual([
    'no-rows',
  ])
})
