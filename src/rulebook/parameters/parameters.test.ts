import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReplyOf } from '#access'
import { type BusinessDate, type Clock, canonicalJson, type Instant } from '#base'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer, type TestClient, type TestServer } from '#testing/server.ts'
import type { readLibrary, readParameter } from '../library/contract.ts'
import { libraryEndpoints } from '../library/handler.server.ts'
import { findKeptPack, listReleased } from '../packs/packs.queries.server.ts'
import { openPack, packFromContent, packOn } from '../packs/packs.server.ts'
import { openRulebook, type Rulebook } from '../packs/rulebook.server.ts'
import { refusals } from '../refusals.ts'
import { makeSmallPacks } from '../testing/small-packs.server.ts'
import type { checkChange, listProposals, readProposal } from './contract.ts'
import { type PreviewedChange, parameterEndpoints } from './handler.server.ts'

const place = '532900000000'
let packs: ReturnType<typeof makeSmallPacks>
let server: TestServer & { close(): Promise<void> }
let rulebook: Rulebook
let first: TestClient
let second: TestClient
let county: TestClient
const previewed: PreviewedChange[] = []
let isPreviewed = false

const figures = {
  ...{ households: 100, gains: 7, loses: 0, changed: 12, open: 3 },
  ...{ monthlyBeforeFen: 1_000_000, monthlyAfterFen: 1_200_000, on: '2026-06-15' },
}

beforeAll(async () => {
  packs = makeSmallPacks()
  const { appUrl } = await cloneDatabase()
  rulebook = openRulebook({ regionCode: place, demo: false, policies: packs.folder })
  const previewOf = async (_tx: unknown, _clock: Clock, change: PreviewedChange) => {
    previewed.push(change)
    return isPreviewed ? figures : undefined
  }
  server = await startTestServer({
    appUrl,
    refusals,
    endpoints: () => [...parameterEndpoints({ rulebook, previewOf }), ...libraryEndpoints(rulebook)],
  })
  await inScope(server.database, everywhere, (tx) =>
    tx
      .insertInto('regions')
      .values([
        { code: place, name: '大理白族自治州', level: 'city', parent_code: null, valid_from: '2000-01-01' },
        {
          code: '532901000000',
          name: '大理市',
          level: 'county',
          parent_code: place,
          valid_from: '2000-01-01',
        },
      ])
      .execute(),
  )
  first = await server.as('county-officer', { regionCode: place })
  second = await server.as('supervisor', { regionCode: place })
  county = await server.as('county-officer', { regionCode: '532901000000' })
})
afterAll(async () => {
  await server.close()
  packs.remove()
})

const changeOf = (over: object = {}) => ({
  pack: 'small-place',
  parameter: 'standardFen',
  value: 70_000,
  from: '2026-07-01',
  until: null,
  region: place,
  source: {
    newDocument: {
      title: '关于提高标准的通知',
      number: '州民发〔2026〕5号',
      issuer: '州民政局',
      issuedOn: '2026-06-01',
    },
  },
  clause: '一',
  note: null,
  ...over,
})

type Problem = { readonly code: string; readonly detail: string }
const propose = (client: TestClient, over: object = {}) =>
  client.post<{ id: string; number: number } & Problem>(
    '/api/v1/rulebook/parameter-proposals',
    changeOf(over),
  )
const decide = (
  client: TestClient,
  id: string,
  step: 'release' | 'decline' | 'withdraw',
  body: object = {},
) => client.post<{ done: boolean } & Problem>(`/api/v1/rulebook/parameter-proposals/${id}/${step}`, body)
const check = async (client: TestClient, over: object = {}) =>
  (await client.post<ReplyOf<typeof checkChange>>('/api/v1/rulebook/parameter-checks', changeOf(over))).body
const said = ({ checks }: ReplyOf<typeof checkChange>) =>
  checks.flatMap(({ id, texts }) => texts.map(({ zh }) => `${id}: ${zh}`))
const standardOn = async (on: string, region = place) => {
  const { body } = await first.get<ReplyOf<typeof readParameter>>(
    `/api/v1/rulebook/library/parameters/standardFen?on=${on}&region=${region}`,
  )
  return body.values.find(({ holds }) => holds)?.value?.zh ?? null
}

test('a sound change is told with what held before, and what is worth knowing', async () => {
  const checked = await check(first)
  expect(checked).toMatchObject({ isSound: true, before: { zh: '600.00元' }, after: { zh: '700.00元' } })
  const late = await check(first, { from: '2026-01-01' })
  expect(late.notices.map(({ zh }) => zh)[0]).toContain('早于今天 2026-06-15')
})

