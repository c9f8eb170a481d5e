import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveRegions } from '#access/server'
import { startTestServer, type TestClient } from '#testing/server.ts'
import { aHousehold, aNumber, makeSmallWorld, type SmallWorld } from '#testing/small-world.ts'
import { endpointsOf, refusalSpecs } from '../src/app/services.server.ts'

// 演示经济开发区 (regions/zones.yaml) does a county's work over 满江街道 of 大理市.
const zone = '532971000000'
const inZone = '532901005001'
const besideZone = '532901001001'

let world: SmallWorld
let server: Awaited<ReturnType<typeof startTestServer>>
let officer: TestClient
let village: TestClient

beforeAll(async () => {
  world = await makeSmallWorld([
    aHousehold(1, { regionCode: inZone }),
    aHousehold(2, { regionCode: '532901005002' }),
    aHousehold(3, { regionCode: besideZone }),
    aHousehold(4, { regionCode: '532922100001' }),
  ])
  await world.look((tx) => saveRegions(tx, world.installation.regions))
  server = await startTestServer({
    appUrl: world.installation.appUrl,
    refusals: refusalSpecs,
    endpoints: () => endpointsOf(world.services),
  })
  officer = await server.as('county-officer', { regionCode: zone })
  village = await server.as('village-helper', { regionCode: inZone })
  const rows = [1, 2, 3, 4].map((serial) => ({
    姓名: '杨秀英',
    公民身份号码: aNumber(serial),
    死亡日期: '2026-05-02',
  }))
  await world.send('police-deaths', rows, { regionCode: '532900000000' })
  await world.scan()
}, 60_000)
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
const householdsOf = async (client: TestClient): Promise<string[]> => {
  const { body } = await client.post<{ items: { household: { number: string } }[] }>(
    '/api/v1/registry/people/search',
    { text: '杨秀英' },
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

test('when the zone’s time is over it sees nothing any more', async () => {
  await world.look((tx) =>
    tx.updateTable('region_zones').set({ valid_until: '2026-06-15' }).where('zone_code', '=', zone).execute(),
  )
  expect(await householdsOf(officer)).toEqual([])
  expect(await alertsOf(officer)).toEqual([])
})
