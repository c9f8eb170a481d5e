import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReplyOf } from '#access'
import type { readCalendar } from '#rulebook'
import type { TestClient } from '#testing/server.ts'
import { type Desk, openDesk, plainYear } from '../testing/desk.server.ts'
import type { listAlerts } from './contract.ts'

let desk: Desk
let county: TestClient
let admin: TestClient

beforeAll(async () => {
  // Monday 2026-12-28: the calendar of 2027 is not published yet.
  desk = await openDesk('2026-12-28', [plainYear(2026)])
  county = await desk.as('county-officer')
  admin = await desk.as('administrator', { regionCode: '532900000000' })
})
afterAll(() => desk.close())

const calendar = async () => (await admin.get<ReplyOf<typeof readCalendar>>('/api/v1/rulebook/calendar')).body
const enter = (year: number, body: object, version = 0) =>
  admin.send<{ code: string }>(
    'PUT',
    `/api/v1/rulebook/calendar/${year}`,
    { source: '国办通知', ...body },
    { 'if-match': `"v${version}"` },
  )
const rows = async () => (await county.get<ReplyOf<typeof listAlerts>>('/api/v1/monitoring/alerts')).body.rows

test('where the calendar ends a due date awaits it, sorts first, and is computed when the year is entered', async () => {
  expect((await calendar()).awaited).toEqual([])
  const soon = await desk.alert({ dueOn: '2026-12-29', holder: 'town' })
  const sent = await desk.alert({ dueOn: '2026-12-31', holder: 'county', grade: 'red' })
  const dispatched = await county.post('/api/v1/monitoring/dispatches', {
    ids: [sent],
    to: { kind: 'township' },
  })
  expect(dispatched.body).toMatchObject({ dispatched: 1 })
  expect((await rows()).map(({ id, dueOn, awaitingCalendar }) => [id, dueOn, awaitingCalendar])).toEqual([
    [sent, null, true],
    [soon, '2026-12-29', false],
  ])
  expect((await calendar()).awaited).toEqual([2027])

  // A task that follows from a disposal waits as well.
  await county.upload(`/api/v1/monitoring/alerts/${soon}/evidence`, '核实.pdf', Buffer.from('%PDF-1.7'))
  const { taskId } = (
    await county.post<{ taskId: string }>(
      `/api/v1/monitoring/alerts/${soon}/dispose`,
      { route: 1, result: 'confirmed', reason: '已核实，政策未落实' },
      { 'if-match': '"v1"' },
    )
  ).body
  const task = () =>
    desk.look((tx) =>
      tx.selectFrom('tasks').select(['due_on', 'version']).where('id', '=', taskId).executeTakeFirst(),
    )
  expect(await task()).toEqual({ due_on: null, version: 1 })

  expect((await enter(2027, { holidays: ['2027-01-01'], workdays: ['2027-01-02'] })).status).toBe(200)
  // 29, 30, 31 December, the make-up Saturday of 2 January, Monday the fourth: five working days for red.
  expect(await rows()).toMatchObject([{ id: sent, dueOn: '2027-01-04', awaitingCalendar: false, version: 3 }])
  // Ten for orange: further 5 to 8 January, and Monday the eleventh.
  expect(await task()).toEqual({ due_on: '2027-01-11', version: 2 })
  expect((await calendar()).awaited).toEqual([])
  const steps = await desk.look((tx) =>
    tx
      .selectFrom('alert_steps')
      .select('step')
      .where('alert_id', '=', sent)
      .orderBy('at')
      .orderBy('id')
      .execute(),
  )
  expect(steps.map(({ step }) => step)).toEqual(['raised', 'dispatched', 'due-computed'])
})

test('entering a year again moves no date that was shown', async () => {
  const before = (await rows()).map(({ id, dueOn, version }) => [id, dueOn, version])
  const again = { holidays: ['2027-01-01', '2027-01-04', '2027-01-05'], workdays: [] }
  expect((await enter(2027, again, 1)).status).toBe(200)
  expect((await rows()).map(({ id, dueOn, version }) => [id, dueOn, version])).toEqual(before)
})

test('an alert waits for the year that is missing, not for the one after the last', async () => {
  await enter(2029, { holidays: ['2029-01-01'], workdays: [] })
  await desk.alert({ dueOn: null, raisedOn: '2027-12-30' })
  expect((await calendar()).awaited).toEqual([2028])
})

test.each([
  ['no holidays', { holidays: [], workdays: [] }, 'rulebook.no-holidays'],
  ['a day of another year', { holidays: ['2031-05-01'], workdays: [] }, 'rulebook.day-of-another-year'],
  [
    'a day both free and worked',
    { holidays: ['2028-01-01'], workdays: ['2028-01-01'] },
    'rulebook.day-twice',
  ],
  [
    'a make-up day that is worked anyway',
    { holidays: ['2028-01-03'], workdays: ['2028-01-05'] },
    'rulebook.no-make-up-day',
  ],
  ['no date', { holidays: ['2028-02-30'], workdays: [] }, 'access.invalid'],
])('a year with %s is refused', async (_what, body, code) => {
  expect((await enter(2028, body)).body.code).toBe(code)
  expect((await calendar()).years.map(({ year }) => year)).not.toContain(2028)
})
