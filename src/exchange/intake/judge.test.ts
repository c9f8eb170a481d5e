import { expect, test } from 'vitest'
import { businessDate } from '#base'
import { type Judged, judgeFeed, type KeptStatistics } from './judge.ts'

const statistics = (accepted: number, more: Partial<KeptStatistics> = {}): KeptStatistics => ({
  kind: 'deaths',
  received: accepted,
  accepted,
  rejected: 0,
  canonicalRows: accepted,
  rejectedBecause: {},
  present: { number: accepted },
  months: { '2026-05': accepted },
  marks: {},
  ...more,
})
const earlierFile = (period: string, accepted: number, more: Partial<KeptStatistics> = {}) => ({
  period,
  statistics: statistics(accepted, more),
})
const codesOf = (file: KeptStatistics, more: Partial<Judged> = {}): string[] =>
  judgeFeed(file, {
    namedPeriod: null,
    period: '2026-05',
    today: businessDate('2026-06-15'),
    earlier: [],
    registered: undefined,
    ...more,
  }).map(({ code }) => code)

test('a month is compared with the largest file of the month before, not with its supplements', () => {
  const earlier = [
    earlierFile('2026-05', 30),
    earlierFile('2026-04', 40),
    earlierFile('2026-04', 1_000),
    earlierFile('2026-03', 10),
  ]
  expect(codesOf(statistics(1_100), { earlier })).toEqual([])
  expect(codesOf(statistics(1_201), { earlier })).toEqual(['too-many-rows'])
  expect(codesOf(statistics(700), { earlier })).toEqual(['too-few-rows'])
})

test('a mended sheet is no measure for the next file, and is not measured by the last one', () => {
  const mended = earlierFile('2026-04', 37, { mended: true })
  expect(codesOf(statistics(1_000), { earlier: [mended] })).toEqual([])
  expect(codesOf(statistics(1_000), { earlier: [mended, earlierFile('2026-04', 990)] })).toEqual([])
  const few = statistics(37, { mended: true, received: 60, rejected: 23 })
  expect(codesOf(few, { earlier: [earlierFile('2026-04', 990)] })).toEqual([])
  expect(codesOf(statistics(0, { mended: true }))).toEqual(['no-rows'])
})

test('in a month that still runs files come in parts', () => {
  const earlier = [earlierFile('2026-05', 1_000)]
  const now = { period: '2026-06', namedPeriod: '2026-06', earlier }
  expect(codesOf(statistics(40, { months: { '2026-05': 40 } }), now)).toEqual([])
  expect(codesOf(statistics(40, { months: { '2026-04': 40 } }), { namedPeriod: '2026-05' })).toEqual([
    'wrong-period',
  ])
})

test('too many dead of the registry are noticed in every file, a mended one and the running month included', () => {
  const dead = { registeredDead: 200, registered: 1_000 }
  for (const more of [{}, { mended: true }])
    for (const period of ['2026-05', '2026-06']) {
      const file = statistics(200, { registeredDead: dead.registeredDead, ...more })
      expect(codesOf(file, { period, registered: dead.registered })).toEqual(['too-many-deaths'])
    }
  expect(codesOf(statistics(200, { registeredDead: 10 }), { registered: 1_000 })).toEqual([])
  // Where nobody counts the registered, earlier files are the measure, and the first file has none.
  const earlier = [earlierFile('2026-04', 190, { registeredDead: 12 })]
  expect(codesOf(statistics(200, { registeredDead: 61 }), { earlier })).toEqual(['too-many-deaths'])
  expect(codesOf(statistics(200, { registeredDead: 60 }), { earlier })).toEqual([])
  expect(codesOf(statistics(200, { registeredDead: 200 }))).toEqual([])
})
