import { expect, test } from 'vitest'
import type { FeedKind } from '#exchange'
import { loadDivisions } from '../files/divisions.server.ts'
import { plusDays, plusMonth, plusMonths } from '../world/days.ts'
import { makeWorldFrom } from '../world/make-world.ts'
import type { ValuesOf, WorldRow } from '../world/rows.ts'
import { type IndicatorId, outcomesOf } from './alerts.ts'
import { counts } from './evidence.ts'

const today = '2026-06-15'
const world = makeWorldFrom(
  { region: '5329', persons: 60_000, seed: 7, businessDate: today },
  loadDivisions('5329'),
)
const { alerts, unknown } = outcomesOf(world)
const members = new Map(world.registry.persons.map((p) => [p.key, p]))
const households = new Map(world.registry.households.map((h) => [h.number, h]))
const alerted = new Set(alerts.flatMap((a) => a.persons.map((p) => `${a.indicator}|${p}`)))

/** Members whose rows of a kind are all near misses of one sort, and how many of them alert all the same. */
const nearMisses = <K extends FeedKind>(
  kind: K,
  indicator: IndicatorId,
  misses: (values: ValuesOf<K>) => boolean,
): { people: number; alerted: number } => {
  const byPerson = new Map<string, ValuesOf<K>[]>()
  for (const row of world.feeds[kind] as readonly WorldRow<K>[]) {
    if (!counts(row as unknown as WorldRow) || !members.has(row.about)) continue
    byPerson.set(row.about, [...(byPerson.get(row.about) ?? []), row.values])
  }
  const people = [...byPerson].filter(([, rows]) => rows.every(misses)).map(([key]) => key)
  return { people: people.length, alerted: people.filter((key) => alerted.has(`${indicator}|${key}`)).length }
}

const month = today.slice(0, 7)
const yearAgo = plusMonths(today, -12)

test.each([
  ['reversed deaths', nearMisses('deaths', 'member-died', (d) => d.reversed)],
  ['medical parole', nearMisses('imprisonment', 'member-imprisoned', (i) => i.state === 'medical-parole')],
  ['parole', nearMisses('imprisonment', 'member-imprisoned', (i) => i.state === 'parole')],
  ['a sentence that ends today', nearMisses('imprisonment', 'member-imprisoned', (i) => i.endsOn === today)],
  ['village allowances', nearMisses('payroll', 'public-payroll', (p) => p.class === 'village-allowance')],
  ['posts for people in need', nearMisses('payroll', 'public-payroll', (p) => p.class === 'public-post')],
  [
    'new motorcycles',
    nearMisses(
      'vehicles',
      'new-vehicle',
      (v) => /^[MNT]/.test(v.vehicleType) && v.firstRegisteredOn > yearAgo,
    ),
  ],
  [
    'new cars already gone',
    nearMisses('vehicles', 'new-vehicle', (v) => /[EPB]/.test(v.status) && v.firstRegisteredOn > yearAgo),
  ],
  [
    'a car of exactly a year ago',
    nearMisses('vehicles', 'new-vehicle', (v) => v.firstRegisteredOn === yearAgo),
  ],
  ['cooperative members', nearMisses('business', 'registered-business', (b) => b.kind === 'cooperative')],
  ['cancelled businesses', nearMisses('business', 'registered-business', (b) => b.state === 'cancelled')],
  ['directors', nearMisses('business', 'registered-business', (b) => b.role === 'director')],
  ['people who pay alone', nearMisses('insurance-payments', 'insurance-started', (p) => !p.employer)],
  ['pensions of nothing', nearMisses('pensions', 'pension-started', (p) => p.amountFen === 0)],
  [
    'accounts sealed long ago',
    nearMisses(
      'housing-fund',
      'income-fell',
      (a) => a.state === 'sealed' && a.lastPaidMonth < plusMonth(month, -7),
    ),
  ],
  [
    'accounts sealed in the month before the window',
    nearMisses('housing-fund', 'income-fell', (a) => a.lastPaidMonth === plusMonth(month, -6)),
  ],
  ['closed accounts', nearMisses('housing-fund', 'income-fell', (a) => a.state === 'closed')],
  [
    'certificates that expire today',
    nearMisses('disability', 'disabled-uncovered', (d) => d.expiresOn === today),
  ],
  ['cancelled certificates', nearMisses('disability', 'disabled-uncovered', (d) => d.state === 'cancelled')],
  [
    'benefit in force this month',
    nearMisses('unemployment', 'unemployed-uncovered', (u) => u.benefitUntil === month),
  ],
])('near misses are there and do not alert: %s', (_, found) => {
  expect(found.people).toBeGreaterThan(0)
  expect(found.alerted).toBe(0)
})

