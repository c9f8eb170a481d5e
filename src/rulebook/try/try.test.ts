import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReplyOf } from '#access'
import { openSecrecy } from '#access/server'
import { newId } from '#base'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer, type TestClient, type TestServer } from '#testing/server.ts'
import { writeSmallPack } from '#testing/small-pack.ts'
import { refusals } from '../refusals.ts'
import type {
  changeTrial,
  explainSaved,
  explainTrial,
  listTrials,
  readDictionary,
  readTrial,
  takeHousehold,
  tryHousehold,
} from './contract.ts'
import { tryEndpoints } from './handler.server.ts'
import type { TrialSubject } from './subject.ts'

const packs = writeSmallPack()
const keys = mkdtempSync(join(tmpdir(), 'doudi-try-'))
const registered = newId()
let server: TestServer & { close(): Promise<void> }
let officer: TestClient
let elsewhere: TestClient

beforeAll(async () => {
  const { appUrl } = await cloneDatabase()
  server = await startTestServer({
    appUrl,
    refusals,
    endpoints: () =>
      tryEndpoints({
        rulebook: { placePackId: 'small', packIn: async () => packs.open() },
        secrecy: openSecrecy(keys),
        households: {
          search: async (_, text) => [
            { id: registered, number: 'H1', place: '大理市', people: [`${text}*`] },
          ],
          find: async (_, id) =>
            id === registered
              ? {
                  id,
                  number: 'H1',
                  regionCode: '532901001001',
                  household: {
                    facts: { residence: 'rural' },
                    lists: {
                      members: [
                        { label: '段*', facts: { bornOn: '1950-02-03', eyeColour: 'brown' }, lists: {} },
                      ],
                    },
                  },
                }
              : undefined,
        },
      }),
  })
  officer = await server.as('county-officer')
  elsewhere = await server.as('county-officer', { regionCode: '532922000000' })
})
afterAll(async () => {
  await server.close()
  packs.remove()
  rmSync(keys, { recursive: true, force: true })
})

const person = (facts: TrialSubject['facts'], label?: string): TrialSubject => ({
  ...(label ? { label } : {}),
  facts,
  lists: {},
})
const household = (facts: TrialSubject['facts'], ...members: TrialSubject[]): TrialSubject => ({
  facts,
  lists: { members },
})
const poor = household(
  { residence: 'urban' },
  person({ wageFen: 50_000 }, '小段的秘密'),
  person({ wageFen: 0, needsCare: true }),
)
const bodyOf = (of: TrialSubject, more: object = {}) => ({
  on: '2026-06-15',
  region: '532901000000',
  unsaid: 'unknown',
  household: of,
  ...more,
})
const tryIt = async (of: TrialSubject, more: object = {}) =>
  officer.post<ReplyOf<typeof tryHousehold>>('/api/v1/rulebook/try', bodyOf(of, more))

test('the dictionary tells entities, facts with their codes and units, and how often each is read', async () => {
  const { status, body } = await officer.get<ReplyOf<typeof readDictionary>>('/api/v1/rulebook/try')
  expect(status).toBe(200)
  expect(body.entities.map(({ id, list }) => [id, list])).toEqual([
    ['household', null],
    ['member', 'members'],
  ])
  expect(body.facts.find(({ name }) => name === 'residence')).toMatchObject({
    entity: 'household',
    codes: [{ code: 'urban' }, { code: 'rural' }],
    uses: 1,
  })
  expect(body.facts.find(({ name }) => name === 'wageFen')).toMatchObject({ unit: 'fen', low: 0, uses: 1 })
  expect(body.pack).toMatchObject({ id: 'small', version: '1.0.0', isDemo: false })
})

