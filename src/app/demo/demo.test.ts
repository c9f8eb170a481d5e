import { afterAll, beforeAll, expect, test } from 'vitest'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { alertsInRecord, alertsInTruth, type DemoWorld, makeDemoWorld } from '#testing/demo-world.ts'

let world: DemoWorld

beforeAll(async () => {
  world = await makeDemoWorld(6000)
}, 240_000)
afterAll(() => world.close())

test('every department file is read, with as many rows accepted and rejected as its truth says', async () => {
  const feeds = await inScope(world.installation.database, everywhere, (tx) =>
    tx.selectFrom('feeds').selectAll().execute(),
  )
  expect(feeds.map(({ kind, status }) => `${kind} ${status}`).sort()).toEqual(
    world.truth.files.map(({ kind }) => `${kind} accepted`).sort(),
  )
})

test('the scan of the demo world equals its truth list: nothing missing, nothing extra', async () => {
  const found = await alertsInRecord(world)
  const expected = alertsInTruth(world.truth)
  expect(expected.length).toBeGreaterThan(100)
  expect({
    missing: expected.filter((it) => !found.includes(it)),
    extra: found.filter((it) => !expected.includes(it)),
  }).toEqual({ missing: [], extra: [] })
})
