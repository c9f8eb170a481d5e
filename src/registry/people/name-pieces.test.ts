import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { newId } from '#base'
import { everywhere } from '#store'
import { inScope, migrate, migrationsFolder, openDatabase, type Tx } from '#store/server'
import { cloneDatabase, emptyDatabase } from '#testing/postgres.ts'
import { startTestServer, type TestClient } from '#testing/server.ts'
import { refusals } from '../refusals.ts'
import { aHousehold, aMember, aNumber } from '../testing/builders.ts'
import { load, look, openTestSecrecy } from '../testing/registry.server.ts'
import type { FoundPerson } from './contract.ts'
import { peopleEndpoints } from './handler.server.ts'

const { secrecy, remove } = openTestSecrecy()
let server: Awaited<ReturnType<typeof startTestServer>>
let officer: TestClient
let city: TestClient
let elsewhere: TestClient

const here = '532901001001'
const there = '532922001001'

beforeAll(async () => {
  const { appUrl } = await cloneDatabase()
  server = await startTestServer({ appUrl, refusals, endpoints: () => peopleEndpoints(secrecy) })
  const homes = [
    ['H1', here, ['王凤莲', '凤', '尹𠮷𬍛', '阿苏·木呷', undefined]],
    ['H2', there, ['赵凤莲', '李凤莲花']],
    ...Array.from({ length: 25 }, (_, at) => [`H1${at}`, here, [`段${'金银'[at % 2]}花妹`]] as const),
  ] as const
  let given = 40
  const household = ([number, regionCode, names]: (typeof homes)[number]) =>
    aHousehold({
      number,
      regionCode,
      members: names.map((name) => aMember({ name, number: aNumber(given++) })),
    })
  await load(server.database, secrecy, ...homes.map(household))
  officer = await server.as('county-officer')
  city = await server.as('supervisor', { regionCode: '532900000000' })
  elsewhere = await server.as('county-officer', { regionCode: '532922000000' })
})
afterAll(async () => {
  await server.close()
  remove()
})

interface Found {
  by: string
  code?: string
  items: FoundPerson[]
  next: string | null
}
const search = (text: string, client = officer, cursor?: string) =>
  client.post<Found>('/api/v1/registry/people/search', { text, anywhere: true, cursor })
const namesOf = async (text: string, client = officer) =>
  (await search(text, client)).body.items.map(({ name }) => name)

const piecesOf = async (tx: Tx, id: string) =>
  (
    await tx
      .selectFrom('name_pieces')
      .select(['piece', 'region_code'])
      .where('person_id', '=', id)
      .orderBy('piece')
      .execute()
  ).map(({ piece, region_code }) => `${piece} ${region_code}`)

test('two characters inside a name find it, masked, in the own area only', async () => {
  const { body } = await search('凤莲')
  expect([body.by, body.items.map(({ name }) => name)]).toEqual(['inside', ['王*莲']])
  expect(await namesOf('凤莲', elsewhere)).toEqual(['赵*莲', '李**花'])
  expect(await namesOf('凤莲', city)).toEqual(['王*莲', '赵*莲', '李**花'])
  expect(await namesOf('木呷', elsewhere)).toEqual([])
})

test('longer texts, rare characters and any middle dot are found; the text has to stand in the name as a whole', async () => {
  expect(await namesOf('凤莲花', city)).toEqual(['李**花'])
  expect(await namesOf('𠮷𬍛')).toEqual(['尹*𬍛'])
  for (const typed of ['苏木', '苏·木', '苏.木呷', '阿苏木呷'])
    expect(await namesOf(typed), typed).toHaveLength(1)
  expect(await namesOf('段金妹')).toEqual([])
  expect(await namesOf('莲凤')).toEqual([])
})

test('one character is refused in words; what is no name is searched for as always', async () => {
  const { status, body } = await search('凤')
  expect([status, body.code]).toEqual([422, 'registry.inside-too-short'])
  expect((await search('wfl')).body.by).toBe('initials')
  expect((await search(aNumber(40))).body.by).toBe('number')
})

