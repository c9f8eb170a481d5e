/** What twenty officers ask of the console, through the product's own endpoints, each in the scope of an officer. */
import { type Actor, permissionsOf } from '#access'
import type { Endpoint, Secrecy } from '#access/server'
import { businessDate, type Clock, checkCharacterOf, fixedClock, regionCode } from '#base'
import { listFeedAges } from '#exchange/server'
import { registrySentences } from '#registry'
import { registryEndpoints } from '#registry/server'
import type { Scope } from '#store'
import type { Database, Tx } from '#store/server'
import { alertEndpoints } from '../../src/monitoring/alerts/handler.server.ts'
import { indexOf, keyOf, type Size, today } from './fill.queries.server.ts'

/** An officer with the villages that lie in the scope, by their running numbers. */
export interface Officer {
  readonly actor: Actor
  readonly scope: Scope
  readonly isCounty: boolean
  readonly villages: { readonly from: number; readonly until: number }
}

export const questionNames = [
  'household file',
  'number',
  'name prefix',
  'initials prefix',
  'two characters inside a name',
  'alert desk, 50 rows',
  'alert desk, next page',
  'map counts',
] as const
export type QuestionName = (typeof questionNames)[number]

/** Milliseconds of the 95th percentile; a next page has the limit of a page. */
export const targets: Readonly<Record<QuestionName, number>> = {
  'household file': 20,
  number: 10,
  'name prefix': 20,
  'initials prefix': 20,
  'two characters inside a name': 100,
  'alert desk, 50 rows': 20,
  'alert desk, next page': 20,
  'map counts': 50,
}

/** Of a hundred questions: who works through a desk opens files more often than the map. */
export const mix: Readonly<Record<QuestionName, number>> = {
  'household file': 30,
  number: 12,
  'name prefix': 13,
  'initials prefix': 8,
  'two characters inside a name': 7,
  'alert desk, 50 rows': 15,
  'alert desk, next page': 10,
  'map counts': 5,
}

/** Answers with how many rows it found. */
export type Question = (tx: Tx, database: Database, officer: Officer, random: () => number) => Promise<number>

/** A repeatable source of numbers from 0 to 1 (mulberry32). */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)] as T

const prefixes = [
  '王秀',
  '李建',
  '张志',
  '杨凤',
  '刘桂',
  '陈玉',
  '段丽',
  '赵海',
  '周文',
  '尹春',
  '茶金',
  '阿苏',
  '欧阳',
  '黄伟',
  '吴敏',
  '徐国',
]
const initials = ['wxy', 'ljg', 'zzq', 'yf', 'dlh', 'chm', 'zjh', 'lg', 'asmg', 'yx']
const inside = [
  '凤莲',
  '秀英',
  '建国',
  '桂英',
  '志强',
  '海燕',
  '木呷',
  '丽华',
  '国强',
  '凤仙',
  '莲花',
  '嘉瑞',
  '天麟',
]

// A number that belongs to nobody: the officer's question looks for the index below.
const body = '99290119560312002'
const someNumber = `${body}${checkCharacterOf(body)}`

type Handle = (call: object) => Promise<unknown>

const call =
  (endpoints: readonly Endpoint[], path: string, clock: Clock) =>
  (tx: Tx, database: Database, { actor }: Officer, given: object): Promise<Record<string, unknown>> => {
    const endpoint = endpoints.find(({ route }) => route.path === path)
    if (!endpoint) throw new Error(`no endpoint ${path}`)
    const rest = {
      params: {},
      query: {},
      body: {},
      version: 0,
      upload: undefined,
      language: 'zh-CN',
      ...given,
    }
    const handle = endpoint.handle as unknown as Handle
    return handle({ tx, database, actor, clock, ...rest }) as Promise<Record<string, unknown>>
  }

const lengthOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0)

