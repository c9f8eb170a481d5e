import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#base'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer, type TestClient } from '#testing/server.ts'
import { recordLeads } from '../leads/record-leads.server.ts'
import { refusals } from '../refusals.ts'
import { aHousehold, aMember, aNumber } from '../testing/builders.ts'
import { load, look, openTestSecrecy, testClock } from '../testing/registry.server.ts'
import { exportEndpoints } from './handler.server.ts'

const { secrecy, remove } = openTestSecrecy()
let server: Awaited<ReturnType<typeof startTestServer>>
let officer: TestClient

beforeAll(async () => {
  const { appUrl } = await cloneDatabase()
  server = await startTestServer({ appUrl, refusals, endpoints: () => exportEndpoints(secrecy, 3) })
  await load(
    server.database,
    secrecy,
    aHousehold({
      members: [
        aMember(),
        ...[1, 2, 3].map((at) =>
          aMember({ name: '段金花', number: aNumber(at, '1980-01-01'), relation: 'other' }),
        ),
        aMember({ name: undefined, number: undefined, relation: 'other' }),
      ],
    }),
  )
  await look(server.database, (tx) =>
    recordLeads(
      tx,
      { secrecy, clock: testClock },
      ['=1+1', '赵玉兰'].map((name, at) => ({
        name,
        number: aNumber(at + 20, '2009-09-01'),
        birthDate: '2009-09-01',
        regionCode: at === 0 ? '532901001001' : '532922100001',
        feedKind: at === 0 ? 'students' : 'return-poverty',
        feedId: newId(),
      })),
    ),
  )
  officer = await server.as('county-officer')
})
afterAll(async () => {
  await server.close()
  remove()
})

const people = async (text: string, client = officer) => {
  const { status, body } = await client.post<{ fileName: string; content: string; code: string }>(
    '/api/v1/registry/people/export',
    { text },
  )
  return { status, body, lines: (body.content ?? '').slice(1).split('\r\n').slice(0, -1) }
}
const leads = async (query: string, client = officer) => {
  const { status, bytes } = await client.download(`/api/v1/registry/lead-exports?${query}`)
  expect(status).toBe(200)
  expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf')
  return bytes.toString('utf8').slice(1).split('\r\n').slice(0, -1)
}
const lastAudit = (action: string) =>
  look(server.database, (tx) =>
    tx
      .selectFrom('audit_entries')
      .select(['account_id', 'details'])
      .where('action', '=', action)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow(),
  )

test('the people found are exported as the page shows them, masked, and what was typed is written nowhere', async () => {
  const number = aNumber()
  const { body, lines } = await people(number)
  expect(body.fileName).toBe('查到的人员-2026-06-15.csv')
  expect(body.content.startsWith('\ufeff')).toBe(true)
  expect(lines).toEqual([
    '姓名,年龄、性别、与户主关系,证件号码,户编号,救助类别,所在地',
    `杨*英,70 岁、女、户主,**************${number.slice(-4)},H2901000001,低保,532901001001`,
  ])
  const audit = await lastAudit('registry.people-exported')
  expect(audit).toEqual({ account_id: officer.accountId, details: { by: 'number', rows: 1, isCut: false } })
  expect(JSON.stringify(body)).not.toContain(number)
})

test('a list cut at the most that a file holds says so at its end', async () => {
  const whole = await people('段')
  expect(whole.lines).toHaveLength(1 + 3)
  const cut = await people('H2901000001')
  expect(cut.lines).toHaveLength(1 + 3 + 1)
  expect(cut.lines.at(-1)).toBe('没有导完：这里只有前 3 条。请缩小范围，分几次导出。')
})

test('leads are exported by the filters of the page, in the reader’s area and language, and no formula runs', async () => {
  const lines = await leads('closed=false')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toMatch(/^'?[=*].*,2009-09-01,\*{14}.{4},家庭经济困难学生,/)
  expect(lines[1]).not.toMatch(/^=/)
  expect(await leads('kind=return-poverty')).toHaveLength(1)
  expect(await leads('closed=true')).toHaveLength(1)
  expect((await leads('language=en'))[0]).toMatch(/^Name,/)
  expect((await lastAudit('registry.leads-exported')).details).toMatchObject({ rows: 1, isCut: false })
})

test('another area gets none of it, and who may not search may not export', async () => {
  const elsewhere = await server.as('county-officer', { regionCode: '532922000000' })
  expect((await people('段', elsewhere)).lines).toHaveLength(1)
  expect(await leads('closed=false', elsewhere)).toHaveLength(2)
  expect((await people('段', await server.as('department-officer'))).status).toBe(403)
  expect((await people('y')).body.code).toBe('registry.search-too-short')
})
