import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { shownTo } from './report.server.ts'
import { sampleResult } from './sample.ts'

const countyOf = (households: number) => ({
  place: { code: `5329${String(households).padStart(2, '0')}000000`, name: `${households} households` },
  ...{ households, gains: 2, loses: 1, unknown: 1, beforeFen: 10_000, afterFen: 12_000, isHidden: false },
})
const of = (sizes: readonly number[]) => ({ ...sampleResult, counties: sizes.map(countyOf) })
const result = of([9, 10, 11])
const sizesShown = (sizes: readonly number[]) =>
  shownTo(of(sizes), false).counties.flatMap(({ households }) => households ?? [])

test('who may not open households sees no figures of a county with fewer than ten of them', () => {
  const [nine, ten, eleven] = shownTo(result, false).counties
  const hidden = {
    ...{ households: null, gains: null, loses: null, unknown: null, beforeFen: null, afterFen: null },
    isHidden: true,
  }
  expect(nine).toEqual({ place: countyOf(9).place, ...hidden })
  // Or the nine would be what the total has more than the places shown.
  expect(ten).toEqual({ place: countyOf(10).place, ...hidden })
  expect(eleven).toEqual(countyOf(11))
})

test('what is paid by the year or once is left out with the other figures', () => {
  const rare = { yearly: { beforeFen: 1, afterFen: 2 }, once: { beforeFen: 3, afterFen: 4 } }
  const counties = [9, 10, 11].map((size) => ({ ...countyOf(size), ...rare }))
  const shown = shownTo({ ...sampleResult, counties }, false).counties
  expect(shown.map(({ yearly, once }) => [yearly, once])).toEqual([
    [null, null],
    [null, null],
    [rare.yearly, rare.once],
  ])
})

test('the next smallest county is hidden with one of a few, and no more than that is needed', () => {
  expect(sizesShown([300, 10, 20])).toEqual([300, 10, 20])
  expect(sizesShown([300, 3, 20])).toEqual([300])
  expect(sizesShown([300, 3, 4, 20, 30])).toEqual([300, 30])
  expect(sizesShown([300, 5, 6, 20])).toEqual([300, 20])
  expect(sizesShown([3])).toEqual([])
})

test.prop([fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 2, maxLength: 16 })])(
  'totals less the counties shown never give a county of a few, nor a sum of few',
  (sizes) => {
    const shown = sizesShown(sizes)
    const rest = sizes.filter((size) => !shown.includes(size))
    expect(Math.min(10, ...shown)).toBe(10)
    if (rest.length === 0) return
    const total = sizes.reduce((sum, size) => sum + size, 0)
    const computed = total - shown.reduce((sum, size) => sum + size, 0)
    expect(rest.length).toBeGreaterThanOrEqual(2)
    // Where nothing is left to be hidden, the total itself is of a few.
    expect(computed >= 10 || shown.length === 0).toBe(true)
  },
)

test('who may not open households gets no examples; who may sees everything', () => {
  expect(result.winners.length + result.losers.length).toBeGreaterThan(0)
  expect(shownTo(result, false)).toMatchObject({ winners: [], losers: [] })
  expect(shownTo(result, true)).toBe(result)
})
