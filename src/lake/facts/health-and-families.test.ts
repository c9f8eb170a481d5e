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

describe('hospital bills', () => {
  const bill = {
    who: 1,
    settlement: 1n,
    settled_on: '2026-05-01',
    in_scope_fen: 100_000,
    fund_fen: 60_000,
    refund: false,
  }
  test('refunds are taken off, whichever sign they carry', async () => {
    await feed(
      'hospital-bills',
      bill,
      { ...bill, settlement: 2n },
      { ...bill, settlement: 1n, refund: true },
      { ...bill, settlement: 3n, refund: true, in_scope_fen: -30_000, fund_fen: -10_000 },
    )
    expect(await member()).toMatchObject({ medicalInScopeFen: 70_000, medicalFundFen: 50_000 })
  })
  test('the window is open at its start and closed today', async () => {
    await feed(
      'hospital-bills',
      { ...bill, settlement: 1n, settled_on: '2025-06-15', in_scope_fen: 1 },
      { ...bill, settlement: 2n, settled_on: '2025-06-16', in_scope_fen: 10 },
      { ...bill, settlement: 3n, settled_on: '2026-06-15', in_scope_fen: 100 },
      { ...bill, settlement: 4n, settled_on: '2026-06-16', in_scope_fen: 1000 },
    )
    expect(await member()).toMatchObject({ medicalInScopeFen: 110 })
  })
  test('a settlement that two feeds repeat counts once', async () => {
    await feed('hospital-bills', bill, { ...bill, feed: 1 })
    expect(await member()).toMatchObject({ medicalInScopeFen: 100_000 })
    expect(await member('yang')).toMatchObject({ medicalInScopeFen: 0, medicalInScopeFen__known: true })
  })
})

test('housing fund: the newest row, a sealed account with the base it had', async () => {
  await feed(
    'housing-fund',
    { who: 1, state: 'normal', base_fen: 500_000, last_paid_month: 202603 },
    { who: 1, state: 'sealed', base_fen: 520_000, last_paid_month: 202604, feed: 1 },
  )
  expect(await member()).toMatchObject({
    housingFundState: 'sealed',
    housingFundBaseFen: 520_000,
    housingFundLastPaidMonth: '2026-04',
  })
})

describe('moves', () => {
  test('the latest not reversed and not in the future, also where a later feed reverses it', async () => {
    await feed(
      'moves',
      { who: 1, direction: 'out', moved_on: '2026-03-01', reversed: false },
      { who: 1, direction: 'in', moved_on: '2026-05-01', reversed: false },
      { who: 1, direction: 'in', moved_on: '2026-05-01', reversed: true, feed: 1 },
      { who: 1, direction: 'in', moved_on: '2026-07-01', reversed: false },
    )
    expect(await member()).toMatchObject({ lastMovedOn: '2026-03-01', newcomerMovedInOn: null })
  })
  test('somebody who moves in under a member as head is a newcomer; one who moves out is not', async () => {
    const head = { head_token: 1n, head_check_char: '1', reversed: false }
    await feed(
      'moves',
      { who: 77, direction: 'in', moved_on: '2026-04-01', ...head },
      { who: 78, direction: 'out', moved_on: '2026-05-01', ...head },
      { who: 79, direction: 'in', moved_on: '2026-05-02', ...head, reversed: true },
    )
    expect(await member()).toMatchObject({ lastMovedOn: null, newcomerMovedInOn: '2026-04-01' })
  })
})

describe('marriages', () => {
  test('count for both partners; reprints do not count', async () => {
    const spouse = { spouse_token: 2n, spouse_check_char: '2' }
    await feed(
      'marriages',
      { who: 77, ...spouse, event: 'marriage', event_on: '2026-04-01', certificate: 1n },
      { who: 77, ...spouse, event: 'reprint-marriage', event_on: '2026-05-01', certificate: 2n },
    )
    expect(await member('yang')).toMatchObject({ lastMarriageEventOn: '2026-04-01' })
  })
  test('one that was revoked by certificate is none, even when the revoking row names nobody we know', async () => {
    await feed(
      'marriages',
      { who: 1, event: 'marriage', event_on: '2026-04-01', certificate: 1n },
      { who: 1, event: 'divorce', event_on: '2026-02-01', certificate: 2n },
      { event: 'revoked', event_on: '2026-05-01', certificate: 1n, feed: 1 },
    )
    expect(await member()).toMatchObject({ lastMarriageEventOn: '2026-02-01' })
  })
})

test('disability: the newest certificate, a missing grade as absent', async () => {
  await feed(
    'disability',
    { who: 1, class: '4', grade: '1', state: 'cancelled', issued_on: '2015-01-01' },
    { who: 1, class: '5', state: 'valid', issued_on: '2024-01-01', expires_on: '2034-01-01' },
    { who: 1, class: '1', grade: '1', state: 'valid' },
  )
  expect(await member()).toMatchObject({
    disabilityState: 'valid',
    disabilityClass: '5',
    disabilityGrade: null,
    disabilityExpiresOn: '2034-01-01',
  })
})

test('unemployment: the newest registration, the latest end of benefit of any', async () => {
  await feed(
    'unemployment',
    { who: 1, registered_on: '2024-01-01', state: 'left', benefit_until: 202608 },
    { who: 1, registered_on: '2026-01-01', state: 'active' },
  )
  expect(await member()).toMatchObject({ unemploymentState: 'active', unemploymentBenefitUntil: '2026-08' })
})
