import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReplyOf } from '#access'
import type { BusinessDate, Instant } from '#base'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer, type TestClient, type TestServer } from '#testing/server.ts'
import { findPackByHash } from '../packs/pack-by-hash.server.ts'
import { packOn } from '../packs/packs.server.ts'
import { openRulebook, type Rulebook } from '../packs/rulebook.server.ts'
import { refusals } from '../refusals.ts'
import type { VersionChange } from './change.ts'
import type { checkVersion, readBasis, readIndicator, readIndicatorProposal } from './contract.ts'
import { indicatorEndpoints } from './handler.server.ts'
import type { TriedIndicator } from './services.server.ts'

const place = '532900000000'
const dali = '532901000000'
const heqing = '532932000000'
const room = '/api/v1/rulebook'
let server: TestServer & { close(): Promise<void> }
let rulebook: Rulebook
let first: TestClient
let second: TestClient
let county: TestClient
let colleague: TestClient
let basis: ReplyOf<typeof readBasis>
const tried: TriedIndicator[] = []

beforeAll(async () => {
  const { appUrl } = await cloneDatabase()
  rulebook = openRulebook({ regionCode: place, demo: false })
  server = await startTestServer({
    appUrl,
    refusals,
    endpoints: () =>
      indicatorEndpoints({
        rulebook,
        feedName: (kind) => kind,
        departments: { resources: { zh: '自然资源', en: 'Natural resources' } },
        trialOf: async (_tx, asked) => {
          tried.push(asked)
          return undefined
        },
      }),
  })
  const region = (code: string, name: string, level: string, parent_code: string | null) => ({
    ...{ code, name, level, parent_code },
    valid_from: '2000-01-01',
  })
  await inScope(server.database, everywhere, (tx) =>
    tx
      .insertInto('regions')
      .values([
        region(place, '大理白族自治州', 'city', null),
        region(dali, '大理市', 'county', place),
        region(heqing, '鹤庆县', 'county', place),
      ])
      .execute(),
  )
  first = await server.as('county-officer', { regionCode: place })
  second = await server.as('supervisor', { regionCode: place })
  county = await server.as('county-officer', { regionCode: dali })
  colleague = await server.as('supervisor', { regionCode: dali })
  basis = (await first.get<ReplyOf<typeof readBasis>>(`${room}/indicators/second-home/basis`)).body
})
afterAll(() => server.close())

const oneCase = (
  name: string,
  homeUnits: number | 'unknown',
  expected: VersionChange['cases'][number]['expect'],
) => ({
  ...{ name, today: '2026-06-15', members: 0, expect: expected },
  facts: [{ of: 0, fact: 'homeUnits', value: homeUnits }],
})

/** Three homes where it was two, from the first of July. */
const changeOf = (over: Partial<VersionChange> = {}): VersionChange => ({
  ...basis.change,
  region: place,
  from: '2026-07-01',
  name: { zh: '三套以上住房', en: 'Three or more homes' },
  when: 'homeUnits >= 3',
  source: { document: 'dibao-2021-57' },
  clause: '第十四条',
  cases: [
    oneCase('两套', 2, 'holdsNot'),
    oneCase('三套', 3, 'holds'),
    oneCase('四套', 4, 'holds'),
    oneCase('没有数据', 'unknown', 'open'),
  ],
  ...over,
})

type Problem = { readonly code: string; readonly detail: string }
const check = async (over: Partial<VersionChange>, client = first) =>
  (await client.post<ReplyOf<typeof checkVersion>>(`${room}/indicator-checks`, changeOf(over))).body
const propose = (client: TestClient, over: Partial<VersionChange> = {}) =>
  client.post<{ id: string; number: number } & Problem>(`${room}/indicator-proposals`, changeOf(over))
const decide = (client: TestClient, id: string, step: string, body: object = {}) =>
  client.post<Problem & { done: boolean }>(`${room}/indicator-proposals/${id}/${step}`, body)
const inForce = async (on: string, region: string, id = 'second-home') => {
  const pack = await inScope(server.database, everywhere, (tx) => rulebook.packIn(tx, 'indicators'))
  return packOn(pack, on as BusinessDate, region).rules.find((rule) => rule.id === id)
}

test('the editor starts from the version in force, with its cases and everything that a condition may name', () => {
  expect(basis.change).toMatchObject({
    basedOn: 'second-home',
    when: 'homeUnits >= parameters.secondHomeUnits',
    from: null,
  })
  expect(basis.change.cases.map(({ expect: it }) => it)).toContain('open')
  expect(basis.facts.find(({ name }) => name === 'homeUnits')).toMatchObject({
    of: 'self',
    label: { zh: '现势住宅套数' },
  })
  expect(basis.parameters.find(({ name }) => name === 'secondHomeUnits')?.value).toEqual({
    zh: '2',
    en: '2',
  })
  expect(basis.places.map(({ name }) => name)).toEqual(['大理白族自治州', '大理市', '鹤庆县'])
})

