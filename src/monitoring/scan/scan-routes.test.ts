import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReplyOf } from '#access'
import type { TestClient } from '#testing/server.ts'
import { type Desk, openDesk } from '../testing/desk.server.ts'
import type { listScans, readScan } from './contract.ts'
import { endScan, failInterrupted } from './scans.queries.server.ts'

let desk: Desk
let county: TestClient
const path = '/api/v1/monitoring/scans'

beforeAll(async () => {
  desk = await openDesk()
  county = await desk.as('county-officer')
})
afterAll(() => desk.close())

const ask = () => county.post<{ id: string; code: string }>(path, {})
const read = async (id: string, language = 'zh-CN') =>
  (
    await county.send<ReplyOf<typeof readScan>>('GET', `${path}/${id}`, undefined, {
      'accept-language': language,
    })
  ).body

test('a county asks for a scan of the whole installation; while one waits or runs another is refused', async () => {
  const { id } = (await ask()).body
  expect((await ask()).body.code).toBe('monitoring.scan-running')
  expect(await read(id)).toMatchObject({ status: 'queued', businessDate: '2026-06-15', figures: null })
  const [event] = await desk.look((tx) =>
    tx.selectFrom('events').select(['kind', 'data']).where('subject_id', '=', id).execute(),
  )
  expect(event).toEqual({ kind: 'monitoring.scan-requested', data: { runNow: false } })
  await desk.look((tx) => endScan(tx, desk.clock, id, { status: 'done', figures: { raised: 7 } }))
  expect(await read(id)).toMatchObject({ status: 'done', figures: { raised: 7 }, failure: null })
})

test('why a run failed is one sentence in the reader’s language, the indicator by its name', async () => {
  const { id } = (await ask()).body
  await desk.look((tx) =>
    endScan(tx, desk.clock, id, {
      status: 'failed',
      failure: 'monitoring.engines-disagree',
      figures: { details: { indicator: 'member-died', count: 3 } },
    }),
  )
  expect(await read(id)).toMatchObject({
    figures: null,
    failure: '两个计算引擎对指标“指标member-died”的结论不一致（3 个对象），本次比对已停止，没有产生预警。',
  })
  expect((await read(id, 'en')).failure).toBe(
    'The two engines disagree on indicator member-died (3 subjects); the scan stopped and raised nothing.',
  )
})

test('a run left over by a kill says so, and is no hindrance', async () => {
  const { id } = (await ask()).body
  await desk.look((tx) => tx.updateTable('scans').set({ status: 'running' }).where('id', '=', id).execute())
  expect(await desk.look((tx) => failInterrupted(tx, desk.clock))).toBe(1)
  expect((await read(id)).failure).toContain('系统中途停止')
  expect((await ask()).status).toBe(200)
  const { rows } = (await county.get<ReplyOf<typeof listScans>>(`${path}?limit=2`)).body
  expect(rows.map(({ status }) => status)).toEqual(['queued', 'failed'])
})
