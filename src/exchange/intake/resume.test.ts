import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type IntakeWorld, intakeRegion, makeIntakeWorld } from '#testing/intake-world.ts'
import { killReading, startReading } from '#testing/reading-program.ts'
import type { TestClient } from '#testing/server.ts'
import { clearLakeTemp, sweepInbox } from './leftovers.server.ts'
import { readFeed } from './read-feed.server.ts'
import { lakeFiles, leftIn, takeFeedBack, whatIsKept, writeStudents } from './reading-world.server.ts'

const rowsPerPart = 2_000

let world: IntakeWorld
let officer: TestClient
let file: string

beforeAll(async () => {
  world = await makeIntakeWorld(300)
  officer = await world.server.as('supervisor', { regionCode: intakeRegion })
  file = await writeStudents(world.folder, 9_000)
}, 240_000)
afterAll(() => world.close())

const receive = async (): Promise<string> => (await world.send(officer, file)).body.id

/** Reads to the end; gives how many rows were handed on for it. */
const readOn = async (id: string, perPart = rowsPerPart): Promise<number> => {
  let handedOn = 0
  const { parse } = world.intake
  const counting: typeof parse = (input) =>
    parse({
      ...input,
      onRow: (row) => {
        handedOn += 1
        return input.onRow?.(row)
      },
    })
  expect(await readFeed({ ...world.intake, parse: counting }, id, { rowsPerPart: perPart })).toBe('accepted')
  return handedOn
}

const checksum = (id: string): string => {
  const [path = ''] = lakeFiles(world, id)
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

const partsOf = async (id: string): Promise<number> => {
  const { feed } = await whatIsKept(world, id)
  return (feed.reading as { parts: number } | null)?.parts ?? 0
}

/** Reads in a program of its own until so many rows were handed on and so many parts are whole, and kills it there. */
const killAt = async (id: string, rows: number, parts: number): Promise<void> => {
  const { program, ended } = await startReading(world, id, { rows, rowsPerPart })
  await vi.waitFor(async () => expect(await partsOf(id)).toBe(parts), { timeout: 60_000, interval: 50 })
  await killReading(program, ended)
  clearLakeTemp(world.dataDir)
  await sweepInbox(world.installation.database, world.dataDir)
}

test('a reading killed three times goes on after its last whole part and leaves what an undisturbed one leaves', async () => {
  const undisturbed = await receive()
  expect(await readOn(undisturbed)).toBe(7_714)
  const expected = { ...(await whatIsKept(world, undisturbed)), checksum: checksum(undisturbed) }
  expect([expected.feed.rows_in, expected.rejects.length, expected.lake.length]).toEqual([
    9_000, 1_286, 7_714,
  ])
  expect(lakeFiles(world, undisturbed)).toHaveLength(1)
  await takeFeedBack(officer, undisturbed)

  const id = await receive()
  await killAt(id, 2_700, 1)
  await killAt(id, 2_100, 2)
  await killAt(id, 3_000, 3)
  expect(lakeFiles(world, id)).toHaveLength(3)
  expect(await readOn(id)).toBe(7_714 - 3 * rowsPerPart)
  expect({ ...(await whatIsKept(world, id)), checksum: checksum(id) }).toEqual(expected)
  expect([leftIn(world, 'lake/tmp'), leftIn(world, 'lake/parts'), leftIn(world, 'inbox')]).toEqual([
    [],
    [],
    [],
  ])
  await takeFeedBack(officer, id)
}, 240_000)

test('what was kept in another way is not gone on from, and parts nobody waits for are swept', async () => {
  const id = await receive()
  await killAt(id, 2_700, 1)
  // Parts of another size, as if the program had been replaced meanwhile.
  expect(await readOn(id, 3_000)).toBe(7_714)
  const { feed, rejects, identities, lake } = await whatIsKept(world, id)
  expect(feed).toMatchObject({ rows_in: 9_000, rows_accepted: 7_714, rows_rejected: 1_286, reading: null })
  expect([rejects.length, identities.length, lake.length]).toEqual([1_286, 7_714, 7_714])
  await takeFeedBack(officer, id)

  const given = await receive()
  await killAt(given, 2_700, 1)
  await officer.post(`/api/v1/exchange/feeds/${given}/cancel`, {})
  const left = await whatIsKept(world, given)
  expect([left.feed.status, left.rejects, left.identities, lakeFiles(world, given)]).toEqual([
    'refused',
    [],
    [],
    [],
  ])
}, 240_000)
