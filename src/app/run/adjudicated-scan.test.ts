import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadRegistry } from '#registry/server'
import type { TestClient } from '#testing/server.ts'
import { startTestServer } from '#testing/server.ts'
import { aHousehold, aNumber, makeSmallWorld, type SmallWorld } from '#testing/small-world.ts'
import { endpointsOf, refusalSpecs } from '../services.server.ts'

let world: SmallWorld
let server: Awaited<ReturnType<typeof startTestServer>>
let officer: TestClient

const born = '1956-03-12'

beforeAll(async () => {
  world = await makeSmallWorld([
    // Two people of one name and birthday in one township, as happens.
    aHousehold(1, { name: '段金花' }),
    aHousehold(2, { name: '段金花' }),
    aHousehold(3, { name: '李桂芳' }),
    aHousehold(4, { name: '李桂芳', regionCode: '532901001002' }),
    aHousehold(5, { name: '赵玉兰' }),
    aHousehold(6, { name: '赵玉莲' }),
  ])
  server = await startTestServer({
    appUrl: world.installation.appUrl,
    refusals: refusalSpecs,
    endpoints: () => endpointsOf(world.services),
  })
  officer = await server.as('county-officer')
}, 60_000)
afterAll(async () => {
  await server.close()
  await world.close()
})

const path = '/api/v1/registry/adjudications'
interface Case {
  readonly id: string
  readonly version: number
  readonly candidates: { personId: string; household: { number: string } }[]
  readonly row: { name: string | null; number: string | null }
}
const queue = async (): Promise<Case[]> => {
  const { items } = (await officer.get<{ items: { id: string }[] }>(path)).body
  return Promise.all(items.map(async ({ id }) => (await officer.get<Case>(`${path}/${id}`)).body))
}
const decide = (one: Case, body: object) =>
  officer.post<{ status: string }>(`${path}/${one.id}/decide`, body, { 'if-match': `"v${one.version}"` })
const alerts = async () => {
  const rows = await world.look((tx) =>
    tx
      .selectFrom('alerts')
      .leftJoin('households', 'households.id', 'alerts.household_id')
      .leftJoin('leads', 'leads.id', 'alerts.lead_id')
      .select(['households.number', 'leads.name', 'indicator'])
      .where('alerts.status', '<>', 'withdrawn')
      .orderBy('alerts.number')
      .execute(),
  )
  return rows.map(({ number, name, indicator }) => `${number ?? name} ${indicator}`)
}

/** Scans over a whole world, which a busy machine makes wait. */
const patience = 120_000

test(
  'a death without a number that fits two people is asked; "same" makes the next scan use it, once',
  async () => {
    await world.send('police-deaths', [
      { 姓名: '段金花', 出生日期: born, 死亡日期: '2026-05-20', 居委会: '' },
    ])
    expect(await world.scan()).toMatchObject({ adjudicated: 1, raised: 0 })
    expect(await alerts()).toEqual([])
    const [asked, ...others] = await queue()
    expect(others).toEqual([])
    expect(asked?.row).toMatchObject({ name: '段金花', number: null })
    expect(asked?.candidates.map(({ household }) => household.number).toSorted()).toEqual([
      'H2901000001',
      'H2901000002',
    ])
    const second = asked?.candidates.find(({ household }) => household.number === 'H2901000002')
    expect((await decide(asked!, { verdict: 'same', personId: second?.personId })).status).toBe(200)
    expect(await world.scan()).toMatchObject({ adjudicated: 0, scored: 1, raised: 1 })
    expect(await alerts()).toEqual(['H2901000002 member-died'])
    expect(await world.scan()).toMatchObject({ adjudicated: 0, raised: 0, unchanged: 1 })
    // A later file with the same row is answered by what was decided.
    await world.send('police-deaths', [
      { 姓名: '段金花', 出生日期: born, 死亡日期: '2026-05-20', 死亡证明编号: 'SW-2' },
    ])
    expect(await world.scan()).toMatchObject({ adjudicated: 0, scored: 2, raised: 0 })
  },
  patience,
)

