import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#base'
import type { TestClient } from '#testing/server.ts'
import { type Desk, openDesk, plainYear } from '../testing/desk.server.ts'

let desk: Desk
let county: TestClient
let town: TestClient
let second: TestClient

beforeAll(async () => {
  desk = await openDesk('2026-06-15', [plainYear(2026)])
  county = await desk.as('county-officer')
  town = await desk.as('township-officer', { regionCode: '532901101000' })
  second = await desk.as('township-officer', { regionCode: '532901101000' })
})
afterAll(() => desk.close())

interface Answer {
  readonly code?: string
  readonly version: number
  readonly taskId: string | null
  readonly id: string
}

const alerts = '/api/v1/monitoring/alerts'
const at = (version: number, key: string = newId()) => ({
  'if-match': `"v${version}"`,
  'idempotency-key': key,
})
const take = (client: TestClient, id: string, version: number, key?: string) =>
  client.post<Answer>(`${alerts}/${id}/take`, {}, at(version, key))
const verdict = { route: 4, result: 'confirmed', reason: '入户核实，情况属实' }
const dispose = (client: TestClient, id: string, version: number, body: object = {}, key?: string) =>
  client.post<Answer>(`${alerts}/${id}/dispose`, { ...verdict, ...body }, at(version, key))
const pdf = Buffer.from('%PDF-1.7 photo of a form')
const prove = (client: TestClient, id: string, name = '核实.pdf', bytes: Uint8Array = pdf) =>
  client.upload<Answer>(`${alerts}/${id}/evidence`, name, bytes)
