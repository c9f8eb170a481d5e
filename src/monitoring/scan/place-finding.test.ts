import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import type { Explanation } from '#policy'
import { fingerprintOf } from './fingerprint.ts'
import type { ExistingAlert } from './raise.queries.server.ts'
import { placeFinding } from './raise.server.ts'

const anAlert = (alert: Partial<ExistingAlert> = {}): ExistingAlert => ({
  id: 'a',
  number: 1,
  subjectId: 'h',
  indicator: 'second-home',
  period: '2026',
  status: 'new',
  fingerprint: 'two homes',
  sourceWithdrawn: false,
  ...alert,
})

test.each([
  ['nothing there', [], 'new'],
  ['the same, open', [anAlert()], 'same'],
  ['the same, disposed of', [anAlert({ status: 'disposed' })], 'same'],
  ['the same, disposed of in an earlier year', [anAlert({ status: 'disposed', period: '2024' })], 'same'],
  ['the same, withdrawn', [anAlert({ status: 'withdrawn' })], 'new'],
  ['other evidence, open', [anAlert({ fingerprint: 'three homes' })], 'merge'],
  ['other evidence, being verified', [anAlert({ fingerprint: 'three homes', status: 'verifying' })], 'merge'],
  [
    'other evidence, open from an earlier year',
    [anAlert({ fingerprint: 'three homes', period: '2025' })],
    'new',
  ],
  ['other evidence, disposed of', [anAlert({ fingerprint: 'three homes', status: 'disposed' })], 'new'],
  ['the same, its file taken back', [anAlert({ sourceWithdrawn: true, status: 'verifying' })], 'merge'],
  [
    'the same, its file taken back and disposed of',
    [anAlert({ sourceWithdrawn: true, status: 'disposed' })],
    'same',
  ],
  [
    'the same, disposed of, beside an open one',
    [anAlert({ status: 'disposed' }), anAlert({ fingerprint: 'x' })],
    'same',
  ],
] as const)('a finding beside %s', (_what, existing, kind) => {
  expect(placeFinding(existing, 'two homes', '2026').kind).toBe(kind)
})

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
