import { expect, test } from 'vitest'
import { strangeFactsIn } from '#policy'
import { loadPack } from '#policy/server'
import { type HouseholdKnown, type MemberKnown, subjectFrom } from './known-facts.ts'

const member = (more: Partial<MemberKnown> = {}): MemberKnown => ({
  relation: 'head',
  birthDate: '1950-02-03',
  maskedName: '段*',
  categories: [],
  facts: {},
  ...more,
})
const household = (members: readonly MemberKnown[], more: Partial<HouseholdKnown> = {}): HouseholdKnown => ({
  areaType: 'rural',
  categories: ['dibao'],
  members,
  ...more,
})
const factsOf = (more: Partial<MemberKnown>, of: Partial<HouseholdKnown> = {}) =>
  subjectFrom(household([member(more)], of)).lists.members?.[0]?.facts

test('what the registry knows is said in words of the national dictionary, with values it has', () => {
  const { pack } = loadPack(new URL('../../../policies/cn-national', import.meta.url).pathname)
  const relations = [
    'head',
    'spouse',
    'son',
    'daughter',
    'parent',
    'grandparent',
    'grandchild',
    'sibling',
    'other',
  ]
  const schools = ['kindergarten', 'primary', 'junior', 'senior', 'vocational', null]
  const works = ['none', 'employed', 'flexible', 'farming', 'student', 'retired']
  const members = [
    ...relations.map((relation) => member({ relation })),
    ...schools.map((schooling) => member({ facts: { schooling } })),
    ...works.map((workStatus) => member({ facts: { workStatus } })),
    ...[1, 2, 3, 4, 5, 6, 7].map((kind) =>
      member({ facts: { disability: { class: kind, grade: (kind % 4) + 1 } } }),
    ),
    member({ facts: { disability: null, illness: null }, categories: ['tekun'] }),
  ]
  const said = members.flatMap((one) => subjectFrom(household([one])).lists.members ?? [])
  if (!pack) throw new Error('the national pack cannot be read')
  for (const areaType of ['urban', 'rural'])
    expect(strangeFactsIn(pack, 'household', subjectFrom(household([], { areaType })).facts)).toEqual([])
  for (const { facts } of said) expect(strangeFactsIn(pack, 'member', facts)).toEqual([])
})

test('what the registry cannot know exactly stays to be found out', () => {
  expect(factsOf({ facts: { schooling: 'university' } })).not.toHaveProperty('studyLevel')
  expect(factsOf({ facts: { illness: 'serious' } })).not.toHaveProperty('seriousIllness')
  expect(factsOf({ relation: 'son-in-law' })).not.toHaveProperty('relation')
  expect(factsOf({ birthDate: null })).not.toHaveProperty('bornOn')
  expect(factsOf({ facts: { monthlyIncomeFen: 100 } })).not.toHaveProperty('wageFen')
})

test('in a tekun household of several, nobody is taken for tekun without a determination', () => {
  const of = { categories: ['tekun'] }
  expect(factsOf({}, of)).toMatchObject({ tekunPerson: true })
  const two = subjectFrom(household([member(), member({ relation: 'spouse' })], of)).lists.members
  for (const one of two ?? []) expect(one.facts).not.toHaveProperty('tekunPerson')
  expect(factsOf({})).toMatchObject({ tekunPerson: false })
})

test('the determination in force is known, and who has dibao alone is recognised for it', () => {
  const of = { categories: ['dibaoMargin'] }
  expect(factsOf({}, of)).toMatchObject({ recognisedAs: 'margin', inSinglePersonDibao: false })
  expect(factsOf({ categories: ['singlePersonDibao'] }, of)).toMatchObject({
    ...{ recognisedAs: 'dibao', inSinglePersonDibao: true },
  })
  expect(factsOf({ categories: ['tekun'] }, of)).toMatchObject({ recognisedAs: 'none', tekunPerson: true })
  expect(factsOf({}, { categories: ['rigidExpenditure', 'dibao'] })).toMatchObject({ recognisedAs: 'dibao' })
  expect(factsOf({}, { categories: [] })).toMatchObject({ recognisedAs: 'none' })
})

test('a name comes masked, and no number comes at all', () => {
  const text = JSON.stringify(subjectFrom(household([member()])))
  expect(text).toContain('段*')
  expect(text).not.toContain('number')
})