test.for([
  ['a value out of range', { value: 99_999_999 }, 'value: “救助标准”应在 0.01元 至 100,000.00元 之间。'],
  ['a value of another type', { value: 'viel' }, 'value: 填写的值与“救助标准”的类型不符。'],
  ['a value under the floor', { value: 30_000 }, 'floor: “救助标准”300.00元，低于下限：“省定下限”为400.00元'],
  [
    'another value on the same day',
    { from: '2022-01-01' },
    'period: “救助标准”在大理白族自治州自 2022-01-01 起已经有值',
  ],
  ['an end before the beginning', { until: '2026-07-01' }, 'period: 终止日应晚于起始日'],
  ['a document nobody knows', { source: { document: 'nobodys' } }, 'source: 政策库里没有这份文件'],
  ['another region', { region: '530100000000' }, 'region: 530100000000不在您的辖区内'],
  ['a parameter that is none', { parameter: 'nothingFen' }, 'value: 规则包里没有参数“nothingFen”'],
] as const)('%s is told in a sentence, and cannot be proposed', async ([, over, text]) => {
  const checked = await check(first, over)
  expect(checked.isSound).toBe(false)
  expect(
    said(checked).some((one) => one.startsWith(text)),
    said(checked).join(' | '),
  ).toBe(true)
  const refused = await propose(first, over)
  expect([403, 422]).toContain(refused.status)
  expect(refused.body.code).toMatch(/^rulebook\.(change-unsound|outside-region)$/)
})

test('an officer of a county speaks for the county, not for the prefecture', async () => {
  expect((await propose(county)).body.code).toBe('rulebook.outside-region')
  expect((await check(county, { region: '532901000000' })).isSound).toBe(true)
})

test('what a change would do is said by whoever knows the registry, and is left open where nobody does', async () => {
  const path = '/api/v1/rulebook/parameter-previews'
  expect((await first.post(path, changeOf())).body).toEqual({ preview: null })
  isPreviewed = true
  expect((await first.post(path, changeOf())).body).toEqual({ preview: figures })
  const asked = previewed.at(-1)
  expect(asked).toMatchObject({ parameter: 'standardFen', on: '2026-07-01', region: place })
  const on = '2026-07-01' as BusinessDate
  expect(asked && packOn({ pack: asked.before }, on, place).parameters.get('standardFen')?.value).toBe(60_000)
  expect(asked && packOn({ pack: asked.after }, on, place).parameters.get('standardFen')?.value).toBe(70_000)
})

test('one person proposes, another releases; the value holds from its day on, and everybody reads who did it', async () => {
  const proposed = await propose(first)
  expect(proposed.status).toBe(200)
  const { id, number } = proposed.body
  expect(await standardOn('2026-07-01')).toBe('600.00元')
  const own = await first.get<ReplyOf<typeof readProposal>>(`/api/v1/rulebook/parameter-proposals/${id}`)
  expect(own.body).toMatchObject({ isOwn: true, may: { release: false, decline: false, withdraw: true } })
  const refused = await decide(first, id, 'release')
  expect(refused).toMatchObject({ status: 403, body: { code: 'rulebook.own-proposal' } })
  expect((await decide(county, id, 'release')).body.code).toBe('rulebook.outside-region')
  const others = await second.get<ReplyOf<typeof readProposal>>(`/api/v1/rulebook/parameter-proposals/${id}`)
  expect(others.body).toMatchObject({ isOwn: false, may: { release: true, decline: true, withdraw: false } })

  expect((await decide(second, id, 'release')).status).toBe(200)
  expect(await standardOn('2026-06-30')).toBe('600.00元')
  expect(await standardOn('2026-07-01')).toBe('700.00元')
  expect(await standardOn('2026-07-01', '532901000000')).toBe('700.00元')
  const { body } = await first.get<ReplyOf<typeof listProposals>>(
    '/api/v1/rulebook/parameter-proposals?state=decided',
  )
  expect(body.items[0]).toMatchObject({ number, state: 'scheduled', value: { zh: '700.00元' } })
  const history = await first.get<ReplyOf<typeof readParameter>>(
    '/api/v1/rulebook/library/parameters/standardFen',
  )
  expect(history.body.values[0]).toMatchObject({
    from: '2026-07-01',
    release: { number },
    source: { title: { zh: '关于提高标准的通知' }, number: '州民发〔2026〕5号', clause: '一' },
  })
  expect(history.body.values[0]?.release?.proposedBy).not.toBe(history.body.values[0]?.release?.releasedBy)
  expect((await decide(second, id, 'release')).body.code).toBe('rulebook.proposal-decided')
  expect((await propose(first, { value: 71_000 })).body.code).toBe('rulebook.change-unsound')
})

