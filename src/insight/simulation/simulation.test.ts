import { appendFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReplyOf } from '#access'
import { canonicalJson, newId } from '#base'
import { openPack, type Rulebook } from '#rulebook/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer, type TestClient, type TestServer } from '#testing/server.ts'
import { refusals } from '../refusals.ts'
import { aHousehold, aQuestion, openTestLake, testDay } from '../testing/frozen.server.ts'
import { openSimulations } from './answer.server.ts'
import { compute } from './compute.server.ts'
import type {
  drawCliff,
  listSimulations,
  readSimulation,
  readSimulationChoices,
  runSimulation,
} from './contract.ts'
import { simulationEndpoints } from './handler.server.ts'
import { readQuestion } from './question.server.ts'
import { reportOf } from './report.server.ts'
import { insertReport } from './reports.queries.server.ts'

const { lakeDir, remove } = openTestLake()
const checked = openPack('demo')
let server: TestServer & { close(): Promise<void> }
let officer: TestClient
let neighbour: TestClient
let auditor: TestClient

// How many questions read the registry at once.
let [atOnce, mostAtOnce] = [0, 0]
const reading = {
  begin: () => {
    atOnce += 1
    mostAtOnce = Math.max(mostAtOnce, atOnce)
  },
  end: () => {
    atOnce -= 1
  },
}

const households = [
  aHousehold(1, [{ incomeFen: 30_000 }]),
  aHousehold(2, [{ incomeFen: 45_000 }]),
  aHousehold(3, [{ incomeFen: 20_000 }], { regionCode: '532922101201' }),
]

beforeAll(async () => {
  const { appUrl } = await cloneDatabase()
  const rulebook = { placePackId: 'demo', packIn: async () => checked } as unknown as Rulebook
  server = await startTestServer({
    appUrl,
    refusals,
    today: testDay,
    endpoints: () =>
      simulationEndpoints(
        openSimulations({
          rulebook,
          lakeDir,
          regionCode: '532900000000',
          households: async function* (_, { region }) {
            reading.begin()
            const prefix = region.replace(/0+$/u, '')
            yield households.filter(({ regionCode }) => regionCode.startsWith(prefix))
            reading.end()
          },
        }),
      ),
  })
  officer = await server.as('supervisor', { regionCode: '532900000000' })
  neighbour = await server.as('county-officer', { regionCode: '532922000000' })
  auditor = await server.as('auditor', { regionCode: '532900000000' })
})
afterAll(async () => {
  await server.close()
  remove()
})

const question = aQuestion()
const run = (client: TestClient, asked = question) =>
  client.post<ReplyOf<typeof runSimulation>>('/api/v1/insight/simulation-runs', { question: asked })

test('the choices hold parameters with what is in force, and every assumption in words', async () => {
  const { status, body } = await officer.get<ReplyOf<typeof readSimulationChoices>>(
    '/api/v1/insight/simulation-choices?region=532900000000',
  )
  expect(status).toBe(200)
  const standard = body.parameters.find(({ name }) => name === 'dibaoStandardRuralFen')
  expect(standard).toMatchObject({ unit: 'fen', now: { value: 45_000 } })
  expect(standard?.reaches).toContain('dibao')
  for (const { says } of body.assumptions) expect(says.zh.length * says.en.length).toBeGreaterThan(0)
})

test('a question is answered with winners, cost and places; a strange one is refused', async () => {
  const { status, body } = await run(officer)
  expect(status).toBe(200)
  expect(body.result).toMatchObject({
    monthlyBeforeFen: 40_000,
    monthlyAfterFen: 55_000,
    effects: { gains: 3, loses: 0, unknown: 0 },
    snapshot: { households: 3, persons: 3, on: testDay },
    changes: [
      { before: { zh: expect.stringContaining('450') }, after: { zh: expect.stringContaining('500') } },
    ],
  })
  const strange = { parameter: 'dibaoStandardRuralFen', value: -1, region: null }
  expect((await run(officer, { ...question, changes: [strange] })).status).toBe(422)
  expect((await run(officer, { ...question, changes: [{ ...strange, parameter: 'noSuch' }] })).status).toBe(
    422,
  )
})

test('questions at the same time are computed one after the other; when enough wait, one more is refused', async () => {
  const fresh = { question, fresh: true }
  const asked = await Promise.all(
    Array.from({ length: 6 }, () =>
      officer.post<{ code?: string }>('/api/v1/insight/simulation-runs', fresh),
    ),
  )
  const answered = asked.filter(({ status }) => status === 200)
  expect(answered.length).toBeGreaterThanOrEqual(4)
  for (const { status, body } of asked)
    if (status !== 200) expect({ status, code: body.code }).toEqual({ status: 503, code: 'insight.busy' })
  expect(mostAtOnce).toBe(1)
  expect((await run(officer)).status).toBe(200)
})

