import { fc, test as property } from '@fast-check/vitest'
import { afterAll, expect, test } from 'vitest'
import { ageOn, type BusinessDate, businessDate } from '#base'
import { type PackInForce, packInForce } from '#policy'
import { openRulebook } from '#rulebook/server'
import { writeSmallPack } from '#testing/small-pack.ts'
import { assess } from './assess.ts'
import { type Answers, householdFrom } from './household.ts'
import { readSelfCheck, type SelfCheckFile } from './questions.ts'
import { sampleQuestions } from './sample.ts'

const packs = writeSmallPack()
afterAll(() => packs.remove())
const { pack } = packs.open()
const today = businessDate('2026-06-15')
const force: PackInForce = packInForce(pack, { on: today, region: '532901000000' as never })
const fileOf = (source: string): SelfCheckFile => {
  const { file, problems } = readSelfCheck(source, pack)
  if (!file) throw new Error(problems.join('; '))
  return file
}
const file = fileOf(sampleQuestions)
const look = (answers: Answers) =>
  Object.fromEntries(assess(force, file, answers, 'zh-CN').map((one) => [one.programme, one]))

test('what is written about a pack is compared with it: names, values, twice the same id', () => {
  const broken = sampleQuestions
    .replace('residence: urban', 'residence: moon')
    .replace('of: self, name: wageFen', 'of: self, name: salaryFen')
    .replace('id: others', 'id: age')
    .replace('care: {', 'cure: {')
  expect(readSelfCheck(broken, pack).problems).toEqual([
    'questions.residence.urban: residence: moon',
    'questions.income: salaryFen: unknown',
    'questions.age: twice',
    'programmes.cure',
  ])
  expect(readSelfCheck(sampleQuestions.replace('kind: place', 'kind: dream'), pack).file).toBeUndefined()
})

test('at most fourteen questions are asked', () => {
  const one = "  - { id: xN, kind: place, ask: { zh: '?', en: '?' } }\n"
  const many = (count: number) =>
    sampleQuestions + Array.from({ length: count }, (_, index) => one.replace('N', String(index))).join('')
  expect(readSelfCheck(many(9), pack).problems).toEqual([])
  expect(readSelfCheck(many(10), pack).file).toBeUndefined()
})

test('answers become facts; what was asked and not answered is unknown', () => {
  expect(
    householdFrom(file, { residence: 'urban', income: '1,200.5', age: '70', others: '2' }, today),
  ).toEqual({
    residence: 'urban',
    members: [
      { wageFen: 120_050, bornOn: '1955-12-15' },
      { wageFen: 0, bornOn: '2015-12-15' },
      { wageFen: 0, bornOn: '2015-12-15' },
    ],
  })
  expect(householdFrom(file, {}, today)).toEqual({
    residence: 'unknown',
    members: [{ wageFen: 'unknown', bornOn: 'unknown' }],
  })
})

property.prop([
  fc.integer({ min: 0, max: 120 }),
  fc.date({ min: new Date('2024-01-01'), max: new Date('2028-12-31'), noInvalidDate: true }),
])('an age in years is that age on the day', (age, date) => {
  const on = date.toISOString().slice(0, 10) as BusinessDate
  const [self] = householdFrom(file, { age: String(age) }, on).members as [{ bornOn: BusinessDate }]
  expect(ageOn(self.bornOn, on)).toBe(age)
})

property.prop([fc.dictionary(fc.constantFrom('place', 'residence', 'income', 'age', 'others'), fc.string())])(
  'whatever is sent as an answer, something is assessed and nothing breaks',
  (answers) => {
    expect(assess(force, file, answers, 'en')).toHaveLength(2)
  },
)

// Twelve families, and what must come out for the living aid of 800 yuan a head in town.
test.each([
  ['one alone, nothing', { residence: 'urban', income: '0', others: '0' }, 'likely'],
  ['one alone, a fen below', { residence: 'urban', income: '799.99', others: '0' }, 'likely'],
  ['one alone, exactly at it', { residence: 'urban', income: '800', others: '0' }, 'unlikely'],
  ['one alone, above', { residence: 'urban', income: '5000', others: '0' }, 'unlikely'],
  ['three, below by head', { residence: 'urban', income: '2399', others: '2' }, 'likely'],
  ['three, exactly at it', { residence: 'urban', income: '2400', others: '2' }, 'unlikely'],
  ['nine', { residence: 'urban', income: '7000', others: '8' }, 'likely'],
  ['in the countryside', { residence: 'rural', income: '0', others: '0' }, 'unlikely'],
  ['does not know where it counts', { income: '0', others: '0' }, 'open'],
  ['does not know the income', { residence: 'urban', others: '0' }, 'open'],
  ['knows no income but lives in the countryside', { residence: 'rural' }, 'unlikely'],
  ['answers nothing', {}, 'open'],
] as const)('%s: %o is %s', (_, answers, likelihood) => {
  expect(look(answers).aid?.likelihood).toBe(likelihood)
})

test('each says why, what to bring and whom to ask; what is missing is told as it was asked', () => {
  const { aid } = look({ residence: 'urban', income: '100' })
  expect(aid).toMatchObject({ why: '每月700.00元。', bring: '户口本', ask: '村委会', whose: 'household' })
  expect(look({ residence: 'urban' }).aid?.missing).toEqual(['一个月多少钱？'])
})

test('what no question was about is not said to be unlikely', () => {
  const { care } = look({ residence: 'urban', income: '100', age: '70', others: '0' })
  expect(care).toMatchObject({ likelihood: 'unasked', bring: '病历' })
  expect(care?.why).toBeUndefined()
})

test('the shipped questions fit every shipped pack of programmes', () => {
  for (const [regionCode, demo] of [
    ['532900000000', true],
    ['532900000000', false],
    ['150200000000', false],
    ['440000000000', false],
    ['320682000000', false],
  ] as const) {
    const rulebook = openRulebook({ regionCode, demo })
    const checked = rulebook.current(rulebook.placePackId ?? '')
    const layers = JSON.parse(checked.content).layers as { files: Record<string, string> }[]
    const source = layers.toReversed().find(({ files }) => files['self-check.yaml'])?.files['self-check.yaml']
    expect(readSelfCheck(source ?? '', checked.pack).problems).toEqual([])
  }
}, 60_000)