test('a household is judged by every programme, each member by theirs, with amounts', async () => {
  const { body } = await tryIt(poor)
  expect(body.results).toMatchObject([
    { programme: 'aid', place: '', outcome: 'eligible', amount: { fen: 110_000, per: 'month' }, missing: [] },
    { programme: 'care', place: 'members[1]', who: '小段的秘密', outcome: 'unknown', missing: ['需要照料'] },
    { programme: 'care', place: 'members[2]', who: '成员 2', outcome: 'eligible', amount: null },
  ])
})

test('a missing fact leaves the answer open and is named; where it cannot matter it does not', async () => {
  const open = await tryIt(household({ residence: 'urban' }, person({})))
  expect(open.body.results[0]).toMatchObject({ outcome: 'unknown', missing: ['每月工资'] })
  const settled = await tryIt(household({ residence: 'rural' }, person({})))
  expect(settled.body.results[0]).toMatchObject({ outcome: 'not-eligible', amount: null, missing: [] })
})

test('facts that are not said may count as usual', async () => {
  const { body } = await tryIt(household({}, person({})), { unsaid: 'usual' })
  expect(body.results[0]).toMatchObject({ outcome: 'eligible', amount: { fen: 80_000 } })
})

test('the reasons name conditions, values, the parameter with its source, and the articles', async () => {
  const { body } = await officer.post<ReplyOf<typeof explainTrial>>('/api/v1/rulebook/try/reasons', {
    ...bodyOf(poor),
    programme: 'aid',
    place: '',
  })
  const { reasons } = body
  expect(reasons.officer).toBe('经办：每月1,100.00元。')
  expect(reasons.rules.map(({ name }) => name)).toContain('收入缺口')
  const [first] = reasons.rules
  expect(first?.conditions).toContainEqual({
    text: '收入缺口 > 0',
    who: '',
    result: 'holds',
    values: [{ label: '收入缺口', value: '1,100.00元' }],
  })
  expect(first?.sources).toEqual([{ title: '小办法', number: '小发〔2024〕1号', clause: '第一条' }])
  expect(reasons.parameters).toMatchObject([
    { label: '保障标准', value: '800.00元', from: '2024-01-01', checkedOn: '2026-01-01', isOpen: false },
  ])
})

test('what would change the answer is the nearest value of each fact that had a part in it', async () => {
  const { body } = await officer.post<ReplyOf<typeof changeTrial>>('/api/v1/rulebook/try/changes', {
    ...bodyOf(poor),
    programme: 'aid',
    place: '',
  })
  expect(body.changes).toContainEqual({
    who: '小段的秘密',
    fact: '每月工资',
    from: '500.00元',
    to: '1,600.00元',
    outcome: 'not-eligible',
  })
  expect(body.changes.map(({ fact }) => fact)).not.toContain('需要照料')
})

test.each([
  [household({ wealth: true }), 'wealth'],
  [household({ residence: 'lunar' }), 'residence: lunar'],
  [household({}, person({ bornOn: '1950-02-30' })), 'bornOn: 1950-02-30'],
  [household({}, person({ wageFen: -1 })), 'wageFen: -1'],
])('facts that the dictionary does not know are refused by name', async (of, name) => {
  const { status, body } = await officer.post<{ code: string; detail: string }>(
    '/api/v1/rulebook/try',
    bodyOf(of),
  )
  expect([status, body.code]).toEqual([422, 'rulebook.strange-facts'])
  expect(body.detail).toContain(name)
})

const reasonsWith = (values: object) =>
  officer.post<ReplyOf<typeof explainTrial>>('/api/v1/rulebook/try/reasons', {
    ...bodyOf(single(80_000), { values }),
    programme: 'aid',
    place: '',
  })
const single = (wageFen: number) => household({ residence: 'urban' }, person({ wageFen }))

