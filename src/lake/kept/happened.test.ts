import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { addDays, businessDate } from '#base'
import type { Kept } from './kept.ts'
import {
  type KeptFixture,
  openKept,
  type SentRow,
  send,
  smallWorld,
  someone,
  type World,
} from './kept-fixture.server.ts'

vi.setConfig({ testTimeout: 120_000 })

let lake: KeptFixture
beforeAll(async () => {
  lake = await openKept()
})
afterAll(() => lake.close())

/** A pass that begins anew, and what it kept. */
const begin = async (world: World): Promise<Kept> => (await lake.pass(world)).kept
/** A pass that follows, and what it kept. */
const follow = async (world: World, before: Kept): Promise<Kept> => {
  const { kept, isNew } = await lake.pass(world, before)
  expect(isNew).toBe(false)
  return kept
}
/** The same; it shows what one that begins anew would show. */
const followExactly = async (world: World, before: Kept): Promise<Kept> => {
  const kept = await follow(world, before)
  const followed = await lake.seen()
  await lake.passAnew(world)
  expect(followed).toEqual(await lake.seen())
  return kept
}
const day = businessDate

test('a marriage that a later file revokes by its certificate, naming nobody, is none; and is one again when that file goes', async () => {
  const world = smallWorld()
  send(world, 'marriages', '2026-04', { who: 1, event: 'marriage', event_on: '2026-04-01', certificate: 7n })
  const first = await begin(world)
  expect(await lake.member('li')).toMatchObject({ lastMarriageEventOn: '2026-04-01' })
  const revoking = send(world, 'marriages', '2026-05', { event: 'revoked', certificate: 7n })
  const second = await follow(world, first)
  expect(await lake.member('li')).toMatchObject({ lastMarriageEventOn: null })
  world.files.delete(revoking)
  await follow(world, second)
  expect(await lake.member('li')).toMatchObject({ lastMarriageEventOn: '2026-04-01' })
})

const car = (who: number, acquired: string): SentRow => ({
  ...{ who, plate: 11n, vehicle_type: 'K33', status: 'A', first_registered_on: acquired },
})
const cars = async () => [
  (await lake.member('li')).vehicleAcquiredOn,
  (await lake.member('duan')).vehicleAcquiredOn,
]

test('a plate goes from one household to another with a file, and back when the file goes', async () => {
  const world = smallWorld()
  send(world, 'vehicles', '2026-04', car(1, '2026-03-01'))
  const first = await begin(world)
  expect(await cars()).toEqual(['2026-03-01', null])
  const sold = send(world, 'vehicles', '2026-05', car(3, '2026-05-01'))
  const second = await follow(world, first)
  expect(await cars()).toEqual([null, '2026-05-01'])
  world.files.delete(sold)
  await followExactly(world, second)
  expect(await cars()).toEqual(['2026-03-01', null])
})

test('a plate goes from one household to another when its new owner joins the registry', async () => {
  const world = smallWorld()
  send(world, 'vehicles', '2026-04', car(1, '2026-03-01'))
  send(world, 'vehicles', '2026-05', car(4, '2026-05-01'))
  const first = await begin(world)
  expect(await cars()).toEqual(['2026-03-01', null])
  world.people.set('zhao', { household: 'h-2', ...someone(4) })
  await followExactly(world, first)
  expect(await cars()).toEqual([null, null])
})

test('a row that was given to somebody goes to whose number it bears, once it is given no more', async () => {
  const world = smallWorld()
  const file = send(world, 'deaths', '2026-05', { who: 1, died_on: '2026-05-01' })
  world.given.set('row', { file, row: 1, role: 'self', person: 'duan' })
  const first = await begin(world)
  expect(await lake.member('duan')).toMatchObject({ diedOn: '2026-05-01' })
  world.given.clear()
  await followExactly(world, first)
  expect(await lake.member('duan')).toMatchObject({ diedOn: null })
  expect(await lake.member('li')).toMatchObject({ diedOn: '2026-05-01' })
})

const bill = (settled: string): SentRow => ({
  ...{ who: 1, settlement: 5n, settled_on: settled, refund: false, in_scope_fen: 100, fund_fen: 40 },
})
const paid = async () => (await lake.member('li')).medicalInScopeFen

test('a bill counts until the day before its window ends, and from then on no more', async () => {
  const world = smallWorld()
  world.today = day('2026-06-13')
  send(world, 'hospital-bills', '2026-05', bill('2025-06-15'))
  let kept = await begin(world)
  for (const [today, fen] of [
    [day('2026-06-14'), 100],
    [day('2026-06-15'), 0],
    [day('2026-06-16'), 0],
  ] as const) {
    world.today = today
    kept = await follow(world, kept)
    expect(await paid(), today).toBe(fen)
  }
})

test('a bill of the end of a month counts to the end of a shorter one', async () => {
  const world = smallWorld()
  world.parameters = { ...world.parameters, medicalWindowMonths: 6 }
  world.today = day('2026-02-27')
  send(world, 'hospital-bills', '2026-02', bill('2025-08-31'))
  let kept = await begin(world)
  for (const [today, fen] of [
    [day('2026-02-28'), 100],
    [day('2026-03-01'), 0],
  ] as const) {
    world.today = today
    kept = await follow(world, kept)
    expect(await paid(), today).toBe(fen)
  }
})