test('reprinted and revoked certificates change no household', () => {
  const { marriages } = world.feeds
  const revoked = new Set(
    marriages.filter((m) => m.values.event === 'revoked').map((m) => m.values.certificate),
  )
  expect(marriages.some((m) => m.values.event === 'marriage' && revoked.has(m.values.certificate))).toBe(true)
  const reprints = nearMisses('marriages', 'member-changed', (m) => m.event.startsWith('reprint'))
  expect(reprints.people).toBeGreaterThan(10)
})

test('spending of exactly sixty in a hundred is there and does not alert, one fen more does', () => {
  const spent = new Map<string, number>()
  for (const row of world.feeds['hospital-bills']) {
    const household = members.get(row.about)?.household
    const { settledOn, inScopeFen, fundFen } = row.values
    if (!household || !counts(row) || settledOn <= yearAgo) continue
    spent.set(household, (spent.get(household) ?? 0) + inScopeFen - fundFen)
  }
  const over = new Set(alerts.filter((a) => a.indicator === 'medical-spending').map((a) => a.subject))
  const gap = [...spent].flatMap(([number, fen]) => {
    const { annualIncomeFen, category } = households.get(number)!
    return annualIncomeFen && category !== 'tekun' ? [{ number, gap: fen * 100 - annualIncomeFen * 60 }] : []
  })
  const exact = gap.filter((g) => g.gap === 0)
  const justOver = gap.filter((g) => g.gap > 0 && g.gap <= 100)
  expect(exact.length).toBeGreaterThan(0)
  expect(exact.every((g) => !over.has(g.number))).toBe(true)
  expect(justOver.length).toBeGreaterThan(0)
  expect(justOver.every((g) => over.has(g.number))).toBe(true)
})

test('a sealed base of exactly thirty in a hundred alerts', () => {
  const fell = new Set(alerts.filter((a) => a.indicator === 'income-fell').map((a) => a.subject))
  const exact = world.feeds['housing-fund'].filter((row) => {
    const yearly = households.get(members.get(row.about)?.household ?? '')?.annualIncomeFen
    return (
      counts(row) &&
      row.values.state === 'sealed' &&
      yearly !== undefined &&
      row.values.baseFen * 40 === yearly &&
      yearly > 0
    )
  })
  expect(exact.length).toBeGreaterThan(0)
  expect(exact.every((row) => fell.has(members.get(row.about)!.household))).toBe(true)
})

test('an agreement that ends today is over, one that ends tomorrow holds', () => {
  const without = new Set(
    alerts.filter((a) => a.indicator === 'tekun-without-agreement').flatMap((a) => a.persons),
  )
  const ending = (day: string): string[] =>
    world.registry.persons.filter((p) => p.declared.careAgreement?.validUntil === day).map((p) => p.key)
  expect(ending(today).length).toBeGreaterThan(0)
  expect(ending(today).every((key) => without.has(key))).toBe(true)
  expect(ending(plusDays(today, 1)).length).toBeGreaterThan(0)
  expect(ending(plusDays(today, 1)).some((key) => without.has(key))).toBe(false)
})

test('every indicator has from tens to a few hundred subjects', () => {
  const found = new Map<string, number>()
  for (const a of alerts) found.set(a.indicator, (found.get(a.indicator) ?? 0) + 1)
  for (const [indicator, count] of found) {
    expect(count, indicator).toBeGreaterThan(30)
    expect(count, indicator).toBeLessThan(500)
  }
  expect(found.size).toBe(16)
})

test('what is unknown names the missing fact, and is no alert', () => {
  const keys = new Set(alerts.map((a) => `${a.indicator}|${a.subject}`))
  expect(unknown.every((u) => u.missing.length > 0 && !keys.has(`${u.indicator}|${u.household}`))).toBe(true)
  const named = new Set(unknown.flatMap((u) => u.missing))
  expect([...named].sort()).toEqual([
    'annualIncomeFen',
    'careAgreement',
    'custodyEndsOn',
    'disabilityGrade',
    'real-estate',
    'workStatus',
  ])
})

test('no alert rests on a row without a number', () => {
  const uncertain = new Set(
    Object.values(world.feeds).flatMap((rows) =>
      (rows as readonly WorldRow[]).filter((r) => r.identified !== 'number').map((r) => r.about),
    ),
  )
  expect(uncertain.size).toBeGreaterThan(10)
  for (const row of world.feeds.moves) if (row.identified !== 'number') expect(row.values.reversed).toBe(true)
  for (const row of world.feeds['return-poverty']) {
    if (row.identified !== 'number') expect(row.values.category).toBe('none')
  }
})
