import { fc } from '@fast-check/vitest'
import { expect } from 'vitest'
import { addDays, type BusinessDate } from '#base'
import type { ResultRow, Value } from '../src/lake/engine/types.ts'
import { columnsOf } from '../src/lake/facts/facts-fixture.server.ts'
import { newestFirst } from '../src/lake/facts/source.ts'
import { factKinds } from '../src/lake/facts/sources.ts'
import { storedColumns } from '../src/lake/feeds/columns.ts'
import type { BroughtUp } from '../src/lake/kept/common.server.ts'
import type { Kept } from '../src/lake/kept/kept.ts'
import {
  type KeptFixture,
  type SentRow,
  send,
  smallWorld,
  someone,
  type World,
} from '../src/lake/kept/kept-fixture.server.ts'
import { showRows } from '../src/lake/kept/show.server.ts'
import { matchedTable } from '../src/lake/matching/tables.ts'

// Random histories of a world: whatever happened, who follows it knows what he would know who begins anew.

/** Something that happens; what the numbers choose among depends on what there is. */
export type Happening = {
  readonly what: keyof typeof happenings
  readonly a: number
  readonly b: number
  readonly c: number
  readonly rows: readonly (readonly number[])[]
}
/** What happens between two passes. */
export type Span = {
  readonly happened: readonly Happening[]
  readonly days: number
  /** The pass ends before its transaction does: the next one follows what was kept before it. */
  readonly isLost: boolean
}

const numbers = 9
const names = 3
const homes = ['h-1', 'h-2', 'h-3', 'h-4', 'h-5']
const regions = ['532901001002', '532901002000', '532923001000', '532925003001']
const periods = ['2026-03', '2026-04', '2026-05', '2026-06', '2026-07']
const dayOffsets = [-40, -1, 0, 1, 2, 25, -364, -365, -366, -367, 30, 31, 400, -300, -700]
const months = [202604, 202605, 202606, 202505, 202412]
const codes: Readonly<Record<string, readonly string[]>> = {
  use: ['home', 'shop'],
  state: ['normal', 'current', 'active', 'in-custody', 'ended'],
  kind: ['company', 'individual', 'cooperative'],
  role: ['legal-representative', 'shareholder', 'supervisor'],
  insurance: ['110', '310'],
  paidFlag: ['paid', 'unpaid'],
  vehicleType: ['K33', 'K33', 'M11'],
  status: ['A', 'A', 'E'],
  event: ['marriage', 'divorce', 'revoked'],
  direction: ['in', 'out'],
}
// Those that are tied, or change as days pass, come more often.
const kinds = [
  ...['vehicles', 'marriages', 'vehicles', 'hospital-bills', 'moves', 'vehicles', 'marriages'],
  ...factKinds,
]

const pick = <T>(from: readonly T[], at: number): T | undefined => from[at % from.length]
const keyAt = <T>(from: ReadonlyMap<string, T>, at: number): string => pick([...from.keys()], at) ?? ''

// Bills of the last days of a month are told of by a test of their own: they are made anew a day or two in vain.
const dayNear = (today: BusinessDate, at: number): string => {
  const day = addDays(today, pick(dayOffsets, at) ?? 0)
  return Number(day.slice(-2)) > 28 ? `${day.slice(0, -2)}28` : day
}

const rowOf = (world: World, kind: string, chosen: readonly number[]): SentRow =>
  Object.fromEntries(
    columnsOf(kind).flatMap((column, at): [string, Value][] => {
      const n = chosen[at % chosen.length] ?? 0
      const [first = '', second = ''] = storedColumns(column).map(({ name }) => name)
      switch (column.type) {
        case 'number': {
          const number = (n % (numbers + 2)) + 1
          if (number > numbers + 1) return []
          return [
            [first, BigInt(number)],
            [second, n > 90 ? '9' : String(number).slice(-1)],
          ]
        }
        case 'name':
          return [[first, n % 4 < names ? null : BigInt((n >> 2) % names)]]
        case 'key':
          return [[first, n % 5 === 4 ? null : BigInt(n % 5)]]
        case 'date':
          return [[first, n % 16 === 15 ? null : dayNear(world.today, n)]]
        case 'month':
          return [[first, pick(months, n) ?? null]]
        case 'fen':
        case 'count':
          return [[first, n - 20]]
        case 'flag':
          return [[first, n % 3 === 1]]
        case 'code':
          return [[first, pick(codes[column.field] ?? ['one', 'two'], n) ?? null]]
        default:
          return column.type satisfies never
      }
    }),
  )