test('the hash of the pack in force covers the released value, and the pack is kept whole under it', async () => {
  const files = openPack('small-place', { policies: packs.folder })
  const inForce = await inScope(server.database, everywhere, (tx) => rulebook.packIn(tx, 'small-place'))
  expect(inForce.hash).not.toBe(files.hash)
  await rulebook.refresh(server.database, server.clock)
  expect(rulebook.current('small-place').hash).toBe(inForce.hash)
  const kept = await inScope(server.database, everywhere, (tx) => findKeptPack(tx, inForce.hash))
  expect(kept).toBe(inForce.content)
  const again = packFromContent(kept ?? '')
  const on = '2026-07-01' as BusinessDate
  expect(packOn(again, on, place).parameters.get('standardFen')?.value).toBe(70_000)
  const { body } = await first.get<ReplyOf<typeof readLibrary>>('/api/v1/rulebook/library')
  expect(body.packs).toMatchObject([
    { id: 'small-place', hash: inForce.hash, released: 1, layers: { length: 2 } },
  ])
})

test('a change is declined by a second person or withdrawn by its proposer, with a reason, once', async () => {
  const { id } = (await propose(first, { from: '2027-01-01' })).body
  expect((await decide(second, id, 'withdraw', { reason: '不办了' })).body.code).toBe(
    'rulebook.not-own-proposal',
  )
  expect((await decide(first, id, 'decline', { reason: '不办了' })).body.code).toBe('rulebook.own-proposal')
  expect((await decide(second, id, 'decline', {})).status).toBe(400)
  expect((await decide(second, id, 'decline', { reason: '条款写错' })).status).toBe(200)
  expect((await decide(first, id, 'withdraw', { reason: '不办了' })).status).toBe(409)
  const other = (await propose(first, { from: '2027-01-01' })).body
  expect((await decide(first, other.id, 'withdraw', { reason: '改日再提' })).status).toBe(200)
  expect(await standardOn('2027-02-01')).toBe('700.00元')
})

test('of two releases that fit alone and not together the second is refused', async () => {
  const one = (await propose(first, { from: '2028-01-01', value: 80_000 })).body
  const two = (await propose(first, { from: '2028-01-01', value: 81_000 })).body
  const replies = await Promise.all([one, two].map(({ id }) => decide(second, id, 'release')))
  expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 422])
})

test('the database itself keeps a proposer from releasing, and what is written from being changed', async () => {
  const { id } = (await propose(first, { from: '2029-01-01' })).body
  const attempt = (work: (tx: Parameters<Parameters<typeof inScope>[2]>[0]) => Promise<unknown>) =>
    inScope(server.database, everywhere, work).then(
      () => 'done',
      (error: { code?: string }) => error.code,
    )
  const at = server.clock.now() as Instant
  const released = (by: string) =>
    attempt((tx) =>
      tx
        .insertInto('parameter_decisions')
        .values({
          ...{ proposal_id: id, outcome: 'released', reason: null },
          ...{ proposed_by: first.accountId, decided_by: by, decided_at: at },
        })
        .execute(),
    )
  expect(await released(first.accountId)).toBe('23514')
  expect(await attempt((tx) => tx.updateTable('parameter_proposals').set({ clause: '二' }).execute())).toBe(
    '42501',
  )
  expect(await attempt((tx) => tx.deleteFrom('parameter_decisions').execute())).toBe('42501')
  expect(await attempt((tx) => tx.updateTable('pack_files').set({ content: '' }).execute())).toBe('42501')
})

test('a file that says the same as a released value is fine; one that says otherwise is refused, both places named', async () => {
  const released = await inScope(server.database, everywhere, listReleased)
  const file = (value: number) => `standardFen:
  values:
    - { value: 60000, from: 2022-01-01, source: { document: doc-2020-1, clause: 第三条 }, checkedOn: 2026-01-01 }
    - { value: ${value}, from: 2026-07-01, source: { document: doc-2020-1, clause: 第三条 }, checkedOn: 2026-06-01 }
`
  const same = makeSmallPacks({ 'parameters.yaml': file(70_000) })
  const other = makeSmallPacks({ 'parameters.yaml': file(72_000) })
  try {
    const row = released.filter(({ from }) => from === '2026-07-01')
    expect(openPack('small-place', { policies: same.folder, released: row }).pack.head.id).toBe('small-place')
    const broken = openRulebook({ regionCode: place, demo: false, policies: other.folder })
    const refusal = await broken.refresh(server.database, server.clock).catch((error) => error)
    expect(refusal.code).toBe('rulebook.contradicts-release')
    expect(refusal.details).toMatchObject({
      file: 'policies/small-place/parameters.yaml:4',
      parameter: 'standardFen',
      number: row[0]?.number,
    })
    expect(canonicalJson(refusal.details.from)).toBe('"2026-07-01"')
  } finally {
    same.remove()
    other.remove()
  }
})
