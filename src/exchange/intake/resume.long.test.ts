import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IntakeWorld, intakeRegion, makeIntakeWorld } from '#testing/intake-world.ts'
import { killReading, startReading } from '#testing/reading-program.ts'
import type { TestClient } from '#testing/server.ts'
import { clearLakeTemp, sweepInbox } from './leftovers.server.ts'
import { readFeed } from './read-feed.server.ts'
import { leftIn, takeFeedBack, whatIsKept, writeStudents } from './reading-world.server.ts'

const rows = 60_000
const rowsPerPart = 4_000
const kills = 20

let world: IntakeWorld
let officer: TestClient

beforeAll(async () => {
  world = await makeIntakeWorld(500)
  officer = await world.server.as('supervisor', { regionCode: intakeRegion })
}, 120_000)
afterAll(() => world.close())

test('twenty kills at random moments of a large file leave what an undisturbed reading leaves', async () => {
  const file = await writeStudents(world.folder, rows)
  const receive = async (): Promise<string> => (await world.send(officer, file)).body.id
  const undisturbed = await receive()
  await readFeed(world.intake, undisturbed, { rowsPerPart })
  const expected = await whatIsKept(world, undisturbed)
  expect(expected.feed).toMatchObject({ status: 'accepted', rows_in: rows })
  await takeFeedBack(officer, undisturbed)

  let id = await receive()
  for (let killed = 0; killed < kills; ) {
    const { program, ended } = await startReading(world, id, { rows: 1, rowsPerPart, goesOn: true })
    // Whatever moment it is: the wait is the disturbance itself.
    const moment = new Promise((resolve) => setTimeout(resolve, Math.random() * 2_000))
    await Promise.race([moment, ended])
    await killReading(program, ended)
    clearLakeTemp(world.dataDir)
    await sweepInbox(world.installation.database, world.dataDir)
    const { feed } = await whatIsKept(world, id)
    if (feed.status === 'reading') killed += 1
    else {
      expect(await whatIsKept(world, id)).toEqual(expected)
      await takeFeedBack(officer, id)
      id = await receive()
    }
  }
  await readFeed(world.intake, id, { rowsPerPart })
  expect(await whatIsKept(world, id)).toEqual(expected)
  expect([leftIn(world, 'lake/parts'), leftIn(world, 'inbox')]).toEqual([[], []])
}, 1_800_000)
