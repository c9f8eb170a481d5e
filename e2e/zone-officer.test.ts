import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveRegions } from '#access/server'
import { startTestServer, type TestClient } from '#testing/server.ts'
import { aHousehold, aNumber, makeSmallWorld, type SmallWorld } from '#testing/small-world.ts'
import { endpointsOf, refusalSpecs } from '../src/app/services.server.ts'

// 演示经济开发区 (regions/zones.yaml) does a county's work over 满江街道 of 大理市.
const zone = '532971000000'
const inZone = '532901005001'
const besideZone = '532901001001'
// 演示旅游度假区 does a township's work over two villages of 太和街道, which stays at work in the others.
const resort = '532901971000'
const inResort = '532901004206'
const besideResort = '532901004204'
const people = ['杨秀英', '李桂芳'] as const

let world: SmallWorld
let server: Awaited<ReturnType<typeof startTestServer>>
let officer: TestClient
let village: TestClient
let resorts: TestClient
let resortVillage: TestClient

beforeAll(async () => {
  world = await makeSmallWorld([
    aHousehold(1, { regionCode: inZone }),
    aHousehold(2, { regionCode: '532901005002' }),
    aHousehold(3, { regionCode: besideZone }),
    aHousehold(4, { regionCode: '532922100001' }),
    aHousehold(5, { name: people[1], regionCode: inResort }),
    aHousehold(6, { name: people[1], regionCode: '532901004207' }),
    aHousehold(7, { name: people[1], regionCode: besideResort }),
  ])
  await world.look((tx) => saveRegions(tx, world.installation.regions))
  server = await startTestServer({
    appUrl: world.installation.appUrl,
    refusals: refusalSpecs,
    endpoints: () => endpointsOf(world.services),
  })
  officer = await server.as('county-officer', { regionCode: zone })
  village = await server.as('village-helper', { regionCode: inZone })
  resorts = await server.as('township-officer', { regionCode: resort })
  resortVillage = await server.as('village-helper', { regionCode: inResort })
  const rows = [1, 2, 3, 4, 5, 6, 7].map((serial) => ({
    姓名: people[serial < 5 ? 0 : 1],
    公民身份号码: aNumber(serial),
    死亡日期: '2026-05-02',
  }))
  // In two parts: a file of more deaths than these few households explain would be held back.
  for (const part of [rows.slice(0, 4), rows.slice(4)])
    await world.send('police-deaths', part, { regionCode: '532900000000' })
  await world.scan()
}, 120_000)
afterAll(async () => {
  await server.close()
  await world.close()
})

interface Row {
  readonly id: string
  readonly subject: { readonly number?: string | null }
}
const alertsOf = async (client: TestClient) => {
  const { body } = await client.get<{ rows: Row[] }>('/api/v1/monitoring/alerts')
  return body.rows
}
const householdsOf = async (client: TestClient, text: string = people[0]): Promise<string[]> => {
  const { body } = await client.post<{ items: { household: { number: string } }[] }>(
    '/api/v1/registry/people/search',
    { text },
  )
  return body.items.map(({ household }) => household.number).toSorted()
}
const idOf = (serial: number): Promise<string> =>
  world.look(async (tx) => {
    const query = tx
      .selectFrom('alerts')
      .innerJoin('households', 'households.id', 'alerts.household_id')
      .select('alerts.id')
      .where('households.number', '=', `H29010${String(serial).padStart(5, '0')}`)
    return (await query.executeTakeFirstOrThrow()).id
  })

test('an officer of a development zone sees the households and alerts of its villages and no others', async () => {
  expect(await householdsOf(officer)).toEqual(['H2901000001', 'H2901000002'])
  expect((await alertsOf(officer)).map(({ id }) => id).toSorted()).toEqual(
    [await idOf(1), await idOf(2)].toSorted(),
  )
  for (const outside of [3, 4])
    expect((await officer.get(`/api/v1/monitoring/alerts/${await idOf(outside)}`)).status).toBe(404)
})

test('the zone hands an alert to its own village, which then has it; elsewhere it reaches no office', async () => {
  const id = await idOf(1)
  const to = { kind: 'office', id: village.organisationId }
  const { offices } = (
    await officer.get<{ offices: { id: string; regionCode: string }[] }>('/api/v1/monitoring/offices')
  ).body
  expect(offices.map((office) => office.id)).toContain(village.organisationId)
  expect(offices.every(({ regionCode }) => regionCode === zone || regionCode.startsWith('532901005'))).toBe(
    true,
  )
  const planned = await officer.post<{ groups: { count: number }[]; left: unknown[] }>(
    '/api/v1/monitoring/dispatch-previews',
    { ids: [id], to: { kind: 'village' } },
  )
  expect(planned.body).toMatchObject({ groups: [{ count: 1 }], left: [] })
  const sent = await officer.post<{ dispatched: number }>('/api/v1/monitoring/dispatches', { ids: [id], to })
  expect(sent).toMatchObject({ status: 200, body: { dispatched: 1, left: [] } })
  expect((await alertsOf(village)).map((alert) => alert.id)).toEqual([id])
  const stranger = await server.as('village-helper', { regionCode: besideZone })
  const refused = await officer.post<{ code: string }>('/api/v1/monitoring/dispatches', {
    ids: [id],
    to: { kind: 'office', id: stranger.organisationId },
  })
  expect(refused.body.code).toBe('monitoring.no-such-office')
})

