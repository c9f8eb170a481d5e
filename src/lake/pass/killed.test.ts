import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { cloneDatabase } from '#testing/postgres.ts'
import { recordTables } from '../../../bench/pass/commit.ts'
import { openWorld, type World } from './pass-fixture.server.ts'

vi.setConfig({ testTimeout: 60_000 })

const program = fileURLToPath(new URL('../../../testing/pass-half.ts', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'doudi-killed-'))

/** A lake with a PostgreSQL, and the program that lives in them. */
interface Life {
  readonly client: pg.Client
  readonly world: World
  readonly start: (place?: string) => ChildProcess
}

const openLife = async (name: string): Promise<Life> => {
  const { ownerUrl } = await cloneDatabase()
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query(recordTables)
  const folder = join(root, name)
  const world = await openWorld(folder)
  const start = (place = '') =>
    spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, folder, ownerUrl, place], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  return { client, world, start }
}

let disturbed: Life
let quiet: Life
beforeAll(async () => {
  disturbed = await openLife('disturbed')
  quiet = await openLife('quiet')
})
afterAll(async () => {
  for (const { client, world } of [disturbed, quiet]) {
    await client.end()
    world.close()
  }
  rmSync(root, { recursive: true, force: true })
})

/** What a life shows to whoever looks: the number in force, the alerts, and everybody's outcome in that state. */
const seen = async ({ client, world }: Life) => {
  // The connection of a program that was killed holds its lock until PostgreSQL is done with it.
  await client.query('select pg_advisory_lock(1)')
  const { rows } = await client.query<{ generation: number }>('select generation from lake_state')
  const alerts = await client.query('select * from alert order by hid, flag')
  await client.query('select pg_advisory_unlock(1)')
  const inForce = rows[0]?.generation ?? 0
  const outcomes = inForce > 0 ? await world.outcomes(world.files.read(inForce)) : []
  return { inForce, alerts: alerts.rows, outcomes }
}

const kill = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

const killAt = async (place: string): Promise<void> => {
  const child = disturbed.start(place)
  if (child.stdout) await once(child.stdout, 'data')
  await kill(child)
}

/** Kills the program while it waits inside its transaction. */
const killInTransaction = async (place: string): Promise<void> => {
  const { client } = disturbed
  await client.query('begin')
  await client.query('lock table lake_state in share mode')
  const child = disturbed.start(place)
  if (child.stdout) await once(child.stdout, 'data')
  await vi.waitUntil(
    async () => {
      const { rows } = await client.query(
        `select from pg_locks where relation = 'lake_state'::regclass and not granted`,
      )
      return rows.length > 0
    },
    { timeout: 20_000, interval: 20 },
  )
  await kill(child)
  await client.query('commit')
}

const liveOn = async ({ start }: Life): Promise<void> => {
  const [code] = await once(start(), 'exit')
  expect(code).toBe(0)
}

const stored = ({ world }: Life) => readdirSync(world.lakeDir, { recursive: true }).toSorted()

test('a pass that is killed leaves the state before it or its own, never one between; what lives on ends as if nothing had been', async () => {
  // Its rows are matched and their files written; no list names them.
  await killAt('2 match')
  const first = await seen(disturbed)
  expect(first).toMatchObject({ inForce: 1, outcomes: ['0: poor young 500', '1:  5000', '2: housed poor 0'] })
  expect(first.alerts).toHaveLength(4)

  // Whole and published, and what it found handed over, but for the end of the transaction.
  await killInTransaction('2 commit')
  expect(disturbed.world.files.generations()).toEqual([1, 2])
  expect(await seen(disturbed)).toEqual(first)

  await killAt('3 sweep')
  expect(disturbed.world.files.generations()).toEqual([2, 3])
  expect((await seen(disturbed)).inForce).toBe(3)

  await liveOn(disturbed)
  await liveOn(quiet)
  expect(await seen(disturbed)).toEqual(await seen(quiet))
  expect(stored(disturbed)).toEqual(stored(quiet))
})
