import { expect, test } from 'vitest'
import { addSeconds, type Instant } from '#base'
import { sessionMomentAt } from './moment.ts'

const start = '2026-06-15T01:00:00.000Z' as Instant
const times = { seenAt: start, idleSeconds: 7200, endsAt: addSeconds(start, 43_200) }
const after = (seconds: number, change: Partial<typeof times> = {}) =>
  sessionMomentAt(addSeconds(start, seconds), { ...times, ...change })

test('two minutes before an idle session ends there is a warning, not a second earlier', () => {
  expect(after(7079)).toEqual({ kind: 'open', warnsInSeconds: 1 })
  expect(after(7080)).toEqual({ kind: 'ending', because: 'idle', secondsLeft: 120 })
  expect(after(7199.5)).toEqual({ kind: 'ending', because: 'idle', secondsLeft: 1 })
  expect(after(7200)).toEqual({ kind: 'over' })
})

test('a request of any tab puts the end off, but not beyond the longest time of a session', () => {
  expect(after(7100, { seenAt: addSeconds(start, 7000) })).toMatchObject({ kind: 'open' })
  const busy = (seconds: number) => after(seconds, { seenAt: addSeconds(start, seconds - 5) })
  expect(busy(43_080)).toEqual({ kind: 'ending', because: 'age', secondsLeft: 120 })
  expect(busy(43_200)).toEqual({ kind: 'over' })
})

test('a clock that was put back ends nothing early', () => {
  expect(after(-600)).toEqual({ kind: 'open', warnsInSeconds: 7080 })
})
