import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor, ReplyOf } from '#access'
import { businessDate } from '#base'
import { inScope } from '#store/server'
import type { TestClient } from '#testing/server.ts'
import { type Desk, openDesk } from '../testing/desk.server.ts'
import { listAlertRecords } from './alert-list.queries.server.ts'
import type { countAlerts, listAlerts, readAlert } from './contract.ts'

type List = ReplyOf<typeof listAlerts>
type Counts = ReplyOf<typeof countAlerts>

let desk: Desk
let county: TestClient
let town: TestClient
let police: TestClient

const path = '/api/v1/monitoring/alerts'
const today = businessDate('2026-06-15')
const list = async (client: TestClient, query = ''): Promise<List> =>
  (await client.get<List>(`${path}?${query}`)).body
const idsOf = async (client: TestClient, query = ''): Promise<string[]> =>
  (await list(client, `limit=100&${query}`)).rows.map(({ id }) => id).toSorted()
const countsOf = async (client: TestClient, query = ''): Promise<Counts> =>
  (await client.get<Counts>(`/api/v1/monitoring/alert-counts?${query}`)).body

/** Alerts by a short name, so that a test says whom it expects. */
const made: Record<string, string> = {}
const named = (...wanted: string[]): string[] => wanted.map((name) => made[name] ?? name).toSorted()

beforeAll(async () => {
  desk = await openDesk()
  county = await desk.as('county-officer')
  town = await desk.as('township-officer', { regionCode: '532901101000' })
  police = await desk.as('department-officer', { department: 'police' })
  const put = async (name: string, seed: Parameters<Desk['alert']>[0]) => {
    made[name] = await desk.alert(seed)
  }
  await put('red', { grade: 'red', indicator: 'member-died', holder: 'county', dueOn: '2026-06-20' })
  await put('late', { grade: 'yellow', dueOn: '2026-06-12', regionCode: '532901101002' })
  await put('today', { dueOn: '2026-06-15', regionCode: '532901102001', holder: 'town2' })
  await put('waits', { dueOn: null, grade: 'yellow', origin: 'visit' })
  await put('police', { lead: true, holder: 'police', dueOn: '2026-06-30', regionCode: '532901101000' })
  await put('closed', { status: 'disposed', dueOn: '2026-06-01' })
  await put('gone', { status: 'withdrawn', regionCode: '532901102001', holder: 'town2' })
  await put('elsewhere', { regionCode: '532922101001', holder: 'county2' })
})
afterAll(() => desk.close())

test('the desk shows what is open, awaiting the calendar first, then due soonest', async () => {
  const { rows } = await list(county)
  expect(rows.map(({ id }) => id)).toEqual(
    ['waits', 'late', 'today', 'red', 'police'].map((name) => made[name]),
  )
  expect(rows[0]).toMatchObject({ awaitingCalendar: true, dueOn: null, workdaysLeft: null })
})

test.each([
  ['status=all', ['red', 'late', 'today', 'waits', 'police', 'closed', 'gone']],
  ['status=disposed', ['closed']],
  ['grade=red', ['red']],
  ['indicator=member-died', ['red']],
  ['due=overdue', ['late']],
  // What is closed is not overdue, whatever its date.
  ['status=all&due=overdue', ['late']],
  ['due=today', ['today']],
  ['due=awaiting', ['waits']],
  ['origin=visit', ['waits']],
  ['holder=mine', ['red']],
  ['region=532901102000', ['today']],
  ['region=532901101002', ['late']],
  ['region=532922000000', []],
  ['grade=yellow&region=532901101000', ['late', 'waits']],
])('the county filters by %s', async (query, expected) => {
  expect(await idsOf(county, query)).toEqual(named(...expected))
})

test('a number, a household and a lead find their alert', async () => {
  const row = (await list(county)).rows.find(({ id }) => id === made.red)
  const lead = (await list(county)).rows.find(({ id }) => id === made.police)
  expect(await idsOf(county, `number=${row?.number}`)).toEqual(named('red'))
  expect(await idsOf(county, `household=${row?.householdId}`)).toEqual(named('red'))
  expect(await idsOf(county, `lead=${lead?.leadId}`)).toEqual(named('police'))
  expect(lead).toMatchObject({ subjectKind: 'lead', subject: '段*明', maskedName: '段*明' })
})

test('a township sees its villages only, a department only its own desk, a city everything', async () => {
  expect(await idsOf(town, 'status=all')).toEqual(named('red', 'late', 'waits', 'police', 'closed'))
  expect(await idsOf(police, 'status=all')).toEqual(named('police'))
  expect(await idsOf(police, `number=${(await list(county)).rows[0]?.number}`)).toEqual([])
  expect((await countsOf(police, 'status=all')).total).toBe(1)
  for (const name of ['red', 'late']) {
    expect((await police.get(`${path}/${made[name]}`)).status).toBe(404)
    expect((await police.get(`${path}/${made[name]}/next`)).status).toBe(404)
  }
  expect((await town.get(`${path}/${made.today}`)).status).toBe(404)
  expect((await county.get(`${path}/${made.elsewhere}`)).status).toBe(404)
  const city = await desk.as('supervisor', { regionCode: '532900000000' })
  expect(await idsOf(city, 'status=all')).toEqual(named(...Object.keys(made)))
})

