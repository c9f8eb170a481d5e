import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { rowKeyOf } from '../matching/row-key.ts'
import {
  type Identity,
  type KeptFixture,
  openKept,
  type SentRow,
  send,
  smallWorld,
  type World,
} from './kept-fixture.server.ts'

vi.setConfig({ testTimeout: 120_000 })

let lake: KeptFixture
beforeAll(async () => {
  lake = await openKept()
})
afterAll(() => lake.close())

const [li, yang, duan] = [7n, 8n, 9n]
const number = (token: bigint, check: string, name?: bigint): Identity => ({
  token,
  check,
  name: name ?? null,
})
const known = (): World => ({
  ...smallWorld(),
  people: new Map([
    ['p-li', { household: 'h-1', ...number(100n, '1', li) }],
    ['p-yang', { household: 'h-1', ...number(200n, 'X', yang) }],
    ['p-nameless', { household: 'h-2', ...number(300n, '3') }],
    ['p-numberless', { household: 'h-2', token: null, check: null, name: duan }],
  ]),
  leads: new Map([
    ['l-1', { region: '532901001000', ...number(500n, '5', duan) }],
    ['l-now-registered', { region: '532901001000', ...number(100n, '1', li) }],
  ]),
})

type Row = { token?: bigint; check?: string; name?: bigint; spouse?: Identity; head?: Identity }
const rowOf = ({ token, check, name, spouse, head }: Row): SentRow => ({
  ...{ event: 'marriage', event_on: '2026-05-01', direction: 'in', moved_on: '2026-05-01' },
  ...{ token: token ?? null, check_char: check ?? null, name_key: name ?? null },
  ...(spouse && {
    spouse_token: spouse.token,
    spouse_check_char: spouse.check,
    spouse_name_key: spouse.name,
  }),
  ...(head && { head_token: head.token, head_check_char: head.check, head_name_key: head.name }),
})
const feed = (world: World, ...rows: Row[]) => send(world, 'marriages', '2026-05', ...rows.map(rowOf))

const shown = async (kind = 'marriages') => ({
  matched: await lake.engine.rows(
    `select row_no, person_role as role, person_id as person, household_id as household, lead_id as lead
     from matched_${kind} order by all`,
  ),
  questions: await lake.engine.rows(
    'select kind, feed_id, row_no, person_role as role, person_id as person, reason, row_key from match_question order by all',
  ),
})
const match = async (world: World) => {
  await lake.pass(world)
  return shown()
}
const person = (row_no: number, id: string, household: string, role = 'self') => ({
  ...{ row_no, role, household, person: id, lead: null },
})
const lead = (row_no: number, id: string, role = 'self') => ({
  ...{ row_no, role, household: null, person: null, lead: id },
})

test('a number is its person’s where the names agree or one of them is missing', async () => {
  const world = known()
  feed(
    world,
    { token: 100n, check: '1', name: li },
    { token: 200n, check: 'X' },
    { token: 300n, check: '3', name: duan },
    { token: 999n, check: '9', name: li },
    { name: duan },
  )
  expect(await match(world)).toEqual({
    matched: [person(1, 'p-li', 'h-1'), person(2, 'p-yang', 'h-1'), person(3, 'p-nameless', 'h-2')],
    questions: [],
  })
})

test('a number with another check character, or without one, is another number', async () => {
  const world = known()
  feed(world, { token: 100n, check: '2', name: li }, { token: 200n, name: yang })
  expect(await match(world)).toEqual({ matched: [], questions: [] })
})

test('the same number with another name is asked, and counts for nobody meanwhile', async () => {
  const world = known()
  const feed_id = feed(world, { token: 100n, check: '1', name: yang })
  expect(await match(world)).toEqual({
    matched: [],
    questions: [
      {
        ...{ kind: 'marriages', feed_id, row_no: 1, role: 'self', person: 'p-li' },
        reason: 'number-agrees-name-differs',
        row_key: rowKeyOf({ token: 100n, check: '1', nameKey: yang }),
      },
    ],
  })
})

const decide = (world: World, nameKey: bigint | undefined, same: boolean) => {
  const key = rowKeyOf({ token: 100n, check: '1', nameKey }) ?? ''
  world.decided.set(key, { key, person: 'p-li', same })
}

test('a decision answers for every row of that number and name, and for no other, until it is undone', async () => {
  const world = known()
  feed(world, { token: 100n, check: '1', name: yang }, { token: 100n, check: '1', name: duan })
  let { kept } = await lake.pass(world)
  /** Follows, and begins anew: both show the same. */
  const both = async () => {
    kept = (await lake.pass(world, kept)).kept
    const followed = await shown()
    await lake.passAnew(world)
    expect(await shown()).toEqual(followed)
    return followed
  }
  decide(world, yang, true)
  expect(await both()).toMatchObject({ matched: [person(1, 'p-li', 'h-1')], questions: [{ row_no: 2 }] })
  decide(world, yang, false)
  expect(await both()).toMatchObject({ matched: [], questions: [{ row_no: 2 }] })
  world.decided.clear()
  expect(await both()).toMatchObject({ matched: [], questions: [{ row_no: 1 }, { row_no: 2 }] })
})

