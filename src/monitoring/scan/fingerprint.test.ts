import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import type { Explanation } from '#policy'
import { fingerprintOf } from './fingerprint.ts'

const explanation = (value: unknown, change: Partial<Explanation> = {}): Explanation =>
  ({
    rule: 'second-home',
    subject: 'h',
    on: '2026-06-15',
    members: ['m1', 'm2'],
    trace: {
      facts: [{ entity: 'household', name: 'category', value: 'dibao' }],
      steps: [
        { facts: [{ entity: 'member', name: 'homes', memberId: 'm1', value }], steps: [] },
        { facts: [{ entity: 'member', name: 'homes', memberId: 'bystander', value: 5 }], steps: [] },
      ],
    },
    ...change,
  }) as unknown as Explanation

property.prop([fc.jsonValue(), fc.jsonValue()])(
  'a fingerprint is the same exactly where the facts of those who decide are the same',
  (one, other) => {
    const isSame = JSON.stringify(one) === JSON.stringify(other)
    expect(fingerprintOf(explanation(one)) === fingerprintOf(explanation(other))).toBe(isSame)
  },
)

test('the day of the run, the order of members and what bystanders own do not change a fingerprint', () => {
  const before = fingerprintOf(explanation(2))
  expect(fingerprintOf(explanation(2, { on: '2026-07-15', members: ['m2', 'm1'] }))).toBe(before)
  expect(fingerprintOf(explanation(2, { members: ['m1'] }))).not.toBe(before)
  expect(fingerprintOf(explanation(2, { rule: 'new-vehicle' }))).not.toBe(before)
})
