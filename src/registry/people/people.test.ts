import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer, type TestClient } from '#testing/server.ts'
import { refusals } from '../refusals.ts'
import { aHousehold, aMember, aNumber } from '../testing/builders.ts'
import { load, look, openTestSecrecy } from '../testing/registry.server.ts'
import type { FoundPerson } from './contract.ts'
import { peopleEndpoints } from './handler.server.ts'

const { secrecy, remove } = openTestSecrecy()
let server: Awaited<ReturnType<typeof startTestServer>>
let officer: TestClient
let elsewhere: TestClient
const elder = aNumber(7)

beforeAll(async () => {
  const { appUrl } = await cloneDatabase()
  server = await startTestServer({ appUrl, refusals, endpoints: () => peopleEndpoints(secrecy) })
  await load(
    server.database,
    secrecy,
    aHousehold({
      members: [
        aMember({ name: '杨秀英', number: elder }),
        aMember({ name: '阿苏·木呷', number: aNumber(8, '1990-02-03', 'male'), relation: 'son' }),
        aMember({ name: undefined, number: undefined, relation: 'other' }),
      ],
    }),
    aHousehold({
      number: 'H2922000001',
      regionCode: '532922001001',
      members: [aMember({ name: '杨秀兰', number: aNumber(9) })],
    }),
    ...Array.from({ length: 25 }, (_, at) =>
      aHousehold({
        number: `H29010002${at}`,
        members: [aMember({ name: `段丽${'珍华芳'[at % 3]}`, number: aNumber(20 + at) })],
      }),
    ),
  )
  officer = await server.as('county-officer')
  elsewhere = await server.as('county-officer', { regionCode: '532922000000' })
})
afterAll(async () => {
  await server.close()
  remove()
})

interface Found {
  by: string
  items: FoundPerson[]
  next: string | null
}
const search = (client: TestClient, text: string, cursor?: string) =>
  client.post<Found>('/api/v1/registry/people/search', { text, cursor })
const namesOf = async (text: string, client = officer) =>
  (await search(client, text)).body.items.map(({ name }) => name)

test('a number finds its person however it was typed, and the answer is masked', async () => {
  const old = elder.slice(0, 6) + elder.slice(8, 17)
  for (const typed of [elder, ` ${elder.toLowerCase()} `, `${elder.slice(0, 6)} ${elder.slice(6)}`, old]) {
    const { body, status } = await search(officer, typed)
    expect([status, body.by, body.items.map(({ name }) => name)]).toEqual([200, 'number', ['杨*英']])
  }
  const { body } = await search(officer, elder)
  expect(body.items[0]).toMatchObject({
    number: `**************${elder.slice(-4)}`,
    age: 70,
    sex: 'female',
    relation: 'head',
    household: { number: 'H2901000001', category: 'dibao' },
  })
  expect(JSON.stringify(body)).not.toContain(elder)
})

test('the last four characters, the household number, the beginning of a name and its initials find people', async () => {
  expect(await namesOf(elder.slice(-4))).toContain('杨*英')
  expect(await namesOf('h2901000001')).toHaveLength(3)
  expect(await namesOf('杨')).toEqual(['杨*英'])
  expect(await namesOf('杨秀')).toEqual(['杨*英'])
  expect(await namesOf('YX')).toEqual(['杨*英'])
  expect(await namesOf('秀英')).toEqual([])
})

test('a name with a middle dot is found with any dot and with none', async () => {
  for (const typed of ['阿苏·木呷', '阿苏．木呷', '阿苏 • 木呷', '阿苏木呷', '阿苏'])
    expect(await namesOf(typed), typed).toEqual(['阿***呷'])
})

test('a search sees only the own area', async () => {
  expect(await namesOf(elder, elsewhere)).toEqual([])
  expect(await namesOf('杨秀', elsewhere)).toEqual(['杨*兰'])
})

