import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IntakeWorld, intakeRegion, makeIntakeWorld } from '#testing/intake-world.ts'
import type { TestClient } from '#testing/server.ts'
import { type IntakeServices, readFeed } from './read-feed.server.ts'
import { feedsPath, lakeFiles, leftIn, whatIsKept, writeStudents } from './reading-world.server.ts'

const rowsPerPart = 4_000
const atMostMs = 2_000
const spinMs = 100

/** How many times as long as on a machine of our own everything takes at the moment: others may keep this one busy. */
const slowness = (): number => {
  const startedMs = performance.now()
  const started = process.cpuUsage()
  let user = 0
  while (user < spinMs) user = process.cpuUsage(started).user / 1000
  return Math.max(1, (performance.now() - startedMs) / spinMs)
}

let world: IntakeWorld
let officer: TestClient
let file: string

beforeAll(async () => {
  world = await makeIntakeWorld(200)
  officer = await world.server.as('supervisor', { regionCode: intakeRegion })
  file = await writeStudents(world.folder, 20_000)
}, 120_000)
afterAll(() => world.close())

type Parse = IntakeServices['parse']
/** Parsing that asks for the stop at some moment. */
const moments: Readonly<Record<string, (parse: Parse, ask: () => Promise<void>) => Parse>> = {
  'before a row was handed on': (parse, ask) => async (input) => {
    await ask()
    return parse(input)
  },
  'while rows are parsed and tokenised': (parse, ask) => async (input) => {
    let rows = 0
    return parse({
      ...input,
      onRow: async (row) => {
        rows += 1
        if (rows === 9_000) await ask()
        await input.onRow?.(row)
      },
    })
  },
  'when all rows are parsed and the file is being written': (parse, ask) => async (input) => {
    const parsed = await parse(input)
    await ask()
    return parsed
  },
}

test.for(Object.keys(moments))(
  'a reading stopped %s ends within two seconds and leaves nothing',
  { timeout: 120_000 },
  async (moment) => {
    const { id } = (await world.send(officer, file)).body
    let askedMs = 0
    const ask = async (): Promise<void> => {
      askedMs = performance.now()
      const { status, body } = await officer.post<{ status: string }>(`${feedsPath}/${id}/cancel`, {})
      expect([status, body.status]).toEqual([200, 'reading'])
    }
    const parse = moments[moment]?.(world.intake.parse, ask) ?? world.intake.parse
    expect(await readFeed({ ...world.intake, parse }, id, { rowsPerPart })).toBe('refused')
    const tookMs = performance.now() - askedMs
    expect(tookMs).toBeLessThan(atMostMs * slowness())
    const { feed, rejects, identities } = await whatIsKept(world, id)
    expect(feed).toMatchObject({ status: 'refused', rows_in: 0, reading: null })
    expect([rejects, identities, lakeFiles(world, id)]).toEqual([[], [], []])
    expect([leftIn(world, 'inbox'), leftIn(world, 'lake/tmp')]).toEqual([[], []])
  },
)
