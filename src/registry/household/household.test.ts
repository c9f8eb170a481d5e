import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordEvent } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer, type TestClient } from '#testing/server.ts'
import type { ChainReply } from '../chain/contract.ts'
import { chainEndpoints } from '../chain/handler.server.ts'
import type { EventSentence } from '../chain/sentence.ts'
import { registrySentences } from '../events/sentences.ts'
import { refusals } from '../refusals.ts'
import { aHousehold, aMember, aNumber } from '../testing/builders.ts'
import { load, look, openTestSecrecy, testClock } from '../testing/registry.server.ts'
import type { HouseholdFile } from './contract.ts'
import { householdEndpoints } from './handler.server.ts'

const { secrecy, remove } = openTestSecrecy()
let server: Awaited<ReturnType<typeof startTestServer>>
let officer: TestClient
let id = ''

const told: EventSentence = {
  kind: 'monitoring.alert-raised',
  room: 'monitoring',
  zh: ({ summary }) => `预警：${summary}`,
  en: ({ summary }) => `alert: ${summary}`,
  link: ({ subjectId }) => `/alerts/${subjectId}`,
}

beforeAll(async () => {
  const { appUrl } = await cloneDatabase()
  const endpoints = () => [...householdEndpoints, ...chainEndpoints([...registrySentences, told])]
  server = await startTestServer({ appUrl, refusals, endpoints })
  await look(server.database, async (tx) => {
    await tx
      .insertInto('regions')
      .values([
        { code: '530000000000', name: '云南省', level: 'province', parent_code: null },
        { code: '532900000000', name: '大理白族自治州', level: 'city', parent_code: '530000000000' },
        { code: '532901000000', name: '大理市', level: 'county', parent_code: '532900000000' },
        { code: '532901001000', name: '下关街道', level: 'township', parent_code: '532901000000' },
        { code: '532901001001', name: '文献社区', level: 'village', parent_code: '532901001000' },
      ])
      .execute()
  })
  await load(
    server.database,
    secrecy,
    aHousehold({
      needs: ['medical'],
      members: [
        aMember({ tags: ['elder'], facts: [{ kind: 'workStatus', value: 'retired' }] }),
        aMember({
          name: '段小宝',
          number: aNumber(4, '2020-01-01', 'male'),
          relation: 'grandchild',
          categories: [{ category: 'singlePersonDibao', validFrom: '2025-01-01' }],
        }),
      ],
      facts: [{ kind: 'annualIncomeFen', value: 960_000 }],
    }),
  )
  id = (
    await look(server.database, (tx) => tx.selectFrom('households').select('id').executeTakeFirstOrThrow())
  ).id
  officer = await server.as('county-officer')
})
afterAll(async () => {
  await server.close()
  remove()
})

const read = (client = officer) => client.get<HouseholdFile>(`/api/v1/registry/households/${id}`)

test('the file holds place, members, categories, labels and facts with their sources, and what is missing', async () => {
  const { body, headers } = await read()
  expect(body).toMatchObject({
    number: 'H2901000001',
    place: '大理市下关街道文献社区',
    categories: [{ category: 'dibao', validFrom: '2024-05-01', validUntil: null }],
    needs: [{ label: 'medical' }],
    members: [
      { name: '杨秀英', age: 70, relation: 'head', tags: [{ label: 'elder' }], categories: [] },
      { name: '段小宝', age: 6, sex: 'male', categories: [{ category: 'singlePersonDibao' }] },
    ],
    completeness: { percent: 15, expected: 13 },
  })
  expect(body.facts.map(({ kind, provenance, usable }) => [kind, provenance, usable])).toEqual([
    ['annualIncomeFen', 'declared', true],
    ['workStatus', 'declared', true],
  ])
  expect(body.completeness.missing).toContainEqual({ subjectId: id, kind: 'homes' })
  expect(body.members[0]?.number).toMatch(/^\*{14}\d{3}[\dX]$/)
  expect(headers.get('etag')).toBe('"v1"')
})

test('opening a file leaves a trace, and outside the area there is no file', async () => {
  await read()
  const traces = await look(server.database, (tx) =>
    tx
      .selectFrom('audit_entries')
      .select('account_id')
      .where('subject_id', '=', id)
      .where('account_id', '=', officer.accountId)
      .execute(),
  )
  expect(traces.length).toBeGreaterThan(0)
  expect((await read(await server.as('county-officer', { regionCode: '532922000000' }))).status).toBe(404)
  expect((await read(await server.as('department-officer'))).status).toBe(403)
})

const chain = async (query = '', client = officer) =>
  (await client.get<ChainReply>(`/api/v1/registry/households/${id}/chain${query}`)).body

const happen = (kind: string, count: number) =>
  look(server.database, async (tx) => {
    for (let at = 0; at < count; at += 1) {
      await recordEvent(tx, testClock, {
        kind,
        regionCode: '532901001001',
        householdId: id,
        subjectId: id,
        data: { summary: `第${at}次`, reason: '核实' },
      })
    }
  })

test('the chain tells the events of every room that declared a sentence, newest first, page by page', async () => {
  await happen('monitoring.alert-raised', 34)
  await happen('elsewhere.unknown', 1)
  const first = await chain()
  expect(first.entries).toHaveLength(30)
  expect(first.entries[0]).toMatchObject({
    room: 'monitoring',
    text: { zh: '预警：第33次', en: 'alert: 第33次' },
    link: `/alerts/${id}`,
    by: null,
  })
  const second = await chain(`?before=${first.next}`)
  expect(second.entries).toHaveLength(5)
  expect(second.next).toBe(null)
  expect(second.entries.at(-1)?.text.zh).toBe('登记入库：户编号 H2901000001，低保，2 人')
})

test('the chain is filtered by room, and what a role may not see is not told', async () => {
  await happen('registry.number-revealed', 1)
  expect((await chain('?room=registry')).entries.map(({ kind }) => kind)).toEqual([
    'registry.number-revealed',
    'registry.household-registered',
  ])
  const helper = await server.as('village-helper')
  expect((await chain('?room=registry', helper)).entries.map(({ kind }) => kind)).toEqual([
    'registry.household-registered',
  ])
  expect((await chain('?room=nobody')).entries).toEqual([])
})
