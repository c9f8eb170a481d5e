import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { newId, Refusal } from '#base'
import { everywhere } from '#store'
import { inScope, openDatabase } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer, type TestServer } from '#testing/server.ts'
import { recordAudit, verifyAudit } from './audit/audit.server.ts'
import { serve } from './routes/endpoint.server.ts'
import { defineRoute } from './routes/route.ts'

const listViews = defineRoute({
  method: 'GET',
  path: '/api/v1/access/test-events',
  permission: 'alert.read',
  summary: { zh: '', en: '' },
  query: z.object({ limit: z.coerce.number().int().max(100).default(10) }),
  reply: z.object({ codes: z.array(z.string()) }),
})
const addEvent = defineRoute({
  method: 'POST',
  path: '/api/v1/access/test-events',
  permission: 'alert.raise',
  summary: { zh: '', en: '' },
  body: z.strictObject({ regionCode: z.string(), fail: z.boolean().optional() }),
  reply: z.object({ id: z.string() }),
})

const endpoints = () => [
  serve(listViews, async ({ tx }) => ({
    codes: (await tx.selectFrom('events').select('region_code').orderBy('seq').execute()).map(
      (row) => row.region_code,
    ),
    secret: 'never leaves',
  })),
  serve(addEvent, async ({ tx, clock, body }) => {
    const id = newId()
    const values = {
      id,
      at: clock.now(),
      business_date: clock.today(),
      kind: 'test.added',
      region_code: body.regionCode,
    }
    await tx.insertInto('events').values(values).execute()
    if (body.fail) throw new Refusal('access.not-found')
    return { id }
  }),
]

let server: TestServer & { close(): Promise<void> }
let ownerUrl: string

beforeAll(async () => {
  const cloned = await cloneDatabase()
  ownerUrl = cloned.ownerUrl
  server = await startTestServer({ appUrl: cloned.appUrl, endpoints })
})
afterAll(() => server.close())

test('without a session every route but log-in is refused as a problem document', async () => {
  const response = await fetch(`${server.url}${listViews.path}`, { headers: { 'accept-language': 'en' } })
  expect(response.status).toBe(401)
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  expect(await response.json()).toMatchObject({
    code: 'access.not-signed-in',
    status: 401,
    detail: 'Please sign in first.',
  })
})

test('a township sees its own villages and neither the county beside it nor the town next door', async () => {
  const town = await server.as('township-officer', { regionCode: '532901101000' })
  const other = await server.as('township-officer', { regionCode: '532901102000' })
  const county = await server.as('county-officer', { regionCode: '532901000000' })
  expect((await town.post(addEvent.path, { regionCode: '532901101001' })).status).toBe(200)
  expect((await other.get(listViews.path)).body).toEqual({ codes: [] })
  expect((await town.get(listViews.path)).body).toEqual({ codes: ['532901101001'] })
  expect((await county.get(listViews.path)).body).toEqual({ codes: ['532901101001'] })
  const outside = await other.post<{ code: string }>(addEvent.path, { regionCode: '532901101001' })
  expect(outside.body.code).toBe('access.forbidden')
})

test('the same write sent twice happens once and answers the same', async () => {
  const client = await server.as('township-officer', { regionCode: '532901103000' })
  const key = { 'idempotency-key': newId() }
  const body = { regionCode: '532901103001' }
  const [first, second] = await Promise.all([
    client.post(addEvent.path, body, key),
    client.post(addEvent.path, body, key),
  ])
  expect(second.body).toEqual(first.body)
  expect((await client.get(listViews.path)).body).toEqual({ codes: ['532901103001'] })
  const reused = await client.post<{ code: string }>(addEvent.path, { regionCode: '532901103002' }, key)
  expect(reused.body.code).toBe('access.key-reused')
})

test('a refused write leaves nothing, and its key may be used again', async () => {
  const client = await server.as('township-officer', { regionCode: '532901104000' })
  const key = { 'idempotency-key': newId() }
  expect((await client.post(addEvent.path, { regionCode: '532901104001', fail: true }, key)).status).toBe(404)
  expect((await client.get(listViews.path)).body).toEqual({ codes: [] })
})

test('a write needs the permission, the CSRF token, a key, and no unknown field', async () => {
  const auditor = await server.as('auditor')
  expect((await auditor.post(addEvent.path, { regionCode: '532901101001' })).status).toBe(403)
  const town = await server.as('township-officer', { regionCode: '532901105000' })
  const codeOf = async (headers: Record<string, string>, body: object = { regionCode: '532901105001' }) =>
    (await town.post<{ code: string }>(addEvent.path, body, headers)).body.code
  expect(await codeOf({ 'x-doudi-csrf': 'wrong' })).toBe('access.csrf')
  expect(await codeOf({ 'idempotency-key': '' })).toBe('access.key-missing')
  expect(await codeOf({}, { regionCode: '532901105001', role: 'administrator' })).toBe('access.invalid')
})

test('five wrong passwords lock the account for a while', async () => {
  const tryLogin = async (login: string) => {
    const response = await fetch(`${server.url}/api/v1/access/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password: 'wrong' }),
    })
    return ((await response.json()) as { code: string }).code
  }
  const client = await server.as('auditor')
  const { login } = await inScope(server.database, everywhere, (tx) =>
    tx.selectFrom('accounts').select('login').where('id', '=', client.accountId).executeTakeFirstOrThrow(),
  )
  for (let count = 0; count < 5; count++) expect(await tryLogin(login)).toBe('access.wrong-login')
  expect(await tryLogin(login)).toBe('access.locked')
  expect(await tryLogin('nobody-at-all')).toBe('access.wrong-login')
})

test('the audit chain finds an entry that was changed behind its back', async () => {
  await inScope(server.database, everywhere, async (tx) => {
    for (const action of ['test.one', 'test.two']) await recordAudit(tx, server.clock, { action })
  })
  const verify = () => inScope(server.database, everywhere, (tx) => verifyAudit(tx))
  const whole = await verify()
  expect(whole.brokenAt).toBeUndefined()
  expect(whole.entries).toBeGreaterThan(2)
  const owner = openDatabase(ownerUrl, 1)
  await owner.kysely
    .updateTable('audit_entries')
    .set({ action: 'test.forged' })
    .where('seq', '=', 2)
    .execute()
  await owner.close()
  expect((await verify()).brokenAt).toBe(2)
})

test('the interface description lists every route and /healthz is ready', async () => {
  const description = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
    openapi: string
    paths: Record<string, object>
  }
  expect(description.openapi).toBe('3.1.0')
  expect(Object.keys(description.paths)).toContain(addEvent.path)
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
})

test('a session tells the office and the level of its place', async () => {
  const officeOf = async (role: 'supervisor' | 'township-officer', regionCode: string) => {
    const client = await server.as(role, { regionCode })
    const { body } = await client.get<{ account: { organisation: object } }>('/api/v1/access/session')
    return { office: body.account.organisation, id: client.organisationId }
  }
  const city = await officeOf('supervisor', '532900000000')
  expect(city.office).toMatchObject({ id: city.id, kind: 'civil-affairs', level: 'city', department: null })
  const town = await officeOf('township-officer', '532901101000')
  expect(town.office).toMatchObject({ id: town.id, level: 'township' })
})

test('a session tells after how long it ends', async () => {
  const client = await server.as('auditor')
  const { body } = await client.get<{ limits: object }>('/api/v1/access/session')
  expect(body.limits).toEqual({ idleSeconds: 7200, endsInSeconds: 43_200 })
})