test('another value of a parameter changes the outcome at the threshold; a typed one lies over the file', async () => {
  const outcomeOf = async (wageFen: number, values?: object) =>
    (await tryIt(single(wageFen), values ? { values } : {})).body.results[0]?.outcome
  const set = { standardFen: 90_000 }
  expect(await outcomeOf(80_000)).toBe('not-eligible')
  expect(await outcomeOf(89_999, { set })).toBe('eligible')
  expect(await outcomeOf(90_000, { set })).toBe('not-eligible')
  const file = { name: 'values.yaml', text: 'standardFen: 70000\n' }
  expect(await outcomeOf(70_000, { set: {}, file })).toBe('not-eligible')
  expect(await outcomeOf(69_999, { set: {}, file })).toBe('eligible')
  expect(await outcomeOf(89_999, { set, file })).toBe('eligible')
  expect(await outcomeOf(80_000)).toBe('not-eligible')
  const { body } = await reasonsWith({ set })
  expect(body.reasons.parameters).toMatchObject([{ value: '900.00元', isGiven: true, from: null }])
  const changed = await officer.post<ReplyOf<typeof changeTrial>>('/api/v1/rulebook/try/changes', {
    ...bodyOf(single(80_000), { values: { set } }),
    programme: 'aid',
    place: '',
  })
  expect(changed.body.changes).toContainEqual(expect.objectContaining({ to: '900.00元' }))
})

test.each([
  [{ set: { wealthFen: 1 } }, 'wealthFen', { parameter: 'wealthFen' }],
  [{ set: { toString: 1 } }, 'toString', { parameter: 'toString' }],
  [{ set: { standardFen: '800元' } }, '保障标准', { parameter: 'standardFen' }],
  [{ set: { standardFen: [80_000] } }, '保障标准', { parameter: 'standardFen' }],
  [{ set: { standardFen: 0 } }, '保障标准', { parameter: 'standardFen' }],
  [{ set: {}, file: { name: 'v.yaml', text: 'standardFen: much' } }, 'v.yaml:1', { file: 'v.yaml' }],
  [{ set: {}, file: { name: 'v.yaml', text: 'wealthFen: 3' } }, 'wealthFen', { file: 'v.yaml' }],
  [
    { set: {}, file: { name: 'v.yaml', text: 'toString: { values: [{ from: 2026-01-01 }] }' } },
    'toString',
    {},
  ],
  [{ set: {}, file: { name: 'v.yaml', text: '[' } }, 'v.yaml', { file: 'v.yaml' }],
])(
  'values that the pack does not know or that do not fit are refused by name: %j',
  async (values, name, details) => {
    const refused = await officer.post<{ code: string; detail: string; details: object }>(
      '/api/v1/rulebook/try',
      bodyOf(single(1), { values }),
    )
    expect(refused).toMatchObject({ status: 422, body: { code: 'rulebook.strange-value', details } })
    expect(refused.body.detail).toContain(name)
  },
)

test('a trial by other values is not saved', async () => {
  expect((await save(officer, { values: { set: { standardFen: 90_000 } } })).status).toBe(400)
})

test('a registered household brings the facts the pack knows; the others are left out', async () => {
  const found = await officer.post<{ items: object[] }>('/api/v1/rulebook/try/households', { text: '段' })
  expect(found.body.items).toEqual([{ id: registered, number: 'H1', place: '大理市', people: ['段*'] }])
  const { body } = await officer.get<ReplyOf<typeof takeHousehold>>(
    `/api/v1/rulebook/try/households/${registered}?on=2026-06-15`,
  )
  expect(body.household).toEqual(household({ residence: 'rural' }, person({ bornOn: '1950-02-03' }, '段*')))
  expect(body.known).toBe(2)
  expect(body.place.code).toBe('532901001001')
  const none = await officer.get(`/api/v1/rulebook/try/households/${newId()}?on=2026-06-15`)
  expect(none.status).toBe(404)
})

const save = (client: TestClient, more: object = {}) =>
  client.post<{ id: string; code?: string }>('/api/v1/rulebook/trials', bodyOf(poor, more))
