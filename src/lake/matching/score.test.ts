import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { prepareCandidates } from './candidates.ts'
import { type Candidate, decide, type ScoredRow, score } from './score.ts'

const wang: Candidate = {
  personId: 'p-1',
  name: '王建国',
  birthDate: '1987-04-12',
  regionCode: '532901001002',
}
const row: ScoredRow = { rowKey: 'k', name: '王建国', birthDate: '1987-04-12', regionCode: '532901001002' }
const agreement = (change: Partial<ScoredRow>, person: Partial<Candidate> = {}) =>
  score({ ...row, ...change }, { ...wang, ...person }).reasons.map(
    ({ field, agrees }) => `${field}:${agrees}`,
  )

describe('each field says how it agrees', () => {
  test.each([
    ['王建国', '王建国', 'name:exact'],
    [' 王 建国\u200b', '王建国', 'name:exact'],
    ['阿依古丽•买买提', '阿依古丽·买买提', 'name:separators'],
    ['阿依古丽买买提', '阿依古丽.买买提', 'name:separators'],
    ['王健国', '王建国', 'name:homophone'],
    ['单莉', '善莉', 'name:homophone'],
    ['王建军', '王建国', undefined],
    ['王建', '王建国', undefined],
    ['', '', undefined],
  ])('names %s and %s', (a, b, expected) => {
    expect(agreement({ name: a, birthDate: undefined, regionCode: undefined }, { name: b })).toEqual(
      expected === undefined ? [] : [expected],
    )
  })

  test.each([
    ['1987-04-12', 'birth-date:exact'],
    ['1987-04-21', 'birth-date:month'],
    ['1978-04-12', 'birth-date:swapped-digits'],
    ['1987-12-04', 'birth-date:swapped-digits'],
    ['1987-05-12', undefined],
    ['1989-04-12', undefined],
    [undefined, undefined],
  ])('birth date %s', (birthDate, expected) => {
    expect(agreement({ name: '', birthDate, regionCode: undefined })).toEqual(
      expected === undefined ? [] : [expected],
    )
  })

  test.each([
    ['532901001002', 'region:village'],
    ['532901001003', 'region:township'],
    ['532901001000', 'region:township'],
    ['532901002001', 'region:county'],
    ['532901000000', 'region:county'],
    ['532900000000', undefined],
    ['532923001002', undefined],
    [undefined, undefined],
  ])('region %s', (regionCode, expected) => {
    expect(agreement({ name: '', birthDate: undefined, regionCode })).toEqual(
      expected === undefined ? [] : [expected],
    )
  })

  test('two people known only by the same township are not in the same village', () => {
    const township = '532901001000'
    expect(
      agreement({ name: '', birthDate: undefined, regionCode: township }, { regionCode: township }),
    ).toEqual(['region:township'])
  })
})

