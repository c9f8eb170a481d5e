import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReplyOf } from '#access'
import { businessDate, fixedClock, newId } from '#base'
import type { TestClient } from '#testing/server.ts'
import { type AlertSeed, type Desk, days, openDesk, plainYear } from '../testing/desk.server.ts'
import type { dispatchAlerts, previewDispatch } from './contract.ts'
import { escalateOverdue } from './escalate.server.ts'

type Preview = ReplyOf<typeof previewDispatch>
type Sent = ReplyOf<typeof dispatchAlerts>

let desk: Desk
let county: TestClient
let town: TestClient

beforeAll(async () => {
  desk = await openDesk('2026-06-15', [plainYear(2026)])
  county = await desk.as('county-officer')
  town = await desk.as('township-officer', { regionCode: '532901101000' })
})
afterAll(() => desk.close())

const preview = (client: TestClient, ids: string[], to: object) =>
  client.post<Preview & { code: string }>('/api/v1/monitoring/dispatch-previews', { ids, to })
const send = (client: TestClient, ids: string[], to: object, headers?: Record<string, string>) =>
  client.post<Sent & { code: string }>(
    '/api/v1/monitoring/dispatches',
    { ids, to, note: '请本周内核实' },
    headers,
  )
const rowOf = (id: string) =>
  desk.look((tx) => tx.selectFrom('alerts').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
const stepsOf = (id: string) =>
  desk.look((tx) =>
    tx
      .selectFrom('alert_steps')
      .select(['step', 'from_id', 'to_id', 'actor_id', 'note'])
      .where('alert_id', '=', id)
      .orderBy('at')
      .orderBy('id')
      .execute(),
  )

test('a dispatch does what its preview says, names what stays, and leaves a step, an event and an audit entry each', async () => {
  const atTown = await desk.alert({ holder: 'county', grade: 'red' })
  const atTown2 = await desk.alert({ holder: 'county', regionCode: '532901102001' })
  const there = await desk.alert({ holder: 'town', status: 'dispatched' })
  const closed = await desk.alert({ status: 'disposed' })
  const nowhere = await desk.alert({ regionCode: '532901000000', holder: 'county' })
  const ids = [atTown, atTown2, there, closed, nowhere]
  const planned = (await preview(county, ids, { kind: 'township' })).body
  expect(planned.groups.map(({ office, count }) => [office.name, count])).toEqual([
    ['town', 1],
    ['town2', 1],
  ])
  expect(planned.left.map(({ id, reason }) => [id, reason])).toEqual([
    [there, 'already-there'],
    [closed, 'closed'],
    [nowhere, 'no-office'],
  ])
  expect((await rowOf(atTown)).version).toBe(1)

  const sent = (await send(county, ids, { kind: 'township' })).body
  expect(sent).toEqual({ dispatched: 2, left: planned.left })
  // A week of five working days for red, counted from the day of dispatch.
  expect(await rowOf(atTown)).toMatchObject({
    status: 'dispatched',
    holder_id: desk.offices.town.id,
    due_on: '2026-06-22',
    version: 2,
  })
  expect(await rowOf(atTown2)).toMatchObject({ holder_id: desk.offices.town2.id, due_on: '2026-06-29' })
  for (const id of [there, closed, nowhere]) expect((await rowOf(id)).version).toBe(1)
  expect((await stepsOf(atTown)).at(-1)).toEqual({
    step: 'dispatched',
    from_id: desk.offices.county.id,
    to_id: desk.offices.town.id,
    actor_id: county.accountId,
    note: '请本周内核实',
  })
  const [events, audited] = await desk.look(async (tx) => [
    await tx
      .selectFrom('events')
      .select('subject_id')
      .where('kind', '=', 'monitoring.alert-dispatched')
      .execute(),
    await tx
      .selectFrom('audit_entries')
      .select('action')
      .where('account_id', '=', county.accountId)
      .execute(),
  ])
  expect(events.map(({ subject_id }) => subject_id).toSorted()).toEqual([atTown, atTown2].toSorted())
  expect(audited.filter(({ action }) => action === 'POST /api/v1/monitoring/dispatches')).toHaveLength(1)
})

test('alerts go to the village, to the department of the indicator, or to one office inside the area', async () => {
  const [toVillage, toPolice, toTown2] = [await desk.alert(), await desk.alert(), await desk.alert()]
  await send(county, [toVillage], { kind: 'village' })
  await send(county, [toPolice], { kind: 'department' })
  await send(county, [toTown2], { kind: 'office', id: desk.offices.town2.id })
  expect((await rowOf(toVillage)).holder_id).toBe(desk.offices.village.id)
  expect((await rowOf(toPolice)).holder_id).toBe(desk.offices.police.id)
  expect((await rowOf(toTown2)).holder_id).toBe(desk.offices.town2.id)
  const outside = await preview(county, [toVillage], { kind: 'office', id: desk.offices.county2.id })
  expect(outside.body.code).toBe('monitoring.no-such-office')
  const offices = (await county.get<{ offices: { name: string }[] }>('/api/v1/monitoring/offices')).body
    .offices
  expect(offices.map(({ name }) => name).toSorted()).toEqual(
    ['county', 'education', 'police', 'town', 'town2', 'village'].toSorted(),
  )
})

test('a township sends on what it holds and what it gave to its villages, not what lies on the county’s desk', async () => {
  const own = await desk.alert()
  const given = await desk.alert({ holder: 'village', status: 'dispatched' })
  const countys = await desk.alert({ holder: 'county', grade: 'red' })
  const unheld = await desk.alert({ holder: null })
  const ids = [own, given, countys, unheld]
  const { body } = await send(town, ids, { kind: 'village' })
  expect(body.dispatched).toBe(2)
  expect(body.left.map(({ id, reason }) => [id, reason])).toEqual([
    [given, 'already-there'],
    [countys, 'not-holder'],
  ])
  const may = async (id: string) =>
    (await town.get<{ may: { dispatch: boolean } }>(`/api/v1/monitoring/alerts/${id}`)).body.may.dispatch
  expect([await may(own), await may(given), await may(countys)]).toEqual([true, true, false])
})

test('a choice with an alert out of sight is refused whole', async () => {
  const [mine, theirs] = [
    await desk.alert(),
    await desk.alert({ regionCode: '532901102001', holder: 'town2' }),
  ]
  for (const call of [preview, send])
    expect((await call(town, [mine, theirs], { kind: 'village' })).status).toBe(404)
  expect((await rowOf(mine)).version).toBe(1)
})

test('the same dispatch sent twice at once happens once', async () => {
  const id = await desk.alert({ holder: 'county' })
  const key = { 'idempotency-key': newId() }
  const [first, second] = await Promise.all([
    send(county, [id], { kind: 'township' }, key),
    send(county, [id], { kind: 'township' }, key),
  ])
  expect(second.body).toEqual(first.body)
  expect((await stepsOf(id)).filter(({ step }) => step === 'dispatched')).toHaveLength(1)
})

const escalateOn = async (today: string): Promise<number> =>
  desk.look((tx) => escalateOverdue(tx, fixedClock(businessDate(today)), days))

test.each([
  ['a day before it is due', '2026-06-30', 0],
  ['on the day it is due', '2026-07-01', 0],
  ['the day after', '2026-07-02', 1],
])('an alert goes one level up once it is overdue: %s', async (_when, today, expected) => {
  await desk.look((tx) => tx.updateTable('alerts').set({ status: 'disposed' }).execute())
  const id = await desk.alert({ dueOn: '2026-07-01', status: 'verifying' })
  expect(await escalateOn(today)).toBe(expected)
  expect((await rowOf(id)).holder_id).toBe(expected ? desk.offices.county.id : desk.offices.town.id)
})

test('overdue goes from village to township to county to city, each time with its working days, and stays at the top', async () => {
  await desk.look((tx) => tx.updateTable('alerts').set({ status: 'disposed' }).execute())
  const seed: AlertSeed = { holder: 'village', dueOn: '2026-06-15', grade: 'red' }
  const id = await desk.alert(seed)
  const seen: unknown[] = []
  for (const today of ['2026-06-16', '2026-06-23', '2026-06-24', '2026-07-01', '2026-07-09', '2026-08-01']) {
    const moved = await escalateOn(today)
    const { holder_id, due_on, escalation, status } = await rowOf(id)
    const holder = Object.values(desk.offices).find((office) => office.id === holder_id)
    seen.push([today, moved, holder?.name, due_on, escalation, status])
  }
  expect(seen).toEqual([
    ['2026-06-16', 1, 'town', '2026-06-23', 1, 'dispatched'],
    ['2026-06-23', 0, 'town', '2026-06-23', 1, 'dispatched'],
    ['2026-06-24', 1, 'county', '2026-07-01', 2, 'dispatched'],
    ['2026-07-01', 0, 'county', '2026-07-01', 2, 'dispatched'],
    ['2026-07-09', 1, 'city', '2026-07-16', 3, 'dispatched'],
    ['2026-08-01', 0, 'city', '2026-07-16', 3, 'dispatched'],
  ])
  expect((await stepsOf(id)).map(({ step, actor_id }) => [step, actor_id])).toEqual([
    ['raised', null],
    ['escalated', null],
    ['escalated', null],
    ['escalated', null],
  ])
})

test('what lies with a department goes up to civil affairs of its place, what lies with nobody to the county', async () => {
  await desk.look((tx) => tx.updateTable('alerts').set({ status: 'disposed' }).execute())
  const lead = await desk.alert({ lead: true, holder: 'education', dueOn: '2026-06-01' })
  const nobody = await desk.alert({ holder: null, dueOn: '2026-06-01' })
  expect(await escalateOn('2026-06-15')).toBe(2)
  for (const id of [lead, nobody]) expect((await rowOf(id)).holder_id).toBe(desk.offices.county.id)
})