test('counts agree with the list: in total, by grade, by indicator, by place, overdue and due today', async () => {
  const counts = await countsOf(county)
  expect(counts).toMatchObject({ total: 5, overdue: 1, dueToday: 1, unplaced: 0 })
  for (const grade of ['red', 'orange', 'yellow'] as const)
    expect(counts.byGrade[grade]).toBe((await idsOf(county, `grade=${grade}`)).length)
  for (const { indicator, count } of counts.byIndicator)
    expect(count).toBe((await idsOf(county, `indicator=${indicator}`)).length)
  expect(counts.byRegion.map(({ name }) => name)).toEqual(['下关镇', '大理镇'])
  for (const place of counts.byRegion) {
    const found = (await list(county, `region=${place.code}`)).rows
    expect(place.red + place.orange + place.yellow).toBe(found.length)
    expect(place.overdue).toBe((await idsOf(county, `region=${place.code}&due=overdue`)).length)
  }
  expect(await countsOf(county, 'status=all')).toMatchObject({ overdue: 1 })
})

test('what lies in no village below is counted apart, so that the places and the rest make the total', async () => {
  const counts = await countsOf(town, 'region=532901101000')
  expect(counts.byRegion.map(({ name, red, orange, yellow }) => [name, red + orange + yellow])).toEqual([
    ['关迤', 2],
    ['文献', 1],
  ])
  expect(counts).toMatchObject({ total: 4, unplaced: 1 })
  expect(await idsOf(town, 'region=532901101000&unplaced=1')).toEqual(named('police'))
})

test('what lies in no county or town that is known can be listed: as many as the counts say, at every level', async () => {
  const yunnan = await desk.as('supervisor', { regionCode: '530000000000' })
  const hidden = await desk.alert({ regionCode: '532999000000', holder: 'city', status: 'disposed' })
  const vague = await desk.alert({ regionCode: '532900000000', holder: 'city', status: 'disposed' })
  const status = 'status=disposed'
  const city = `${status}&region=532900000000`
  // One of a county that is not in the record, one of which no more is known than the prefecture.
  expect(await idsOf(yunnan, `${city}&unplaced=1`)).toEqual([hidden, vague].toSorted())
  expect((await countsOf(yunnan, city)).unplaced).toBe(2)
  expect(await idsOf(yunnan, `${status}&unplaced=1`)).toEqual([])
  const village = 'status=all&region=532901101001'
  expect((await countsOf(county, village)).unplaced).toBe(0)
  expect(await idsOf(county, `${village}&unplaced=1`)).toEqual([])
})

test('the desk names the department in charge of an indicator and how old its data are', async () => {
  const { rows, stale } = await list(county)
  const of = (name: string) => rows.find(({ id }) => id === made[name])
  const vehicles = { feed: 'vehicles', period: '2026-01', days: 135, staleDays: 120, stale: true }
  const deaths = { feed: 'deaths', period: '2026-05', days: 15, staleDays: 45, stale: false }
  expect(of('red')).toMatchObject({ ownerName: '公安', sources: [deaths] })
  expect(of('late')?.sources).toEqual([vehicles])
  expect(stale).toEqual([vehicles])
  const one = (await county.get<ReplyOf<typeof readAlert>>(`${path}/${made.late}`)).body
  expect(one).toMatchObject({ ownerName: '公安', sources: [vehicles] })
})

/** Ids of all pages, each asked for behind the one before. */
const pagesOf = async (client: TestClient, limit: number, query = ''): Promise<string[]> => {
  const found: string[] = []
  let after: string | null = ''
  while (after !== null) {
    const page: List = await list(client, `limit=${limit}&${query}${after && `&after=${after}`}`)
    found.push(...page.rows.map(({ id }) => id))
    after = page.next
  }
  return found
}

test('pages are complete and without repeats, also where many are due on one day and some wait', async () => {
  const far = await desk.as('county-officer', { regionCode: '532922000000' })
  for (let made = 0; made < 24; made++) {
    const dueOn = made % 3 ? `2026-07-0${1 + (made % 2)}` : null
    await desk.alert({ regionCode: '532922101001', holder: 'county2', dueOn })
  }
  const whole = (await list(far, 'limit=100')).rows.map(({ id }) => id)
  expect(whole).toHaveLength(25)
  for (const limit of [1, 7, 25]) expect(await pagesOf(far, limit)).toEqual(whole)
  const steps = [whole[0]]
  for (let at = 0; at < 25; at++) {
    const next = await far.get<{ id: string | null }>(`${path}/${steps.at(-1)}/next`)
    steps.push(next.body.id ?? 'none')
  }
  // The last one is followed by the first: what is left is found again.
  expect(steps).toEqual([...whole, whole[0]])
})