test('a move that is still to come is one on its day', async () => {
  const world = smallWorld()
  send(world, 'moves', '2026-06', { who: 1, direction: 'out', moved_on: '2026-06-20' })
  let kept = await begin(world)
  for (const [today, moved] of [
    [day('2026-06-19'), null],
    [day('2026-06-20'), '2026-06-20'],
  ] as const) {
    world.today = today
    kept = await follow(world, kept)
    expect((await lake.member('li')).lastMovedOn, today).toBe(moved)
  }
})

test('whoever left is not touched again by days that come', async () => {
  const world = smallWorld()
  send(world, 'moves', '2026-06', { who: 1, direction: 'out', moved_on: '2026-06-20' })
  const first = await begin(world)
  world.people.delete('li')
  const second = await follow(world, first)
  world.today = day('2026-06-21')
  const third = await follow(world, second)
  expect((await lake.pass(world, third)).touched).toBe(0)
})

test('a household that comes back without its members has nothing of theirs', async () => {
  const world = smallWorld()
  send(world, 'real-estate', '2026-05', { who: 1, unit: 4n, use: 'home', state: 'current' })
  const first = await begin(world)
  const [li, yang] = [world.people.get('li'), world.people.get('yang')]
  world.households.delete('h-1')
  for (const [id, who] of [
    ['li', li],
    ['yang', yang],
  ] as const)
    if (who) world.people.set(id, { ...who, household: 'h-2' })
  const second = await follow(world, first)
  world.households.set('h-1', '532901001002')
  await followExactly(world, second)
})

test('nothing that happened touches nobody', async () => {
  const world = smallWorld()
  send(world, 'vehicles', '2026-04', car(1, '2026-03-01'))
  const first = await begin(world)
  expect(await lake.pass(world, first)).toMatchObject({ isNew: false, touched: 0 })
})

test('everything is made anew for an earlier day and for other rules', async () => {
  const world = smallWorld()
  const first = await begin(world)
  world.today = addDays(world.today, -1)
  expect(await lake.pass(world, first)).toMatchObject({ isNew: true })
  world.today = addDays(world.today, 1)
  world.parameters = { ...world.parameters, medicalWindowMonths: 6 }
  expect(await lake.pass(world, first)).toMatchObject({ isNew: true })
})

test('everything is made anew when one household in five stands beside the rest', async () => {
  const world = smallWorld()
  const few = Math.floor(world.households.size / 5)
  for (let at = 0; at <= few; at++)
    world.people.set(`p-${at}`, { household: `h-of-nobody-${at}`, ...someone(100 + at) })
  const first = await begin(smallWorld())
  const second = await lake.pass(world, first)
  expect(second).toMatchObject({ isNew: false, touched: few + 1 })
  expect(await lake.pass(world, second.kept)).toMatchObject({ isNew: true })
})

test('everything is made anew after sixty passes', async () => {
  const world = smallWorld()
  const first = await begin(world)
  // As if the first one had been so long ago.
  const ago = (passes: number): Kept => ({
    ...first,
    laidOut: Math.max(...lake.files.generations()) + 1 - passes,
  })
  expect(await lake.pass(world, ago(60))).toMatchObject({ isNew: false })
  expect(await lake.pass(world, ago(61))).toMatchObject({ isNew: true })
})

test('a pass that ended before its transaction did leaves the next one what was kept before', async () => {
  const world = smallWorld()
  send(world, 'vehicles', '2026-04', car(1, '2026-03-01'))
  const first = await begin(world)
  const sold = send(world, 'vehicles', '2026-05', car(3, '2026-05-01'))
  world.people.delete('yang')
  await lake.pass(world, first)
  world.files.delete(sold)
  send(world, 'deaths', '2026-05', { who: 2, died_on: '2026-05-01' })
  const third = await followExactly(world, first)
  expect(third.generation).toBeGreaterThan(first.generation + 1)
})

test('what is kept is found whole or not at all, and what is in force no more goes', async () => {
  const world = smallWorld()
  send(world, 'vehicles', '2026-04', car(1, '2026-03-01'))
  const first = await begin(world)
  send(world, 'vehicles', '2026-05', car(3, '2026-05-01'))
  const { kept } = await lake.pass(world, first)
  const isIt = ({ id }: Kept) => id === kept.id
  expect(lake.files.find(isIt)).toEqual(kept)
  expect(lake.files.sweep([kept.generation])).toBeGreaterThan(0)
  expect(lake.files.generations()).toEqual([kept.generation])
  expect(lake.files.find(({ id }) => id === first.id)).toBeUndefined()
  const found = lake.files.find(isIt)
  expect(found).toEqual(kept)
  if (found) await follow(world, found)
  rmSync(lake.files.path(kept.matched['vehicles']?.[0] ?? ''))
  expect(lake.files.find(isIt)).toBeUndefined()
})
