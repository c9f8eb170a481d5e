import { afterAll, beforeAll, expect, test } from 'vitest'
import { permissionsOf, type ReplyOf, type Role, roleNames } from '#access'
import { newId } from '#base'
import type { listAlerts } from '../alerts/contract.ts'
import { todoStatuses } from '../alerts/todo.ts'
import { openStatuses } from '../states.ts'
import type { listTasks } from '../tasks/contract.ts'
import { type Desk, type OfficeName, openDesk, plainYear } from '../testing/desk.server.ts'
import type { readTodo } from './contract.ts'

let desk: Desk

const places: Readonly<Record<Role, readonly [string, string?]>> = {
  administrator: ['532900000000'],
  supervisor: ['532900000000'],
  'county-officer': ['532901000000'],
  'township-officer': ['532901101000'],
  'village-helper': ['532901101001'],
  'department-officer': ['532901000000', 'police'],
  auditor: ['532900000000'],
}
const as = (role: Role) => {
  const [regionCode, department] = places[role]
  return desk.as(role, { regionCode, ...(department && { department }) })
}

beforeAll(async () => {
  desk = await openDesk('2026-06-15', [plainYear(2026)])
  const holders: readonly (OfficeName | null)[] = ['city', 'county', 'town', 'village', 'police', null]
  for (const holder of holders)
    for (const status of ['new', 'dispatched', 'verifying', 'disposed'])
      for (const dueOn of ['2026-06-12', '2026-06-15', '2026-07-01', null])
        await desk.alert({ holder, status, dueOn, regionCode: '532901101001' })
})
afterAll(() => desk.close())

const todoOf = async (role: Role) => {
  const client = await as(role)
  const { body } = await client.get<ReplyOf<typeof readTodo>>('/api/v1/monitoring/todo')
  return { client, ...body }
}

test.each(roleNames.filter((role) => permissionsOf(role).includes('alert.read')))(
  'every number on the first page of a %s is the number of rows behind its link',
  async (role) => {
    if (permissionsOf(role).includes('alert.raise')) {
      const client = await as(role)
      const row = await desk.look((tx) =>
        tx.selectFrom('alerts').select('household_id').limit(1).executeTakeFirstOrThrow(),
      )
      for (const origin of ['visit', 'superior'])
        await client.post('/api/v1/monitoring/alerts', {
          subject: { householdId: row.household_id },
          origin,
          grade: 'yellow',
          route: 4,
          summary: '走访发现家中无人',
        })
    }
    const { client, counters, tasks } = await todoOf(role)
    expect(counters.length).toBeGreaterThanOrEqual(3)
    for (const { name, filters, count } of counters) {
      const list = await client.get<ReplyOf<typeof listAlerts>>(
        `/api/v1/monitoring/alerts?${filters}&limit=100`,
      )
      expect([name, list.body.next, list.body.rows.length]).toEqual([name, null, count])
      expect([name, count]).not.toEqual([name, 0])
    }
    if (permissionsOf(role).includes('task.work')) {
      const list = await client.get<ReplyOf<typeof listTasks>>('/api/v1/monitoring/tasks')
      expect(tasks).toBe(list.body.rows.length)
    } else expect(tasks).toBeNull()
  },
)

test.each([
  ['supervisor', ['overdue', 'dueToday', 'toSend', 'awaiting', 'sentDown']],
  ['county-officer', ['overdue', 'dueToday', 'toSend', 'toVerify', 'awaiting', 'sentDown']],
  ['township-officer', ['overdue', 'dueToday', 'toSend', 'toVerify', 'awaiting']],
  ['village-helper', ['overdue', 'dueToday', 'toVerify', 'awaiting']],
  ['department-officer', ['overdue', 'dueToday', 'toVerify', 'awaiting']],
  ['auditor', ['areaOverdue', 'areaDueToday', 'areaOpen']],
] as const)('a %s is told of %s', async (role, names) => {
  expect((await todoOf(role)).counters.map(({ name }) => name)).toEqual(names)
})

test('waiting for the calendar is shown only where something waits', async () => {
  const client = await desk.as('township-officer', { regionCode: '532901102000' })
  const { body } = await client.get<ReplyOf<typeof readTodo>>('/api/v1/monitoring/todo')
  expect(body.counters.map(({ name }) => name)).toEqual(['overdue', 'dueToday', 'toSend', 'toVerify'])
})

test.each(roleNames)('an open alert that the office of a %s holds waits in one way at most', (role) => {
  const may = new Set(permissionsOf(role))
  const works = may.has('alert.dispatch') || may.has('alert.dispose')
  const waits = [...todoStatuses('send', may), ...todoStatuses('verify', may)].toSorted()
  expect(waits).toEqual(works ? openStatuses.toSorted() : [])
})

test('an office counts its open tasks', async () => {
  const client = await as('county-officer')
  await desk.look((tx) =>
    tx
      .insertInto('tasks')
      .values(
        ['open', 'open', 'done'].map((status) => ({
          id: newId(),
          region_code: '532901101001',
          kind: 'coordinate',
          holder_id: client.organisationId,
          status,
          opened_at: '2026-06-01T00:00:00Z',
        })),
      )
      .execute(),
  )
  expect((await todoOf('county-officer')).tasks).toBe(2)
})
