import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReplyOf } from '#access'
import type { TestClient } from '#testing/server.ts'
import type { listAlerts } from '../alerts/contract.ts'
import { type Desk, openDesk, plainYear } from '../testing/desk.server.ts'
import { exportEndpoints } from './handler.server.ts'

let desk: Desk
let county: TestClient
let police: TestClient

const path = '/api/v1/monitoring/alert-exports'
const linesOf = async (client: TestClient, query = ''): Promise<string[]> => {
  const { status, bytes } = await client.download(`${path}?${query}`)
  expect(status).toBe(200)
  expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf')
  return bytes.toString('utf8').slice(1).split('\r\n').slice(0, -1)
}

beforeAll(async () => {
  desk = await openDesk('2026-06-15', [plainYear(2026)])
  county = await desk.as('county-officer')
  police = await desk.as('department-officer', { department: 'police' })
  await desk.alert({ grade: 'red', indicator: 'member-died', holder: 'county', dueOn: '2026-06-12' })
  await desk.alert({ dueOn: '2026-06-22' })
  await desk.alert({ dueOn: null, grade: 'yellow' })
  await desk.alert({ lead: true, holder: 'police', dueOn: '2026-06-30' })
  await desk.alert({ status: 'disposed' })
  await desk.alert({ regionCode: '532922101001', holder: 'county2' })
})
afterAll(() => desk.close())

test('the file has the rows of the desk in its order, masked, with no field that the page has not', async () => {
  const { rows } = (await county.get<ReplyOf<typeof listAlerts>>('/api/v1/monitoring/alerts')).body
  const [head, ...lines] = await linesOf(county)
  expect(head).toBe(
    '预警编号,等级,指标,主管部门,人员,户编号,地区,发生了什么,发现日期,办理时限,剩余工作日,状态,办理单位',
  )
  expect(lines.map((line) => Number(line.split(',')[0]))).toEqual(rows.map(({ number }) => number))
  expect(lines[0]).toMatch(/^\d+,黄色,指标new-vehicle,公安,.*,待工作日历公布,,新产生,town$/)
  expect(lines[1]).toMatch(/,2026-06-12,-1,新产生,county$/)
  expect(lines.at(-1)).toMatch(/,段\*明,线索,关迤,/)
  expect(lines.join()).not.toContain('段小明')
})

test.each([
  ['grade=red', 1],
  ['status=disposed', 1],
  ['holder=mine', 1],
  ['due=overdue', 1],
  ['status=all', 5],
])('the filters of the address hold: %s', async (query, rows) => {
  expect(await linesOf(county, query)).toHaveLength(1 + rows)
})

test('a department gets what lies on its desk, and whoever reads English gets English', async () => {
  expect(await linesOf(police, 'status=all')).toHaveLength(2)
  const [head, line] = await linesOf(police, 'language=en')
  expect(head).toMatch(/^Alert number,Grade,/)
  expect(line).toMatch(/,Orange,indicator new-vehicle,Police,段\*明,Lead,/)
})

test('what would run in a spreadsheet does not, whoever wrote it', async () => {
  const id = await desk.alert({ indicator: 'manual', holder: 'county', grade: 'yellow' })
  await desk.look((tx) =>
    tx.updateTable('alerts').set({ summary: '=HYPERLINK("http://x","a")' }).where('id', '=', id).execute(),
  )
  const [, line] = await linesOf(county, 'indicator=manual')
  expect(line).toContain(`,"'=HYPERLINK(""http://x"",""a"")",`)
  await desk.look((tx) =>
    tx.updateTable('alerts').set({ status: 'withdrawn' }).where('id', '=', id).execute(),
  )
})

test('who exported what is in the audit chain, without a name or a number of anybody', async () => {
  await linesOf(county, 'grade=orange&region=532901101000')
  const entries = await desk.look((tx) =>
    tx
      .selectFrom('audit_entries')
      .select(['action', 'account_id', 'details'])
      .where('action', '=', 'monitoring.alerts-exported')
      .orderBy('seq', 'desc')
      .limit(1)
      .execute(),
  )
  expect(entries).toMatchObject([
    {
      account_id: county.accountId,
      details: { filters: { grade: 'orange', region: '532901101000' }, rows: 2, total: 2 },
    },
  ])
})

test('a list that is too long ends with a sentence that says so', async () => {
  const [endpoint] = exportEndpoints(
    {
      names: (name) => ({ name, owner: '', ownerName: '', article: '', feeds: [] }),
      feedAges: async () => [],
    },
    3,
  )
  const content = await desk.look(async (tx) => {
    const call = {
      tx,
      database: desk.database,
      clock: desk.clock,
      language: 'zh-CN',
      query: { status: 'all', region: '532901000000' },
    }
    const actor = {
      accountId: county.accountId,
      role: 'county-officer',
      organisation: { id: county.organisationId, kind: 'civil-affairs', regionCode: '532901000000' },
      permissions: new Set(['alert.read']),
      scope: { from: '532901000000', until: '532902000000', extra: [] },
    }
    const file = (await endpoint?.handle({ ...call, actor } as never)) as { content: AsyncIterable<string> }
    let text = ''
    for await (const part of file.content) text += part
    return text
  })
  const lines = content.split('\r\n')
  expect(lines).toHaveLength(1 + 3 + 1 + 1)
  expect(lines.at(-2)).toBe('没有导完：共 6 条，这里只有前 3 条。请缩小筛选范围，分几次导出。')
})
