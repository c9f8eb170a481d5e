import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type IntakeWorld, intakeRegion, makeIntakeWorld } from '#testing/intake-world.ts'
import type { TestClient } from '#testing/server.ts'
import { numberOf } from '../fixtures.server.ts'
import { inboxPath } from './leftovers.server.ts'
import { readFeed } from './read-feed.server.ts'

const path = '/api/v1/exchange/feeds'
const half = fileURLToPath(new URL('../../../testing/read-half.ts', import.meta.url))

let world: IntakeWorld
let officer: TestClient
let made = 0

beforeAll(async () => {
  world = await makeIntakeWorld(500)
  officer = await world.server.as('supervisor', { regionCode: intakeRegion })
}, 120_000)
afterAll(() => world.close())

const receive = async (rows: number, bad = 0): Promise<string> => {
  made += 1
  const lines = Array.from(
    { length: rows },
    (_, n) =>
      `甲${String.fromCodePoint(0x4e00 + Math.floor(n / 10_000))},${numberOf(made * 20_000 + n)},${n < bad ? '不详' : '20260605'},否`,
  )
  const at = join(world.folder, `名单${made}.csv`)
  await writeFile(at, ['姓名,公民身份号码,死亡日期,冲销标志', ...lines].join('\n'))
  const { status, body } = await world.send(officer, at)
  expect(status).toBe(200)
  return body.id
}

interface Feed {
  readonly status: string
  readonly version: number
  readonly refusal: { readonly code: string; readonly detail: string } | null
  readonly progress: {
    readonly received: number
    readonly percent: number
    readonly isStopping: boolean
  } | null
  readonly decision: { readonly by: string | null } | null
  readonly may: { readonly cancel: boolean }
}

const get = async (id: string, as = officer): Promise<Feed> => (await as.get<Feed>(`${path}/${id}`)).body

const decide = (id: string, step: 'release' | 'take-back', version: number) =>
  officer.post<{ code: string }>(
    `${path}/${id}/${step}`,
    { reason: '与来源单位核对无误' },
    { 'if-match': `"v${version}"` },
  )

const cancel = (id: string, as = officer) =>
  as.post<{ status: string; code: string }>(`${path}/${id}/cancel`, {})

/** A reading that stands still at a row until it is let go on. */
const readingHeldAt = (id: string, row: number) => {
  const reached = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  let seen = 0
  const done = readFeed(
    {
      ...world.intake,
      parse: (input) =>
        world.intake.parse({
          ...input,
          onRow: async (accepted) => {
            seen += 1
            if (seen === row) {
              reached.resolve()
              await goOn.promise
            }
            await input.onRow?.(accepted)
          },
        }),
    },
    id,
  )
  return { reached: reached.promise, goOn: () => goOn.resolve(), done }
}

/** Another program that reads the feed and stands still in the middle. */
const programAt = async (feedId: string, rows: number) => {
  const program = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', half], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const { dataDir, installation } = world
  program.stdin.end(JSON.stringify({ dataDir, ownerUrl: installation.ownerUrl, feedId, rows }))
  await once(program.stdout, 'data')
  return program
}

const ofFeed = (folder: string, id: string): string[] =>
  readdirSync(join(world.dataDir, folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.includes(id),
  )

test('while one program reads a file nobody else reads it, and its death sets the file free', async () => {
  const id = await receive(3_000)
  const program = await programAt(id, 500)
  await expect(world.read(id)).rejects.toMatchObject({ code: 'exchange.busy' })
  expect((await get(id)).status).toBe('reading')
  program.kill('SIGKILL')
  await once(program, 'exit')
  // The database notices the death of a connection by itself.
  const again = () =>
    world.read(id).catch((error: { code?: string }) => {
      if (error.code === 'exchange.busy') return undefined
      throw error
    })
  await vi.waitFor(async () => expect(await again()).toBe('accepted'), { timeout: 20_000, interval: 100 })
  expect(await get(id)).toMatchObject({ status: 'accepted', rowsIn: 3_000, progress: null })
}, 60_000)

test('two readings at once in one process: the second is refused, the first ends as if alone', async () => {
  const id = await receive(3_000)
  const first = readingHeldAt(id, 100)
  await first.reached
  await expect(world.read(id)).rejects.toMatchObject({ code: 'exchange.busy' })
  first.goOn()
  expect(await first.done).toBe('accepted')
  await expect(world.read(id)).rejects.toMatchObject({ code: 'exchange.wrong-state' })
})

test('of two decisions about one file at once, one holds, and the other is refused', async () => {
  const id = await receive(60, 20)
  expect(await world.read(id)).toBe('quarantined')
  const { version } = await get(id)
  const answers = await Promise.all([decide(id, 'release', version), decide(id, 'take-back', version)])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, expect.toBeOneOf([409, 412])])
})

