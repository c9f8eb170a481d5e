import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReplyOf } from '#access'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer, type TestClient, type TestServer } from '#testing/server.ts'
import { refusals } from '../refusals.ts'
import { saveShippedYears } from './calendar.queries.server.ts'
import type { readCalendar } from './contract.ts'
import { calendarEndpoints } from './handler.server.ts'

let server: TestServer & { close(): Promise<void> }
let first: TestClient
let second: TestClient
const entered: number[] = []

const listener = {
  onYearEntered: async (_: unknown, year: number) => void entered.push(year),
  listAwaitedYears: async () => [],
}

const shipped = `year: 2026
notice: 国办发明电〔2025〕7号
issuedOn: 2025-11-04
source: test
checkedOn: 2025-11-05
festivals:
  - { name: 元旦, holidays: [2026-01-01], workdays: [] }
`

beforeAll(async () => {
  const { appUrl } = await cloneDatabase()
  server = await startTestServer({ appUrl, refusals, endpoints: () => calendarEndpoints(listener) })
  await inScope(server.database, everywhere, (tx) => saveShippedYears(tx, [shipped]))
  first = await server.as('administrator')
  second = await server.as('administrator')
})
afterAll(() => server.close())

const bodyOf = (holiday: string) => ({ holidays: [holiday], workdays: [], source: '国办通知' })
const save = (client: TestClient, year: number, holiday: string, headers: Record<string, string>) =>
  client.send<{ code: string; detail: string; version: number }>(
    'PUT',
    `/api/v1/rulebook/calendar/${year}`,
    bodyOf(holiday),
    headers,
  )
const yearIn = async (wanted: number) =>
  (await first.get<ReplyOf<typeof readCalendar>>('/api/v1/rulebook/calendar')).body.years.find(
    ({ year }) => year === wanted,
  )

test('an edit that does not say what it was made on is refused, in both languages', async () => {
  const unnamed = await save(first, 2026, '2026-01-02', {})
  expect(unnamed.status).toBe(428)
  expect(unnamed.body).toMatchObject({ code: 'access.version-missing' })
  expect(unnamed.body.detail).toContain('最新内容')
  const english = await save(first, 2026, '2026-01-02', { 'accept-language': 'en' })
  expect(english.body.detail).toContain('If-Match')
  expect(await yearIn(2026)).toMatchObject({ holidays: ['2026-01-01'], version: 1 })
})

test('of two administrators who mend the same year at once, one is told and loses nothing of the other', async () => {
  const before = await yearIn(2026)
  expect(before?.version).toBe(1)
  const replies = await Promise.all([
    save(first, 2026, '2026-01-02', { 'if-match': '"v1"' }),
    save(second, 2026, '2026-01-03', { 'if-match': '"v1"' }),
  ])
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 412])
  const [won, lost] = replies[0].status === 200 ? replies : [replies[1], replies[0]]
  expect(won?.headers.get('etag')).toBe('"v2"')
  expect(lost?.body.code).toBe('access.changed-meanwhile')
  expect(await yearIn(2026)).toMatchObject({
    holidays: [won === replies[0] ? '2026-01-02' : '2026-01-03'],
    version: 2,
  })
  expect(entered).toEqual([2026])
  expect((await save(second, 2026, '2026-01-03', { 'if-match': '"v2"' })).status).toBe(200)
})

test('of two who enter a new year at once, one is told that it is entered already', async () => {
  const headers = { 'if-match': '"v0"' }
  const replies = await Promise.all([
    save(first, 2027, '2027-01-01', headers),
    save(second, 2027, '2027-01-02', headers),
  ])
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 412])
  expect(await yearIn(2027)).toMatchObject({ version: 1 })
  expect((await save(first, 2028, '2028-01-01', { 'if-match': '"v1"' })).status).toBe(412)
  expect(await yearIn(2028)).toBeUndefined()
})
