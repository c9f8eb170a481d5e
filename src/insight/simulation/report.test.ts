import { expect, test } from 'vitest'
import { shownTo } from './report.server.ts'
import { sampleResult } from './sample.ts'

const countyOf = (households: number) => ({
  place: { code: `5329${String(households).padStart(2, '0')}000000`, name: `${households} households` },
  ...{ households, gains: 2, loses: 1, unknown: 1, beforeFen: 10_000, afterFen: 12_000, isHidden: false },
})
const result = { ...sampleResult, counties: [9, 10, 11].map(countyOf) }

test('who may not open households sees no figures of a county with fewer than ten of them', () => {
  const [nine, ten, eleven] = shownTo(result, false).counties
  expect(nine).toEqual({
    place: countyOf(9).place,
    ...{ households: null, gains: null, loses: null, unknown: null, beforeFen: null, afterFen: null },
    isHidden: true,
  })
  expect([ten, eleven]).toEqual([countyOf(10), countyOf(11)])
})

test('who may not open households gets no examples; who may sees everything', () => {
  expect(result.winners.length + result.losers.length).toBeGreaterThan(0)
  expect(shownTo(result, false)).toMatchObject({ winners: [], losers: [] })
  expect(shownTo(result, true)).toBe(result)
})