test('a sound version is told in plain words, with the files it reads', async () => {
  const checked = await check({})
  expect(checked.findings).toEqual([])
  expect(checked).toMatchObject({ isSound: true, feeds: ['real-estate'], cases: { total: 4, passed: 4 } })
  expect(checked.plain?.text).toContain('现势住宅套数')
})

test('a slip in the condition is found with its line and what to write', async () => {
  const { isSound, findings } = await check({ when: 'category = "dibao"\nand homeUnits >= "3"' })
  expect(isSound).toBe(false)
  expect(findings[0]).toMatchObject({ field: 'when', line: 2 })
  expect(findings[0]?.text.zh).toContain('类型不符')
  const unknown = await check({ when: 'homes >= 3' })
  expect(unknown.findings[0]).toMatchObject({ field: 'when', line: 1 })
  expect(unknown.findings[0]?.text.zh).toContain('没有名为“homes”的事实')
  const outside = await check({ when: 'string length(category) > 3' })
  expect(outside.findings[0]?.field).toBe('when')
})

test('each threshold needs its three cases, and a version one that holds, one that does not, one that stays open', async () => {
  const { findings } = await check({ cases: changeOf().cases.slice(1, 3) })
  const texts = findings.map(({ field, text }) => `${field}: ${text.zh}`)
  expect(texts.join('\n')).toContain('缺少用例：刚好低于界限')
  expect(texts).toContain('cases: 缺少一个条件不成立的用例')
  expect(texts).toContain('cases: 缺少一个事实待查明、因而不能判断的用例')
  const wrong = await check({ cases: [...changeOf().cases, oneCase('五套', 5, 'holdsNot')] })
  expect(wrong.findings).toMatchObject([{ field: 'cases', case: 4 }])
  expect(wrong.findings[0]?.text.zh).toBe('应为“不成立”，现在是“成立”')
  const strange = await check({
    cases: [
      ...changeOf().cases,
      { ...oneCase('错', 1, 'holds'), facts: [{ of: 0, fact: 'homes', value: 1 }] },
    ],
  })
  expect(strange.findings.at(-1)).toMatchObject({ field: 'cases', case: 4 })
})

test('what is left empty is asked for where it stands', async () => {
  const { findings } = await check({
    ...{ name: { zh: '', en: '' }, when: '', from: null, source: null, clause: '', owner: 'nobody' },
    sentence: { zh: '有{homes}套', en: '{homes}' },
  })
  expect(findings.map(({ field }) => field).toSorted()).toEqual(
    ['clause', 'from', 'name', 'owner', 'sentence', 'source', 'when'].toSorted(),
  )
  expect((await check({ from: '2026-06-01' })).findings[0]?.text.zh).toContain('不能早于今天')
  expect((await check({ until: '2026-07-01' })).findings).toMatchObject([{ field: 'until' }])
  expect((await check({ from: '2026-01-01' })).findings.map(({ field }) => field)).toEqual(['from', 'from'])
})

test('an unsound version is not proposed; nobody releases what is their own, or not of their region', async () => {
  const unsound = await propose(first, { when: 'homeUnits >= 3 and' })
  expect(unsound).toMatchObject({ status: 422, body: { code: 'rulebook.version-unsound' } })
  expect((await propose(county)).body.code).toBe('rulebook.outside-region')
  const { id } = (await propose(first)).body
  expect(await decide(first, id, 'release')).toMatchObject({
    status: 403,
    body: { code: 'rulebook.own-proposal' },
  })
  expect((await decide(colleague, id, 'release')).body.code).toBe('rulebook.outside-region')
  expect((await decide(colleague, id, 'decline', { reason: '不同意' })).body.code).toBe(
    'rulebook.outside-region',
  )
  expect((await decide(second, id, 'withdraw', { reason: '不办了' })).body.code).toBe(
    'rulebook.not-own-proposal',
  )
  expect((await decide(second, id, 'decline', { reason: '条款写错' })).status).toBe(200)
  expect((await decide(second, id, 'release')).status).toBe(409)
})

