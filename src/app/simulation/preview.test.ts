import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportHousehold } from '#registry'
import { openRulebook } from '#rulebook/server'
import { startTestServer, type TestClient } from '#testing/server.ts'
import { aHousehold, makeSmallWorld, type SmallWorld } from '#testing/small-world.ts'
import { endpointsOf, refusalSpecs } from '../services.server.ts'

const place = '532900000000'
let world: SmallWorld
let server: Awaited<ReturnType<typeof startTestServer>>
let proposer: TestClient

/** An adult of forty in work who lives alone in the country. */
const alone = (serial: number, incomeFen: number | undefined, regionCode?: string): ImportHousehold => {
  const household = aHousehold(serial, { birthDate: '1986-03-12', ...(regionCode && { regionCode }) })
  const facts = [
    { kind: 'workStatus' as const, value: 'employed' },
    ...(incomeFen === undefined ? [] : [{ kind: 'monthlyIncomeFen' as const, value: incomeFen }]),
  ]
  return { ...household, members: household.members.map((member) => ({ ...member, facts })) }
}

beforeAll(async () => {
  world = await makeSmallWorld([
    alone(1, 30_000),
    alone(2, 45_000),
    alone(3, 20_000, '532922001001'),
    alone(4, undefined),
    alone(5, 60_000),
    alone(6, 44_000),
  ])
  // The invented standards of the demonstration: 450 yuan a month in the country.
  const rulebook = openRulebook({ regionCode: place, demo: true })
  server = await startTestServer({
    appUrl: world.installation.appUrl,
    refusals: refusalSpecs,
    today: '2026-06-15',
    endpoints: () => endpointsOf({ ...world.services, rulebook }),
  })
  proposer = await server.as('county-officer', { regionCode: place })
}, 60_000)
afterAll(async () => {
  await server.close()
  await world.close()
})

const changeTo = (value: number, over: object = {}) => ({
  pack: 'demo',
  parameter: 'dibaoStandardRuralFen',
  value,
  from: '2026-07-01',
  until: null,
  region: place,
  source: {
    newDocument: {
      title: '关于调整农村低保标准的通知',
      number: '州民发〔2026〕5号',
      issuer: '州民政局',
      issuedOn: '2026-06-01',
    },
  },
  clause: '一',
  note: null,
  ...over,
})

const preview = (client: TestClient, change: object) =>
  client.post<{ preview: object | null }>('/api/v1/rulebook/parameter-previews', change)

test('a higher standard: who gains, who gets another amount, and the cost, as counted by hand', async () => {
  const { status, body } = await preview(proposer, changeTo(50_000))
  expect(status).toBe(200)
  expect(body.preview).toEqual({
    households: 6,
    // The first, third and sixth get 50 yuan more, the second comes in; the fourth told no income.
    gains: 4,
    loses: 0,
    changed: 3,
    open: 1,
    // 150 + 250 + 10, then 200 + 50 + 300 + 60 yuan.
    monthlyBeforeFen: 41_000,
    monthlyAfterFen: 61_000,
    on: '2026-06-15',
  })
})

test('a lower standard: who loses, whoever drops out included', async () => {
  const { body } = await preview(proposer, changeTo(40_000))
  expect(body.preview).toMatchObject({
    ...{ gains: 0, loses: 3, changed: 2, open: 1 },
    // 100 + 200 yuan; the sixth had 10.
    ...{ monthlyBeforeFen: 41_000, monthlyAfterFen: 30_000 },
  })
})

test('a county sees what a change of its own would do to its own households', async () => {
  const region = '532922000000'
  const county = await server.as('county-officer', { regionCode: region })
  expect((await preview(county, changeTo(50_000, { region }))).body.preview).toMatchObject({
    ...{ households: 1, gains: 1, changed: 1, monthlyBeforeFen: 25_000, monthlyAfterFen: 30_000 },
  })
})

test('what no programme of standing money reads has no preview', async () => {
  const change = changeTo(7, { parameter: 'selfCareLossFew', region: place })
  const { status, body } = await preview(proposer, change)
  expect({ status, preview: body.preview }).toEqual({ status: 200, preview: null })
})

test('whoever decides about a proposal asks for the preview of what was proposed', async () => {
  const path = '/api/v1/rulebook/parameter-proposals'
  const proposed = await proposer.post<{ id: string }>(path, changeTo(50_000))
  expect(proposed.status).toBe(200)
  const second = await server.as('supervisor', { regionCode: place })
  const { body } = await second.get<{ change: object }>(`${path}/${proposed.body.id}`)
  expect((await preview(second, body.change)).body.preview).toMatchObject({
    ...{ gains: 4, changed: 3, monthlyAfterFen: 61_000 },
  })
})