const isFree = (world: World, number: number): boolean =>
  ![...world.people.values()].some(({ token }) => token === BigInt(number))

/** A number and a name that nobody of the registry has, as far as there is one. */
const freeIdentity = (world: World, a: number, b: number) => {
  const number = (a % numbers) + 1
  const name = b % 2 === 0 ? undefined : b % names
  return isFree(world, number) ? someone(number, name) : { token: null, check: null, name: null }
}

const happenings = {
  comes: (world: World, { a, b, rows }: Happening) => {
    const kind = pick(kinds, a) ?? ''
    send(world, kind, pick(periods, b) ?? '', ...rows.map((row) => rowOf(world, kind, row)))
  },
  goes: (world: World, { a }: Happening) => world.files.delete(keyAt(world.files, a)),
  joins: (world: World, { a, b, c }: Happening) =>
    world.people.set(`p-${a % 12}`, {
      ...freeIdentity(
        { ...world, people: new Map([...world.people].filter(([id]) => id !== `p-${a % 12}`)) },
        b,
        c,
      ),
      household: keyAt(world.households, c % homes.length),
    }),
  leaves: (world: World, { a }: Happening) => world.people.delete(keyAt(world.people, a)),
  moves: (world: World, { a, b }: Happening) => {
    const person = world.people.get(keyAt(world.people, a))
    if (person)
      world.people.set(keyAt(world.people, a), {
        ...person,
        household: keyAt(world.households, b % homes.length),
      })
  },
  isRenamed: (world: World, { a, b }: Happening) => {
    const person = world.people.get(keyAt(world.people, a))
    if (person)
      world.people.set(keyAt(world.people, a), { ...person, name: b % 4 === 3 ? null : BigInt(b % names) })
  },
  founds: (world: World, { a, b }: Happening) =>
    world.households.set(pick(homes, a) ?? '', pick(regions, b) ?? ''),
  ends: (world: World, { a, b }: Happening) => {
    const id = pick(homes, a) ?? ''
    world.households.delete(id)
    // Its members leave, or are of another household from then on.
    for (const [person, { household, ...who }] of [...world.people])
      if (household === id) {
        if (b % 2 === 0) world.people.delete(person)
        else world.people.set(person, { ...who, household: keyAt(world.households, 0) })
      }
  },
  leadOpens: (world: World, { a, b, c }: Happening) => {
    const number = BigInt((a % numbers) + 1)
    const name = b % 2 === 0 ? null : BigInt(b % names)
    if ([...world.leads.values()].some(({ token }) => token === number)) return
    world.leads.set(`lead-${c % 6}`, {
      region: pick(regions, c) ?? '',
      token: number,
      check: String(number),
      name,
    })
  },
  leadCloses: (world: World, { a }: Happening) => world.leads.delete(keyAt(world.leads, a)),
  isDecided: (world: World, { a, b, c }: Happening) => {
    const person = keyAt(world.people, a)
    const number = a % 3 === 0 ? BigInt((c % numbers) + 1) : (world.people.get(person)?.token ?? 1n)
    const key = `n:${number}:${number}:${b % 5 === 0 ? '' : b % names}`
    world.decided.set(`${key} ${person}`, { key, person, same: c % 2 === 0 })
  },
  isUndone: (world: World, { a }: Happening) => world.decided.delete(keyAt(world.decided, a)),
  isGiven: (world: World, { a, b, c }: Happening) => {
    const file = world.files.get(keyAt(world.files, a))
    if (!file) return
    const roles = columnsOf(file.kind).filter(({ type }) => type === 'number')
    const field = pick(roles, c)?.field ?? ''
    const role = field === 'number' ? 'self' : field.slice(0, -'Number'.length)
    const row = (c % Math.max(1, file.rows.length)) + 1
    const to = b % 4 === 0 ? { lead: keyAt(world.leads, b) } : { person: keyAt(world.people, b) }
    world.given.set(`${file.id} ${row} ${role}`, { file: file.id, row, role, ...to })
  },
  isGivenNoMore: (world: World, { a }: Happening) => world.given.delete(keyAt(world.given, a)),
  rulesChange: (world: World, { a }: Happening) => {
    world.parameters = { ...world.parameters, medicalWindowMonths: pick([12, 6, 24], a) ?? 12 }
  },
} as const satisfies Record<string, (world: World, happening: Happening) => unknown>