const rowOf = (id: string) =>
  desk.look((tx) => tx.selectFrom('alerts').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
const stepsOf = async (id: string) =>
  (
    await desk.look((tx) =>
      tx
        .selectFrom('alert_steps')
        .select('step')
        .where('alert_id', '=', id)
        .orderBy('at')
        .orderBy('id')
        .execute(),
    )
  ).map(({ step }) => step)
const tasksOf = (id: string) =>
  desk.look((tx) => tx.selectFrom('tasks').selectAll().where('alert_id', '=', id).execute())
const proven = async (seed?: Parameters<Desk['alert']>[0]): Promise<string> => {
  const id = await desk.alert(seed)
  await prove(county, id)
  return id
}

test('an alert is taken, proven and disposed of, step by step, each on the version seen', async () => {
  const id = await desk.alert()
  const taken = await take(town, id, 1)
  expect(taken.body.version).toBe(2)
  expect(taken.headers.get('etag')).toBe('"v2"')
  expect((await take(town, id, 2)).body.code).toBe('monitoring.wrong-state')
  expect((await dispose(town, id, 2)).body.code).toBe('monitoring.no-evidence')
  await prove(town, id)
  const done = await dispose(town, id, 2)
  expect(done.body).toMatchObject({ version: 3, taskId: expect.any(String) })
  expect(await rowOf(id)).toMatchObject({
    status: 'disposed',
    result: 'confirmed',
    disposed_on: '2026-06-15',
  })
  expect(await stepsOf(id)).toEqual(['raised', 'taken', 'disposed'])
  expect((await dispose(town, id, 3)).body.code).toBe('monitoring.wrong-state')
  expect((await prove(town, id)).body.code).toBe('monitoring.wrong-state')
})

test('without the version, with a stale one, with no reason or an invented result nothing is disposed of', async () => {
  const id = await proven()
  const bare = await town.post<Answer>(`${alerts}/${id}/dispose`, verdict)
  expect(bare.body.code).toBe('access.version-missing')
  expect((await dispose(town, id, 7)).status).toBe(412)
  expect((await dispose(town, id, 1, { reason: '对' })).body.code).toBe('access.invalid')
  expect((await dispose(town, id, 1, { result: 'looks fine' })).body.code).toBe('access.invalid')
  expect((await dispose(town, id, 1, { route: 5 })).body.code).toBe('access.invalid')
  expect(await rowOf(id)).toMatchObject({ status: 'new', version: 1 })
})

test('of two officers who take an alert at once one is told that it changed', async () => {
  const id = await desk.alert()
  const answers = await Promise.all([take(town, id, 1), take(second, id, 1)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412])
  expect(await stepsOf(id)).toEqual(['raised', 'taken'])
})

test('in fifty races of taking, disposing and sending on no update is lost', async () => {
  const ids = await Promise.all(Array.from({ length: 50 }, () => proven()))
  const race = async (id: string, turn: number) => {
    const moves = [
      () => take(town, id, 1),
      () => dispose(second, id, 1, { result: 'not-confirmed' }),
      () =>
        county.post<{ dispatched?: number }>('/api/v1/monitoring/dispatches', {
          ids: [id],
          to: { kind: 'village' },
        }),
    ]
    const answers = await Promise.all(
      [...moves.slice(turn % 3), ...moves.slice(0, turn % 3)].map((move) => move()),
    )
    const won = answers.filter(
      ({ status, body }) => status === 200 && (body as { dispatched?: number }).dispatched !== 0,
    )
    for (const { status } of answers) expect([200, 403, 409, 412]).toContain(status)
    const { version } = await rowOf(id)
    const steps = await stepsOf(id)
    // Every version has its step, and only who was told "done" has done something.
    expect([steps.length, version]).toEqual([version, 1 + won.length])
  }
  for (let start = 0; start < 50; start += 10)
    await Promise.all(ids.slice(start, start + 10).map((id, turn) => race(id, start + turn)))
})

test('a double click disposes once and answers the same', async () => {
  const id = await proven()
  const key = newId()
  const [first, again] = await Promise.all([dispose(town, id, 1, {}, key), dispose(town, id, 1, {}, key)])
  expect(again.body).toEqual(first.body)
  expect((await dispose(town, id, 1, {}, key)).headers.get('idempotent-replayed')).toBe('true')
  expect(await tasksOf(id)).toHaveLength(1)
})

test('the office that holds it and the county dispose of an alert, nobody else', async () => {
  const id = await proven({ holder: 'county', grade: 'red' })
  expect((await dispose(town, id, 1)).body.code).toBe('monitoring.not-holder')
  expect((await prove(town, id)).body.code).toBe('monitoring.not-holder')
  expect((await take(town, id, 1)).body.code).toBe('monitoring.not-holder')
  expect((await dispose(county, id, 1)).status).toBe(200)
  const police = await desk.as('department-officer', { department: 'police' })
  const theirs = await proven({ lead: true, holder: 'education' })
  expect((await dispose(police, theirs, 1)).status).toBe(404)
})

const office = (part: string): Buffer =>
  Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.from(`…${part}…`)])

