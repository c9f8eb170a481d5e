import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { overlap, type Period, remaindersOf } from './timeline.ts'

const days = Array.from({ length: 31 }, (_, at) => `2026-01-${String(at + 1).padStart(2, '0')}`)
const period = fc
  .tuple(fc.integer({ min: 0, max: 29 }), fc.option(fc.integer({ min: 1, max: 30 })))
  .filter(([from, until]) => until === null || until > from)
  .map(
    ([from, until]): Period => ({
      from: days[from] ?? '',
      until: until === null ? null : (days[until] ?? ''),
    }),
  )

const holds = (day: string) => (p: Period) => p.from <= day && (p.until === null || day < p.until)

test.prop([period, period])(
  'on each day either the new fact holds or what the old one said before',
  (old, taken) => {
    const left = remaindersOf(old, taken)
    for (const day of [...days, '2030-01-01']) {
      const expected = holds(day)(old) && !holds(day)(taken)
      expect(left.filter(holds(day))).toHaveLength(expected ? 1 : 0)
    }
  },
)

test.prop([period, period])('periods overlap exactly when they share a day', (a, b) => {
  const shared = [...days, '2030-01-01'].some((day) => holds(day)(a) && holds(day)(b))
  expect(overlap(a, b)).toBe(shared)
})
