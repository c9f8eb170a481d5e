import { expect, test } from 'vitest'
import { businessDate } from '#base'
import { dueAfter, firstHolder, type Office, officeIndex } from './routing.ts'
import {
  alertStatuses,
  alertSteps,
  openStatuses,
  resultLabels,
  routes,
  statusAfter,
  taskAfter,
} from './states.ts'

const office = (id: string, kind: string, regionCode: string, department: string | null = null): Office => ({
  id,
  kind,
  regionCode,
  department,
})
const all = [
  office('province', 'civil-affairs', '530000000000'),
  office('city', 'civil-affairs', '532900000000'),
  office('county', 'civil-affairs', '532901000000'),
  office('town', 'township', '532901101000'),
  office('village', 'village', '532901101001'),
  office('education', 'department', '532901000000', 'education'),
  office('police-city', 'department', '532900000000', 'police'),
]
const index = officeIndex(all)

test.each([
  ['red', 'household', 'police', '532901101001', 'county'],
  ['red', 'lead', 'education', '532901101001', 'county'],
  ['orange', 'household', 'police', '532901101001', 'town'],
  ['yellow', 'household', 'labour', '532901101000', 'town'],
  ['orange', 'lead', 'education', '532901101001', 'education'],
  // No such office in the county: the city's; nor there: civil affairs stands in.
  ['orange', 'lead', 'police', '532901101001', 'police-city'],
  ['orange', 'lead', 'agriculture', '532901000000', 'county'],
  ['yellow', 'household', 'labour', '532901999001', 'county'],
  ['red', 'household', 'police', '532922101001', 'city'],
  ['red', 'household', 'police', '533300000000', 'province'],
] as const)(
  'a %s alert about a %s of %s in %s first goes to %s',
  (grade, subjectKind, owner, regionCode, holder) => {
    expect(firstHolder(index, { grade, subjectKind, owner, regionCode })?.id).toBe(holder)
  },
)

const zones = [
  { zone: '532901971000', actsAs: 'township', area: '532901101001' },
  { zone: '532971000000', actsAs: 'county', area: '532901102000' },
] as const
const resort = office('resort', 'township', '532901971000')
const park = office('park', 'civil-affairs', '532971000000')

test.each([
  ['yellow', '532901101001', 'resort'],
  ['red', '532901101001', 'county'],
  ['yellow', '532901101002', 'town'],
  ['red', '532901102001', 'park'],
  // No township office of its own: the office of the county's step stands in.
  ['yellow', '532901102001', 'park'],
  ['red', '532901103001', 'county'],
] as const)('where zones take a step, a %s alert in %s first goes to %s', (grade, regionCode, holder) => {
  const zoned = officeIndex([...all, resort, park], zones)
  const alert = { grade, subjectKind: 'household', owner: 'labour', regionCode } as const
  expect(firstHolder(zoned, alert)?.id).toBe(holder)
  expect(zoned.width).toBe(12)
})

test('a zone stands above its villages and below the county, or the city; without an office it takes no step', () => {
  const zoned = officeIndex([...all, resort, park], zones)
  const village = all.find(({ id }) => id === 'village') as Office
  expect(zoned.above(village)).toBe(resort)
  expect(zoned.above(resort)?.id).toBe('county')
  expect(zoned.above(park)?.id).toBe('city')
  const officeless = officeIndex(all, zones)
  expect(officeless.above(village)?.id).toBe('town')
  expect(officeless.width).toBe(9)
})

test('each office has one above it, up to the province', () => {
  const above = (id: string) => index.above(all.find((one) => one.id === id) as Office)?.id
  expect(all.map(({ id }) => [id, above(id)])).toEqual([
    ['province', 'province'],
    ['city', 'province'],
    ['county', 'city'],
    ['town', 'county'],
    ['village', 'town'],
    ['education', 'county'],
    ['police-city', 'city'],
  ])
})

test('a due date counts the working days that hold on the day an alert is handed on', () => {
  const calendar = { years: [{ year: 2026, holidays: [], workdays: [] }] }
  const days = (on: string) =>
    on < '2026-07-01' ? { red: 1, orange: 2, yellow: 3 } : { red: 2, orange: 4, yellow: 6 }
  const due = (on: string, grade: 'red' | 'orange' | 'yellow') =>
    dueAfter(businessDate(on), grade, days, calendar)
  expect(due('2026-06-30', 'red')).toEqual({ date: '2026-07-01' })
  expect(due('2026-07-01', 'red')).toEqual({ date: '2026-07-03' })
  expect(due('2026-12-31', 'yellow')).toEqual({ awaitingCalendar: true, year: 2027 })
})

test('the transition table: what is closed stays closed, and only what nobody verifies is withdrawn', () => {
  for (const step of alertSteps) {
    for (const closed of ['disposed', 'withdrawn'] as const)
      expect(statusAfter(closed, step)).toBe(
        step === 'marked' && closed === 'disposed' ? 'disposed' : undefined,
      )
    for (const from of alertStatuses) if (step === 'raised') expect(statusAfter(from, step)).toBeUndefined()
  }
  for (const from of openStatuses) {
    expect(statusAfter(from, 'disposed')).toBe('disposed')
    expect(statusAfter(from, 'escalated')).toBe('dispatched')
    expect(statusAfter(from, 'merged')).toBe(from)
    expect(statusAfter(from, 'withdrawn')).toBe(from === 'verifying' ? undefined : 'withdrawn')
    expect(statusAfter(from, 'taken')).toBe(from === 'verifying' ? undefined : 'verifying')
  }
})

test('a task follows where something was found, one kind for each route, and none of them ends a benefit', () => {
  const kinds = routes.map((route) => taskAfter(route, 'confirmed'))
  expect(kinds).toEqual(['implement-policy', 'check-entitlement', 'coordinate', 'review-entitlement'])
  for (const route of routes)
    expect(resultLabels.map((label) => taskAfter(route, label) !== undefined)).toEqual([
      true,
      true,
      false,
      false,
    ])
})