test('whoever reads tells how far it is, and a reading that is cancelled ends within two seconds as refused', async () => {
  const id = await receive(40_000)
  const reading = readingHeldAt(id, 30_000)
  await reading.reached
  await vi.waitFor(async () => expect((await get(id)).progress?.received ?? 0).toBeGreaterThan(1_000), {
    timeout: 5_000,
    interval: 100,
  })
  const { progress, may } = await get(id)
  expect([progress?.percent ?? 0, may.cancel, progress?.isStopping]).toEqual([
    expect.toSatisfy((percent: number) => percent > 0 && percent < 100),
    true,
    false,
  ])
  expect((await cancel(id)).body).toEqual({ status: 'reading' })
  expect(await get(id)).toMatchObject({ progress: { isStopping: true }, may: { cancel: false } })
  const askedMs = performance.now()
  reading.goOn()
  expect(await reading.done).toBe('refused')
  expect(performance.now() - askedMs).toBeLessThan(2_000)
  const feed = await get(id)
  expect(feed).toMatchObject({ status: 'refused', rowsIn: 0, progress: null, may: { cancel: false } })
  expect([feed.refusal?.code, feed.decision?.by]).toEqual(['exchange.cancelled', expect.any(String)])
  expect([ofFeed('lake', id), existsSync(inboxPath(world.dataDir, id))]).toEqual([[], false])
  expect((await cancel(id)).body.code).toBe('exchange.wrong-state')
}, 30_000)

test('a file that nobody reads yet is cancelled at once, and may be sent again', async () => {
  const id = await receive(20)
  expect((await cancel(id)).body).toEqual({ status: 'refused' })
  expect((await get(id)).status).toBe('refused')
  expect(existsSync(inboxPath(world.dataDir, id))).toBe(false)
  await expect(world.read(id)).rejects.toMatchObject({ code: 'exchange.wrong-state' })
})

test('a stop that was asked for before a kill is kept to when the file is taken up again', async () => {
  const id = await receive(3_000)
  const program = await programAt(id, 500)
  program.kill('SIGSTOP')
  expect((await cancel(id)).body).toEqual({ status: 'reading' })
  program.kill('SIGKILL')
  await once(program, 'exit')
  const again = () => world.read(id).catch((error: { code?: string }) => error.code)
  await vi.waitFor(async () => expect(await again()).toBe('refused'), { timeout: 20_000, interval: 100 })
  expect((await get(id)).refusal?.code).toBe('exchange.cancelled')
}, 60_000)

test('a department stops the reading of its own file only', async () => {
  const dali = { regionCode: '532901000000' }
  const police = await world.server.as('department-officer', { ...dali, department: 'police' })
  const colleague = await world.server.as('department-officer', { ...dali, department: 'police' })
  const file = join(world.folder, '名单.csv')
  await writeFile(file, `姓名,公民身份号码,死亡日期,冲销标志\n甲,${numberOf(7)},20260605,否\n`)
  const { body } = await world.send(police, file)
  expect((await get(body.id, police)).may.cancel).toBe(true)
  expect((await get(body.id, colleague)).may.cancel).toBe(false)
  expect((await cancel(body.id, colleague)).status).toBe(403)
  expect((await cancel(body.id, police)).body.status).toBe('refused')
})
