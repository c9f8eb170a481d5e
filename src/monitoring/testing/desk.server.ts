import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSecrecy, viewEndpoints } from '#access/server'
import { businessDate, newId, regionLevels } from '#base'
import { rulebookRefusals } from '#rulebook'
import { calendarEndpoints, openPack, saveShippedYears } from '#rulebook/server'
import { everywhere } from '#store'
import { inScope, type Tx } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { startTestServer, type TestServer } from '#testing/server.ts'
import type { IndicatorNames } from '../alerts/alert-view.ts'
import { computeAwaitedDues, listAwaitedYears } from '../alerts/due.queries.server.ts'
import { monitoringEndpoints } from '../door.server.ts'
import { refusals } from '../refusals.ts'
import type { DueDays } from '../routing.ts'

/** Working days by grade in tests: one, two and three weeks of five. */
export const days: DueDays = () => ({ red: 5, orange: 10, yellow: 15 })

const names: IndicatorNames = (indicator, language) => ({
  name: language === 'en' ? `indicator ${indicator}` : `指标${indicator}`,
  owner: indicator === 'student-outside' ? 'education' : 'police',
  ownerName: language === 'en' ? 'Police' : '公安',
  article: language === 'en' ? 'Plan art. 1' : '方案第一条',
  feeds: indicator === 'member-died' ? ['deaths'] : indicator === 'manual' ? [] : ['vehicles'],
})

/** The places of the tests: 大理市 with two towns, 漾濞 beside it. */
const places = [
  ['530000000000', '云南省', null],
  ['532900000000', '大理白族自治州', '530000000000'],
  ['532901000000', '大理市', '532900000000'],
  ['532922000000', '漾濞彝族自治县', '532900000000'],
  ['532901101000', '下关镇', '532901000000'],
  ['532901102000', '大理镇', '532901000000'],
  ['532922101000', '苍山西镇', '532922000000'],
  ['532901101001', '关迤', '532901101000'],
  ['532901101002', '文献', '532901101000'],
  ['532901102001', '东门', '532901102000'],
  ['532922101001', '上街', '532922101000'],
] as const

const insertPlaces = async (tx: Tx): Promise<void> => {
  const levelOf = (code: string) =>
    regionLevels[[2, 4, 6, 9, 12].findIndex((width) => /^0*$/.test(code.slice(width)))] ?? 'village'
  await tx
    .insertInto('regions')
    .values(places.map(([code, name, parent_code]) => ({ code, name, level: levelOf(code), parent_code })))
    .execute()
}

interface Office {
  readonly id: string
  readonly name: string
}

/** Offices by a short name: `county`, `city`, `town`, `town2`, `village`, `police`, `police-city`, `education`. */
const offices = {
  city: ['civil-affairs', '532900000000', null],
  county: ['civil-affairs', '532901000000', null],
  county2: ['civil-affairs', '532922000000', null],
  town: ['township', '532901101000', null],
  town2: ['township', '532901102000', null],
  village: ['village', '532901101001', null],
  police: ['department', '532901000000', 'police'],
  education: ['department', '532901000000', 'education'],
} as const
export type OfficeName = keyof typeof offices

const insertOffices = async (tx: Tx): Promise<Record<OfficeName, Office>> => {
  const made = {} as Record<OfficeName, Office>
  for (const [name, [kind, region_code, department]] of Object.entries(offices)) {
    made[name as OfficeName] = { id: newId(), name }
    await tx
      .insertInto('organisations')
      .values({ id: made[name as OfficeName].id, name, kind, department, region_code })
      .execute()
  }
  return made
}

/** What an alert of a test differs in. */
export interface AlertSeed {
  readonly regionCode?: string
  readonly grade?: 'red' | 'orange' | 'yellow'
  readonly indicator?: string
  readonly dueOn?: string | null
  readonly holder?: OfficeName | null
  readonly status?: string
  readonly lead?: boolean
  readonly origin?: string
  readonly raisedOn?: string
  readonly route?: number
}

