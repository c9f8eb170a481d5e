import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '#base'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer, type TestClient } from '#testing/server.ts'
import type { ChainReply } from '../chain/contract.ts'
import { chainEndpoints } from '../chain/handler.server.ts'
import { registrySentences } from '../events/sentences.ts'
import { refusals } from '../refusals.ts'
import { aNumber } from '../testing/builders.ts'
import { look, openTestSecrecy, testClock } from '../testing/registry.server.ts'
import type { LeadFile, LeadLine } from './contract.ts'
import { leadEndpoints } from './handler.server.ts'
import { type LeadDraft, recordLeads } from './record-leads.server.ts'

const { secrecy, remove } = openTestSecrecy()
let server: Awaited<ReturnType<typeof startTestServer>>
let officer: TestClient
const feedId = newId()

beforeAll(async () => {
  const { appUrl } = await cloneDatabase()
  const endpoints = () => [...leadEndpoints(secrecy), ...chainEndpoints(registrySentences)]
  server = await startTestServer({ appUrl, refusals, endpoints })
  officer = await server.as('county-officer')
})
afterAll(async () => {
  await server.close()
  remove()
})
let serial = 100
beforeEach(async () => {
  serial += 1
  await look(server.database, async (tx) => {
    await tx.updateTable('leads').set({ status: 'withdrawn' }).execute()
  })
})

const aLead = (draft: Partial<LeadDraft> = {}): LeadDraft => ({
  number: aNumber(serial, '2009-09-01'),
  name: '段晓雪',
  birthDate: '2009-09-01',
  regionCode: '532901001001',
  feedKind: 'students',
  feedId,
  ...draft,
})
const record = (...drafts: LeadDraft[]) =>
  look(server.database, (tx) => recordLeads(tx, { secrecy, clock: testClock }, drafts))
const list = async (query = '') =>
  (await officer.get<{ items: LeadLine[] }>(`/api/v1/registry/leads${query}`)).body.items
const read = async (id: string | undefined) =>
  (await officer.get<LeadFile>(`/api/v1/registry/leads/${id}`)).body
const dismiss = (id: string | undefined, version: number, body: object = { reason: 'not-in-need' }) =>
  officer.post<{ status: string; code: string }>(`/api/v1/registry/leads/${id}/dismiss`, body, {
    'if-match': `"v${version}"`,
  })

test('one person in many rows and files is one lead, and repeating it changes nothing', async () => {
  const drafts = [
    aLead(),
    aLead({ name: '段小雪' }),
    aLead({ feedKind: 'return-poverty', name: undefined, birthDate: undefined }),
  ]
  const recorded = await record(...drafts)
  expect(new Set(recorded.map((lead) => lead?.id)).size).toBe(1)
  expect(await list()).toMatchObject([
    { name: '段*雪', age: 16, feedKinds: ['return-poverty', 'students'], status: 'open' },
  ])
  const before = await read(recorded[0]?.id)
  expect((await record(...drafts)).map((lead) => lead?.isNew)).toEqual([false, false, false])
  expect(await read(recorded[0]?.id)).toEqual(before)
})

test('without a number name and birth date tell people apart, and a row that lacks them is no lead', async () => {
  const nameless = { number: undefined, name: undefined }
  const recorded = await record(
    aLead({ number: undefined }),
    aLead({ number: undefined, name: '段 晓雪' }),
    aLead({ number: undefined, birthDate: '2010-09-01' }),
    aLead({ number: undefined, birthDate: undefined }),
    aLead(nameless),
  )
  const [a, b, c, d, e] = recorded.map((lead) => lead?.id)
  expect(a).toBe(b)
  expect(c).not.toBe(a)
  expect([d, e]).toEqual([undefined, undefined])
})

test('a lead withdrawn with its file is open again when another file knows the person', async () => {
  const [lead] = await record(aLead())
  await look(server.database, async (tx) => {
    await tx.updateTable('leads').set({ status: 'withdrawn' }).execute()
  })
  expect(await record(aLead())).toEqual([{ id: lead?.id, status: 'open', isNew: false }])
})

test('a dismissed lead stays dismissed, with its reason in the chain', async () => {
  const [lead] = await record(aLead())
  const { version } = await read(lead?.id)
  expect((await dismiss(lead?.id, version, { reason: 'moved-away', note: '已迁往昆明' })).body.status).toBe(
    'dismissed',
  )
  expect(await record(aLead())).toEqual([{ id: lead?.id, status: 'dismissed', isNew: false }])
  const { entries } = (await officer.get<ChainReply>(`/api/v1/registry/leads/${lead?.id}/chain`)).body
  expect(entries.map(({ text }) => text.zh)).toEqual([
    '排除线索：已迁出本地，已迁往昆明',
    expect.stringMatching(/^由部门数据发现线索：/),
  ])
})

test('a change made meanwhile, a second time, and a number in the note are refused', async () => {
  const [lead] = await record(aLead())
  const { version } = await read(lead?.id)
  expect((await dismiss(lead?.id, version + 1)).body.code).toBe('access.changed-meanwhile')
  const note = `证件号 ${aNumber(serial, '2009-09-01')}`
  expect((await dismiss(lead?.id, version, { reason: 'other', note })).body.code).toBe(
    'registry.number-in-text',
  )
  await dismiss(lead?.id, version)
  expect((await dismiss(lead?.id, version + 1)).body.code).toBe('registry.lead-closed')
})

test('the list is filtered by kind, place and status, and seen only in the own area', async () => {
  await record(
    aLead(),
    aLead({ number: aNumber(serial + 200), feedKind: 'disasters', regionCode: '532901002001' }),
  )
  expect(await list('?kind=disasters')).toHaveLength(1)
  expect(await list('?region=532901001000')).toHaveLength(1)
  expect(await list('?closed=1&region=532901001000&kind=disasters')).toEqual([])
  const elsewhere = await server.as('county-officer', { regionCode: '532922000000' })
  expect((await elsewhere.get<{ items: [] }>('/api/v1/registry/leads')).body.items).toEqual([])
})

test('the number of a lead is masked, and shown whole only for a reason', async () => {
  const [lead] = await record(aLead())
  const file = await read(lead?.id)
  const number = aNumber(serial, '2009-09-01')
  expect(file.number).toBe(`**************${number.slice(-4)}`)
  const shown = await officer.post<{ number: string }>(`/api/v1/registry/leads/${lead?.id}/number`, {
    reason: '电话核实',
  })
  expect(shown.body.number).toBe(number)
})
