import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ImportHousehold } from '#registry'
import { aHousehold, aNumber, makeSmallWorld, type SmallWorld } from '#testing/small-world.ts'
import { insertInstallation } from '../../installation/installation.queries.server.ts'
import { killRest, runDoudi } from '../testing/child.server.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

// An installation with a few households and one file, in the invented standards of the demonstration.
let world: SmallWorld

/** An adult in work who lives alone in the country. */
const alone = (serial: number, incomeFen: number, regionCode = '532901001001'): ImportHousehold => {
  const household = aHousehold(serial, { birthDate: '1986-03-12', regionCode })
  const facts = [
    { kind: 'workStatus' as const, value: 'employed' },
    { kind: 'monthlyIncomeFen' as const, value: incomeFen },
  ]
  return { ...household, members: household.members.map((member) => ({ ...member, facts })) }
}

beforeAll(async () => {
  world = await makeSmallWorld([alone(1, 30_000), alone(2, 45_000), alone(3, 20_000, '532922001001')])
  await world.look((tx) =>
    insertInstallation(tx, { demo: true, businessDate: '2026-06-15', regionCode: '532900000000' }),
  )
  await world.send('police-deaths', [
    { 姓名: '杨秀英', 公民身份号码: aNumber(1, '1986-03-12'), 死亡日期: '2026-05-20' },
  ])
  expect((await world.scan()).raised).toBe(1)
})
afterAll(async () => {
  await killRest()
  await world.close()
})

const run = (...args: string[]) =>
  runDoudi(['policy', ...args], {
    dataDir: world.dataDir,
    env: { DATABASE_URL: world.installation.ownerUrl },
  })
const simulate = (...args: string[]) => run('simulate', ...args, '--json')

test('simulate says who gains and what a month costs, as counted by hand', async () => {
  const { code, json } = await simulate('--set', 'dibaoStandardRuralFen=50000')
  expect(code).toBe(0)
  // 150 + 250 yuan, then 200 + 50 + 300; the second household comes in.
  expect(json).toMatchObject({
    ok: true,
    result: {
      snapshot: { households: 3, persons: 3, on: '2026-06-15' },
      effects: { gains: 3, loses: 0, unchanged: 0, unknown: 0 },
      monthlyBeforeFen: 40_000,
      monthlyAfterFen: 55_000,
    },
  })
  const { months } = json.result as { months: object[] }
  expect(months).toHaveLength(12)
  expect(months[0]).toEqual({ month: '2026-06', beforeFen: 40_000, afterFen: 55_000, unknown: 0 })
})

test('a change may be of one place, the question of another day or region', async () => {
  const inCounty = await simulate('--set', 'dibaoStandardRuralFen=50000@532922')
  expect(inCounty.json).toMatchObject({ result: { effects: { gains: 1, unchanged: 2 } } })
  const ofCounty = await simulate(
    ...['--set', 'dibaoStandardRuralFen=40000', '--region', '532922', '--on', '2026-07-01'],
  )
  expect(ofCounty.json).toMatchObject({
    result: {
      question: { on: '2026-07-01', region: '532922000000' },
      snapshot: { households: 1 },
      ...{ effects: { loses: 1 }, monthlyBeforeFen: 25_000, monthlyAfterFen: 20_000 },
    },
  })
})

test('people read the programmes and the sum of it', async () => {
  const { code, out } = await run('simulate', '--set', 'dibaoStandardRuralFen=50000')
  expect(code).toBe(0)
  expect(out).toContain('2 → 3 households, 40000 → 55000 fen a month, 0 unknown')
  expect(out).toContain('3 registered households: 3 gain, 0 lose, 0 unknown')
})

test('what is paid by the year is never told as money of a month', async () => {
  const { out } = await run('simulate', '--set', 'heatingAidFen=30000')
  expect(out).toMatch(/households, \d+ → \d+ fen once a year/u)
  expect(out).not.toContain('fen a month')
})

test.each([
  ['a change without a value', ['--set', 'dibaoStandardRuralFen']],
  ['a parameter that nobody knows', ['--set', 'noSuchThing=1']],
  ['a place that is none', ['--set', 'dibaoStandardRuralFen=50000@99']],
])('%s is refused in one sentence', async (_what, args) => {
  const refused = await simulate(...args)
  expect(refused).toMatchObject({ code: 1, json: { ok: false, error: { code: 'insight.strange-change' } } })
})

test('replay computes the alerts again, and gives 1 with those whose facts were changed', async () => {
  const nothing = { differs: 0, 'facts-lost': 0, 'facts-broken': 0, 'pack-lost': 0, 'pack-broken': 0 }
  expect(await run('replay', '--json')).toMatchObject({
    code: 0,
    json: {
      ...{ ok: true, decisions: 1, failed: [] },
      kinds: { trials: { same: 0 }, simulations: { same: 0 }, alerts: { ...nothing, same: 1 } },
    },
  })
  expect((await run('replay')).out).toContain('0 saved trials, 0 reports of simulations, 1 alerts')
  await world.look((tx) =>
    sql`update alerts set explanation = jsonb_set(explanation, '{frozen,region}', '"532901000000"')`.execute(
      tx,
    ),
  )
  const changed = await run('replay', '--json')
  expect(changed).toMatchObject({ code: 1, json: { ok: false, counts: { same: 0, 'facts-broken': 1 } } })
  expect(changed.json.failed).toMatchObject([{ kind: 'alerts', result: 'facts-broken' }])
})