test('a decision about a number without a name does not touch rows with one', async () => {
  const world = known()
  feed(world, { token: 100n, check: '1', name: li }, { token: 100n, check: '1' })
  decide(world, undefined, false)
  expect(await match(world)).toEqual({ matched: [person(1, 'p-li', 'h-1')], questions: [] })
})

test('each of those whom a row names is matched on their own: spouse and head like the row’s own', async () => {
  const world = known()
  feed(
    world,
    { token: 100n, check: '1', name: li, spouse: number(200n, 'X', yang) },
    { token: 100n, check: '1', spouse: number(999n, '9') },
  )
  send(
    world,
    'moves',
    '2026-05',
    rowOf({ token: 999n, check: '9', head: number(200n, 'X', yang) }),
    rowOf({ token: 100n, check: '1', head: number(200n, 'X', li) }),
  )
  expect(await match(world)).toMatchObject({
    matched: [person(1, 'p-li', 'h-1'), person(1, 'p-yang', 'h-1', 'spouse'), person(2, 'p-li', 'h-1')],
  })
  expect(await shown('moves')).toMatchObject({
    matched: [person(1, 'p-yang', 'h-1', 'head'), person(2, 'p-li', 'h-1')],
    questions: [{ kind: 'moves', row_no: 2, role: 'head', person: 'p-yang' }],
  })
})

test('a number outside the registry may be a lead’s whose name agrees; one inside never is, whatever the name', async () => {
  const world = known()
  feed(
    world,
    { token: 500n, check: '5', name: duan },
    { token: 500n, check: '5', name: li },
    { token: 500n, check: '5' },
    { token: 100n, check: '1', name: yang },
  )
  expect(await match(world)).toMatchObject({
    matched: [lead(1, 'l-1'), lead(3, 'l-1')],
    questions: [{ row_no: 4, person: 'p-li' }],
  })
})

test('rows that were given to somebody are theirs, whatever the number says', async () => {
  const world = known()
  const file = feed(
    world,
    { name: duan },
    { token: 999n, check: '9', name: duan },
    { token: 100n, check: '1', name: li },
    { token: 200n, check: 'X', name: li, spouse: number(100n, '1', li) },
  )
  const give = (row: number, role: string, to: { person?: string; lead?: string }) =>
    world.given.set(`${row} ${role}`, { file, row, role, ...to })
  give(1, 'self', { person: 'p-numberless' })
  give(2, 'self', { lead: 'l-1' })
  give(3, 'self', { person: 'p-yang' })
  give(3, 'spouse', { person: 'p-left-the-registry' })
  give(4, 'self', { person: 'p-nameless' })
  expect(await match(world)).toEqual({
    matched: [
      person(1, 'p-numberless', 'h-2'),
      lead(2, 'l-1'),
      person(3, 'p-yang', 'h-1'),
      person(4, 'p-nameless', 'h-2'),
      person(4, 'p-li', 'h-1', 'spouse'),
    ],
    questions: [],
  })
})

test('a row of a known file counts with its place, period and what it says, and never with whose number it bears', async () => {
  const world = known()
  const id = feed(world, { token: 100n, check: '1', name: li, spouse: number(200n, 'X', yang) })
  await match(world)
  const rows = await lake.engine.rows(
    'select * exclude (hid, pid) from matched_marriages order by person_role',
  )
  expect(rows).toHaveLength(2)
  expect(rows[0]).toMatchObject({
    feed_id: id,
    feed_order: 0,
    feed_period: 202605,
    event: 'marriage',
    event_on: '2026-05-01',
  })
  expect(Object.keys(rows[0] ?? {})).not.toContain('spouse_token')
})

test('a registry in which one number is two people, or a person without a household, stops the pass', async () => {
  const world = known()
  world.people.set('p-li-again', { household: 'h-2', ...number(100n, '1', yang) })
  await expect(lake.pass(world)).rejects.toThrow('twice')
  const stray = known()
  stray.people.set('p-stray', { household: 'h-unknown', ...number(400n, '4') })
  await expect(lake.pass(stray)).rejects.toThrow('no household')
})

test('a row key needs a number, or a name with a birth date; the township tells namesakes apart', () => {
  expect(rowKeyOf({ nameKey: 5n })).toBeUndefined()
  expect(rowKeyOf({ birthDate: '1990-01-01' })).toBeUndefined()
  const key = (regionCode?: string) => rowKeyOf({ nameKey: 5n, birthDate: '1990-01-01', regionCode })
  expect(key('532901001002')).toBe(key('532901001003'))
  expect(key('532901002000')).not.toBe(key('532901001002'))
})
