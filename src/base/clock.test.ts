import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import {
  addSeconds,
  clockOn,
  dateOfInstant,
  fixedClock,
  instant,
  instantAt,
  parseInstant,
  secondsBetween,
  shanghaiTextOf,
  systemClock,
} from './clock.ts'
import { businessDate } from './dates.ts'

test('today is the day in Shanghai, not in Greenwich', () => {
  expect(dateOfInstant(instant('2026-06-14T15:59:59.999Z'))).toBe('2026-06-14')
  expect(dateOfInstant(instant('2026-06-14T16:00:00.000Z'))).toBe('2026-06-15')
  const clock = systemClock()
  expect([dateOfInstant(clock.now()), dateOfInstant(addSeconds(clock.now(), 1))]).toContain(clock.today())
})

test('a fixed clock stands still', () => {
  const clock = fixedClock(businessDate('2026-06-15'))
  expect(clock.today()).toBe('2026-06-15')
  expect(clock.now()).toBe('2026-06-15T01:00:00.000Z')
  expect(fixedClock(businessDate('2026-06-15'), '00:30').now()).toBe('2026-06-14T16:30:00.000Z')
})

test('a demo clock shows its own date at the real time of day', () => {
  const clock = clockOn(() => businessDate('2026-06-15'))
  expect(clock.today()).toBe('2026-06-15')
  expect(dateOfInstant(clock.now())).toBe('2026-06-15')
})

test('instants of ISO and PostgreSQL are one form', () => {
  const same = ['2026-06-15T01:00:00.120Z', '2026-06-15 09:00:00.12+08', '2026-06-15T09:00:00.120999+08:00']
  for (const text of [...same, '2026-06-15 09:00:00.1209+0800'])
    expect(parseInstant(text), text).toBe('2026-06-15T01:00:00.120Z')
  const wrong = [
    '2026-06-15',
    '2026-06-15T01:00:00',
    '2026-02-30T01:00:00Z',
    '2026-13-01T01:00:00Z',
    '2026-06-15T25:00:00Z',
  ]
  for (const text of [...wrong, 'now', '']) expect(parseInstant(text), text).toBeUndefined()
  expect(() => instant('yesterday')).toThrow('not an instant')
})

test('seconds are added and counted', () => {
  const at = instantAt(businessDate('2026-06-15'), '09:00:30')
  expect(shanghaiTextOf(at)).toBe('2026-06-15 09:00:30')
  expect(shanghaiTextOf(addSeconds(at, -31))).toBe('2026-06-15 08:59:59')
})

const anyInstant = fc
  .date({ min: new Date('1992-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((d) => instant(d.toISOString()))

test.prop([anyInstant, fc.integer({ min: -1e6, max: 1e6 })])(
  'adding seconds and counting them agree',
  (at, n) => {
    expect(secondsBetween(at, addSeconds(at, n))).toBe(n)
    expect(parseInstant(at)).toBe(at)
  },
)
