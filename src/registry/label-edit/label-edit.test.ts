import { afterAll, beforeAll, expect, test } from 'vitest'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer, type TestClient } from '#testing/server.ts'
import type { ChainReply } from '../chain/contract.ts'
import { chainEndpoints } from '../chain/handler.server.ts'
import { registrySentences } from '../events/sentences.ts'
import type { HouseholdFile } from '../household/contract.ts'
import { householdEndpoints } from '../household/handler.server.ts'
import { refusals } from '../refusals.ts'
import { aHousehold, aMember } from '../testing/builders.ts'
import { load, look, openTestSecrecy } from '../testing/registry.server.ts'
import { labelEndpoints } from './handler.server.ts'

const { secrecy, remove } = openTestSecrecy()
let server: Awaited<ReturnType<typeof startTestServer>>
let officer: TestClient
let id = ''
let memberId = ''

beforeAll(async () => {
  const { appUrl } = await cloneDatabase()
  const endpoints = () => [...householdEndpoints, ...labelEndpoints, ...chainEndpoints(registrySentences)]
  server = await startTestServer({ appUrl, refusals, endpoints })
  await load(
    server.database,
    secrecy,
    aHousehold({ needs: ['medical'], members: [aMember({ tags: ['elder'] })] }),
  )
  const found = await look(server.database, (tx) =>
    tx.selectFrom('persons').select(['id', 'household_id']).executeTakeFirstOrThrow(),
  )
  id = found.household_id
  memberId = found.id
  officer = await server.as('county-officer')
})
afterAll(async () => {
  await server.close()
  remove()
})

const file = async () => (await officer.get<HouseholdFile>(`/api/v1/registry/households/${id}`)).body
const add = (subjectId: string, label: string, validFrom = '2026-06-01', client = officer) =>
  client.post<{ id: string; code: string }>(`/api/v1/registry/households/${id}/labels`, {
    subjectId,
    label,
    validFrom,
  })
const end = (labelId: string, until: string, reason = '已经康复', client = officer) =>
  client.post<{ validUntil: string; code: string }>(`/api/v1/registry/labels/${labelId}/end`, {
    until,
    reason,
  })

test('a tag is put on a member and ended with a reason; both days and both people stay to be read', async () => {
  const added = await add(memberId, 'ill')
  expect(added.status).toBe(200)
  expect((await file()).members[0]?.tags).toMatchObject([
    { label: 'elder', validUntil: null },
    { label: 'ill', validFrom: '2026-06-01', validUntil: null },
  ])
  expect((await end(added.body.id, '2026-06-10')).body).toEqual({ validUntil: '2026-06-10' })
  expect((await file()).members[0]?.tags[1]).toMatchObject({
    validFrom: '2026-06-01',
    validUntil: '2026-06-10',
  })
  const { entries } = (await officer.get<ChainReply>(`/api/v1/registry/households/${id}/chain`)).body
  expect(entries.slice(0, 2).map(({ text }) => text.zh)).toEqual([
    '结束标签“病”，自 2026-06-10，原因：已经康复',
    '增加标签“病”，2026-06-01 起',
  ])
})

test('a need is put on the household and may come again after it ended', async () => {
  const first = await add(id, 'housing')
  expect((await add(id, 'housing')).body.code).toBe('registry.label-in-force')
  await end(first.body.id, '2026-06-05')
  expect((await add(id, 'housing', '2026-06-05')).status).toBe(200)
  expect((await file()).needs.filter(({ label }) => label === 'housing')).toHaveLength(2)
})

test('what does not fit is refused and changes nothing', async () => {
  const before = await file()
  const [elder] = before.members[0]?.tags ?? []
  expect((await add(id, 'ill')).body.code).toBe('registry.label-of-other-subject')
  expect((await add(memberId, 'medical')).body.code).toBe('registry.label-of-other-subject')
  expect((await add(elder?.id ?? '', 'ill')).body.code).toBe('registry.label-of-other-subject')
  expect((await add(memberId, 'disabled', '2026-06-16')).body.code).toBe('registry.label-days')
  expect((await end(elder?.id ?? '', '2024-04-30')).body.code).toBe('registry.label-days')
  expect((await end(elder?.id ?? '', '2026-06-16')).body.code).toBe('registry.label-days')
  const over = before.members[0]?.tags.find(({ validUntil }) => validUntil !== null)
  expect((await end(over?.id ?? '', '2026-06-11')).body.code).toBe('registry.label-over')
  expect((await end(elder?.id ?? '', '2026-06-11', '992901195603120022')).body.code).toBe(
    'registry.number-in-text',
  )
  const elsewhere = await server.as('county-officer', { regionCode: '532922000000' })
  expect((await end(elder?.id ?? '', '2026-06-11', '已经康复', elsewhere)).status).toBe(404)
  expect((await add(memberId, 'ill', '2026-06-11', elsewhere)).status).toBe(404)
  expect(await file()).toEqual(before)
})
