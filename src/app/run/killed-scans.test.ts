import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawsOf } from '#testing/killed-life/draw.ts'
import { liveKilled, type Reference, takeReference } from '#testing/killed-life/kills.ts'
import {
  beginLife,
  endLife,
  type Life,
  type LifePlan,
  type LifeRecord,
  planLife,
} from '#testing/killed-life/life.ts'
import { cloneDatabase } from '#testing/postgres.ts'

const kills = 8

/** A database of the test's own on the server of all: that one is not killed. */
const openRecord = async (): Promise<LifeRecord> => {
  const { ownerUrl, appUrl } = await cloneDatabase()
  return { ownerUrl, appUrl, close: async () => undefined }
}

let plan: LifePlan
let undisturbed: Life
let killed: Life
let reference: Reference
beforeAll(async () => {
  plan = await planLife(400, 10, (name) =>
    ['import', 'first scan', 'import the last', 'last scan'].includes(name),
  )
  undisturbed = await beginLife(plan, 'undisturbed', openRecord)
  reference = await takeReference(plan, undisturbed)
  killed = await beginLife(plan, 'killed', openRecord, undisturbed)
}, 120_000)
afterAll(async () => {
  for (const life of [undisturbed, killed]) await endLife(life)
  rmSync(plan.folder, { recursive: true, force: true })
})

test('imports and scans killed at random moments leave what undisturbed ones leave', async () => {
  const figures = await liveKilled(plan, killed, reference, {
    count: kills,
    draw: drawsOf(1),
    print: () => undefined,
  })
  expect(figures.problems).toEqual([])
  expect(figures.kills).toBeGreaterThan(kills / 2)
}, 120_000)
