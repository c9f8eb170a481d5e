import { expect, test } from 'vitest'
import { absent, isKnown, isUnknown, known, type Outcome, unknown } from './outcome.ts'

test('known, absent and unknown are three things', () => {
  const outcomes: Outcome<number>[] = [known(0), absent, unknown('income.pension')]
  expect(outcomes.map((o) => o.outcome)).toEqual(['known', 'absent', 'unknown'])
  expect(outcomes.map(isKnown)).toEqual([true, false, false])
  expect(outcomes.map(isUnknown)).toEqual([false, false, true])
})

test('missing facts are named once and in order', () => {
  expect(unknown('b', 'a', 'b')).toEqual({ outcome: 'unknown', missing: ['a', 'b'] })
})
