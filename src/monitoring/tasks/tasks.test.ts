import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReplyOf } from '#access'
import { newId } from '#base'
import type { TestClient } from '#testing/server.ts'
import { type Desk, openDesk, plainYear } from '../testing/desk.server.ts'
import type { listTasks } from './contract.ts'

type List = ReplyOf<typeof listTasks>

let desk: Desk
let county: TestClient

const path = '/api/v1/monitoring/tasks'
const list = async (client: TestClient, query = ''): Promise<List> =>
  (await client.get<List>(`${path}?${query}`)).body

const put = async (dueOn: string | null, status = 'open', holder: 'county' | 'police' = 'county') => {
  const id = newId()
  await desk.look((tx) =>
    tx
      .insertInto('tasks')
      .values({
        id,
        region_code: '532901101001',
        kind: 'review-entitlement',
        holder_id: desk.offices[holder].id,
        due_on: dueOn,
        status,
        opened_at: '2026-06-01T00:00:00Z',
      })
      .execute(),
  )
  return id
}

const whole = async (client: TestClient, query: string, limit: number): Promise<string[]> => {
  const found: string[] = []
  let after: string | null = ''
  while (after !== null) {
    const page: List = await list(client, `${query}&limit=${limit}${after && `&after=${after}`}`)
    found.push(...page.rows.map(({ id }) => id))
    after = page.next
  }
  return found
}

beforeAll(async () => {
  desk = await openDesk('2026-06-15', [plainYear(2026)])
  county = await desk.as('county-officer')
})
afterAll(() => desk.close())

test('all tasks are reached page by page, the one without a date first, and none is lost past two hundred', async () => {
  const made: [string, string][] = []
  for (let number = 0; number < 210; number++) {
    const dueOn = number % 7 === 0 ? null : `2026-07-${String((number % 28) + 1).padStart(2, '0')}`
    made.push([`${dueOn ?? '0001-01-01'} `, await put(dueOn)])
  }
  const ordered = made.map(([day, id]) => day + id).toSorted()
  const expected = ordered.map((text) => text.split(' ')[1])
  expect(await whole(county, 'status=open', 100)).toEqual(expected)
  expect(await whole(county, 'status=open', 37)).toEqual(expected)
  expect((await list(county, 'limit=1')).total).toBe(210)
})

test('done ones come newest first, page by page', async () => {
  const made = [await put('2026-05-01', 'done'), await put(null, 'done'), await put('2026-04-01', 'done')]
  expect(await whole(county, 'status=done', 2)).toEqual(made.toReversed())
})

test('the server counts the working days that are left, by the published calendar', async () => {
  const days = new Map<string, number | null>()
  for (const [dueOn, left] of [
    ['2026-06-12', -1],
    ['2026-06-15', 0],
    ['2026-06-22', 5],
    ['2028-01-10', null],
  ] as const)
    days.set(await put(dueOn), left)
  for (const [id, left] of days) {
    const { rows, total } = await list(county, `id=${id}`)
    expect(rows.map(({ workdaysLeft }) => workdaysLeft)).toEqual([left])
    expect(total).toBe(1)
  }
})

test('one task is found by its id in any state, but not by a department that does not hold it', async () => {
  const police = await desk.as('department-officer', { department: 'police' })
  const [ours, theirs] = [await put('2026-06-20', 'withdrawn'), await put('2026-06-20', 'open', 'police')]
  expect((await list(county, `id=${ours}`)).rows).toMatchObject([{ status: 'withdrawn', workdaysLeft: null }])
  expect((await list(county, `id=${theirs}`)).rows).toHaveLength(1)
  expect((await list(police, `id=${ours}`)).rows).toEqual([])
  expect((await list(police, `id=${theirs}`)).rows).toHaveLength(1)
  expect((await list(police, 'holder=any')).rows.map(({ id }) => id)).toEqual([theirs])
})

test.each([
  'after=x',
  'after=2026-13-45_00000000-0000-7000-8000-000000000000',
  'limit=0',
  'limit=101',
  'id=7',
])('a request that cannot be meant is refused: %s', async (query) => {
  expect((await county.get(`${path}?${query}`)).status).toBe(400)
})
