import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { estimate, type Pattern, startFrom, withEstimate } from './estimate.ts'
import { fieldLevels, handSet, matchFields } from './parameters.ts'
import { type Comparison, weightsOf } from './score.ts'

/** Small fast seeded numbers in [0, 1). */
const drawing = (seed: number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
const pick = (draw: () => number, shares: readonly number[]): number => {
  let rest = draw()
  const at = shares.findIndex((share) => {
    rest -= share
    return rest < 0
  })
  return (at === -1 ? shares.length - 1 : at) + 1
}
const gather = (comparisons: Iterable<Comparison>): Pattern[] => {
  const counts = new Map<string, { comparison: Comparison; count: number }>()
  for (const comparison of comparisons) {
    const key = JSON.stringify(comparison)
    const known = counts.get(key) ?? { comparison, count: 0 }
    counts.set(key, { ...known, count: known.count + 1 })
  }
  return [...counts.values()]
}
/** All of it in the first levels named, the rest never. */
const spread = (levels: number, ...first: number[]) =>
  Array.from({ length: levels }, (_, at) => first[at] ?? 0)

const planted = {
  share: 0.3,
  m: {
    name: spread(fieldLevels.name.length, 0.7, 0.2, 0.1),
    'birth-date': spread(fieldLevels['birth-date'].length, 0.85, 0, 0.15),
    region: spread(fieldLevels.region.length, 0.6, 0.3, 0, 0.1),
    number: spread(fieldLevels.number.length, 0, 0.2, 0.7, 0.1),
  },
  u: {
    name: spread(fieldLevels.name.length, 0.05, 0.15, 0.8),
    'birth-date': spread(fieldLevels['birth-date'].length, 0.1, 0, 0.9),
    region: spread(fieldLevels.region.length, 0.1, 0.3, 0, 0.6),
    number: spread(fieldLevels.number.length, 0, 0.05, 0.05, 0.9),
  },
}
const sample = (pairs: number, seed: number, missing = 0): Pattern[] => {
  const draw = drawing(seed)
  return gather(
    Array.from({ length: pairs }, () => {
      const { m, u, share } = planted
      const shares = draw() < share ? m : u
      const level = (field: (typeof matchFields)[number]) =>
        draw() < missing ? 0 : pick(draw, shares[field])
      return {
        name: level('name'),
        'birth-date': level('birth-date'),
        region: level('region'),
        number: level('number'),
      }
    }),
  )
}

describe('an estimate', () => {
  test.each([0, 0.2])('finds the shares that were planted, with %d of the values missing', (missing) => {
    const patterns = sample(40_000, 7, missing)
    const options = { start: startFrom(handSet, patterns), rounds: 100, tolerance: 1e-9 }
    const found = estimate(patterns, options)
    expect(found.share).toBeCloseTo(planted.share, 1)
    for (const field of matchFields)
      for (const at of fieldLevels[field].keys()) {
        expect(Math.abs((found.m[field][at] ?? 0) - (planted.m[field][at] ?? 0))).toBeLessThan(0.03)
        expect(Math.abs((found.u[field][at] ?? 0) - (planted.u[field][at] ?? 0))).toBeLessThan(0.03)
      }
    expect(estimate(patterns, options)).toEqual(found)
  })

  test('ends after the rounds it is given', () => {
    const patterns = sample(1000, 3)
    const start = startFrom(handSet, patterns)
    expect(estimate(patterns, { start, rounds: 4, tolerance: 0 }).likelihoods).toHaveLength(5)
    expect(() => estimate([], { start, rounds: 4, tolerance: 0 })).toThrow('no pairs')
  })

  test('puts its m into parameters, keeps u and thresholds, and leaves no level without a weight', () => {
    const patterns = sample(5000, 5)
    const found = estimate(patterns, { start: startFrom(handSet, patterns), rounds: 20, tolerance: 1e-6 })
    const parameters = withEstimate(handSet, found)
    expect(parameters.acceptFromBits).toBe(handSet.acceptFromBits)
    expect(parameters.odds.name.exact).toEqual({ m: found.m.name[0], u: handSet.odds.name.exact.u })
    for (const weights of Object.values(weightsOf(parameters)))
      for (const weight of weights) expect(Number.isFinite(weight)).toBe(true)
  })
})

const level = (field: (typeof matchFields)[number]) => fc.nat({ max: fieldLevels[field].length })
const comparison = fc.record({
  name: level('name'),
  'birth-date': level('birth-date'),
  region: level('region'),
  number: level('number'),
})
test.prop([fc.array(fc.record({ comparison, count: fc.integer({ min: 1, max: 50 }) }), { minLength: 1 })])(
  'the likelihood never falls from one round to the next',
  (patterns) => {
    const start = startFrom(handSet, patterns)
    const { likelihoods } = estimate(patterns, { start, rounds: 15, tolerance: 0 })
    for (const [at, likelihood] of likelihoods.entries())
      expect(likelihood).toBeGreaterThanOrEqual((likelihoods[at - 1] ?? Number.NEGATIVE_INFINITY) - 1e-6)
  },
)
