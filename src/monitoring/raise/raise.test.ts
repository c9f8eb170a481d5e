import { afterAll, beforeAll, expect, test } from 'vitest'
import { permissionsOf, type ReplyOf, roleNames } from '#access'
import type { TestClient } from '#testing/server.ts'
import type { listAlerts, readAlert } from '../alerts/contract.ts'
import { type Desk, openDesk, plainYear } from '../testing/desk.server.ts'
import { originsFor } from './origins.ts'

let desk: Desk
let householdId = ''
let leadId = ''

beforeAll(async () => {
  desk = await openDesk('2026-06-15', [plainYear(2026)])
  const subject = async (lead: boolean) => {
    const id = await desk.alert({ lead, status: 'disposed' })
    return desk.look((tx) =>
      tx
        .selectFrom('alerts')
        .select(['household_id', 'lead_id'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    )
  }
  householdId = (await subject(false)).household_id ?? ''
  leadId = (await subject(true)).lead_id ?? ''
})
afterAll(() => desk.close())

const raise = (client: TestClient, body: object = {}) =>
  client.post<{ id: string; number: number; code: string }>('/api/v1/monitoring/alerts', {
    subject: { householdId },
    origin: 'visit',
    grade: 'orange',
    route: 2,
    summary: '走访发现户主住院，家中无人照料',
    ...body,
  })
const read = async (client: TestClient, id: string) =>
  (await client.get<ReplyOf<typeof readAlert>>(`/api/v1/monitoring/alerts/${id}`)).body

test('a village helper raises what a visit found; the township gets it with a due date, and the chain tells', async () => {
  const helper = await desk.as('village-helper', { regionCode: '532901101001' })
  const { body } = await raise(helper)
  expect(await read(helper, body.id)).toMatchObject({
    number: body.number,
    indicator: 'manual',
    origin: 'visit',
    grade: 'orange',
    route: 2,
    status: 'new',
    summary: '走访发现户主住院，家中无人照料',
    holder: { name: 'town' },
    dueOn: '2026-06-29',
    conditions: [],
    evidenceRows: [],
    steps: [{ step: 'raised', to: 'town', note: '走访发现户主住院，家中无人照料' }],
  })
  const events = await desk.look((tx) =>
    tx
      .selectFrom('events')
      .select(['kind', 'household_id', 'actor_id'])
      .where('subject_id', '=', body.id)
      .execute(),
  )
  expect(events).toEqual([
    { kind: 'monitoring.alert-raised', household_id: householdId, actor_id: helper.accountId },
  ])
})

test('what a person raises is never merged: two visits are two alerts', async () => {
  const town = await desk.as('township-officer', { regionCode: '532901101000' })
  const [first, second] = [await raise(town, { origin: 'call' }), await raise(town, { origin: 'call' })]
  expect(second.body.number).toBeGreaterThan(first.body.number)
})

test.each([
  ['supervisor', '532900000000', 'orange', 'county'],
  ['county-officer', '532901000000', 'orange', 'town'],
  ['county-officer', '532901000000', 'red', 'town'],
] as const)(
  'a %s of %s sends a %s alert down to the %s and follows it',
  async (role, regionCode, grade, holder) => {
    const superior = await desk.as(role, { regionCode })
    const { body } = await raise(superior, { origin: 'superior', grade })
    expect(await read(superior, body.id)).toMatchObject({ origin: 'superior', holder: { name: holder } })
    const followed = await superior.get<{ rows: { id: string }[] }>(
      '/api/v1/monitoring/alerts?origin=superior&limit=100',
    )
    expect(followed.body.rows.map(({ id }) => id)).toContain(body.id)
  },
)

test('what an office sent down stays in its own list with its state, until it is disposed of and after', async () => {
  const county = await desk.as('county-officer', { regionCode: '532901000000' })
  const town = await desk.as('township-officer', { regionCode: '532901101000' })
  const followed = async (client: TestClient) =>
    (
      await client.get<ReplyOf<typeof listAlerts>>(
        '/api/v1/monitoring/alerts?raised=mine&origin=superior&status=all&limit=100',
      )
    ).body.rows
  const { id } = (await raise(county, { origin: 'superior' })).body
  const mine = async () => (await followed(county)).find((row) => row.id === id)
  expect(await mine()).toMatchObject({ status: 'new', holder: { name: 'town' } })
  await town.send('POST', `/api/v1/monitoring/alerts/${id}/take`, {}, { 'if-match': '"v1"' })
  expect(await mine()).toMatchObject({ status: 'verifying', holder: { name: 'town' } })
  // Nobody else's list, though the township holds it and the city sees it.
  const city = await desk.as('supervisor', { regionCode: '532900000000' })
  for (const other of [town, city]) expect((await followed(other)).map((row) => row.id)).not.toContain(id)
  await desk.look((tx) => tx.updateTable('alerts').set({ status: 'disposed' }).where('id', '=', id).execute())
  expect(await mine()).toMatchObject({ status: 'disposed' })
})

test.each(roleNames)('the dialog offers a %s exactly what the server takes', async (role) => {
  if (!permissionsOf(role).includes('alert.raise')) return
  const regions = { supervisor: '532900000000', 'county-officer': '532901000000' } as const
  const person = await desk.as(role, {
    regionCode: regions[role as keyof typeof regions] ?? '532901101000',
  })
  const taken = []
  for (const origin of ['visit', 'call', 'superior'])
    if ((await raise(person, { origin })).status === 200) taken.push(origin)
  expect(originsFor(role)).toEqual(taken)
})

test('a township or a village does not speak for a higher level', async () => {
  const town = await desk.as('township-officer', { regionCode: '532901101000' })
  expect((await raise(town, { origin: 'superior' })).body.code).toBe('monitoring.not-superior')
})

test('a red finding of a visit goes to the county', async () => {
  const town = await desk.as('township-officer', { regionCode: '532901101000' })
  const { body } = await raise(town, { grade: 'red', route: 1 })
  expect(await read(town, body.id)).toMatchObject({ holder: { name: 'county' }, dueOn: '2026-06-22' })
})

test('a lead can be raised too; somebody out of sight, both or neither cannot', async () => {
  const town = await desk.as('township-officer', { regionCode: '532901101000' })
  const neighbour = await desk.as('township-officer', { regionCode: '532901102000' })
  expect(await read(town, (await raise(town, { subject: { leadId } })).body.id)).toMatchObject({ leadId })
  expect((await raise(neighbour)).status).toBe(404)
  for (const subject of [{}, { householdId, leadId }, { householdId: 'H1' }])
    expect((await raise(town, { subject })).body.code).toBe('access.invalid')
  expect((await raise(town, { origin: 'scan' })).body.code).toBe('access.invalid')
  expect((await raise(town, { summary: '好' })).body.code).toBe('access.invalid')
})
