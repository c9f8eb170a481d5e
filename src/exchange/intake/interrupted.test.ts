import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openEngine } from '#lake/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { type IntakeWorld, intakeRegion, makeIntakeWorld } from '#testing/intake-world.ts'
import type { TestClient } from '#testing/server.ts'
import { numberOf } from '../fixtures.server.ts'
import { clearLakeTemp, inboxPath, lakeDirOf, sweepInbox } from './leftovers.server.ts'
import { readFeed } from './read-feed.server.ts'

const path = '/api/v1/exchange/feeds'
const half = fileURLToPath(new URL('../../../testing/read-half.ts', import.meta.url))
const given = '桂芝'
const surnames = '赵钱孙李周吴郑王'

let world: IntakeWorld
let officer: TestClient

beforeAll(async () => {
  world = await makeIntakeWorld(500)
  officer = await world.server.as('supervisor', { regionCode: intakeRegion })
}, 120_000)
afterAll(() => world.close())

const personOf = (n: number) => `${surnames[n % 8]}${given}${surnames[(n >> 3) % 8]}`

/** Hardship students, of whom strangers are kept as leads; every seventh row is bad. */
const students = async (count: number, tail = ''): Promise<string> => {
  const rows = Array.from({ length: count }, (_, n) => {
    const number = n % 7 === 3 ? `${numberOf(n).slice(0, 17)}*` : numberOf(n)
    return `大理市,下关街道,,${personOf(n)},${number},中心小学,小学,走读,特别困难,${n}`
  })
  const at = join(world.folder, `students-${count}-${tail.length}.csv`)
  const header = '区县,乡镇,村组（社区）,姓名,身份证号码,学校全称,学段,就读方式,困难等级,备注'
  await writeFile(at, `${[header, ...rows].join('\n')}\n${tail}`)
  return at
}

const receive = async (file: string, fields = {}): Promise<string> => {
  const { body } = await world.send(officer, file, fields)
  expect(body.known).toBe(false)
  return body.id
}