const open = (client: TestClient, id: string) =>
  client.get<ReplyOf<typeof readTrial>>(`/api/v1/rulebook/trials/${id}`)

test('a saved trial is kept with frozen facts, and judged again it gives the same bytes', async () => {
  const { body } = await save(officer, { note: '入户时问的', householdId: registered })
  const { body: saved } = await open(officer, body.id)
  expect(saved).toMatchObject({
    replay: 'same',
    rulesChanged: false,
    note: '入户时问的',
    householdId: registered,
    household: poor,
    results: [{ programme: 'aid', outcome: 'eligible', amount: { fen: 110_000 } }, {}, {}],
  })
  expect(saved.outcomeHash).toMatch(/^[0-9a-f]{64}$/)
  const list = await officer.get<ReplyOf<typeof listTrials>>('/api/v1/rulebook/trials')
  expect(list.body.items[0]).toMatchObject({
    id: body.id,
    note: '入户时问的',
    eligible: ['生活补助', '照料补贴'],
    counts: { eligible: 2, notEligible: 0, unknown: 1 },
  })
})

test('nothing that was typed stands in the clear, neither in the trial nor in what is kept of the request', async () => {
  await save(officer, { note: '备注也不外露' })
  const kept = await inScope(server.database, everywhere, async (tx) => ({
    trials: await tx.selectFrom('trials').selectAll().execute(),
    answers: await tx.selectFrom('idempotency_keys').selectAll().execute(),
    audit: await tx.selectFrom('audit_entries').selectAll().execute(),
    events: await tx.selectFrom('events').selectAll().execute(),
  }))
  const text = JSON.stringify(kept, (_, value) =>
    value?.type === 'Buffer' ? Buffer.from(value.data).toString('utf8') : value,
  )
  expect(kept.trials.length).toBeGreaterThan(0)
  expect(text).not.toMatch(/小段的秘密|备注也不外露|wageFen":50000/)
})

test('a trial is only ever added: the application may neither change nor delete one', async () => {
  const { body } = await save(officer)
  const attempts = [
    () =>
      inScope(server.database, everywhere, (tx) =>
        tx.updateTable('trials').set({ pack_id: 'other' }).where('id', '=', body.id).execute(),
      ),
    () =>
      inScope(server.database, everywhere, (tx) =>
        tx.deleteFrom('trials').where('id', '=', body.id).execute(),
      ),
  ]
  for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: '42501' })
})

test('another county sees no trial of this one, and nobody saves one for a place outside their own', async () => {
  const { body } = await save(officer)
  expect((await open(elsewhere, body.id)).status).toBe(404)
  const list = await elsewhere.get<ReplyOf<typeof listTrials>>('/api/v1/rulebook/trials')
  expect(list.body.items).toEqual([])
  expect(await save(elsewhere)).toMatchObject({ status: 403, body: { code: 'access.forbidden' } })
})

test('the auditor opens trials and makes none', async () => {
  const auditor = await server.as('auditor')
  const { body } = await save(officer)
  expect((await open(auditor, body.id)).status).toBe(200)
  expect((await save(auditor)).status).toBe(403)
})

test('when the rules change, a saved trial still stands on those of its day, reasons included', async () => {
  const { body } = await save(officer)
  packs.setStandard(90_000)
  try {
    const { body: saved } = await open(officer, body.id)
    expect(saved).toMatchObject({ replay: 'same', rulesChanged: true })
    expect(saved.results[0]).toMatchObject({ amount: { fen: 110_000 } })
    const why = await officer.get<ReplyOf<typeof explainSaved>>(
      `/api/v1/rulebook/trials/${body.id}/reasons?programme=aid&place=`,
    )
    expect(why.body.reasons.parameters).toMatchObject([{ value: '800.00元' }])
    expect((await tryIt(poor)).body.results[0]).toMatchObject({ amount: { fen: 130_000 } })
  } finally {
    packs.setStandard(80_000)
  }
})