const watched = {
  姓名: '李桂芳',
  出生日期: '1956年3月12日',
  县: '大理市',
  户类型: '脱贫户',
  监测对象类别: '脱贫不稳定户',
  识别监测时间: '2026-05',
  风险是否已消除: '否',
  户编号: 'F-1',
}

test(
  '"none of them" makes a lead where the file finds people in need, and is remembered',
  async () => {
    await world.send('agriculture-watch', [watched])
    expect(await world.scan()).toMatchObject({ adjudicated: 1, raised: 0, leads: 0 })
    const [asked] = await queue()
    expect(asked?.candidates).toHaveLength(2)
    expect((await decide(asked!, { verdict: 'none' })).body.status).toBe('none')
    expect(await world.scan()).toMatchObject({ adjudicated: 0, leads: 1, raised: 1 })
    expect(await alerts()).toContain('李桂芳 return-poverty-outside')
    await world.send('agriculture-watch', [{ ...watched, 工资性收入: '1200' }])
    expect(await world.scan()).toMatchObject({ adjudicated: 0, leads: 1, raised: 0 })
    expect(await queue()).toEqual([])
  },
  patience,
)

test(
  'a number with another name is asked and counts for nobody until decided',
  async () => {
    const row = { 姓名: '王小二', 公民身份号码: aNumber(5), 死亡日期: '2026-05-21' }
    await world.send('police-deaths', [row])
    expect(await world.scan()).toMatchObject({ adjudicated: 1, raised: 0 })
    const [asked] = await queue()
    expect(asked?.row).toMatchObject({ name: '王小二', number: expect.stringMatching(/^9929\*+/) })
    await decide(asked!, { verdict: 'same', personId: asked?.candidates[0]?.personId })
    expect(await world.scan()).toMatchObject({ adjudicated: 0, raised: 1 })
    expect(await alerts()).toContain('H2901000005 member-died')
  },
  patience,
)

test(
  '"not the same" about a number raises nothing and is not asked again, in no later file',
  async () => {
    const row = { 姓名: '钱大', 公民身份号码: aNumber(6), 死亡日期: '2026-05-22' }
    await world.send('police-deaths', [row])
    await world.scan()
    const [asked] = await queue()
    await decide(asked!, { verdict: 'none' })
    expect(await world.scan()).toMatchObject({ adjudicated: 0, raised: 0 })
    await world.send('police-deaths', [{ ...row, 死亡证明编号: 'SW-9' }])
    expect(await world.scan()).toMatchObject({ adjudicated: 0, raised: 0 })
    // The right name is that person's row all the same.
    await world.send('police-deaths', [{ ...row, 姓名: '赵玉莲' }])
    expect(await world.scan()).toMatchObject({ adjudicated: 0, raised: 1 })
    expect(await alerts()).toContain('H2901000006 member-died')
  },
  patience,
)

test(
  'somebody registered after the file came is asked about under another name too, though it was not kept',
  async () => {
    await world.send('police-deaths', [{ 姓名: '孙三', 公民身份号码: aNumber(7), 死亡日期: '2026-05-23' }])
    expect(await world.scan()).toMatchObject({ adjudicated: 0, raised: 0 })
    const { secrecy, clock } = world.services
    await world.look((tx) =>
      loadRegistry(tx, { secrecy, clock }, { households: [aHousehold(7, { name: '周桂香' })] }),
    )
    expect(await world.scan()).toMatchObject({ adjudicated: 1, raised: 0 })
    const [asked] = await queue()
    expect(asked?.row).toMatchObject({ name: null, number: expect.stringMatching(/^9929\*+/) })
    await decide(asked!, { verdict: 'same', personId: asked?.candidates[0]?.personId })
    expect(await world.scan()).toMatchObject({ adjudicated: 0, raised: 1 })
  },
  patience,
)
