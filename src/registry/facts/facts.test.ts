import { afterAll, beforeAll, expect, test } from 'vitest'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer, type TestClient } from '#testing/server.ts'
import type { HouseholdFile } from '../household/contract.ts'
import { householdEndpoints } from '../household/handler.server.ts'
import { refusals } from '../refusals.ts'
import { aHousehold, aMember, aNumber } from '../testing/builders.ts'
import { load, openTestSecrecy } from '../testing/registry.server.ts'
import type { FactView } from './contract.ts'
import { factEndpoints } from './handler.server.ts'

const { secrecy, remove } = openTestSecrecy()
let server: Awaited<ReturnType<typeof startTestServer>>
let collector: TestClient
let checker: TestClient
let serial = 0

beforeAll(async () => {
  const { appUrl } = await cloneDatabase()
  const endpoints = () => [...factEndpoints, ...householdEndpoints]
  server = await startTestServer({ appUrl, refusals, endpoints })
  collector = await server.as('township-officer')
  checker = await server.as('township-officer')
})
afterAll(async () => {
  await server.close()
  remove()
})

/** A household with a declared income, read as its file. */
const aFile = async (): Promise<HouseholdFile> => {
  serial += 1
  const number = `H29010001${serial}`
  await load(
    server.database,
    secrecy,
    aHousehold({
      number,
      members: [aMember({ number: aNumber(serial) })],
      facts: [{ kind: 'annualIncomeFen', value: 960_000, validFrom: '2024-05-01' }],
    }),
  )
  const row = await server.database.pool.connect()
  try {
    await row.query(
      `select set_config('doudi.scope_from', '0', false), set_config('doudi.scope_until', '~', false)`,
    )
    const { rows } = await row.query('select id from households where number = $1', [number])
    return read(rows[0].id)
  } finally {
    row.release(true)
  }
}
const read = async (id: string): Promise<HouseholdFile> =>
  (await checker.get<HouseholdFile>(`/api/v1/registry/households/${id}`)).body

const income = {
  kind: 'annualIncomeFen',
  value: 1_200_000,
  provenance: 'declared',
  validFrom: '2026-06-01',
} as const
const record = (file: HouseholdFile, fact: object = {}, client = collector) =>
  client.post<{ id: string; code: string; detail: string }>(`/api/v1/registry/households/${file.id}/facts`, {
    subjectId: file.id,
    ...income,
    ...fact,
  })
const check = (id: string, body: object = { accepted: true }, client = checker) =>
  client.post<{ completeness: number; code: string }>(`/api/v1/registry/facts/${id}/check`, body)
const shown = ({ value, validFrom, validUntil, usable }: FactView) => ({
  value,
  validFrom,
  validUntil,
  usable,
})

test('a fact typed in waits for a second person, and what was known before goes on to count', async () => {
  const file = await aFile()
  expect((await record(file)).status).toBe(200)
  const { facts } = await read(file.id)
  expect(facts.map(shown)).toEqual([
    { value: 1_200_000, validFrom: '2026-06-01', validUntil: null, usable: false },
    { value: 960_000, validFrom: '2024-05-01', validUntil: null, usable: true },
  ])
})

test('once checked it counts, and the old fact stays known for the time before', async () => {
  const file = await aFile()
  const { id } = (await record(file)).body
  expect((await check(id)).status).toBe(200)
  const { facts } = await read(file.id)
  expect(facts.map(shown)).toEqual([
    { value: 1_200_000, validFrom: '2026-06-01', validUntil: null, usable: true },
    { value: 960_000, validFrom: '2024-05-01', validUntil: '2026-06-01', usable: true },
  ])
  expect(facts[0]?.collector).not.toBe(facts[0]?.checker)
})

test('a corrected month leaves the years around it as they were', async () => {
  const file = await aFile()
  const { id } = (await record(file, { validFrom: '2025-01-01', validUntil: '2025-02-01' })).body
  await check(id)
  const { facts } = await read(file.id)
  expect(facts.map(({ value, validFrom, validUntil }) => [value, validFrom, validUntil])).toEqual([
    [960_000, '2025-02-01', null],
    [1_200_000, '2025-01-01', '2025-02-01'],
    [960_000, '2024-05-01', '2025-01-01'],
  ])
})

