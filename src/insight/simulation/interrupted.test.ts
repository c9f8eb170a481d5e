import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { everywhere } from '#store'
import { type Database, inScope, openDatabase } from '#store/server'
import { cloneDatabase, type TestDatabase } from '#testing/postgres.ts'
import { aHousehold, aQuestion, openTestLake, testDay } from '../testing/frozen.server.ts'
import { holdingWrites } from '../testing/held.queries.server.ts'
import { listReports } from './reports.queries.server.ts'
import { replayReport, sweepSimulations } from './saved.server.ts'

vi.setConfig({ testTimeout: 60_000 })

const program = fileURLToPath(new URL('../../../testing/save-half.ts', import.meta.url))
const { lakeDir, remove } = openTestLake()
const [folder, kept] = [join(lakeDir, 'simulation'), join(lakeDir, 'simulation', 'kept')]
const children = join(lakeDir, 'tmp-of-children')
let address: TestDatabase
let database: Database
let owner: Database

beforeAll(async () => {
  address = await cloneDatabase()
  database = openDatabase(address.appUrl, 2)
  owner = openDatabase(address.ownerUrl, 1)
  mkdirSync(children)
})
afterAll(async () => {
  await database.close()
  await owner.close()
  remove()
})

/** A program that saves a report; each time of other households, so that the facts are others too. */
const saving = (incomeFen: number) => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
    env: { PATH: process.env.PATH, TMPDIR: children },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(
    JSON.stringify({
      ...{ appUrl: address.appUrl, lakeDir, today: testDay },
      households: [aHousehold(1, [{ incomeFen }])],
      body: { title: '农村低保标准提高到五百元', question: aQuestion(), typical: null },
    }),
  )
  return child
}

const keptFiles = (): readonly string[] => (existsSync(kept) ? readdirSync(kept).toSorted() : [])
const reports = () => inScope(database, everywhere, (tx) => listReports(tx, undefined, 10))

/** Saves until the program waits for a table that is held, and kills it there. */
const killAt = (table: 'pack_files' | 'simulations' | 'events', incomeFen: number): Promise<void> =>
  holdingWrites(owner, table, async (isWaitedFor) => {
    const child = saving(incomeFen)
    await vi.waitUntil(async () => child.exitCode !== null || (await isWaitedFor()), {
      ...{ timeout: 40_000, interval: 50 },
    })
    expect(child.exitCode).toBeNull()
    child.kill('SIGKILL')
    await once(child, 'exit')
  })

test('a report whose saving is killed is not there, whole ones are, and the facts of none are let go at the next start', async () => {
  const first = saving(30_000)
  expect(await text(first.stdout)).toBe('saved 200\n')
  const whole = keptFiles()
  expect(whole).toHaveLength(2)

  // With its facts kept and nothing written; with its pack written; with everything written but the event and the end.
  await killAt('pack_files', 31_000)
  await killAt('simulations', 32_000)
  await killAt('events', 33_000)
  expect(keptFiles()).toHaveLength(8)
  // As if one had been killed between its two files.
  const [half = ''] = keptFiles().filter((name) => !whole.includes(name))
  rmSync(join(kept, half))
  expect(await reports()).toHaveLength(1)

  expect(await sweepSimulations(database, lakeDir)).toBe(5)
  expect(keptFiles()).toEqual(whole)
  expect(readdirSync(folder).filter((name) => name.endsWith('.parquet'))).toHaveLength(8)
  expect(await sweepSimulations(database, lakeDir)).toBe(0)
  const [report] = await reports()
  if (!report) throw new Error('the whole report is gone')
  expect(await inScope(database, everywhere, (tx) => replayReport(tx, lakeDir, report))).toBe('same')
})
