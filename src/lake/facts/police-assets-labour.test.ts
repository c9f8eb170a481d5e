import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type FactsFixture, openFixture } from './facts-fixture.server.ts'

let facts: FactsFixture
beforeAll(async () => {
  facts = await openFixture()
})
beforeEach(() => facts.reset())
afterAll(() => facts.close())
const feed: FactsFixture['feed'] = (kind, ...rows) => facts.feed(kind, ...rows)
const member: FactsFixture['member'] = (id) => facts.member(id)
const household: FactsFixture['household'] = (id) => facts.household(id)

describe('deaths', () => {
  test('the earliest that is not reversed counts', async () => {
    await feed(
      'deaths',
      { who: 1, died_on: '2026-05-09', reversed: false },
      { who: 1, died_on: '2026-05-01', reversed: true },
      { who: 1, died_on: '2026-05-20', reversed: false },
    )
    expect(await member()).toMatchObject({ diedOn: '2026-05-09' })
  })
  test('a death that a later feed takes back is none', async () => {
    await feed(
      'deaths',
      { who: 1, died_on: '2026-04-01', reversed: false },
      { who: 1, died_on: '2026-04-01', reversed: true, feed: 1 },
    )
    expect(await member()).toMatchObject({ diedOn: null, diedOn__known: true })
  })
})

test('imprisonment: the newest sentence of the newest feed, all its facts from one row', async () => {
  await feed(
    'imprisonment',
    { who: 1, state: 'in-custody', started_on: '2025-01-01', life: true, feed: 0 },
    { who: 1, state: 'released', started_on: '2019-01-01', ends_on: '2021-01-01', life: false, feed: 1 },
    { who: 1, state: 'in-custody', started_on: '2024-01-01', life: false, feed: 1 },
  )
  expect(await member()).toMatchObject({
    custodyState: 'in-custody',
    custodyStartedOn: '2024-01-01',
    custodyForLife: false,
    custodyEndsOn: null,
  })
})

test('payroll: the latest month decides, even when an older feed brought it', async () => {
  await feed(
    'payroll',
    { who: 1, class: 'staff', period: 202604, feed: 1 },
    { who: 1, class: 'retired', period: 202605, exited_on: '2026-05-31', feed: 0 },
  )
  expect(await member()).toMatchObject({ payrollClass: 'retired', payrollExitedOn: '2026-05-31' })
})

describe('vehicles', () => {
  const car = { who: 1, plate: 11n, vehicle_type: 'K33', status: 'A', first_registered_on: '2026-03-01' }
  test('the later of first registration and transfer counts, and of several cars the latest', async () => {
    await feed(
      'vehicles',
      { ...car, first_registered_on: '2015-01-01', owner_changed_on: '2026-02-01' },
      { ...car, plate: 12n, first_registered_on: '2020-01-01' },
    )
    expect(await member()).toMatchObject({ vehicleAcquiredOn: '2026-02-01' })
  })
  test.each([
    ['a motorcycle', { vehicle_type: 'M21' }],
    ['a three-wheeler', { vehicle_type: 'N11' }],
    ['a tractor', { vehicle_type: 'T11' }],
    ['cancelled', { status: 'E' }],
    ['scrapped, among other letters', { status: 'GPQ' }],
    ['moved out', { status: 'B' }],
    ['registered after today', { first_registered_on: '2026-06-16' }],
  ])('a vehicle that is %s does not count', async (_what, change) => {
    await feed('vehicles', { ...car, ...change })
    expect(await member()).toMatchObject({ vehicleAcquiredOn: null })
  })
  test.each(['A', 'GQ', 'K', ''])('a vehicle with status “%s” counts', async (status) => {
    await feed('vehicles', { ...car, status })
    expect(await member()).toMatchObject({ vehicleAcquiredOn: '2026-03-01' })
  })
  test('a car that was sold on or cancelled later no longer counts for the earlier owner', async () => {
    await feed(
      'vehicles',
      car,
      { ...car, who: 2, owner_changed_on: '2026-05-01', feed: 1 },
      { ...car, plate: 12n },
      { ...car, plate: 12n, status: 'E', feed: 1 },
    )
    expect(await member('li')).toMatchObject({ vehicleAcquiredOn: null })
    expect(await member('yang')).toMatchObject({ vehicleAcquiredOn: '2026-05-01' })
  })
})

test('real estate: current homes, a shared one once, parking and former ones never', async () => {
  const home = { use: 'home', state: 'current', registered_on: '2020-01-01' }
  await feed(
    'real-estate',
    { ...home, who: 1, unit: 1n },
    { ...home, who: 2, unit: 1n },
    { ...home, who: 2, unit: 2n },
    { ...home, who: 2, unit: 2n, state: 'history', feed: 1 },
    { ...home, who: 1, unit: 3n, use: 'parking' },
    { ...home, who: 1, unit: 4n },
    { ...home, who: 3, unit: 5n },
  )
  expect(await household('h-1')).toMatchObject({ homeUnits: 2 })
})

test('business: active, of a counted kind, in a counted role, each entity once', async () => {
  const firm = {
    who: 1,
    kind: 'company',
    role: 'legal-representative',
    state: 'active',
    started_on: '2020-01-01',
  }
  await feed(
    'business',
    { ...firm, entity: 1n },
    { ...firm, entity: 1n, role: 'shareholder' },
    { ...firm, entity: 2n, role: 'supervisor' },
    { ...firm, entity: 3n, kind: 'cooperative' },
    { ...firm, entity: 4n },
    { ...firm, entity: 4n, state: 'cancelled', feed: 1 },
    { ...firm, entity: 5n, kind: 'individual' },
  )
  expect(await member()).toMatchObject({ activeBusinesses: 2 })
  expect(await member('yang')).toMatchObject({ activeBusinesses: 0, activeBusinesses__known: true })
})

test('insurance: the earliest month paid by an employer; refunds, arrears and other insurances do not begin a job', async () => {
  const paid = {
    who: 1,
    insurance: '110',
    period: 202604,
    paid_flag: 'paid',
    employer: true,
    amount_fen: 80_000,
  }
  await feed(
    'insurance-payments',
    paid,
    { ...paid, period: 202605 },
    { ...paid, period: 202603, amount_fen: -80_000 },
    { ...paid, period: 202602, paid_flag: 'arrears' },
    { ...paid, period: 202601, employer: false },
    { ...paid, period: 202512, insurance: '390' },
  )
  expect(await member()).toMatchObject({ employeeInsuranceFirstMonth: '2026-04' })
})

test('pensions: the earliest month in payment, not one of nothing or suspended', async () => {
  const pension = { who: 1, kind: '170', period: 202603, amount_fen: 13_000, state: 'normal' }
  await feed(
    'pensions',
    pension,
    { ...pension, period: 202602, amount_fen: 0 },
    { ...pension, period: 202601, state: 'suspended' },
    { ...pension, period: 202605 },
  )
  expect(await member()).toMatchObject({ pensionFirstMonth: '2026-03' })
})
