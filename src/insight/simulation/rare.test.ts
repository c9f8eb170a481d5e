import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openPack, withChangedRules } from '#rulebook/server'
import { forgetFacts } from '../testing/earlier.queries.server.ts'
import { aHousehold, aQuestion, frozen, openTestLake } from '../testing/frozen.server.ts'
import { usualAssumptions } from './assumptions.ts'
import { compute } from './compute.server.ts'
import type { SimulationQuestion } from './contract.ts'
import { readQuestion } from './question.server.ts'
import { reportOf } from './report.server.ts'

vi.setConfig({ testTimeout: 60_000 })

const dibao = { facts: { recognisedAs: 'dibao' } }
const world = [
  aHousehold(1, [dibao, dibao]),
  aHousehold(2, [{ facts: { recognisedAs: 'margin' } }], { regionCode: '532922101201' }),
  aHousehold(3, [{ facts: { recognisedAs: 'none' } }]),
  aHousehold(4, [{ facts: { tekunPerson: true } }]),
]
const { lakeDir, remove } = openTestLake()
const checked = openPack('demo')
let hash = ''

beforeAll(async () => {
  const parts = async function* () {
    yield world
  }
  hash = (await frozen(lakeDir, parts())).hash
})
afterAll(remove)

type Rules = SimulationQuestion['rules']
const packWith = (rules: Rules) => {
  const { pack, problem } = withChangedRules(checked, rules, 'en')
  if (!pack) throw new Error(problem)
  return pack
}

/** One household's heating aid and one person's premium by the year, the price subsidy once. */
const paying = (heating: number, premium: number, price: number): Rules => [
  { rule: 'heatingAidAmountFen', value: `if heatingAid then ${heating} else 0` },
  { rule: 'premiumPercent', value: 'if recognisedAs = "dibao" then 100 else 0' },
  { rule: 'premiumAidFen', value: `if premiumAid then ${premium} else 0` },
  { rule: 'priceSubsidy', value: 'countedMembers > 1' },
  { rule: 'priceSubsidyFen', value: `if countedMembers > 1 then ${price} else 0` },
]
const [first, second] = [paying(30_000, 10_000, 4000), paying(40_000, 9000, 5000)]
const packs = { before: packWith(first), after: packWith(second) }

const ask = (more: Partial<SimulationQuestion> = {}, of = hash) =>
  compute(lakeDir, of, packs, aQuestion({ changes: [], rules: [...second], months: 12, ...more }))
const report = async (more: Partial<SimulationQuestion> = {}) => {
  const question = aQuestion({ changes: [], rules: [...second], months: 12, ...more })
  const ready = { ...readQuestion(checked, { ...question, rules: [] }, 'en'), question, packs }
  const snapshot = { hash, takenAt: '', on: question.on as never, households: 4, persons: 5 }
  return reportOf((code) => ({ code, name: code }), ready, snapshot, await ask(more))
}

test('what is paid by the year or once is counted once, in sums of its own, however many months are asked', async () => {
  const { tally } = await ask()
  // Three households are recognised or tekun; two persons have dibao; one household has two members.
  expect(tally.year).toEqual({
    beforeFen: 3 * 30_000 + 2 * 10_000,
    afterFen: 3 * 40_000 + 2 * 9000,
    gains: 3,
    loses: 0,
    unknown: 0,
  })
  expect(tally.once).toEqual({ beforeFen: 4000, afterFen: 5000, gains: 1, loses: 0, unknown: 0 })
  expect((await ask({ months: 1 })).tally).toMatchObject({ year: tally.year, once: tally.once })
})

test('no yearly or one-off money is in the months, the bands or the monthly sums', async () => {
  const { months, bands, effects, monthlyBeforeFen, monthlyAfterFen, ...result } = await report()
  expect(months).toHaveLength(12)
  for (const month of months) expect(month).toMatchObject({ beforeFen: 0, afterFen: 0 })
  expect([monthlyBeforeFen, monthlyAfterFen, effects.gains]).toEqual([0, 0, 0])
  expect(bands.filter(({ households }) => households > 0)).toEqual([
    { fromFen: 0, untilFen: 1, households: 4 },
  ])
  expect([...result.winners, ...result.losers]).toEqual([])
})

test('a report says of each programme how often it pays, and of each county what it pays so', async () => {
  const { programmes, counties, yearly, once } = await report()
  const of = (id: string) => programmes.find(({ programme }) => programme === id)
  expect(of('heatingAid')).toMatchObject({
    per: 'year',
    restsOn: [],
    before: { households: 3, monthlyFen: 0, yearlyFen: 90_000 },
    after: { monthlyFen: 0, yearlyFen: 120_000 },
    gained: 3,
  })
  expect(of('priceSubsidy')).toMatchObject({ per: 'once', before: { monthlyFen: 0, onceFen: 4000 } })
  expect(counties.map((county) => [county.yearly, county.once])).toEqual([
    [
      { beforeFen: 80_000, afterFen: 98_000 },
      { beforeFen: 4000, afterFen: 5000 },
    ],
    [
      { beforeFen: 30_000, afterFen: 40_000 },
      { beforeFen: 0, afterFen: 0 },
    ],
  ])
  expect([yearly?.afterFen, once?.afterFen]).toEqual([138_000, 5000])
})

test('rare money says which facts nobody has recorded, unless they are not taken to be as usual', async () => {
  const restsOn = async (more: Partial<SimulationQuestion> = {}) =>
    (await report(more)).programmes.find(({ programme }) => programme === 'premiumAid')?.restsOn
  expect((await restsOn())?.map(({ zh }) => zh)).toEqual(['在资格认定地参保'])
  expect(await restsOn({ assumptions: usualAssumptions.filter((id) => id !== 'othersAsUsual') })).toEqual([])
})

test('without that assumption rare money that lacks a fact is unknown, never nothing', async () => {
  const { tally } = await ask({ assumptions: usualAssumptions.filter((id) => id !== 'othersAsUsual') })
  // Who is insured elsewhere is not known of the first household, what the last is recognised as neither.
  expect(tally.year).toMatchObject({ beforeFen: 90_000, unknown: 2 })
})

test('a parameter that only yearly money reads has an effect', async () => {
  const { slice } = await compute(
    lakeDir,
    hash,
    { before: checked.pack, after: checked.pack },
    aQuestion({ changes: [{ parameter: 'heatingAidFen', value: 30_000, region: null }] }),
  )
  expect(slice.reached.map(({ id }) => id)).toEqual(['heatingAid'])
})

test('reports of before count monthly money only', async () => {
  const question = aQuestion({
    changes: [],
    rules: [...second, { rule: 'dibao', value: 'incomeBelowDibao' }],
  })
  const { slice, tally } = await compute(lakeDir, hash, packs, question, { counted: 'monthly' })
  expect(slice.reached.map(({ id }) => id)).not.toContain('heatingAid')
  expect([tally.year, tally.once]).toEqual([undefined, undefined])
})

test('facts frozen by an earlier version are judged as they were, by what they hold', async () => {
  const earlier = 'e'.repeat(64)
  await forgetFacts(join(lakeDir, 'simulation'), hash, earlier, ['recognisedAs', 'inSinglePersonDibao'])
  const { tally } = await ask({}, earlier)
  expect(tally.year).toMatchObject({ beforeFen: 30_000, afterFen: 40_000 })
  const question = aQuestion()
  const plain = { before: checked.pack, after: checked.pack }
  const [now, then] = [
    await compute(lakeDir, hash, plain, question),
    await compute(lakeDir, earlier, plain, question),
  ]
  expect(then.tally.months).toEqual(now.tally.months)
})