test.each([
  '',
  'grade=yellow',
  'indicator=member-died',
  'status=new',
  'due=overdue',
  'region=532922101000',
  'holder=mine',
  'todo=send',
  'due=awaiting',
  'status=all',
])('the pages of a large place hold what its whole list holds, in the same order: %s', async (query) => {
  const city = await desk.as('supervisor', { regionCode: '532900000000' })
  const whole = (await list(city, `limit=100&${query}`)).rows.map(({ id }) => id)
  for (const limit of [1, 4]) expect(await pagesOf(city, limit, query)).toEqual(whole)
  expect(whole).toHaveLength((await countsOf(city, query)).total)
})

test('a page leaves the planner as it was for what the transaction asks next', async () => {
  const scope = { from: '532900000000', until: '533000000000', extra: [] }
  const city = { scope, organisation: { kind: 'civil-affairs', regionCode: scope.from } } as unknown as Actor
  const settings = await inScope(desk.database, scope, async (tx) => {
    const page = await listAlertRecords(tx, { status: 'open', holder: 'any' }, city, today, { limit: 5 })
    expect(page).toHaveLength(5)
    const { rows } = await sql`select current_setting('enable_bitmapscan') as bitmaps`.execute(tx)
    return rows
  })
  expect(settings).toEqual([{ bitmaps: 'on' }])
})

test.each(['after=nonsense', 'after=2026-13-45_00000000-0000-7000-8000-000000000000', 'region=000000000000'])(
  'a request that cannot be meant is refused: %s',
  async (query) => {
    expect((await county.get<{ code: string }>(`${path}?${query}`)).body.code).toBe('access.invalid')
    if (query.startsWith('region'))
      expect((await county.get(`/api/v1/monitoring/alert-counts?${query}`)).status).toBe(400)
  },
)

test('whoever reads English gets the sentence, the indicator, its owner and the article in English', async () => {
  const get = async <T>(address: string, language: string) =>
    (await county.send<T>('GET', address, undefined, { 'accept-language': language })).body
  const [english] = (await get<List>(`${path}?grade=red`, 'en')).rows
  expect(english).toMatchObject({
    summary: 'head acquired a vehicle; verify.',
    indicatorName: 'indicator member-died',
  })
  const [chinese] = (await get<List>(`${path}?grade=red`, 'zh-CN')).rows
  expect(chinese).toMatchObject({ summary: '户主名下新增机动车，请核实。', indicatorName: '指标member-died' })
  const one = await get<ReplyOf<typeof readAlert>>(`${path}/${made.red}`, 'en-GB')
  expect(one).toMatchObject({
    summary: english?.summary,
    ownerName: 'Police',
    article: 'Plan art. 1',
    steps: [{ step: 'raised', actor: null, to: 'county' }],
    may: { dispatch: true, take: true, dispose: true },
  })
  const counts = await get<Counts>('/api/v1/monitoring/alert-counts?grade=red', 'en')
  expect(counts.byIndicator).toEqual([{ indicator: 'member-died', name: 'indicator member-died', count: 1 }])
})

test('reading an alert leaves a trace, reading the list does not', async () => {
  const entries = () =>
    desk.look((tx) =>
      tx
        .selectFrom('audit_entries')
        .select(['action', 'subject_id'])
        .where('account_id', '=', town.accountId)
        .execute(),
    )
  const before = (await entries()).length
  await list(town)
  expect(await entries()).toHaveLength(before)
  await town.get(`${path}/${made.red}`)
  expect((await entries()).at(-1)).toEqual({ action: `GET ${path}/:id`, subject_id: made.red })
})

test('saved views are the person’s own, replaced by name and gone when deleted', async () => {
  const views = '/api/v1/access/views'
  const names = async (client: TestClient) =>
    (await client.get<{ views: { id: string; name: string; query: string }[] }>(`${views}?page=alerts`)).body
      .views
  const save = (query: string) => town.post(views, { page: 'alerts', name: '本周到期', query })
  await save('due=today')
  await save('due=overdue&grade=red')
  expect(await names(town)).toMatchObject([{ name: '本周到期', query: 'due=overdue&grade=red' }])
  expect(await names(county)).toEqual([])
  const [view] = await names(town)
  const remove = (client: TestClient) => client.send('DELETE', `${views}/${view?.id}`, {})
  expect((await remove(county)).body).toEqual({ deleted: false })
  expect((await remove(town)).body).toEqual({ deleted: true })
  expect(await names(town)).toEqual([])
})
