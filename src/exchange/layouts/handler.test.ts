import iconv from 'iconv-lite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everywhere } from '#store'
import { inScope, openDatabase } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer, type TestServer } from '#testing/server.ts'
import { numberOf } from '../fixtures.server.ts'
import { parseInChild } from '../parse/parse-in-child.server.ts'
import { exchangeRefusals } from '../refusals.ts'
import type { LayoutRow, MappingDraft, TryReport } from './contract.ts'
import { layoutEndpoints } from './handler.server.ts'
import { layoutsInForce } from './in-force.server.ts'

const path = '/api/v1/exchange/layouts'
const headers = ['姓名', '证件号', '亡故日期', '证明编号', '备注']
const definition = {
  id: 'police-deaths-local',
  sender: 'police',
  kind: 'deaths',
  title: { zh: '某市死亡名单', en: 'List of deaths of a town' },
  carrier: { format: 'csv', encoding: 'utf-8' },
  headers,
  columns: [
    { header: '姓名', field: 'name' },
    { header: '证件号', field: 'number' },
    { header: '亡故日期', field: 'diedOn' },
  ],
  constants: { reversed: false },
}

const csv = (rows: readonly (readonly string[])[], encoding = 'utf8'): Uint8Array =>
  iconv.encode([headers, ...rows].map((row) => row.join(',')).join('\r\n'), encoding)

const goodRow = (n: number) => ['杨树花', numberOf(n), '2026-05-01', `S${n}`, '']

let server: TestServer & { close(): Promise<void> }
let ownerUrl: string

beforeAll(async () => {
  const cloned = await cloneDatabase()
  ownerUrl = cloned.ownerUrl
  server = await startTestServer({
    appUrl: cloned.appUrl,
    endpoints: () => layoutEndpoints({ parse: parseInChild }),
    refusals: exchangeRefusals,
  })
})
afterAll(() => server.close())

const rowsOf = async (query = ''): Promise<LayoutRow[]> => {
  const officer = await server.as('county-officer')
  return (await officer.get<{ rows: LayoutRow[] }>(`${path}${query}`)).body.rows
}

const inForce = () => inScope(server.database, everywhere, (tx) => layoutsInForce(tx))

test('the shipped layouts are listed and can be read one by one', async () => {
  const rows = await rowsOf('?kind=deaths')
  expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(['police-deaths', 'civil-cremations']))
  expect(rows.every(({ origin, status }) => origin === 'shipped' && status === 'in-force')).toBe(true)
  const officer = await server.as('county-officer')
  const one = await officer.get<{ definition: { headers: string[] }; may: object }>(`${path}/police-deaths`)
  expect(one.body.definition.headers).toContain('死亡日期')
  expect(one.body.may).toEqual({ edit: true, retire: false })
  expect((await officer.get(`${path}/no-such-layout`)).status).toBe(404)
})

test('a template is an empty file of the sender, which the layout itself recognises', async () => {
  const officer = await server.as('department-officer')
  const { bytes, headers: sent } = await officer.download(`${path}/police-deaths/template`)
  expect(iconv.decode(bytes, 'gb18030').trim().split(',').slice(0, 2)).toEqual(['姓名', '性别'])
  expect(sent.get('content-disposition')).toContain('.csv')
})

test('a sample gives headers, masked rows and a proposal that leaves nothing to guess where names are known', async () => {
  const officer = await server.as('county-officer')
  const { status, body } = await officer.upload<MappingDraft>(
    `${path}/draft`,
    '名单.csv',
    csv([goodRow(1), goodRow(2)], 'gb18030'),
    { kind: 'deaths' },
  )
  expect(status).toBe(200)
  expect(body).toMatchObject({ format: 'csv', encoding: 'gb18030', headers, fits: null })
  expect(body.columns.slice(0, 2).map(({ field }) => field)).toEqual(['name', 'number'])
  expect(JSON.stringify(body)).not.toContain(numberOf(1))
  expect(JSON.stringify(body)).not.toContain('杨树花')
  expect(body.samples).toHaveLength(2)
  expect(body.missing).toContain('diedOn')
})

test('a sample of a sender known already names the layout that reads it', async () => {
  const officer = await server.as('county-officer')
  const template = await officer.download(`${path}/police-deaths/template`)
  const row = `\r\n杨树花,女,户主,1950-01-01,2026-05-01,${numberOf(1)},,,,,,\r\n`
  const sample = Buffer.concat([template.bytes, iconv.encode(row, 'gb18030')])
  const { body } = await officer.upload<MappingDraft>(`${path}/draft`, 'a.csv', sample, { kind: 'deaths' })
  expect(body.fits?.id).toBe('police-deaths')
  expect(body.missing).toEqual([])
})

const tryWith = async (content: Uint8Array, data: object = definition) => {
  const officer = await server.as('county-officer')
  return officer.upload<TryReport & { code?: string }>(`${path}/try`, 'a.csv', content, {
    definition: JSON.stringify(data),
  })
}

test('trying tells what would be kept and what not, masked, and keeps nothing', async () => {
  const bad = ['李国梅', numberOf(7).slice(0, 17), '2026-05-01', 'S9', '']
  const { body } = await tryWith(csv([goodRow(1), bad, goodRow(3)]))
  expect(body).toMatchObject({ rowsIn: 3, rowsAccepted: 2, rowsRejected: 1, more: false })
  expect(body.rejects).toMatchObject([
    { line: 3, column: '证件号', reason: 'number-length', text: { zh: expect.stringContaining('位数') } },
  ])
  expect(body.accepted[0]?.values).toContainEqual({ field: 'diedOn', text: '2026-05-01' })
  expect(JSON.stringify(body)).not.toContain(numberOf(1))
  expect(JSON.stringify(body)).not.toContain('杨树花')
  const counted = await inScope(server.database, everywhere, (tx) =>
    tx.selectFrom('feeds').select('id').execute(),
  )
  expect(counted).toEqual([])
})