test('the first twenty are shown, then the rest, without a gap or a repetition', async () => {
  const first = (await search('花妹')).body
  expect(first.items).toHaveLength(20)
  const second = (await search('花妹', officer, first.next ?? '')).body
  expect([second.items.length, second.next]).toEqual([5, null])
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(25)
})

test('the beginning of a name is searched within a county and beyond it with the same result', async () => {
  const byName = async (client: TestClient) =>
    (await client.post<Found>('/api/v1/registry/people/search', { text: '段金' })).body.items.map(
      ({ id }) => id,
    )
  expect(await byName(officer)).toHaveLength(13)
  expect(await byName(officer)).toEqual(await byName(city))
})

test('the database itself shows pieces of the scope only, and the application may not write them', async () => {
  const scope = { from: '532922000000', until: '532923000000', extra: [] }
  const seen = await inScope(server.database, scope, (tx) =>
    tx.selectFrom('name_pieces').select('region_code').distinct().execute(),
  )
  expect(seen).toEqual([{ region_code: there }])
  const outside = await server.database.kysely.selectFrom('name_pieces').selectAll().execute()
  expect(outside).toEqual([])
  const write = (statement: string) => look(server.database, (tx) => sql.raw(statement).execute(tx))
  for (const statement of [
    'delete from name_pieces',
    `update name_pieces set region_code = '${there}'`,
    `insert into name_pieces values ('王凤', '${here}', '${newId()}')`,
  ])
    await expect(write(statement)).rejects.toThrow('permission denied')
})

test('a new name, a move, leaving and coming back keep the pieces right', async () => {
  const pieces = await look(server.database, async (tx) => {
    const { id } = await tx
      .selectFrom('persons')
      .select('id')
      .where('name', '=', '赵凤莲')
      .executeTakeFirstOrThrow()
    const change = async (set: { name?: string; region_code?: string; left_on?: string | null }) => {
      await tx.updateTable('persons').set(set).where('id', '=', id).execute()
      return piecesOf(tx, id)
    }
    return [
      await change({ name: '赵丽丽丽' }),
      await change({ region_code: here }),
      await change({ left_on: '2026-06-01' }),
      await change({ left_on: null, name: '莲' }),
      await change({ name: '赵凤莲', region_code: there }),
    ]
  })
  expect(pieces).toEqual([
    [`丽丽 ${there}`, `赵丽 ${there}`],
    [`丽丽 ${here}`, `赵丽 ${here}`],
    [],
    [],
    [`凤莲 ${there}`, `赵凤 ${there}`],
  ])
})

test('members registered before the pieces were kept have theirs after the migration', async () => {
  const { ownerUrl } = await emptyDatabase()
  const before = mkdtempSync(join(tmpdir(), 'doudi-migrations-'))
  onTestFinished(() => rmSync(before, { recursive: true, force: true }))
  for (const name of readdirSync(migrationsFolder).filter((one) => one < '0020'))
    cpSync(new URL(name, migrationsFolder), join(before, name))
  await migrate(ownerUrl, { folder: pathToFileURL(`${before}/`) })
  const owner = openDatabase(ownerUrl, 1)
  onTestFinished(() => owner.close())
  const [household, person, gone] = [newId(), newId(), newId()]
  await inScope(owner, everywhere, async (tx) => {
    await sql`insert into households (id, number, region_code, area_type, registered_on)
      values (${household}, 'H1', ${here}, 'rural', '2026-01-01')`.execute(tx)
    await sql`insert into persons (id, household_id, region_code, name, relation, joined_on, left_on)
      values (${person}, ${household}, ${here}, '王凤莲', 'head', '2026-01-01', null),
        (${gone}, ${household}, ${here}, '李秀英', 'other', '2026-01-01', '2026-02-01')`.execute(tx)
  })
  await migrate(ownerUrl)
  const rows = await inScope(owner, everywhere, (tx) => tx.selectFrom('name_pieces').selectAll().execute())
  expect(rows).toEqual([
    { piece: '凤莲', region_code: here, person_id: person },
    { piece: '王凤', region_code: here, person_id: person },
  ])
})
