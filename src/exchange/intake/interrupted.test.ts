import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type IntakeWorld, intakeRegion, makeIntakeWorld } from '#testing/intake-world.ts'
import { killReading, startReading } from '#testing/reading-program.ts'
import type { TestClient } from '#testing/server.ts'
import { clearLakeTemp, inboxPath, lakeDirOf, sweepInbox } from './leftovers.server.ts'
import { readFeed } from './read-feed.server.ts'
import {
  feedsPath,
  given,
  lakeFiles,
  leftIn,
  surnames,
  takeFeedBack,
  whatIsKept,
  writeStudents,
} from './reading-world.server.ts'

let world: IntakeWorld
let officer: TestClient

beforeAll(async () => {
  world = await makeIntakeWorld(500)
  officer = await world.server.as('supervisor', { regionCode: intakeRegion })
}, 120_000)
afterAll(() => world.close())

const students = (count: number, tail = '') => writeStudents(world.folder, count, tail)

const receive = async (file: string, fields = {}): Promise<string> => {
  const { body } = await world.send(officer, file, fields)
  expect(body.known).toBe(false)
  return body.id
}

test('after a kill in the middle of reading, reading again leaves what an undisturbed reading leaves', async () => {
  const file = await students(7_000)
  const undisturbed = await receive(file)
  expect(await world.read(undisturbed)).toBe('accepted')
  const expected = await whatIsKept(world, undisturbed)
  expect([expected.rejects.length, expected.lake.length, expected.identities.length]).toEqual([
    1_000, 6_000, 6_000,
  ])
  await takeFeedBack(officer, undisturbed)

  const id = await receive(file)
  const { program, ended } = await startReading(world, id, { rows: 5_000 })
  await killReading(program, ended)
  const broken = await whatIsKept(world, id)
  expect(broken.feed).toMatchObject({ status: 'reading', rows_in: 0 })
  expect(broken.rejects.length).toBeGreaterThan(0)
  expect(broken.identities.length).toBeGreaterThan(0)
  expect(broken.lake).toEqual([])
  expect(leftIn(world, 'lake/tmp')).not.toEqual([])

  clearLakeTemp(world.dataDir)
  expect(await sweepInbox(world.installation.database, world.dataDir)).toBe(0)
  expect(await world.read(id)).toBe('accepted')
  expect(await whatIsKept(world, id)).toEqual(expected)
  expect([leftIn(world, 'lake/tmp'), leftIn(world, 'inbox')]).toEqual([[], []])
  await takeFeedBack(officer, id)
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
  const { body } = await officer.get<{ status: string; fileName: string }>(`${feedsPath}/${id}`)
  expect(body).toMatchObject({ status: 'reading', fileName: 'students-4200-0.csv' })
  expect(lakeFiles(world, id)).toEqual([])

  const logged: unknown[] = []
  const background = await world.startBackground((entry) => logged.push(entry))
  try {
    await vi.waitFor(async () => expect((await whatIsKept(world, id)).feed.status).toBe('accepted'), {
      timeout: 60_000,
      interval: 200,
    })
  } finally {
    await background.stop()
  }
  const { feed, rejects, lake } = await whatIsKept(world, id)
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
  const { body } = await officer.get<{ status: string; refusal: { code: string } }>(`${feedsPath}/${id}`)
  expect(body).toMatchObject({ status: 'refused', rowsIn: 0, refusal: { code: 'exchange.unreadable' } })
  const { rejects, identities } = await whatIsKept(world, id)
  expect([rejects, identities, lakeFiles(world, id)]).toEqual([[], [], []])
  expect([leftIn(world, 'lake/tmp'), existsSync(inboxPath(world.dataDir, id))]).toEqual([[], false])
})

test('files that no feed waits for any more are removed from the inbox at a start', async () => {
  const [waiting, done] = [await receive(await students(30)), await receive(await students(31))]
  await world.read(done)
  for (const name of [done, '0197a000-0000-7000-8000-000000000001', '.draft-x'])
    await writeFile(inboxPath(world.dataDir, name), 'x')
  await mkdir(join(world.dataDir, 'rejects-abc'))
  clearLakeTemp(world.dataDir)
  expect(await sweepInbox(world.installation.database, world.dataDir)).toBe(2)
  expect([leftIn(world, 'inbox'), leftIn(world, '.').filter((name) => name.startsWith('rejects-'))]).toEqual([
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
  await officer.download(`${feedsPath}/${id}/rejects.xlsx`)
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

  const { rejects } = await whatIsKept(world, id)
  expect(rejects).toHaveLength(100)
  expect(rejects.filter(({ masked_value }) => names.test(masked_value ?? ''))).toEqual([])
  expect(rejects.filter(({ masked_value }) => /\d{9}/u.test(masked_value ?? ''))).toEqual([])
})