test('trying stops after two thousand rows and says that the file goes on', async () => {
  const rows = Array.from({ length: 6_000 }, (_, n) => goodRow(n))
  const { body } = await tryWith(csv(rows))
  expect(body).toMatchObject({ rowsIn: 2_000, more: true })
  expect(body.accepted).toHaveLength(10)
})

test('codes the layout does not know are gathered, so that they can be given a meaning', async () => {
  const flagged = {
    ...definition,
    columns: [...definition.columns, { header: '备注', field: 'reversed' }],
  }
  const rows = ['作废', '撤回', '作废'].map((text, n) => [...goodRow(n).slice(0, 4), text])
  const { body } = await tryWith(csv(rows), flagged)
  expect(body.unknownCodes).toEqual([{ column: '备注', values: ['作废', '撤回'] }])
})

test('names in a column taken for codes by mistake stay covered', async () => {
  const mistaken = {
    ...definition,
    columns: [...definition.columns.slice(1), { header: '姓名', field: 'reversed' }],
    constants: {},
  }
  const nameOf = (n: number) => `杨${String.fromCodePoint(0x4e00 + n)}花`
  const rows = Array.from({ length: 60 }, (_, n) => [nameOf(n), ...goodRow(n).slice(1)])
  const { body } = await tryWith(csv(rows), mistaken)
  expect(body).toMatchObject({ rowsAccepted: 0, rowsRejected: 60, unknownCodes: [] })
  expect(JSON.stringify(body)).not.toContain(nameOf(3))
})

test('a mapping that contradicts itself is refused with what is wrong', async () => {
  const broken = { ...definition, constants: {} }
  const tried = await tryWith(csv([goodRow(1)]), { ...broken, columns: broken.columns.slice(0, 2) })
  expect(tried.status).toBe(422)
  expect(tried.body.code).toBe('exchange.layout-faulty')
  const officer = await server.as('county-officer')
  const saved = await officer.post<{ code: string }>(path, {
    definition: { ...definition, columns: [{ header: '姓名', field: 'no-such-field' }] },
    baseVersion: 0,
  })
  expect(saved.body.code).toBe('exchange.layout-faulty')
})

test('saving makes versions, and who did not see the newest one is refused', async () => {
  const officer = await server.as('county-officer')
  const save = (baseVersion: number) =>
    officer.post<{ version: number; code: string }>(path, { definition, baseVersion })
  expect((await save(0)).body).toMatchObject({ version: 1 })
  expect((await save(0)).body.code).toBe('access.changed-meanwhile')
  expect((await save(1)).body).toMatchObject({ version: 2 })
  expect((await inForce()).filter(({ id }) => id === definition.id)).toHaveLength(1)
  const rows = (await rowsOf('?kind=deaths')).filter(({ id }) => id === definition.id)
  expect(rows).toMatchObject([{ version: 2, origin: 'local', status: 'in-force' }])
  const one = await officer.get<{ versions: { version: number }[] }>(`${path}/${definition.id}`)
  expect(one.body.versions.map(({ version }) => version)).toEqual([2, 1])
})

test('a layout made here stands in for the shipped one of its id until it is retired', async () => {
  const officer = await server.as('county-officer')
  const own = { ...definition, id: 'civil-cremations', sender: 'civil' }
  await officer.post(path, { definition: own, baseVersion: 0 })
  const sources = async () => (await inForce()).filter(({ id }) => id === own.id).map(({ title }) => title.zh)
  expect(await sources()).toEqual([own.title.zh])
  expect((await rowsOf()).filter(({ id }) => id === own.id).map(({ status }) => status)).toEqual([
    'replaced',
    'in-force',
  ])
  const retired = await officer.post(`${path}/${own.id}/retire`, {}, { 'if-match': '"v1"' })
  expect(retired.body).toEqual({ version: 1, shippedAgain: true })
  expect(await sources()).not.toEqual([own.title.zh])
  const shipped = await officer.post<{ code: string }>(
    `${path}/police-deaths/retire`,
    {},
    { 'if-match': '"v0"' },
  )
  expect(shipped.body.code).toBe('exchange.layout-not-local')
})

test('a stored layout this program no longer understands is shown and does not stop the others', async () => {
  const owner = openDatabase(ownerUrl, 1)
  const values = { id: 'old-one', version: 1, kind: 'deaths', title: '旧版', origin: 'local' }
  await owner.kysely
    .insertInto('layouts')
    .values({ ...values, definition: '{}' })
    .execute()
  await owner.close()
  expect((await inForce()).map(({ id }) => id)).toContain('police-deaths')
  expect((await rowsOf()).find(({ id }) => id === 'old-one')?.status).toBe('faulty')
})

test('who may only read layouts cannot map, try, save or retire', async () => {
  const department = await server.as('department-officer')
  expect((await department.get(path)).status).toBe(200)
  const statuses = [
    await department.upload(`${path}/draft`, 'a.csv', csv([]), { kind: 'deaths' }),
    await department.upload(`${path}/try`, 'a.csv', csv([]), { definition: '{}' }),
    await department.post(path, { definition, baseVersion: 0 }),
    await department.post(`${path}/police-deaths/retire`, {}, { 'if-match': '"v0"' }),
  ].map(({ status }) => status)
  expect(statuses).toEqual([403, 403, 403, 403])
  expect((await (await server.as('township-officer')).get(path)).status).toBe(403)
})