// Files most; new rules seldom, since everything is made anew then.
const often: readonly (keyof typeof happenings)[] = [
  ...(['comes', 'comes', 'comes', 'comes', 'comes', 'comes', 'comes', 'comes', 'goes', 'goes'] as const),
  ...(['joins', 'leaves', 'moves', 'isRenamed', 'founds', 'ends', 'leadOpens', 'leadCloses'] as const),
  ...([
    'isDecided',
    'isDecided',
    'isUndone',
    'isGiven',
    'isGiven',
    'isGiven',
    'isGivenNoMore',
    'joins',
  ] as const),
  'isGivenNoMore',
]

const chosen = fc.nat(99)
const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom(...often) },
    { weight: 1, arbitrary: fc.constant('rulesChange' as const) },
  ),
  a: chosen,
  b: chosen,
  c: chosen,
  rows: fc.array(fc.array(chosen, { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 5 }),
})

/** Spans of a history; each ends with a pass. */
export const spans = (most: number): fc.Arbitrary<readonly Span[]> =>
  fc.array(
    fc.record({
      happened: fc.array(happening, { minLength: 0, maxLength: 6 }),
      days: fc.constantFrom(0, 0, 1, 1, 30, 400),
      isLost: fc.integer({ min: 0, max: 5 }).map((n) => n === 5),
    }),
    { minLength: 2, maxLength: most },
  )

/** Files of many kinds, so that there is something to lose. */
export const beginnings: fc.Arbitrary<readonly Happening[]> = fc.array(
  happening.map((one): Happening => ({ ...one, what: one.a % 4 === 3 ? one.what : 'comes' })),
  { minLength: 4, maxLength: 12 },
)

const happen = (world: World, all: readonly Happening[]): void => {
  for (const one of all) happenings[one.what](world, one)
}

/** Lets a history happen, and holds each pass against one from nothing: it follows but where the rules changed. */
export const live = async (
  fixture: KeptFixture,
  beginning: readonly Happening[],
  history: readonly Span[],
): Promise<void> => {
  const world = smallWorld()
  for (const [at, home] of homes.entries()) world.households.set(home, pick(regions, at) ?? '')
  happen(world, beginning)
  let before: { kept: Kept; parameters: string } | undefined
  for (const { happened, days, isLost } of [{ happened: [], days: 0, isLost: false }, ...history, still]) {
    world.today = addDays(world.today, days)
    happen(world, happened)
    const brought = await fixture.pass(world, before?.kept)
    const made = JSON.stringify(world.parameters)
    expect(brought.isNew).toBe(before?.parameters !== made)
    const shown = await fixture.seen()
    await holdTied(fixture, brought)
    await holdAnew(fixture, world, shown)
    if (isLost) continue
    fixture.files.sweep([brought.kept.generation])
    before = { kept: fixture.files.read(brought.kept.generation), parameters: made }
  }
  // Nothing happened since the last pass.
  const last = await fixture.pass(world, before?.kept)
  expect(last).toMatchObject({ isNew: false, touched: 0 })
  await holdAnew(fixture, world, await fixture.seen())
}
const still: Span = { happened: [], days: 0, isLost: false }

const holdAnew = async (
  fixture: KeptFixture,
  world: World,
  followed: Awaited<ReturnType<KeptFixture['seen']>>,
): Promise<void> => {
  await fixture.passAnew(world)
  expect(followed).toEqual(await fixture.seen())
}

/** The rows that decide about the touched decide as all rows do. */
const holdTied = async ({ engine, work }: KeptFixture, brought: BroughtUp): Promise<void> => {
  if (brought.isNew) return
  const rows = async (): Promise<readonly (readonly ResultRow[])[]> => [
    await engine.rows(`select * from (select * from ${matchedTable('vehicles')}
      where person_role = 'self' qualify row_number() over (partition by plate_key, case when plate_key is null then pid end
        order by ${newestFirst('greatest(first_registered_on, coalesce(owner_changed_on, first_registered_on))')}) = 1)
      semi join touched using (hid) order by all`),
    await engine.rows(
      `select * from ${matchedTable('marriages')} semi join touched using (hid) order by all`,
    ),
    await engine.rows(`select * from ${matchedTable('moves')} semi join touched using (hid) order by all`),
  ]
  const everybodys = await rows()
  await showRows(work, brought, true)
  expect(await rows()).toEqual(everybodys)
}
