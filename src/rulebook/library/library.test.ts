import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReplyOf } from '#access'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer, type TestClient, type TestServer } from '#testing/server.ts'
import type { readCases } from '../cases/contract.ts'
import { caseEndpoints } from '../cases/handler.server.ts'
import { openRulebook } from '../packs/rulebook.server.ts'
import { refusals } from '../refusals.ts'
import { makeSmallPacks } from '../testing/small-packs.server.ts'
import type {
  comparePolicies,
  listParameters,
  readEntry,
  readLibrary,
  readParameter,
  searchLibrary,
} from './contract.ts'
import { libraryEndpoints } from './handler.server.ts'

const place = '532900000000'
let packs: ReturnType<typeof makeSmallPacks>
let server: TestServer & { close(): Promise<void> }
let reader: TestClient

beforeAll(async () => {
  packs = makeSmallPacks()
  const { appUrl } = await cloneDatabase()
  const rulebook = openRulebook({ regionCode: place, demo: false, policies: packs.folder })
  server = await startTestServer({
    appUrl,
    refusals,
    endpoints: () => [...libraryEndpoints(rulebook), ...caseEndpoints(rulebook)],
  })
  await rulebook.refresh(server.database, server.clock)
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
  reader = await server.as('village-helper', { regionCode: place })
})
afterAll(async () => {
  await server.close()
  packs.remove()
})

const get = async <T>(path: string): Promise<T> => (await reader.get<T>(`/api/v1/rulebook/${path}`)).body

test('what is in force is told by tier, with pack, version and hash, to every official', async () => {
  const library = await get<ReplyOf<typeof readLibrary>>('library')
  expect(library).toMatchObject({
    on: '2026-06-15',
    region: { code: place, name: '大理白族自治州' },
    places: [{ code: place }, { code: '532901000000' }],
    programmes: [{ id: 'aid', tier: 'basic', sources: [{ number: '小民发〔2020〕1号', clause: '第一条' }] }],
    packs: [{ id: 'small-place', version: '1.0.0', isDemo: false, released: 0 }],
    parameters: 3,
    openParameters: 0,
  })
  expect(library.packs[0]?.layers.map(({ id }) => id)).toEqual(['small-country', 'small-place'])
  expect(library.packs[0]?.hash).toMatch(/^[0-9a-f]{64}$/)
})

test('a rule is told in plain words beside its article, with the value of the parameter as it is that day', async () => {
  const entry = await get<ReplyOf<typeof readEntry>>('library/entries/programmes/aid')
  expect(entry.rules.map(({ plain, sources }) => [plain.text, sources[0]?.clause])).toEqual([
    ['家庭月收入低于救助标准（现为600.00元）', '第三条'],
    ['全部成员的月收入之和', '第二条'],
  ])
  expect(entry.rules[0]?.written).toBe('incomeFen < parameters.standardFen')
  const before = await get<ReplyOf<typeof readEntry>>('library/entries/programmes/aid?on=2021-06-15')
  expect(before.rules[0]?.plain.text).toBe('家庭月收入低于救助标准（尚未确定）')
  expect(before.parameters).toEqual([
    { name: 'standardFen', label: { zh: '救助标准', en: 'standard' }, value: null },
  ])
  const { body } = await reader.get<{ code: string }>('/api/v1/rulebook/library/entries/programmes/nothing')
  expect(body.code).toBe('rulebook.no-such-programme')
})

test('parameters are told by day and region, with their history, source, floor and users', async () => {
  const { parameters } = await get<ReplyOf<typeof listParameters>>('library/parameters?on=2021-12-31')
  expect(parameters.find(({ name }) => name === 'standardFen')).toMatchObject({
    value: null,
    isReleased: false,
  })
  const one = await get<ReplyOf<typeof readParameter>>('library/parameters/standardFen?region=532901000000')
  expect(one.values).toMatchObject([
    {
      from: '2022-01-01',
      value: { zh: '600.00元' },
      region: { code: place },
      layer: 'small-place',
      holds: true,
    },
    { from: '2020-01-01', value: null, region: { name: '全国' }, layer: 'small-country', holds: false },
  ])
  expect(one).toMatchObject({
    floors: [{ name: 'floorFen', times: '1' }],
    usedBy: [{ kind: 'programmes', id: 'aid' }],
    openProposals: 0,
  })
})

test('what differs between two days is told, and nothing else', async () => {
  const { differences, versions } = await get<ReplyOf<typeof comparePolicies>>(
    'library/differences?from=2021-06-15&until=2026-06-15',
  )
  // The place's own pack begins in 2022, and its programmes with it.
  expect(differences).toMatchObject([
    { kind: 'parameter', id: 'standardFen', change: 'added', before: null, after: { zh: '600.00元' } },
    { kind: 'programme', id: 'aid', change: 'added' },
  ])
  expect(versions).toHaveLength(1)
  const same = await get<ReplyOf<typeof comparePolicies>>(
    `library/differences?from=2025-06-15&until=2026-06-15&fromVersion=${versions[0]?.hash}`,
  )
  expect(same.differences).toEqual([])
  const { status } = await reader.get(`/api/v1/rulebook/library/differences?fromVersion=${'0'.repeat(64)}`)
  expect(status).toBe(404)
})

test('a word finds programmes, rules, parameters and documents', async () => {
  const kinds = async (word: string) =>
    (await get<ReplyOf<typeof searchLibrary>>(`library/search?q=${encodeURIComponent(word)}`)).hits.map(
      ({ kind, id }) => `${kind} ${id}`,
    )
  expect(await kinds('标准')).toEqual(['parameter standardFen', 'rule aid'])
  expect(await kinds('小民发〔2020〕1号 第二条')).toEqual(['rule incomeFen'])
  expect(await kinds('没有这个词')).toEqual([])
})

test('cases are run on the server, each with expected and got', async () => {
  const { cases, passed, failed, pack, subjects } = await get<ReplyOf<typeof readCases>>('cases')
  expect({ pack, passed, failed }).toEqual({ pack: 'small-country', passed: 3, failed: 0 })
  expect(subjects).toEqual([{ id: 'aid', name: { zh: '小额救助', en: 'small aid' } }])
  expect(cases[0]).toMatchObject({
    id: 'C1',
    about: ['aid'],
    answers: [
      { label: { zh: '收入低于标准' }, isMoney: false, expected: 'true', actual: 'true', passed: true },
      { path: 'incomeFen', isMoney: true, actual: '59999' },
    ],
  })
})