test('around the zone each office sees by its own range: the county all of its area, its neighbours nothing of the zone', async () => {
  const county = await server.as('county-officer')
  expect(await householdsOf(county)).toEqual(['H2901000001', 'H2901000002', 'H2901000003'])
  const town = await server.as('township-officer', { regionCode: '532901001000' })
  expect(await householdsOf(town)).toEqual(['H2901000003'])
  const neighbour = await server.as('county-officer', { regionCode: '532922000000' })
  expect(await householdsOf(neighbour)).toEqual(['H2901000004'])
  expect((await town.get(`/api/v1/monitoring/alerts/${await idOf(2)}`)).status).toBe(404)
})

const pathOf = (id: string) => `/api/v1/monitoring/alerts/${id}`
const sendTo = (client: TestClient, id: string, to: object) =>
  client.post<{ code: string; dispatched: number; left: { reason: string }[] }>(
    '/api/v1/monitoring/dispatches',
    { ids: [id], to },
  )
/** A person's finding, which starts at the township's step. */
const raiseAt = async (client: TestClient, serial: number) => {
  const householdId = await world.look(async (tx) => {
    const query = tx.selectFrom('households').select('id')
    return (await query.where('number', '=', `H290100000${serial}`).executeTakeFirstOrThrow()).id
  })
  return client.post<{ id: string; code: string }>('/api/v1/monitoring/alerts', {
    subject: { householdId },
    grade: 'yellow',
    route: 1,
    origin: 'visit',
    summary: '入户时发现老人独自在家，需要有人照看。',
  })
}

test('an officer of a zone that acts as township sees its villages alone, and searches no further', async () => {
  expect(await householdsOf(resorts, people[1])).toEqual(['H2901000005', 'H2901000006'])
  expect(await householdsOf(resorts)).toEqual([])
  const seen = (await alertsOf(resorts)).map(({ id }) => id).toSorted()
  expect(seen).toEqual([await idOf(5), await idOf(6)].toSorted())
  for (const outside of [1, 7]) expect((await resorts.get(pathOf(await idOf(outside)))).status).toBe(404)
})

test('the county hands an alert of its villages to the zone, and one of the villages beside it to the town', async () => {
  const county = await server.as('county-officer')
  const town = await server.as('township-officer', { regionCode: '532901004000' })
  for (const serial of [5, 7])
    expect((await sendTo(county, await idOf(serial), { kind: 'township' })).body.dispatched).toBe(1)
  const holderOf = async (serial: number) => {
    const { body } = await county.get<{ holder: { id: string } | null }>(pathOf(await idOf(serial)))
    return body.holder?.id
  }
  expect(await holderOf(5)).toBe(resorts.organisationId)
  expect(await holderOf(7)).toBe(town.organisationId)
})

test('the zone sends to its own villages, takes back from them, and reaches no other office', async () => {
  const id = await idOf(5)
  const { offices } = (
    await resorts.get<{ offices: { id: string; regionCode: string }[] }>('/api/v1/monitoring/offices')
  ).body
  expect(new Set(offices.map(({ regionCode }) => regionCode))).toEqual(new Set([resort, inResort]))
  expect((await sendTo(resorts, id, { kind: 'village' })).body).toMatchObject({ dispatched: 1, left: [] })
  expect((await alertsOf(resortVillage)).map((alert) => alert.id)).toEqual([id])
  // What it gave to a village is still its own to send.
  const back = { kind: 'office', id: resorts.organisationId }
  expect((await sendTo(resorts, id, back)).body).toMatchObject({ dispatched: 1, left: [] })
  const others = [
    await server.as('village-helper', { regionCode: besideResort }),
    await server.as('township-officer', { regionCode: '532901004000' }),
    await server.as('county-officer'),
    officer,
  ]
  for (const { organisationId } of others)
    expect((await sendTo(resorts, id, { kind: 'office', id: organisationId })).body.code).toBe(
      'monitoring.no-such-office',
    )
  // What lies on the county's desk is the county's to send.
  expect((await sendTo(resorts, await idOf(6), { kind: 'village' })).body).toMatchObject({
    dispatched: 0,
    left: [{ reason: 'not-holder' }],
  })
})

test('what is found on a visit in the zone starts at the zone; a house outside is none of its business', async () => {
  const raised = await raiseAt(resorts, 6)
  expect(raised.status, JSON.stringify(raised.body)).toBe(200)
  const { body } = await resorts.get<{ holder: { id: string } | null }>(pathOf(raised.body.id))
  expect(body.holder?.id).toBe(resorts.organisationId)
  expect((await raiseAt(resorts, 7)).status).toBe(404)
  const town = await server.as('township-officer', { regionCode: '532901004000' })
  expect(await householdsOf(town, people[1])).toEqual(['H2901000005', 'H2901000006', 'H2901000007'])
})

test('when a zone’s time is over it sees nothing any more', async () => {
  await world.look((tx) => tx.updateTable('region_zones').set({ valid_until: '2026-06-15' }).execute())
  for (const client of [officer, resorts]) {
    expect(await householdsOf(client)).toEqual([])
    expect(await householdsOf(client, people[1])).toEqual([])
    expect(await alertsOf(client)).toEqual([])
  }
})