/** A desk for a test file: server with all of monitoring's routes, places, offices, and alerts made at will. */
export interface Desk extends TestServer {
  readonly offices: Record<OfficeName, Office>
  /** Puts an alert on the desk; gives its id. Unless told otherwise it is new, orange, due later and the town's. */
  alert(seed?: AlertSeed): Promise<string>
  /** Looks at rows, or changes them, with sight of everything. */
  look<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const aHouseholdRow = async (tx: Tx, regionCode: string): Promise<string> => {
  const id = newId()
  await tx
    .insertInto('households')
    .values({
      id,
      number: `H${id.slice(-10)}`,
      region_code: regionCode,
      area_type: 'rural',
      registered_on: '2024-05-01',
    })
    .execute()
  return id
}

const aLeadRow = async (tx: Tx, regionCode: string): Promise<string> => {
  const id = newId()
  await tx
    .insertInto('leads')
    .values({
      id,
      lead_key: Buffer.from(id),
      region_code: regionCode,
      name: '段小明',
      feed_kinds: ['students'],
      first_feed_id: newId(),
      first_seen_at: '2026-06-15T01:00:00.000Z',
    })
    .execute()
  return id
}

const insertAlert = async (tx: Tx, seed: AlertSeed, holderId: string | null): Promise<string> => {
  const { regionCode = '532901101001', raisedOn = '2026-06-10', dueOn = '2026-07-01', lead = false } = seed
  const id = newId()
  await tx
    .insertInto('alerts')
    .values({
      id,
      region_code: regionCode,
      subject_kind: lead ? 'lead' : 'household',
      household_id: lead ? null : await aHouseholdRow(tx, regionCode),
      lead_id: lead ? await aLeadRow(tx, regionCode) : null,
      indicator: seed.indicator ?? 'new-vehicle',
      period: '2026',
      grade: seed.grade ?? 'orange',
      route: seed.route ?? 4,
      origin: seed.origin ?? 'scan',
      status: seed.status ?? 'new',
      holder_id: holderId,
      raised_on: raisedOn,
      raised_at: `${raisedOn}T01:00:00.000Z`,
      due_on: dueOn,
      awaiting_calendar: dueOn === null,
      fingerprint: id,
      summary: '户主名下新增机动车，请核实。',
      explanation: JSON.stringify({ sentences: { zh: '', en: 'head acquired a vehicle; verify.' } }),
    })
    .execute()
  await tx
    .insertInto('alert_steps')
    .values({
      id: newId(),
      alert_id: id,
      region_code: regionCode,
      step: 'raised',
      at: `${raisedOn}T01:00:00.000Z`,
      business_date: raisedOn,
      to_id: holderId,
    })
    .execute()
  return id
}

/** Opens a desk on a database of the test file's own, on a day of 2026. */
export const openDesk = async (today = '2026-06-15', calendars: readonly string[] = []): Promise<Desk> => {
  const { appUrl } = await cloneDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'doudi-desk-'))
  const secrecy = openSecrecy(folder)
  const indicators = openPack('indicators')
  const server = await startTestServer({
    appUrl,
    today,
    refusals: { ...refusals, ...rulebookRefusals },
    endpoints: () => [
      ...viewEndpoints(),
      ...calendarEndpoints({
        onYearEntered: async (tx) => void (await computeAwaitedDues(tx, server.clock, days)),
        listAwaitedYears,
      }),
      ...monitoringEndpoints({
        secrecy,
        indicators: () => indicators,
        names,
        days,
        feedName: (kind) => kind,
        feedAges: async () => [
          { feed: 'deaths', period: '2026-05', days: 15, staleDays: 45, stale: false },
          { feed: 'vehicles', period: '2026-01', days: 135, staleDays: 120, stale: true },
        ],
        refusals,
        regionCode: '532900000000',
      }),
    ],
  })
  const look = <T>(work: (tx: Tx) => Promise<T>) => inScope(server.database, everywhere, work)
  await look((tx) => saveShippedYears(tx, calendars))
  await look(insertPlaces)
  const made = await look(insertOffices)
  return {
    ...server,
    offices: made,
    look,
    alert: (seed = {}) => {
      const { holder = 'town' } = seed
      return look((tx) => insertAlert(tx, seed, holder && made[holder].id))
    },
    close: async () => {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The calendar of 2026 without a single holiday: weeks of five working days, so that due dates are easy to count. */
export const plainYear = (year: number): string =>
  `year: ${year}\nsource: test\nfestivals:\n  - { name: none, holidays: [${businessDate(`${year}-01-01`)}], workdays: [] }\n`
