import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '#base'
import { getFeed, takeBack } from '#exchange/server'
import { failInterrupted, insertScan, runScan, withdrawRestingOn } from '#monitoring/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { watchForPlanted } from '#testing/in-the-clear.ts'
import { aHousehold, aNumber, makeSmallWorld, type SmallWorld } from '#testing/small-world.ts'
import type { Services } from '../services.server.ts'
import type { ImportedFile } from './import-file.server.ts'

const patience = 60_000
let world: SmallWorld

beforeAll(async () => {
  world = await makeSmallWorld([
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((serial) => aHousehold(serial)),
    aHousehold(20, { regionCode: '532922100001' }),
  ])
}, patience)
afterAll(() => world.close())

const death = (serial: number, diedOn = '2026-05-02') => ({
  姓名: '杨秀英',
  公民身份号码: aNumber(serial),
  死亡日期: diedOn,
})
const die = (...serials: number[]): Promise<ImportedFile> =>
  world.send(
    'police-deaths',
    serials.map((serial) => death(serial)),
  )

interface Seen {
  readonly id: string
  readonly household: string | null
  readonly status: string
  readonly version: number
  readonly repeats: number
  readonly flagged: boolean
  readonly feeds: readonly string[]
}
const alerts = (): Promise<Seen[]> =>
  world.look((tx) =>
    tx
      .selectFrom('alerts')
      .innerJoin('households', 'households.id', 'alerts.household_id')
      .select([
        'alerts.id',
        'households.number as household',
        'status',
        'alerts.version',
        'repeats',
        'source_withdrawn as flagged',
        'feed_ids as feeds',
      ])
      .orderBy('alerts.number')
      .execute(),
  )
const lastScan = () =>
  world.look((tx) =>
    tx.selectFrom('scans').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow(),
  )
const takeBackFile = (feedId: string, scope = everywhere) =>
  inScope(world.installation.database, scope, async (tx) => {
    const { clock } = world.services
    const onTakenBack = (inner: typeof tx, id: string, actor: string | null) =>
      withdrawRestingOn(inner, clock, id, actor)
    const effects = await takeBack({ onTakenBack }, tx, clock, await getFeed(tx, feedId), {
      actorId: null,
      reason: '数据有误',
    })
    const seen = await tx.selectFrom('alerts').select('region_code').execute()
    return { ...effects, seen: new Set(seen.map(({ region_code }) => region_code.slice(0, 6))) }
  })
const actOn = (id: string) =>
  world.look(async (tx) => {
    await tx.updateTable('alerts').set({ status: 'verifying' }).where('id', '=', id).execute()
    await tx
      .insertInto('alert_steps')
      .values({
        id: newId(),
        alert_id: id,
        region_code: '532901001001',
        step: 'taken',
        at: world.services.clock.now(),
        business_date: '2026-06-15',
        actor_id: newId(),
      })
      .execute()
  })

/** Each test starts from files and alerts of its own. */
beforeEach(async () => {
  const feeds = await world.look((tx) =>
    tx.selectFrom('feeds').select('id').where('status', '=', 'accepted').execute(),
  )
  for (const { id } of feeds) await takeBackFile(id)
  await world.look((tx) =>
    tx.updateTable('alerts').set({ status: 'withdrawn' }).where('status', '<>', 'withdrawn').execute(),
  )
})
const live = async () => (await alerts()).filter(({ status }) => status !== 'withdrawn')

test('no number and no name is in the clear in any file of the lake while a file comes in and a scan runs, and after', async () => {
  const serials = [1, 2, 3, 4, 5]
  const watch = watchForPlanted([join(world.dataDir, 'lake')], {
    numbers: serials.map((serial) => aNumber(serial)),
    names: ['杨秀英', '杨秀瑛'],
  })
  const slip = { ...death(5), 姓名: '杨秀瑛' }
  await world.send('police-deaths', [death(2), slip])
  expect((await world.scan()).raised).toBeGreaterThan(0)
  expect(await watch.stop()).toEqual([])
  expect(watch.files()).toBeGreaterThan(0)
})

test('a failure inside the transaction that raises leaves alerts as before, is kept in the run, and the next scan raises', async () => {
  await die(1)
  const days = () => {
    throw new Error('power cut')
  }
  await expect(world.scan({ days })).rejects.toThrow('power cut')
  expect(await live()).toEqual([])
  expect(await lastScan()).toMatchObject({ status: 'failed', failure: 'monitoring.scan-failed' })
  expect(await world.scan()).toMatchObject({ raised: 1, alerts: { red: 1 } })
  expect(await lastScan()).toMatchObject({ status: 'done', failure: null })
})

