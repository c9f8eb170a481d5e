import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accessRefusals, type Role } from '#access'
import { type Endpoint, hashPassword } from '#access/server'
import { businessDate, type Clock, fixedClock, newId, type RefusalSpec } from '#base'
import { everywhere } from '#store'
import { type Database, inScope, openDatabase } from '#store/server'
import { buildServer } from '../src/app/http/server.server.ts'

export interface Reply<T = unknown> {
  readonly status: number
  readonly body: T
  readonly headers: Headers
}

/** A logged-in person: sends what the console sends (cookies, CSRF header, idempotency key). */
export interface TestClient {
  get<T = unknown>(path: string): Promise<Reply<T>>
  post<T = unknown>(path: string, body: object, headers?: Readonly<Record<string, string>>): Promise<Reply<T>>
  send<T = unknown>(
    method: string,
    path: string,
    body: object | undefined,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Reply<T>>
  upload<T = unknown>(
    path: string,
    fileName: string,
    content: Uint8Array,
    fields?: Readonly<Record<string, string>>,
  ): Promise<Reply<T>>
  download(path: string): Promise<{ status: number; bytes: Buffer; headers: Headers }>
  readonly accountId: string
  readonly organisationId: string
}

export interface TestServer {
  readonly url: string
  readonly database: Database
  readonly clock: Clock
  /** Makes an account with an office in the region, logs it in and gives its client. */
  as(
    role: Role,
    options?: { readonly regionCode?: string; readonly department?: string; readonly kind?: string },
  ): Promise<TestClient>
}

export interface TestServerOptions {
  readonly appUrl: string
  readonly endpoints: (database: Database) => readonly Endpoint[]
  readonly refusals?: Readonly<Record<string, RefusalSpec>>
  readonly today?: string
}

const kindOf = (role: Role): string => {
  if (role === 'department-officer') return 'department'
  if (role === 'township-officer') return 'township'
  if (role === 'village-helper') return 'village'
  return role === 'administrator' ? 'platform' : 'civil-affairs'
}

const password = 'a-password-for-tests'

const makeAccount = async (
  database: Database,
  role: Role,
  regionCode: string,
  kind: string,
  department: string | null,
) =>
  inScope(database, everywhere, async (tx) => {
    const found = await tx
      .selectFrom('organisations')
      .select('id')
      .where('region_code', '=', regionCode)
      .where('kind', '=', kind)
      .where('department', department === null ? 'is' : '=', department)
      .executeTakeFirst()
    const organisationId = found?.id ?? newId()
    if (!found) {
      await tx
        .insertInto('organisations')
        .values({
          id: organisationId,
          name: `${kind} ${regionCode}`,
          kind,
          department,
          region_code: regionCode,
        })
        .execute()
    }
    const accountId = newId()
    const login = `t-${accountId.slice(-12)}`
    await tx
      .insertInto('accounts')
      .values({
        id: accountId,
        login,
        display_name: login,
        organisation_id: organisationId,
        role,
        password_hash: await hashPassword(password),
      })
      .execute()
    return { accountId, organisationId, login }
  })

const jsonOf = async (response: Response) => {
  const text = await response.text()
  // A file is no JSON; a test that reads one downloads it.
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : undefined }
}

const logIn = async (url: string, login: string): Promise<Record<string, string>> => {
  const response = await fetch(`${url}/api/v1/access/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  })
  if (response.status !== 200) throw new Error(`log-in answered ${response.status}: ${await response.text()}`)
  const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
  const csrf = cookies.find((cookie) => cookie.startsWith('doudi_csrf='))?.split('=')[1] ?? ''
  return { cookie: cookies.join('; '), 'x-doudi-csrf': csrf }
}

const clientOf = (
  url: string,
  base: Record<string, string>,
  ids: { accountId: string; organisationId: string },
): TestClient => {
  const send = async (
    method: string,
    path: string,
    body: object | undefined,
    headers: Readonly<Record<string, string>> = {},
  ) =>
    jsonOf(
      await fetch(`${url}${path}`, {
        method,
        headers: { ...base, 'content-type': 'application/json', 'idempotency-key': newId(), ...headers },
        body: body === undefined ? null : JSON.stringify(body),
      }),
    )
  return {
    ...ids,
    get: async (path) => jsonOf(await fetch(`${url}${path}`, { headers: base })),
    post: (path, body, headers) => send('POST', path, body, headers),
    send,
    upload: async (path, fileName, content, fields = {}) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.set(name, value)
      form.set('file', new Blob([Buffer.from(content)]), fileName)
      return jsonOf(
        await fetch(`${url}${path}`, {
          method: 'POST',
          headers: { ...base, 'idempotency-key': newId() },
          body: form,
        }),
      )
    },
    download: async (path) => {
      const response = await fetch(`${url}${path}`, { headers: base })
      return {
        status: response.status,
        headers: response.headers,
        bytes: Buffer.from(await response.arrayBuffer()),
      }
    },
  }
}

/**
 * The HTTP server with the given endpoints on a database of the test's own, on a free loopback port; closed when the
 * test (or, called in `beforeAll`, by the returned `close`) is done.
 */
export const startTestServer = async (
  options: TestServerOptions,
): Promise<TestServer & { close(): Promise<void> }> => {
  const database = openDatabase(options.appUrl, 6)
  const clock = fixedClock(businessDate(options.today ?? '2026-06-15'))
  const uploadFolder = mkdtempSync(join(tmpdir(), 'doudi-uploads-'))
  const app = await buildServer({
    database,
    clock,
    endpoints: options.endpoints(database),
    refusals: { ...accessRefusals, ...options.refusals },
    uploadFolder,
    version: '0.0.0',
    log: { info: () => undefined, error: (entry) => console.error(entry) },
    isReady: () => true,
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const close = async () => {
    await app.close()
    await database.close()
    rmSync(uploadFolder, { recursive: true, force: true })
  }
  return {
    url,
    database,
    clock,
    close,
    as: async (role, { regionCode = '532901000000', department = null, kind } = {} as never) => {
      const made = await makeAccount(
        database,
        role,
        regionCode,
        kind ?? kindOf(role),
        department ?? (role === 'department-officer' ? 'police' : null),
      )
      return clientOf(url, await logIn(url, made.login), made)
    },
  }
}