export const questionsFor = (size: Size): Readonly<Record<QuestionName, Question>> => {
  const clock = fixedClock(businessDate(today))
  let wanted = indexOf(1, 1)
  const secrecy = {
    blindIndex: () => wanted.toString('hex'),
    nameKey: () => 1n,
  } as unknown as Secrecy
  const registry = registryEndpoints({
    secrecy,
    sentences: registrySentences,
    hasScannedSince: async () => false,
  })
  const alerts = alertEndpoints({
    names: (indicator) => ({ name: indicator, owner: 'civil', ownerName: '民政', article: '', feeds: [] }),
    explain: async () => ({ conditions: [], evidenceRows: [], doubt: null }),
    feedAges: listFeedAges,
  })
  const file = call(registry, '/api/v1/registry/households/:id', clock)
  const chain = call(registry, '/api/v1/registry/households/:id/chain', clock)
  const search = call(registry, '/api/v1/registry/people/search', clock)
  const desk = call(alerts, '/api/v1/monitoring/alerts', clock)
  const counts = call(alerts, '/api/v1/monitoring/alert-counts', clock)
  const householdIn = ({ villages }: Officer, random: () => number): number => {
    const village = villages.from + Math.floor(random() * (villages.until - villages.from))
    const firstOf = (at: number): number => 1 + Math.ceil((at * size.households) / 10_000)
    return firstOf(village) + Math.floor(random() * (firstOf(village + 1) - firstOf(village)))
  }
  const found = async (tx: Tx, database: Database, officer: Officer, body: object): Promise<number> =>
    lengthOf((await search(tx, database, officer, { body })).items)
  const page = (tx: Tx, database: Database, officer: Officer, after?: string) =>
    desk(tx, database, officer, { query: { status: 'open', holder: 'any', limit: 50, after } })
  return {
    'household file': async (tx, database, officer, random) => {
      const params = { id: keyOf(householdIn(officer, random)) }
      const { members } = await file(tx, database, officer, { params })
      await chain(tx, database, officer, { params })
      return lengthOf(members)
    },
    number: (tx, database, officer, random) => {
      wanted = indexOf(householdIn(officer, random), 1)
      return found(tx, database, officer, { text: someNumber })
    },
    'name prefix': (tx, database, officer, random) =>
      found(tx, database, officer, { text: pick(prefixes, random) }),
    'initials prefix': (tx, database, officer, random) =>
      found(tx, database, officer, { text: pick(initials, random) }),
    'two characters inside a name': (tx, database, officer, random) =>
      found(tx, database, officer, { text: pick(inside, random), anywhere: true }),
    'alert desk, 50 rows': async (tx, database, officer) =>
      lengthOf((await page(tx, database, officer)).rows),
    // Of the pages that follow, one somewhere in the first weeks: whoever works on reads from where the last one stood.
    'alert desk, next page': async (tx, database, officer, random) => {
      const due = `2026-06-${String(10 + Math.floor(random() * 15)).padStart(2, '0')}`
      return lengthOf((await page(tx, database, officer, `${due}_80000000-0000-4000-8000-000000000000`)).rows)
    },
    'map counts': async (tx, database, officer) =>
      lengthOf((await counts(tx, database, officer, { query: { status: 'open', holder: 'any' } })).byRegion),
  }
}

const two = (value: number): string => String(value).padStart(2, '0')

/** Half of the officers work for a city (a sixth of the province), half for a county (a hundredth). */
export const officersFor = (users: number, officeOf: (region: string) => string): Officer[] =>
  Array.from({ length: users }, (_, at) => {
    const isCounty = at % 2 === 1
    const place = isCounty ? Math.floor((at * 100) / users) : Math.floor((at * 5) / users)
    const prefix = isCounty
      ? `99${two(1 + Math.floor(place / 17))}${two(1 + (place % 17))}`
      : `99${two(1 + place)}`
    const region = regionCode(prefix.padEnd(12, '0'))
    const next = String(Number(prefix) + 1).padEnd(12, '0')
    const scope = { from: region, until: next, extra: [] }
    const villages = isCounty
      ? { from: place * 100, until: (place + 1) * 100 }
      : { from: place * 1700, until: (place + 1) * 1700 }
    const organisation = {
      id: officeOf(region),
      name: region,
      kind: 'civil-affairs' as const,
      department: null,
      regionCode: region,
    }
    const role = isCounty ? ('county-officer' as const) : ('supervisor' as const)
    const actor: Actor = {
      accountId: keyOf(0),
      displayName: '',
      role,
      organisation,
      permissions: new Set(permissionsOf(role)),
      scope,
    }
    return { actor, scope, isCounty, villages }
  })
