import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '#base'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer, type TestClient } from '#testing/server.ts'
import { refusals } from '../refusals.ts'
import type { RegistryServices } from '../services.server.ts'
import { aHousehold, aMember, aNumber } from '../testing/builders.ts'
import { load, look, openTestSecrecy, testClock } from '../testing/registry.server.ts'
import type { CaseFile, CaseLine } from './contract.ts'
import { adjudicationEndpoints } from './handler.server.ts'
import { type AdjudicationDraft, listDecisions, recordAdjudications } from './record-adjudications.server.ts'

const { secrecy, remove } = openTestSecrecy()
let server: Awaited<ReturnType<typeof startTestServer>>
let officer: TestClient
let scanned = false
const feedId = newId()
let [first, second, outside] = ['', '', '']

const services: RegistryServices = { secrecy, sentences: [], hasScannedSince: async () => scanned }

beforeAll(async () => {
  const { appUrl } = await cloneDatabase()
  server = await startTestServer({ appUrl, refusals, endpoints: () => adjudicationEndpoints(services) })
  await load(
    server.database,
    secrecy,
    aHousehold({ members: [aMember({ name: '杨秀英', number: aNumber(1) })] }),
    aHousehold({ number: 'H2901000002', members: [aMember({ name: '杨秀瑛', number: aNumber(2) })] }),
    aHousehold({
      number: 'H2922000001',
      regionCode: '532922001001',
      members: [aMember({ number: aNumber(3) })],
    }),
  )
  const rows = await look(server.database, (tx) =>
    tx.selectFrom('persons').select('id').orderBy('number_last4').execute(),
  )
  ;[first, second, outside] = rows.map(({ id }) => id) as [string, string, string]
  officer = await server.as('county-officer')
})
afterAll(async () => {
  await server.close()
  remove()
})
beforeEach(async () => {
  scanned = false
  await look(server.database, async (tx) => {
    await tx.updateTable('adjudications').set({ status: 'withdrawn' }).execute()
  })
})

let keys = 0
const aDraft = (draft: Partial<AdjudicationDraft> = {}): AdjudicationDraft => {
  keys += 1
  return {
    rowKey: `p:${keys}:1956-03-12:532901001`,
    feedId,
    rowNo: 12,
    role: 'self',
    feedKind: 'disability',
    regionCode: '532901001001',
    identity: {
      name: '杨秀英',
      birthDate: '1956-03-12',
      sex: 'female',
      regionCode: '532901001000',
      place: '大理市下关街道',
    },
    candidates: [first, second].map((personId, at) => ({
      personId,
      score: 95 - 25 * at,
      reasons: [{ field: 'birth-date', agrees: 'exact', weight: 14.5 }],
      vetoes: at === 0 ? [] : ['sex-differs'],
    })),
    ...draft,
  }
}
const record = (...drafts: AdjudicationDraft[]) =>
  look(server.database, (tx) => recordAdjudications(tx, { secrecy, clock: testClock }, drafts))
const decisions = async (draft: AdjudicationDraft) =>
  (await look(server.database, listDecisions))
    .filter(({ rowKey }) => rowKey === draft.rowKey)
    .map(({ personId, same }) => [personId, same])
    .toSorted()
const queue = async (query = '') =>
  (await officer.get<{ items: CaseLine[] }>(`/api/v1/registry/adjudications${query}`)).body.items
const theCase = async () => {
  const [line] = await queue()
  return (await officer.get<CaseFile>(`/api/v1/registry/adjudications/${line?.id}`)).body
}
const post = (
  file: CaseFile,
  step: 'decide' | 'reopen',
  body: object,
  version = file.version,
  client = officer,
) =>
  client.post<{ status: string; code: string; version: number }>(
    `/api/v1/registry/adjudications/${file.id}/${step}`,
    body,
    { 'if-match': `"v${version}"` },
  )

test('a case shows the row beside its candidates, numbers masked, with how far each field agrees', async () => {
  await record(aDraft())
  expect(await queue()).toMatchObject([
    { name: '杨*英', candidates: 2, bestScore: 95, feedKind: 'disability' },
  ])
  const file = await theCase()
  expect(file.row).toEqual({
    name: '杨秀英',
    number: null,
    birthDate: '1956-03-12',
    sex: 'female',
    place: '大理市下关街道',
  })
  expect(file.candidates.map(({ agreement }) => agreement)).toEqual([
    { name: 'same', number: 'missing', birthDate: 'same', sex: 'same', place: 'same' },
    { name: 'similar', number: 'missing', birthDate: 'same', sex: 'same', place: 'same' },
  ])
  expect(file.candidates[1]).toMatchObject({
    score: 70,
    reasons: [{ field: 'birth-date', agrees: 'exact', weight: 14.5 }],
    vetoes: ['sex-differs'],
  })
  expect(file.candidates[0]?.identity?.number).toBe(`9929**********${aNumber(1).slice(-4)}`)
  expect(JSON.stringify(file)).not.toContain(aNumber(1))
})

test('a number in the row tells birth date and sex, and its region the place', async () => {
  await record(aDraft({ identity: { name: '杨秀瑛', number: aNumber(2), regionCode: '532901000000' } }))
  const file = await theCase()
  expect(file.row).toEqual({
    name: '杨秀瑛',
    number: `9929**********${aNumber(2).slice(-4)}`,
    birthDate: '1956-03-12',
    sex: 'female',
    place: '532901000000',
  })
  expect(file.candidates[1]?.agreement).toMatchObject({ name: 'same', number: 'same', place: 'same' })
})