test('what was seen on a visit stands beside what was declared', async () => {
  const file = await aFile()
  const { id } = (await record(file, { provenance: 'visited' })).body
  await check(id)
  const { facts } = await read(file.id)
  expect(facts.map(({ provenance, validUntil }) => [provenance, validUntil])).toEqual([
    ['visited', null],
    ['declared', null],
  ])
})

test('nobody checks what he recorded himself, and nothing is checked twice', async () => {
  const file = await aFile()
  const { id } = (await record(file)).body
  expect((await check(id, { accepted: true }, collector)).body.code).toBe('registry.fact-own-check')
  await check(id)
  expect((await check(id)).body.code).toBe('registry.fact-already-checked')
})

test('of two checkers at once only one takes it', async () => {
  const file = await aFile()
  const { id } = (await record(file)).body
  const third = await server.as('county-officer')
  const replies = await Promise.all([check(id), check(id, { accepted: true }, third)])
  expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect((await read(file.id)).facts).toHaveLength(2)
})

test('a rejected fact disappears with its reason told in the events, and the old one stays', async () => {
  const file = await aFile()
  const { id } = (await record(file)).body
  await check(id, { accepted: false, reason: '与走访记录不一致' })
  const { facts } = await read(file.id)
  expect(facts.map(shown)).toEqual([
    { value: 960_000, validFrom: '2024-05-01', validUntil: null, usable: true },
  ])
})

test('completeness rises when a missing fact is checked, not when it is typed in', async () => {
  const file = await aFile()
  const [person] = file.members
  const before = file.completeness
  const { id } = (
    await record(file, { subjectId: person?.id, kind: 'workStatus', value: 'none', validFrom: '2026-06-01' })
  ).body
  expect((await read(file.id)).completeness.percent).toBe(before.percent)
  const { completeness } = (await check(id)).body
  expect(completeness).toBe(
    Math.floor(((before.expected - before.missing.length + 1) * 100) / before.expected),
  )
  expect((await read(file.id)).completeness.percent).toBe(completeness)
})

const wrong = [
  [{ value: -1 }, 'registry.fact-invalid'],
  [{ value: 10.5 }, 'registry.fact-invalid'],
  [{ value: null }, 'registry.fact-invalid'],
  [{ value: '一千' }, 'registry.fact-invalid'],
  [{ validFrom: '2026-06-16' }, 'registry.fact-invalid'],
  [{ validUntil: '2026-06-01' }, 'registry.fact-invalid'],
  [{ kind: 'workStatus', value: 'none' }, 'registry.fact-of-other-subject'],
  [{ subjectId: '01890000-0000-7000-8000-000000000009' }, 'registry.fact-of-other-subject'],
] as const
test.each(wrong)('%j is refused with %s and a sentence that names the fact', async (fact, code) => {
  const { status, body } = await record(await aFile(), fact)
  expect([status, body.code]).toEqual([422, code])
  expect(body.detail).toMatch(/“[^”]+”/)
})

test('a person outside the area or without the permission records and checks nothing', async () => {
  const file = await aFile()
  const { id } = (await record(file)).body
  const elsewhere = await server.as('township-officer', { regionCode: '532922100000' })
  expect((await record(file, {}, elsewhere)).status).toBe(404)
  expect((await check(id, { accepted: true }, elsewhere)).status).toBe(404)
  const helper = await server.as('village-helper')
  expect((await record(file, {}, helper)).status).toBe(200)
  expect((await check(id, { accepted: true }, helper)).status).toBe(403)
  expect((await record(file, {}, await server.as('supervisor'))).status).toBe(403)
})

test('the list of what waits is masked and tells which entries are the reader’s own', async () => {
  const file = await aFile()
  const [person] = file.members
  await record(file, { subjectId: person?.id, kind: 'illness', value: 'serious', validFrom: '2026-06-01' })
  const page = (
    await collector.get<{ items: (FactView & { personName: string; own: boolean })[] }>(
      '/api/v1/registry/facts/to-check',
    )
  ).body
  const last = page.items.find(({ subjectId }) => subjectId === person?.id)
  expect(last).toMatchObject({ personName: '杨*英', own: true, kind: 'illness', usable: false })
})