test('a list is read page by page without a gap or a repetition', async () => {
  for (const typed of ['段', 'dl']) {
    const first = (await search(officer, typed)).body
    expect(first.items).toHaveLength(20)
    const second = (await search(officer, typed, first.next ?? '')).body
    expect(second.items).toHaveLength(5)
    expect(second.next).toBe(null)
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(25)
  }
})

test('the first in the order of names are met in the index alone, those who left not among them', async () => {
  const members = ['尹春梅', '尹春兰'].map((name, at) => aMember({ name, number: aNumber(60 + at) }))
  await load(server.database, secrecy, aHousehold({ number: 'H2901000060', members }))
  const city = await server.as('supervisor', { regionCode: '532900000000' })
  for (const client of [officer, city]) expect(await namesOf('尹春', client)).toEqual(['尹*兰', '尹*梅'])
  const plan = await look(server.database, async (tx) => {
    await tx.updateTable('persons').set({ left_on: '2026-06-01' }).where('name', '=', '尹春兰').execute()
    await sql`set local enable_seqscan = off`.execute(tx)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select id from persons
      where left_on is null and name >= '尹春' and name < '尹昦' order by name, id limit 21`.execute(tx)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  })
  expect(plan).toContain('Index Only Scan using persons_by_name')
  for (const client of [officer, city]) expect(await namesOf('尹春', client)).toEqual(['尹*梅'])
})

const unusable = [
  ['', 'registry.search-too-short'],
  ['y', 'registry.search-too-short'],
  ['%', 'registry.search-too-short'],
  ['992901195603120011', 'registry.number-invalid'],
  ['9929011956', 'registry.number-invalid'],
  ['9929**********0112', 'registry.number-invalid'],
] as const
test.each(unusable)('“%s” is refused with %s', async (typed, code) => {
  const { status, body } = await officer.post<{ code: string; detail: string }>(
    '/api/v1/registry/people/search',
    { text: typed },
  )
  expect([status, body.code]).toEqual([422, code])
  expect(body.detail).not.toMatch(/\{|checksum|length/)
})

const reveal = async (client: TestClient, reason: string) => {
  const { body } = await search(officer, elder)
  return client.post<{ number: string; code: string }>(
    `/api/v1/registry/people/${body.items[0]?.id}/number`,
    { reason },
  )
}

test('a whole number is shown for a reason, and who looked is in the audit chain and the events', async () => {
  const { status, body } = await reveal(officer, '电话核实身份')
  expect([status, body.number]).toEqual([200, elder])
  const [audit, event] = await look(server.database, async (tx) => [
    await tx
      .selectFrom('audit_entries')
      .select(['account_id', 'details'])
      .where('action', '=', 'registry.number-revealed')
      .execute(),
    await tx.selectFrom('events').select('actor_id').where('kind', '=', 'registry.number-revealed').execute(),
  ])
  expect(audit).toEqual([{ account_id: officer.accountId, details: { reason: '电话核实身份' } }])
  expect(event).toEqual([{ actor_id: officer.accountId }])
})

test('no reason, a number in the reason, another area, and a role without the permission show nothing', async () => {
  expect((await reveal(officer, ' ')).status).toBe(400)
  expect((await reveal(officer, `核对 ${elder}`)).body.code).toBe('registry.number-in-text')
  expect((await reveal(elsewhere, '电话核实身份')).status).toBe(404)
  expect((await reveal(await server.as('village-helper'), '电话核实身份')).status).toBe(403)
})

test('neither a search nor a reveal leaves the number in the clear in any table', async () => {
  await reveal(officer, '入户核查')
  const found = await look(server.database, async (tx) => {
    const { rows } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables where table_schema = 'public'
        and table_type = 'BASE TABLE' and table_name not like 'kysely%'`.execute(tx)
    const holding: string[] = []
    for (const { name } of rows) {
      const { rows: hits } = await sql`
        select 1 from ${sql.table(name)} t where position(${elder} in t::text) > 0 limit 1`.execute(tx)
      if (hits.length > 0) holding.push(name)
    }
    return holding
  })
  expect(found).toEqual([])
})