test('choosing one candidate is remembered as the same, and as not the same for the others', async () => {
  const draft = aDraft()
  await record(draft)
  const file = await theCase()
  expect((await post(file, 'decide', { verdict: 'same', personId: second })).body).toMatchObject({
    status: 'same',
  })
  expect(await decisions(draft)).toEqual(
    [
      [first, false],
      [second, true],
    ].toSorted(),
  )
})

test('none of them is remembered for every candidate, and the row is not asked again', async () => {
  const draft = aDraft()
  await record(draft)
  await post(await theCase(), 'decide', { verdict: 'none' })
  expect(await decisions(draft)).toEqual(
    [
      [first, false],
      [second, false],
    ].toSorted(),
  )
  expect(await record(draft)).toEqual({ opened: 0, reopened: 0, withdrawn: 0 })
  expect(await queue()).toEqual([])
  expect(await queue('?decided=true')).toMatchObject([{ status: 'none' }])
})

test('somebody who became a candidate later opens the case again', async () => {
  const draft = aDraft({ candidates: aDraft().candidates.slice(0, 1) })
  await record(draft)
  await post(await theCase(), 'decide', { verdict: 'none' })
  const more = { ...draft, candidates: aDraft().candidates.slice(1) }
  expect(await record(more)).toEqual({ opened: 0, reopened: 1, withdrawn: 0 })
  expect((await theCase()).candidates.map(({ personId }) => personId)).toEqual([second])
})

test('a case that no row asks any more is withdrawn, and one asked in many rows is one case', async () => {
  const draft = aDraft()
  expect(await record(draft, { ...draft, rowNo: 13 })).toEqual({ opened: 1, reopened: 0, withdrawn: 0 })
  expect(await record(draft)).toEqual({ opened: 0, reopened: 0, withdrawn: 0 })
  expect(await record()).toEqual({ opened: 0, reopened: 0, withdrawn: 1 })
  expect(await record(draft)).toEqual({ opened: 1, reopened: 0, withdrawn: 0 })
})

test('an open case from before evidence was weighed is shown with weights after the next scan, and only then anew', async () => {
  const draft = aDraft()
  await record(draft)
  await look(server.database, (tx) =>
    tx
      .updateTable('adjudications')
      .set({
        candidates: JSON.stringify(
          draft.candidates.map(({ personId }) => ({
            personId,
            score: 95,
            reasons: [{ field: 'name', agrees: 'exact', points: 40 }],
          })),
        ),
      })
      .where('status', '=', 'open')
      .execute(),
  )
  const before = await theCase()
  expect(before.candidates[0]).toMatchObject({ reasons: [{ agrees: 'exact', weight: null }], vetoes: [] })
  await record(draft)
  const after = await theCase()
  expect(after.candidates[0]?.reasons).toEqual(draft.candidates[0]?.reasons)
  await record(draft)
  expect((await theCase()).version).toBe(after.version)
})

test('a decision is undone while no scan has used it, and then no longer', async () => {
  const draft = aDraft()
  await record(draft)
  await post(await theCase(), 'decide', { verdict: 'none' })
  const [line] = await queue('?decided=true')
  const decided = (await officer.get<CaseFile>(`/api/v1/registry/adjudications/${line?.id}`)).body
  expect(decided.mayUndo).toBe(true)
  scanned = true
  expect((await post(decided, 'reopen', {})).body.code).toBe('registry.decision-used')
  scanned = false
  expect((await post(decided, 'reopen', {})).body.status).toBe('open')
  expect(await decisions(draft)).toEqual([])
  expect((await theCase()).status).toBe('open')
})

test('two officers who decide at once do not overwrite each other', async () => {
  await record(aDraft())
  const file = await theCase()
  const replies = await Promise.all([
    post(file, 'decide', { verdict: 'none' }),
    post(file, 'decide', { verdict: 'same', personId: first }),
  ])
  expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 412])
  expect((await post(file, 'decide', { verdict: 'none' }, file.version + 1)).body.code).toBe(
    'registry.adjudication-decided',
  )
})

test('whom the officer cannot see is only said to be there, and cannot be ruled out', async () => {
  const [near] = aDraft().candidates
  await record(aDraft({ candidates: near ? [near, { ...near, personId: outside }] : [] }))
  const file = await theCase()
  expect(file.candidates[1]).toMatchObject({ visible: false, identity: null, household: null })
  expect((await post(file, 'decide', { verdict: 'none' })).body.code).toBe('registry.candidate-outside')
})

test('who is no candidate cannot be chosen; a township officer reads but does not decide', async () => {
  await record(aDraft())
  const file = await theCase()
  expect((await post(file, 'decide', { verdict: 'same', personId: outside })).body.code).toBe(
    'registry.not-a-candidate',
  )
  const township = await server.as('township-officer', { regionCode: '532901001000' })
  expect((await township.get(`/api/v1/registry/adjudications/${file.id}`)).status).toBe(200)
  expect((await post(file, 'decide', { verdict: 'none' }, file.version, township)).status).toBe(403)
})

test('the identity as sent is kept encrypted', async () => {
  await record(aDraft({ identity: { name: '杨秀英', number: aNumber(40) } }))
  const rows = await look(server.database, (tx) => tx.selectFrom('adjudications').selectAll().execute())
  expect(JSON.stringify(rows)).not.toContain('杨秀英')
  for (const { identity_cipher } of rows) expect(identity_cipher.includes(aNumber(40))).toBe(false)
})