/** Everything a feed left, in a form that does not depend on ids and random parts of ciphers. */
const whatIsKept = async (id: string) => {
  const record = await inScope(world.installation.database, everywhere, async (tx) => ({
    feed: await tx
      .selectFrom('feeds')
      .select(['kind', 'status', 'period', 'rows_in', 'rows_accepted', 'rows_rejected', 'statistics'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
    rejects: await tx
      .selectFrom('feed_rejects')
      .select(['seq', 'line', 'column_name', 'reason', 'masked_value'])
      .where('feed_id', '=', id)
      .orderBy('seq')
      .execute(),
    identities: await tx
      .selectFrom('unmatched_rows')
      .select(['row_no', 'role', 'region_code', 'row_key', 'has_number'])
      .where('feed_id', '=', id)
      .orderBy('row_no')
      .execute(),
  }))
  return { ...record, lake: await lakeRows(id) }
}

const lakeFiles = (id: string): string[] =>
  readdirSync(lakeDirOf(world.dataDir), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.includes(id),
  )

const lakeRows = async (id: string) => {
  const [file] = lakeFiles(id)
  if (!file) return []
  const lakeDir = lakeDirOf(world.dataDir)
  const options = { directories: [lakeDir], memoryMiB: 128, threads: 1 }
  const engine = await openEngine({ ...options, tempDir: join(world.folder, 'engine') })
  try {
    return await engine.rows(`from read_parquet('${join(lakeDir, file)}') order by row_no`)
  } finally {
    engine.close()
  }
}

const leftIn = (folder: string): string[] => {
  const at = join(world.dataDir, folder)
  return existsSync(at) ? readdirSync(at) : []
}

/** Programs started by a program, as Linux tells. */
const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

/** Starts a program that reads the feed, and kills it when it is half through. */
const killHalfway = async (feedId: string, rows: number): Promise<void> => {
  const program = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', half], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const { dataDir, installation } = world
  program.stdin.end(JSON.stringify({ dataDir, ownerUrl: installation.ownerUrl, feedId, rows }))
  const [said] = (await once(program.stdout, 'data')) as [Buffer]
  expect(said.toString()).toBe('half read\n')
  const readers = childrenOf(program.pid ?? 0)
  expect(readers).toHaveLength(1)
  program.kill('SIGKILL')
  await once(program, 'exit')
  await vi.waitFor(() => expect(readers.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]), 10_000)
}

const takeBack = async (id: string): Promise<void> => {
  const { body } = await officer.get<{ version: number }>(`${path}/${id}`)
  const reason = { reason: '换一次再读' }
  const { status } = await officer.post(`${path}/${id}/take-back`, reason, {
    'if-match': `"v${body.version}"`,
  })
  expect(status).toBe(200)
}

test('after a kill in the middle of reading, reading again leaves what an undisturbed reading leaves', async () => {
  const file = await students(7_000)
  const undisturbed = await receive(file)
  expect(await world.read(undisturbed)).toBe('accepted')
  const expected = await whatIsKept(undisturbed)
  expect([expected.rejects.length, expected.lake.length, expected.identities.length]).toEqual([
    1_000, 6_000, 6_000,
  ])
  await takeBack(undisturbed)

  const id = await receive(file)
  await killHalfway(id, 5_000)
  const broken = await whatIsKept(id)
  expect(broken.feed).toMatchObject({ status: 'reading', rows_in: 0 })
  expect(broken.rejects.length).toBeGreaterThan(0)
  expect(broken.identities.length).toBeGreaterThan(0)
  expect(broken.lake).toEqual([])
  expect(leftIn('lake/tmp')).not.toEqual([])

  clearLakeTemp(world.dataDir)
  expect(await sweepInbox(world.installation.database, world.dataDir)).toBe(0)
  expect(await world.read(id)).toBe('accepted')
  expect(await whatIsKept(id)).toEqual(expected)
  expect([leftIn('lake/tmp'), leftIn('inbox')]).toEqual([[], []])
  await takeBack(id)
}, 120_000)

test('a cancelled reading stays to be seen, and the next start takes it up', async () => {
  const id = await receive(await students(4_200))
  const stop = new AbortController()
  const reading = readFeed(world.intake, id, {
    signal: stop.signal,
    onProgress: ({ accepted }) => {
      if (accepted > 2_000) stop.abort()
    },
  })
  await expect(reading).rejects.toMatchObject({ code: 'exchange.cancelled' })
  const { body } = await officer.get<{ status: string; fileName: string }>(`${path}/${id}`)
  expect(body).toMatchObject({ status: 'reading', fileName: 'students-4200-0.csv' })
  expect(lakeFiles(id)).toEqual([])

  const logged: unknown[] = []
  const background = await world.startBackground((entry) => logged.push(entry))
  try {
    await vi.waitFor(async () => expect((await whatIsKept(id)).feed.status).toBe('accepted'), {
      timeout: 60_000,
      interval: 200,
    })
  } finally {
    await background.stop()
  }
  const { feed, rejects, lake } = await whatIsKept(id)
  expect(feed).toMatchObject({ rows_in: 4_200, rows_accepted: 3_600, rows_rejected: 600 })
  expect([rejects.length, lake.length]).toEqual([600, 3_600])
  expect(JSON.stringify(logged)).not.toContain(given)
}, 120_000)

test('a refusal that comes after rows were handed on leaves nothing of the file', async () => {
  const id = await receive(await students(4_200, `"${'长'.repeat(2_000_000)}`))
  // As if an earlier reading had been killed when its rows were in the lake already.
  const there = join(lakeDirOf(world.dataDir), 'feeds', 'students')
  await mkdir(there, { recursive: true })
  await copyFile(inboxPath(world.dataDir, id), join(there, `${id}.parquet`))
  let handedOn = 0
  const onProgress = ({ accepted }: { accepted: number }) => {
    handedOn = accepted
  }
  expect(await readFeed(world.intake, id, { onProgress })).toBe('refused')
  expect(handedOn).toBeGreaterThan(2_000)
  const { body } = await officer.get<{ status: string; refusal: { code: string } }>(`${path}/${id}`)
  expect(body).toMatchObject({ status: 'refused', rowsIn: 0, refusal: { code: 'exchange.unreadable' } })
  const { rejects, identities } = await whatIsKept(id)
  expect([rejects, identities, lakeFiles(id)]).toEqual([[], [], []])
  expect([leftIn('lake/tmp'), existsSync(inboxPath(world.dataDir, id))]).toEqual([[], false])
})

test('files that no feed waits for any more are removed from the inbox at a start', async () => {
  const [waiting, done] = [await receive(await students(30)), await receive(await students(31))]
  await world.read(done)
  for (const name of [done, '0197a000-0000-7000-8000-000000000001', '.draft-x'])
    await writeFile(inboxPath(world.dataDir, name), 'x')
  await mkdir(join(world.dataDir, 'rejects-abc'))
  clearLakeTemp(world.dataDir)
  expect(await sweepInbox(world.installation.database, world.dataDir)).toBe(2)
  expect([leftIn('inbox'), leftIn('.').filter((name) => name.startsWith('rejects-'))]).toEqual([
    [waiting],
    [],
  ])
  expect(await world.read(waiting)).not.toBe('refused')
})

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

test('no number and no name is in the clear in any file of the data folder, nor in what is shown of rejects', async () => {
  const id = await receive(await students(700))
  const waiting = inboxPath(world.dataDir, await receive(await students(701)))
  await world.read(id)
  await officer.download(`${path}/${id}/rejects.xlsx`)
  const names = new RegExp(`[${surnames}]${given}[${surnames}]|${given}`, 'u')
  const tells = (bytes: Buffer): string[] =>
    (['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const).flatMap((encoding) => {
      const found = new TextDecoder(encoding).decode(bytes)
      return [names.exec(found)?.[0] ?? [], /9999(?:0[0-9]|1[0-2])\d{12}[\dX]/u.exec(found)?.[0] ?? []].flat()
    })
  const files = filesIn(world.dataDir)
  expect(files).toContain(waiting)
  expect(files.some((file) => file.includes('lake/feeds'))).toBe(true)
  expect(files.filter((file) => tells(readFileSync(file)).length > 0)).toEqual([waiting])

  const { rejects } = await whatIsKept(id)
  expect(rejects).toHaveLength(100)
  expect(rejects.filter(({ masked_value }) => names.test(masked_value ?? ''))).toEqual([])
  expect(rejects.filter(({ masked_value }) => /\d{9}/u.test(masked_value ?? ''))).toEqual([])
})
