import { appendFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openPack, withChangedRules } from '#rulebook/server'
import { aHousehold, aQuestion, frozen, idAt, openTestLake } from '../testing/frozen.server.ts'
import { usualAssumptions } from './assumptions.ts'
import { compute, type Figures } from './compute.server.ts'
import type { SimulationQuestion } from './contract.ts'
import { frozenState, type SnapshotHousehold } from './snapshot.queries.server.ts'

// Each question plans its statements anew.
vi.setConfig({ testTimeout: 60_000 })

// In Dali the demonstration's standard is 450 yuan a month in the country and 700 in town.
const world: readonly SnapshotHousehold[] = [
  aHousehold(1, [{ incomeFen: 30_000 }]),
  aHousehold(2, [{ incomeFen: 45_000 }]),
  aHousehold(3, [{ incomeFen: 44_999 }]),
  aHousehold(4, [{ incomeFen: 50_000 }]),
  aHousehold(5, [{}]),
  aHousehold(6, [{ incomeFen: 10_000 }], { facts: { residence: 'urban' } }),
  aHousehold(7, [{}, {}], { declaredYearFen: 720_000, regionCode: '532922101201' }),
]
const { lakeDir, remove } = openTestLake()
const checked = openPack('demo')
const { pack } = checked
let hash = ''

beforeAll(async () => {
  const parts = async function* () {
    yield world
  }
  hash = (await frozen(lakeDir, parts())).hash
})
afterAll(remove)

const ask = (more: Partial<SimulationQuestion> = {}): Promise<Figures> =>
  compute(lakeDir, hash, { before: pack, after: pack }, aQuestion(more))
const of = ({ slice, tally }: Figures, id: string) =>
  tally.programmes[slice.reached.findIndex((one) => one.id === id)]

test('winners, losers, costs and who comes in are those counted by hand', async () => {
  const figures = await ask()
  expect(of(figures, 'dibao')).toEqual({
    // 150.00 + 0.01 + 600.00 + 300.00, then 200.00 + 50.00 + 50.01 + 600.00 + 400.00.
    before: { households: 4, persons: 5, unknown: 1, monthlyFen: 105_001 },
    after: { households: 5, persons: 6, unknown: 1, monthlyFen: 130_001 },
    entered: 1,
    left: 0,
    personsEntered: 1,
    personsLeft: 0,
    gained: 3,
    lost: 0,
    unchanged: 2,
    unknown: 1,
  })
  expect(figures.tally.counties).toMatchObject([
    {
      county: '532901000000',
      households: 6,
      gains: 3,
      loses: 0,
      unchanged: 2,
      unknown: 1,
      beforeFen: 75_001,
      afterFen: 90_001,
    },
    {
      county: '532922000000',
      households: 1,
      gains: 1,
      loses: 0,
      unknown: 0,
      beforeFen: 30_000,
      afterFen: 40_000,
    },
  ])
  expect(figures.tally.winners.map(({ householdId }) => householdId)).toEqual([7, 1, 2, 3].map(idAt))
  expect(figures.tally.losers).toEqual([])
  expect(figures.missing.get('wageFen')).toBe(1)
})

test('a household that gets another amount of two programmes has changed once', async () => {
  expect((await ask()).tally.changed).toBe(3)
  // Here the living subsidy is as much as the standard, and for everybody.
  const rules = [
    { rule: 'livingSubsidy', value: 'true' },
    { rule: 'livingSubsidyFen', value: 'household.dibaoStandardFen' },
  ]
  const { pack: other = pack } = withChangedRules(checked, rules, 'en')
  const figures = await compute(lakeDir, hash, { before: other, after: other }, aQuestion())
  expect([of(figures, 'dibao')?.gained, of(figures, 'livingSubsidy')?.gained]).toEqual([3, 6])
  expect(figures.tally.changed).toBe(6)
})

test('an income exactly at the standard is not below it, one fen less is', async () => {
  const at = await ask({ changes: [{ parameter: 'dibaoStandardRuralFen', value: 45_000, region: null }] })
  expect(of(at, 'dibao')).toMatchObject({ entered: 0, gained: 0, lost: 0 })
})

test('one fen less at the standard puts out who was one fen below it, one more lets in who was at it', async () => {
  const below = await ask({ changes: [{ parameter: 'dibaoStandardRuralFen', value: 44_999, region: null }] })
  expect(of(below, 'dibao')).toMatchObject({ entered: 0, left: 1, lost: 2 })
  const above = await ask({ changes: [{ parameter: 'dibaoStandardRuralFen', value: 45_001, region: null }] })
  expect(of(above, 'dibao')).toMatchObject({ entered: 1, left: 0, gained: 3 })
})

test('a change of one county leaves the others as they are', async () => {
  const { tally } = await ask({
    changes: [{ parameter: 'dibaoStandardRuralFen', value: 50_000, region: '532922000000' }],
  })
  expect(tally.counties).toMatchObject([{ gains: 0 }, { gains: 1, afterFen: 40_000 }])
})

test('what is not taken for granted is unknown, never no', async () => {
  const figures = await ask({ assumptions: usualAssumptions.filter((id) => id !== 'propertyWithinLimits') })
  expect(of(figures, 'dibao')).toMatchObject({ before: { households: 0, unknown: 5 }, unknown: 6 })
  expect([...figures.missing.keys()]).toContain('property')
})

test('only programmes that the change can reach are computed', async () => {
  const { slice } = await ask({ changes: [{ parameter: 'livingSubsidyFen', value: 9_000, region: null }] })
  expect(slice.reached.map(({ id }) => id)).not.toContain('dibao')
  expect(slice.untouched.map(({ id }) => id)).toContain('dibao')
})

test('frozen facts that were touched are noticed', async () => {
  expect(await frozenState(lakeDir, hash)).toBe('there')
  expect(await frozenState(lakeDir, '0'.repeat(64))).toBe('lost')
  const folder = join(lakeDir, 'simulation')
  const [file = ''] = readdirSync(folder).filter((name) => name.startsWith(hash))
  appendFileSync(join(folder, file), 'x')
  expect(await frozenState(lakeDir, hash)).toBe('broken')
})