test.each([
  ['核实.exe', pdf, 'application/pdf'],
  ['现场.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]), 'image/png'],
  ['现场.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg'],
  ['表.zip', office('xl/workbook.xml'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  [
    '说明.docx',
    office('word/document.xml'),
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  ['核实.pdf', Buffer.from('MZ a program'), undefined],
  ['压缩包.docx', office('payload.js'), undefined],
  ['空.pdf', Buffer.alloc(0), undefined],
  ['网页.png', Buffer.from('<svg onload="alert(1)">'), undefined],
])('evidence is what its bytes say, not its name: %s', async (name, bytes, type) => {
  const id = await desk.alert()
  const { body } = await prove(town, id, name, bytes)
  if (type === undefined) expect(body.code).toBe('monitoring.evidence-type')
  else {
    const file = await town.download(`/api/v1/monitoring/evidence/${body.id}`)
    expect(file.headers.get('content-type')).toBe(type)
    expect(file.headers.get('content-disposition')).toContain(
      `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    )
    expect(file.bytes.equals(bytes)).toBe(true)
  }
})

test('evidence is encrypted, read only in scope, and every reading leaves a trace', async () => {
  const id = await desk.alert()
  const { body } = await prove(town, id)
  const path = `/api/v1/monitoring/evidence/${body.id}`
  const stored = await desk.look((tx) =>
    tx
      .selectFrom('evidence_files')
      .select('content_cipher')
      .where('id', '=', body.id)
      .executeTakeFirstOrThrow(),
  )
  expect(Buffer.from(stored.content_cipher).includes('photo of a form')).toBe(false)
  const neighbour = await desk.as('township-officer', { regionCode: '532901102000' })
  const police = await desk.as('department-officer', { department: 'police' })
  for (const client of [neighbour, police]) expect((await client.download(path)).status).toBe(404)
  expect((await county.download(path)).status).toBe(200)
  const traces = await desk.look((tx) =>
    tx
      .selectFrom('audit_entries')
      .select('account_id')
      .where('action', '=', 'GET /api/v1/monitoring/evidence/:id')
      .where('subject_id', '=', body.id)
      .execute(),
  )
  expect(traces).toEqual([{ account_id: county.accountId }])
})

test('a file above ten MiB is refused and none at all is told', async () => {
  const id = await desk.alert()
  const large = Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)])
  expect((await prove(town, id, '大.pdf', large)).status).toBe(413)
  const none = await town.post<Answer>(`${alerts}/${id}/evidence`, {})
  expect([400, 406, 415]).toContain(none.status)
  expect((await dispose(town, id, 1)).body.code).toBe('monitoring.no-evidence')
})

test('route four asks a person to review and changes nothing about the household', async () => {
  const id = await proven()
  const { household_id } = await rowOf(id)
  const household = () =>
    desk.look((tx) =>
      tx
        .selectFrom('households')
        .selectAll()
        .where('id', '=', household_id ?? '')
        .execute(),
    )
  const before = await household()
  const { body } = await dispose(town, id, 1)
  expect(await tasksOf(id)).toMatchObject([
    {
      id: body.taskId,
      kind: 'review-entitlement',
      holder_id: desk.offices.county.id,
      status: 'open',
      due_on: '2026-06-29',
      household_id,
    },
  ])
  expect(await household()).toEqual(before)
})

test.each([
  [1, 'confirmed', 'implement-policy', 'county'],
  [2, 'confirmed', 'check-entitlement', 'police'],
  [3, 'partly-confirmed', 'coordinate', 'county'],
  [4, 'not-confirmed', undefined, undefined],
  [2, 'already-handled', undefined, undefined],
] as const)('route %i with the result %s opens %s', async (route, result, kind, holder) => {
  const id = await proven()
  const { body } = await dispose(town, id, 1, { route, result })
  expect(body.taskId === null).toBe(kind === undefined)
  expect((await tasksOf(id)).map((task) => [task.kind, task.holder_id])).toEqual(
    kind ? [[kind, desk.offices[holder].id]] : [],
  )
})

test('a task is finished by its office on the version seen, once, and is then among the finished', async () => {
  const id = await proven()
  const { taskId } = (await dispose(town, id, 1)).body
  const finish = (client: TestClient, version: number, outcome = '已复核，符合条件') =>
    client.post<Answer>(`/api/v1/monitoring/tasks/${taskId}/finish`, { outcome }, at(version))
  const listed = async (client: TestClient, query = '') =>
    (await client.get<{ rows: { id: string; outcome: string }[] }>(`/api/v1/monitoring/tasks?${query}`)).body
      .rows
  expect((await listed(county)).map((task) => task.id)).toContain(taskId)
  expect((await listed(town)).map((task) => task.id)).not.toContain(taskId)
  expect((await listed(town, 'holder=any')).map((task) => task.id)).toContain(taskId)
  const police = await desk.as('department-officer', { department: 'police' })
  expect((await listed(police, 'holder=any')).map((task) => task.id)).not.toContain(taskId)
  expect((await finish(town, 1)).body.code).toBe('monitoring.not-holder')
  expect((await finish(county, 1, '好')).body.code).toBe('access.invalid')
  const answers = await Promise.all([finish(county, 1), finish(county, 1)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412])
  expect((await finish(county, 2)).status).toBe(412)
  expect((await listed(county)).map((task) => task.id)).not.toContain(taskId)
  expect(await listed(county, 'status=done')).toMatchObject([{ id: taskId, outcome: '已复核，符合条件' }])
})
