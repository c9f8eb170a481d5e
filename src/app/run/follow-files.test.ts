import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { followFiles, insertScan } from '#monitoring/server'
import { everywhere } from '#store'
import { inScope, type Tx } from '#store/server'
import { type IntakeWorld, intakeRegion, makeIntakeWorld } from '#testing/intake-world.ts'
import type { TestClient } from '#testing/server.ts'
import type { Background } from './background.server.ts'

let world: IntakeWorld
let background: Background
let officer: TestClient
const logged: unknown[][] = []

beforeAll(async () => {
  world = await makeIntakeWorld(200)
  officer = await world.server.as('supervisor', { regionCode: intakeRegion })
  background = await world.startBackground((entry) => logged.push(entry as unknown[]), '02:15')
}, 60_000)
afterAll(async () => {
  await background.stop()
  await world.close()
})

const look = <T>(work: (tx: Tx) => Promise<T>) => inScope(world.installation.database, everywhere, work)
const believed = () =>
  look((tx) =>
    tx
      .selectFrom('facts')
      .select('kind')
      .where('provenance', '=', 'compared')
      .where('superseded_at', 'is', null)
      .execute(),
  )
const kept = () => look((tx) => tx.selectFrom('kept_facts').select('id').executeTakeFirst())

test('what a file says is known soon after it came, and no more soon after it is taken back; nobody is judged', async () => {
  expect(await kept()).toBeUndefined()
  const { file } = await world.sample(40, 0)
  const { body } = await world.send(officer, file.path)
  await vi.waitFor(async () => expect((await believed()).length).toBeGreaterThan(5), {
    timeout: 60_000,
    interval: 200,
  })
  await vi.waitFor(async () => expect(await kept()).toBeDefined(), { timeout: 60_000, interval: 200 })
  const first = await kept()
  const path = `/api/v1/exchange/feeds/${body.id}`
  const { version } = (await officer.get<{ version: number }>(path)).body
  const reason = { reason: '发错了文件' }
  const { status } = await officer.post(`${path}/take-back`, reason, { 'if-match': `"v${version}"` })
  expect(status).toBe(200)
  await vi.waitFor(async () => expect(await kept()).not.toEqual(first), { timeout: 90_000, interval: 500 })
  expect(await believed()).toEqual([])
  expect(await look((tx) => tx.selectFrom('scans').select('id').execute())).toEqual([])
  expect(await look((tx) => tx.selectFrom('alerts').select('id').execute())).toEqual([])
}, 180_000)

test('while a scan waits nothing is followed: it does so itself', async () => {
  const { scan, rulebook } = world.services
  await background.stop()
  const id = await look((tx) => insertScan(tx, scan.clock, intakeRegion, null))
  expect(id).toBeDefined()
  await rulebook.refresh(scan.database, scan.clock)
  expect(await followFiles(scan)).toBeUndefined()
})

test('the scan of the night is asked for at the time that was set, in China', async () => {
  const { rows } = await sql`select name, cron, timezone from pgboss.schedule`.execute(
    world.installation.database.kysely,
  )
  expect(rows).toEqual([{ name: 'monitoring.night', cron: '15 2 * * *', timezone: 'Asia/Shanghai' }])
  const later = await world.startBackground(() => undefined)
  await later.stop()
  const after = await sql`select name from pgboss.schedule`.execute(world.installation.database.kysely)
  expect(after.rows).toEqual([])
})