test('a released version holds from its day; the one before is kept, and the difference is told', async () => {
  const before = await inScope(server.database, everywhere, (tx) => rulebook.packIn(tx, 'indicators'))
  await rulebook.refresh(server.database, server.clock)
  const { id, number } = (await propose(first)).body
  const own = await first.get<ReplyOf<typeof readIndicatorProposal>>(`${room}/indicator-proposals/${id}`)
  expect(own.body).toMatchObject({ isOwn: true, may: { release: false, withdraw: true } })
  expect(own.body.change.cases).toHaveLength(4)
  expect(own.body.differs.map(({ field }) => field)).toEqual(['name', 'when'])
  expect((await decide(second, id, 'release')).status).toBe(200)

  expect((await inForce('2026-06-30', dali))?.when.trim()).toContain('parameters.secondHomeUnits')
  expect(await inForce('2026-07-01', dali)).toMatchObject({
    key: `second-home-v${number}`,
    id: 'second-home',
  })
  const { body } = await county.get<ReplyOf<typeof readIndicator>>(`${room}/indicators/second-home`)
  expect(body.versions).toMatchObject([
    { key: `second-home-v${number}`, number, state: 'scheduled', region: null, differsFrom: 'second-home' },
    { key: 'second-home', number: null, state: 'inForce' },
  ])
  // What raised an alert before can still be read by its hash.
  const kept = await inScope(server.database, everywhere, (tx) => findPackByHash(tx, before.hash))
  expect(kept?.pack.rules.filter((rule) => rule.id === 'second-home')).toHaveLength(1)
  const now = await inScope(server.database, everywhere, (tx) => rulebook.packIn(tx, 'indicators'))
  expect(now.hash).not.toBe(before.hash)
  expect((await propose(first)).body.detail).toContain('已经有一个版本')
})

test('a local version holds in its region alone and ends on its day', async () => {
  const local = { region: dali, when: 'homeUnits >= 3', from: '2026-08-01', until: '2026-09-01' }
  const { id, number } = (await propose(county, local)).body
  expect((await decide(colleague, id, 'release')).status).toBe(200)
  const key = `second-home-v${number}`
  expect((await inForce('2026-08-15', '532901001001'))?.key).toBe(key)
  expect((await inForce('2026-08-15', heqing))?.key).not.toBe(key)
  expect((await inForce('2026-09-01', '532901001001'))?.key).not.toBe(key)
})

test('a new indicator is written from another and gets a name of its own', async () => {
  const { id } = (await propose(first, { isNew: true, when: 'homeUnits > 9', cases: nine })).body
  expect((await decide(second, id, 'release')).status).toBe(200)
  const own = `own-${id.slice(-8)}`
  expect(await inForce('2026-07-01', dali, own)).toMatchObject({ name: { zh: '三套以上住房' } })
  expect(await inForce('2026-06-30', dali, own)).toBeUndefined()
  expect((await inForce('2026-07-01', dali))?.id).toBe('second-home')
})
const nine = [
  oneCase('九套', 9, 'holdsNot'),
  oneCase('八套', 8, 'holdsNot'),
  oneCase('十套', 10, 'holds'),
  oneCase('没有数据', 'unknown', 'open'),
]

test('a trial gets both packs and only the sight of whoever asks', async () => {
  const reply = await county.post<{ trial: null }>(
    `${room}/indicator-trials`,
    changeOf({ region: dali, from: '2026-10-01' }),
  )
  expect(reply.body).toEqual({ trial: null })
  const [asked] = tried
  expect(asked).toMatchObject({ indicator: 'second-home', region: dali, from: '2026-10-01' })
  expect(asked?.scope.from).toBe(dali)
  const keys = asked?.after.rules.map(({ key }) => key) ?? []
  expect(keys).toContain('second-home-draft')
  expect(asked?.before.rules.map(({ key }) => key)).not.toContain('second-home-draft')
  const outside = await county.post<Problem>(`${room}/indicator-trials`, changeOf())
  expect(outside.body.code).toBe('rulebook.outside-region')
})

test('the database itself keeps regions and second persons apart', async () => {
  const { id } = (await propose(first, { from: '2027-01-01' })).body
  const released = (by: string, scope = everywhere) =>
    inScope(server.database, scope, (tx) =>
      tx
        .insertInto('indicator_decisions')
        .values({
          ...{ proposal_id: id, outcome: 'released', reason: null },
          ...{ proposed_by: first.accountId, decided_by: by, decided_at: server.clock.now() as Instant },
        })
        .execute(),
    ).then(
      () => 'done',
      (error: { code?: string }) => error.code,
    )
  expect(await released(first.accountId)).toBe('23514')
  const countyOnly = { from: dali, until: '532902000000', extra: [] }
  expect(await released(second.accountId, countyOnly)).toBe('42501')
  const edited = await inScope(server.database, everywhere, (tx) =>
    tx.updateTable('indicator_proposals').set({ note: '改' }).execute(),
  ).catch((error: { code?: string }) => error.code)
  expect(edited).toBe('42501')
})