test(
  'a scan killed in the middle of raising leaves alerts as before; the next start says so and scans again',
  async () => {
    await die(2)
    const child = spawn(
      process.execPath,
      [
        fileURLToPath(new URL('../../../testing/scan-child.ts', import.meta.url)),
        world.dataDir,
        world.installation.ownerUrl,
        world.installation.appUrl,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const [said] = (await once(child.stdout, 'data')) as [Buffer]
    expect(said.toString()).toBe('raising\n')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await live()).toEqual([])
    expect((await lastScan()).status).toBe('running')
    expect(await world.look((tx) => failInterrupted(tx, world.services.clock))).toBe(1)
    expect(await lastScan()).toMatchObject({ status: 'failed', failure: 'monitoring.scan-interrupted' })
    expect(await world.scan()).toMatchObject({ raised: 1 })
  },
  patience,
)

const ask = (runNow: boolean) =>
  world.look((tx) => insertScan(tx, world.services.clock, '532900000000', null, runNow))
const statusOf = (id: string | undefined) =>
  world.look(async (tx) => {
    const query = tx
      .selectFrom('scans')
      .select('status')
      .where('id', '=', id ?? '')
    return (await query.executeTakeFirstOrThrow()).status
  })

test('a command line that was killed between asking for a scan and beginning it is no hindrance to the next one', async () => {
  await die(3)
  const asked = await ask(true)
  expect(await statusOf(asked)).toBe('queued')
  expect(await world.scan()).toMatchObject({ raised: 1 })
  expect(await statusOf(asked)).toBe('failed')
})

test('the next start ends a run that nobody will begin, and leaves one that waits for its job', async () => {
  const { clock } = world.services
  const asked = await ask(true)
  expect(await world.look((tx) => failInterrupted(tx, clock))).toBe(1)
  expect(await statusOf(asked)).toBe('failed')
  const waiting = await ask(false)
  expect(await world.look((tx) => failInterrupted(tx, clock))).toBe(0)
  expect(await statusOf(waiting)).toBe('queued')
  await expect(world.scan()).rejects.toMatchObject({ code: 'monitoring.scan-running' })
  await runScan(world.services.scan, waiting ?? '')
})

test('while a command line scans, nobody takes its run for a killed one', async () => {
  await die(4)
  const match: Services['scan']['match'] = async (engine, clock, parameters) => {
    expect(await ask(false)).toBeUndefined()
    await expect(world.scan()).rejects.toMatchObject({ code: 'monitoring.scan-running' })
    return world.services.scan.match(engine, clock, parameters)
  }
  expect(await world.scan({ match })).toMatchObject({ raised: 1 })
})

test('engines that disagree on one subject stop the scan: nothing is raised, and the run names the indicator', async () => {
  await die(3, 4)
  const match: Services['scan']['match'] = async (engine, clock, parameters) => {
    const { run } = engine
    const slip = (sql: string) => sql.replace('"m"."diedOn" <=', '"m"."diedOn" >')
    Object.assign(engine, { run: (sql: string, values: []) => run(slip(sql), values) })
    return world.services.scan.match(engine, clock, parameters)
  }
  await expect(world.scan({ match })).rejects.toMatchObject({ code: 'monitoring.engines-disagree' })
  expect(await live()).toEqual([])
  expect(await lastScan()).toMatchObject({
    status: 'failed',
    failure: 'monitoring.engines-disagree',
    figures: { details: { indicator: 'member-died', count: 2 } },
  })
})

test('a scan that is cancelled raises nothing and says so', async () => {
  await die(3)
  const match: Services['scan']['match'] = async (engine, clock, parameters) => {
    const result = await world.services.scan.match(engine, clock, parameters)
    cancel.abort()
    return result
  }
  const cancel = new AbortController()
  const { services } = world
  const id = await world.look((tx) => insertScan(tx, services.clock, '532900000000', null))
  const run = runScan({ ...services.scan, match }, id ?? '', { signal: cancel.signal })
  await expect(run).rejects.toMatchObject({ code: 'monitoring.scan-cancelled' })
  expect(await lastScan()).toMatchObject({ status: 'cancelled' })
  expect(await live()).toEqual([])
})

test('of many who ask for a scan at once one is given one, and a run is not run twice', async () => {
  const { services } = world
  const asked = await Promise.all(
    Array.from({ length: 6 }, () => world.look((tx) => insertScan(tx, services.clock, '532900000000', null))),
  )
  const [id, ...others] = asked.filter((one) => one !== undefined)
  expect(others).toEqual([])
  const runs = await Promise.allSettled([runScan(services.scan, id ?? ''), runScan(services.scan, id ?? '')])
  const refused = runs.filter(({ status }) => status === 'rejected')
  expect(refused).toMatchObject([{ reason: { code: 'monitoring.scan-over' } }])
  await expect(runScan(services.scan, id ?? '')).rejects.toMatchObject({ code: 'monitoring.scan-over' })
  expect(await lastScan()).toMatchObject({ id, status: 'done' })
})

test('a file that is taken back while the scan runs raises nothing', async () => {
  const { feedId } = await die(5)
  const match: Services['scan']['match'] = async (engine, clock, parameters) => {
    const result = await world.services.scan.match(engine, clock, parameters)
    await takeBackFile(feedId)
    return result
  }
  await expect(world.scan({ match })).rejects.toMatchObject({ code: 'monitoring.files-changed' })
  expect(await live()).toEqual([])
  expect(await world.scan()).toMatchObject({ raised: 0 })
})

test('the lake keeps files that are being read or wait for release, and nothing of those that are over', async () => {
  const { feedId } = await die(6)
  const lake = join(world.dataDir, 'lake', 'feeds', 'deaths')
  const fileOf = (id: string) => join(lake, `${id}.parquet`)
  const copies: Record<string, string> = {}
  for (const status of ['received', 'reading', 'quarantined', 'refused', 'taken-back', 'unknown']) {
    const id = newId()
    copies[status] = id
    copyFileSync(fileOf(feedId), fileOf(id))
    if (status === 'unknown') continue
    await world.look((tx) =>
      tx
        .insertInto('feeds')
        .values({
          id,
          kind: 'deaths',
          region_code: '532901000000',
          file_name: 'x.csv',
          sha256: id,
          size_bytes: 1,
          received_at: world.services.clock.now(),
          status,
        })
        .execute(),
    )
  }
  expect(await world.scan()).toMatchObject({ raised: 1 })
  const kept = Object.entries(copies).filter(([, id]) => existsSync(fileOf(id)))
  expect(kept.map(([status]) => status)).toEqual(['received', 'reading', 'quarantined'])
  expect(existsSync(fileOf(feedId))).toBe(true)
})

test('other content of the same period is a new file; the same evidence in it raises nothing again', async () => {
  const first = await die(7)
  expect(await world.scan()).toMatchObject({ raised: 1 })
  const second = await die(7, 8)
  expect(second).toMatchObject({ known: false, status: 'accepted' })
  expect(second.feedId).not.toBe(first.feedId)
  expect(await world.scan()).toMatchObject({ raised: 1, merged: 0, unchanged: 1 })
  // Another day of death is other evidence: it joins the open alert.
  const before = await live()
  await world.send('police-deaths', [death(7, '2026-05-01')])
  expect(await world.scan()).toMatchObject({ raised: 0, merged: 1, unchanged: 1 })
  const after = await live()
  expect(after.map(({ repeats }) => repeats)).toEqual([2, 1])
  expect(after[1]).toEqual(before[1])
  expect(after[0]?.feeds).toHaveLength(3)
})

test('a county takes its file back: alerts of it elsewhere are withdrawn too, and it still sees only its own', async () => {
  // Deaths of the other county are known at all only where a file covers it.
  await world.send('police-deaths', [death(8)], { regionCode: '532900000000' })
  const { feedId } = await die(1, 20)
  expect(await world.scan()).toMatchObject({ raised: 3 })
  const county = { from: '532901000000', until: '532902000000', extra: [] }
  const effects = await takeBackFile(feedId, county)
  expect(effects).toMatchObject({ withdrawn: 2, marked: 0 })
  expect([...effects.seen]).toEqual(['532901'])
  expect(await live()).toHaveLength(1)
  // Withdrawn counts as never raised: the file sent again raises anew.
  await die(1, 20)
  expect(await world.scan()).toMatchObject({ raised: 2 })
})

test('an alert that somebody works on is marked, and renewed when another file says the same', async () => {
  const { feedId } = await die(2)
  await world.scan()
  const [alert] = await live()
  await actOn(alert?.id ?? '')
  expect(await takeBackFile(feedId)).toMatchObject({ withdrawn: 0, marked: 1 })
  expect(await live()).toMatchObject([{ id: alert?.id, status: 'verifying', flagged: true }])
  expect(await world.scan()).toMatchObject({ raised: 0, merged: 0 })
  expect(await live()).toMatchObject([{ flagged: true }])
  const again = await die(2, 3)
  expect(await world.scan()).toMatchObject({ raised: 1, merged: 1 })
  expect(await live()).toMatchObject([
    { id: alert?.id, status: 'verifying', flagged: false, feeds: [again.feedId] },
    { status: 'new' },
  ])
})

test('what was disposed of is not raised again on the same evidence, and is on other', async () => {
  await die(4)
  await world.scan()
  await world.look((tx) =>
    tx.updateTable('alerts').set({ status: 'disposed' }).where('status', '=', 'new').execute(),
  )
  expect(await world.scan()).toMatchObject({ raised: 0, unchanged: 1 })
  await world.send('police-deaths', [death(4, '2026-04-30')])
  expect(await world.scan()).toMatchObject({ raised: 1, merged: 0 })
})