test('a rule with another text changes who is in; a broken one is refused', async () => {
  const rules = [{ rule: 'incomeBelowDibao', value: 'dibaoGapYearFen >= 0' }]
  const { body } = await run(officer, { ...question, changes: [], rules })
  expect(body.result.programmes.find(({ programme }) => programme === 'dibao')).toMatchObject({ entered: 1 })
  const broken = [{ rule: 'incomeBelowDibao', value: 'dibaoGapYearFen >= ' }]
  expect((await run(officer, { ...question, changes: [], rules: broken })).status).toBe(422)
})

test('nobody asks about another region, and the auditor only reads', async () => {
  expect((await run(neighbour)).status).toBe(403)
  expect((await run(auditor)).status).toBe(403)
  expect(
    (await run(neighbour, { ...question, region: '532922000000' })).body.result.snapshot.households,
  ).toBe(1)
})

test('the chart marks where more income leaves less', async () => {
  const typical = {
    residence: 'rural',
    adults: 1,
    children: 0,
    disabilityGrade: 'none',
    upToFen: 60_000,
    stepFen: 10_000,
  }
  const { body } = await officer.post<ReplyOf<typeof drawCliff>>('/api/v1/insight/simulation-cliffs', {
    question,
    typical,
  })
  expect(body.points.map(({ before, after }) => [before.netFen, after.netFen])).toEqual([
    [45_000, 50_000],
    [45_000, 50_000],
    [45_000, 50_000],
    [45_000, 50_000],
    [45_000, 50_000],
    [50_000, 50_000],
    [60_000, 60_000],
  ])
  expect(body.cliffs).toEqual({ before: [], after: [] })
})

test('a report of before, with monthly money alone, is read and computed again as it was kept', async () => {
  // A question that every programme answers, those paid by the year and once among them.
  const asked = { ...question, changes: [] }
  const body = { title: '只按月计的旧报告', question: asked, typical: null }
  const saved = await officer.post<{ id: string }>('/api/v1/insight/simulations', body)
  const path = (id: string) => `/api/v1/insight/simulations/${id}`
  const { body: report } = await officer.get<ReplyOf<typeof readSimulation>>(path(saved.body.id))
  expect(report.result.yearly).toBeDefined()
  const ready = readQuestion(checked, asked, 'zh-CN')
  const { snapshot } = report.result
  const figures = await compute(lakeDir, snapshot.hash, ready.packs, asked, { counted: 'monthly' })
  const names = new Map(
    [report.result.region, ...report.result.counties.map(({ place }) => place)].map((one) => [one.code, one]),
  )
  const result = reportOf(
    (code) => names.get(code) ?? { code, name: code },
    ready,
    snapshot as never,
    figures,
  )
  const keep = async (format: number): Promise<string> => {
    const id = newId()
    await inScope(server.database, everywhere, (tx) =>
      insertReport(tx, {
        ...{ id, on: asked.on, question: asked, typical: null, title: '旧报告', regionCode: asked.region },
        pack: { ...report.result.pack },
        facts: { ...snapshot },
        result: Buffer.from(canonicalJson({ format, result, cliff: null } as never), 'utf8'),
        ...{ savedBy: officer.accountId, savedAt: report.savedAt },
      }),
    )
    return id
  }
  const old = await keep(1)
  expect((await officer.get(path(old))).body).toMatchObject({ monthlyBeforeFen: 40_000 })
  expect((await officer.get(`${path(old)}/check`)).body).toEqual({ replay: 'same' })
  expect((await officer.get(`${path(await keep(2))}/check`)).body).toEqual({ replay: 'differs' })
})

test('a saved report has a number, stays as it was, and is computed again to the same bytes until its facts are touched', async () => {
  const typical = {
    residence: 'rural',
    adults: 1,
    children: 1,
    disabilityGrade: 'none',
    upToFen: 60_000,
    stepFen: 10_000,
  }
  const saved = await officer.post<{ id: string; number: string }>('/api/v1/insight/simulations', {
    title: '农村低保标准提高到五百元',
    question,
    typical,
  })
  expect(saved.status).toBe(200)
  expect(saved.body.number).toMatch(/^SIM2026-\d{5}$/u)
  const path = `/api/v1/insight/simulations/${saved.body.id}`
  const { body } = await auditor.get<ReplyOf<typeof readSimulation>>(path)
  expect(body).toMatchObject({ number: saved.body.number, monthlyAfterFen: 55_000, rulesChanged: false })
  expect(body.cliff?.points).toHaveLength(7)
  const { body: list } = await auditor.get<ReplyOf<typeof listSimulations>>('/api/v1/insight/simulations')
  expect(list.items[0]?.id).toBe(saved.body.id)
  expect((await neighbour.get(path)).status).toBe(404)
  expect((await auditor.get(`${path}/check`)).body).toEqual({ replay: 'same' })
  const kept = join(lakeDir, 'simulation', 'kept')
  for (const file of readdirSync(kept)) appendFileSync(join(kept, file), 'x')
  expect((await auditor.get(`${path}/check`)).body).toEqual({ replay: 'facts-broken' })
})