describe('the decision', () => {
  test('accepts the only person of that name and birth date in the same township', () => {
    expect(decide({ ...row, regionCode: '532901001000' }, [wang])).toMatchObject({
      outcome: 'accept',
      remembered: false,
      match: { personId: 'p-1', score: 95 },
    })
  })

  test.each([
    ['another township', { regionCode: '532901002001' }],
    ['no region', { regionCode: undefined }],
    ['a homophone', { name: '王健国' }],
    ['another day of the month', { birthDate: '1987-04-13' }],
    ['swapped digits', { birthDate: '1978-04-12' }],
    ['no birth date, but the village', { birthDate: undefined }],
  ])('asks when it is less than that: %s', (_what, change) => {
    expect(decide({ ...row, ...change }, [wang])).toMatchObject({
      outcome: 'ask',
      candidates: [{ personId: 'p-1' }],
    })
  })

  test.each([
    ['the name alone', { birthDate: undefined, regionCode: '532901002001' }],
    ['the birth date alone', { name: '李四', regionCode: '532901002001' }],
    ['neither name nor birth date exactly', { name: '王健国', birthDate: '1987-04-13' }],
  ])('finds nobody by %s', (_what, change) => {
    expect(decide({ ...row, ...change }, [wang])).toEqual({ outcome: 'none' })
  })

  test('never guesses when two people fit, even when one of them lives nearer', () => {
    const twin = { ...wang, personId: 'p-2', regionCode: '532923001001' }
    expect(decide(row, [twin, wang])).toMatchObject({
      outcome: 'ask',
      candidates: [{ personId: 'p-1' }, { personId: 'p-2' }],
    })
  })

  test('a homophone neighbour with the same birth date does not hide the one whose name is written the same', () => {
    const neighbour = { ...wang, personId: 'p-2', name: '王健国' }
    expect(decide(row, [neighbour, wang])).toMatchObject({ outcome: 'accept', match: { personId: 'p-1' } })
  })

  test('respects what a person decided before', () => {
    const twin = { ...wang, personId: 'p-2' }
    expect(decide(row, [wang, twin], [{ personId: 'p-2', same: true }])).toMatchObject({
      outcome: 'accept',
      remembered: true,
      match: { personId: 'p-2' },
    })
    expect(decide(row, [wang], [{ personId: 'p-1', same: false }])).toEqual({ outcome: 'none' })
    // With one of two refused, the other is the only one left.
    expect(decide(row, [wang, twin], [{ personId: 'p-2', same: false }])).toMatchObject({ outcome: 'accept' })
    // A person chosen earlier who has left the registry is nobody.
    expect(decide(row, [], [{ personId: 'p-2', same: true }])).toEqual({ outcome: 'none' })
  })

  test('shows the best candidates first and not more than a person can look at', () => {
    const many = Array.from({ length: 20 }, (_, at) => ({
      ...wang,
      personId: `p-${String(at).padStart(2, '0')}`,
    }))
    const verdict = decide({ ...row, regionCode: '532901001003' }, [
      ...many,
      { ...wang, regionCode: '532901001003' },
    ])
    expect(
      verdict.outcome === 'ask' && verdict.candidates.map(({ personId }) => personId).slice(0, 2),
    ).toEqual(['p-1', 'p-00'])
    expect(verdict.outcome === 'ask' && verdict.candidates.length).toBe(8)
  })
})

const person = fc.record({
  personId: fc.uuid(),
  name: fc.constantFrom('王建国', '王健国', '李秀英', '段阿鹏', '阿依古丽·买买提'),
  birthDate: fc.option(fc.constantFrom('1987-04-12', '1987-04-21', '1978-04-12', '1990-01-01'), {
    nil: undefined,
  }),
  regionCode: fc.constantFrom('532901001002', '532901001000', '532901002001', '532923001001'),
})

test.prop([fc.uniqueArray(person, { selector: ({ personId }) => personId, maxLength: 12 }), person])(
  'comparing with a prepared registry decides as comparing with everybody',
  (people, about) => {
    const asked: ScoredRow = { name: about.name, birthDate: about.birthDate, regionCode: about.regionCode }
    expect(prepareCandidates(people)(asked)).toEqual(decide(asked, people))
  },
)

test.prop([
  fc.uniqueArray(person, { selector: ({ personId }) => personId, minLength: 1, maxLength: 8 }),
  person,
])('whoever is accepted is the only person of that name and birth date', (people, about) => {
  const verdict = prepareCandidates(people)({ ...about, rowKey: undefined })
  if (verdict.outcome !== 'accept') return
  const same = people.filter((each) => each.name === about.name && each.birthDate === about.birthDate)
  expect(same.map(({ personId }) => personId)).toEqual([verdict.match.personId])
})

test('a prepared registry remembers decisions by the key of the row', () => {
  const decide = prepareCandidates([wang], new Map([['k', [{ personId: 'p-1', same: true }]]]))
  expect(decide({ ...row, name: '王建囯', birthDate: undefined })).toMatchObject({
    outcome: 'accept',
    remembered: true,
  })
  expect(decide({ ...row, rowKey: 'other', name: '王建囯', birthDate: undefined })).toEqual({
    outcome: 'none',
  })
})
