import { afterAll, beforeAll, expect, test } from 'vitest'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { type IntakeWorld, makeIntakeWorld } from '#testing/intake-world.ts'
import type { Background } from './background.server.ts'

let world: IntakeWorld
let background: Background
const isRead = Promise.withResolvers<unknown>()

beforeAll(async () => {
  world = await makeIntakeWorld(50)
  background = await world.startBackground((entry) => {
    const [about, what] = entry as readonly unknown[]
    if (what === 'rulebook read again') isRead.resolve(about)
  })
}, 60_000)
afterAll(async () => {
  await background.stop()
  await world.close()
})

test('from the moment a year is entered the packs in force count by it', async () => {
  const { rulebook } = world.services
  const yearsIn = (id: string) => rulebook.current(id).pack.calendar.years.map(({ year }) => year)
  const before = rulebook.packIds.map((id) => rulebook.current(id).hash)
  for (const id of rulebook.packIds) expect(yearsIn(id)).not.toContain(2031)
  const administrator = await world.server.as('administrator')
  const { status } = await administrator.send(
    'PUT',
    '/api/v1/rulebook/calendar/2031',
    { holidays: ['2031-01-01'], workdays: [], source: '国办通知' },
    { 'if-match': '"v0"' },
  )
  expect(status).toBe(200)
  expect(await isRead.promise).toEqual({ year: 2031 })
  for (const id of rulebook.packIds) expect(yearsIn(id)).toContain(2031)
  const hashes = rulebook.packIds.map((id) => rulebook.current(id).hash)
  for (const hash of hashes) expect(before).not.toContain(hash)
  // Each is kept, so that what it decides can be computed again.
  const kept = await inScope(world.installation.database, everywhere, (tx) =>
    tx.selectFrom('pack_files').select('hash').where('hash', 'in', hashes).execute(),
  )
  expect(kept).toHaveLength(hashes.length)
})
