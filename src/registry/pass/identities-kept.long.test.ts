import { test } from '@fast-check/vitest'
import { afterAll, beforeAll } from 'vitest'
import { type Database, openDatabase } from '#store/server'
import { anyHistory, expectAsAnew } from '#testing/matching-histories.ts'
import { cloneDatabase } from '#testing/postgres.ts'
import { emptyRegistry } from '../testing/matching-world.queries.server.ts'
import { openMatchingWorld } from '../testing/matching-world.server.ts'
import { openTestSecrecy } from '../testing/registry.server.ts'

const { secrecy, remove } = openTestSecrecy()
let database: Database
beforeAll(async () => {
  database = openDatabase((await cloneDatabase()).appUrl)
})
afterAll(async () => {
  await database.close()
  remove()
})

test.prop([anyHistory(15)], { numRuns: 100 })(
  'through long histories, what is kept says what scoring everything anew says',
  async (history) => {
    await emptyRegistry(database)
    const world = openMatchingWorld(database, secrecy)
    for (const steps of history) {
      for (const step of steps) await world.take(step)
      await expectAsAnew(database, secrecy, world.files())
    }
  },
  900_000,
)
