import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { Verdict } from './decide.ts'
import { matchRows, openMatcher } from './match-rows.ts'
import { nameForm } from './names.ts'
import { handSet } from './parameters.ts'
import type { Candidate, ScoredRow } from './score.ts'

const wang: Candidate = {
  personId: 'p-1',
  name: '王建国',
  birthDate: '1987-04-12',
  regionCode: '532901001002',
  number: '532901198704120015',
}
const row: ScoredRow = { rowKey: 'k', name: '王建国', birthDate: '1987-04-12', regionCode: '532901001002' }
const one = (
  change: Partial<ScoredRow>,
  people: readonly Candidate[] = [wang],
  options: Parameters<typeof matchRows>[2] = {},
): Verdict | undefined => matchRows([{ ...row, ...change }], people, options)[0]
const asked = (verdict: Verdict | undefined): string[] =>
  verdict?.outcome === 'ask' ? verdict.candidates.map(({ personId }) => personId) : []
const accepted = (verdict: Verdict | undefined): string | undefined =>
  verdict?.outcome === 'accept' ? verdict.match.personId : undefined

describe('a row without a number', () => {
  test('is given to the only person of that name and birth date in the same township', () => {
    expect(one({ regionCode: '532901001000' })).toMatchObject({
      outcome: 'accept',
      remembered: false,
      match: { personId: 'p-1', vetoes: [], reasons: [{ field: 'name', agrees: 'exact' }, {}, {}] },
    })
  })

  test.each([
    ['another township', { regionCode: '532901002001' }],
    ['no region', { regionCode: undefined }],
    ['the county only', { regionCode: '532901000000' }],
    ['a homophone', { name: '王健国' }],
    ['one character less', { name: '王国' }],
    ['another day of the month', { birthDate: '1987-04-13' }],
    ['swapped digits', { birthDate: '1978-04-12' }],
    ['no birth date, but the village', { birthDate: undefined }],
  ])('is asked about when it is less than that: %s', (_what, change) => {
    expect(asked(one(change))).toEqual(['p-1'])
  })

  test.each([
    ['the name alone', { birthDate: undefined, regionCode: '532901002001' }],
    ['the birth date alone', { name: '李四', regionCode: '532901002001' }],
    [
      'neither name nor birth date exactly',
      { name: '王健国', birthDate: '1987-04-13', regionCode: '532901002001' },
    ],
    ['nothing at all', { name: '', birthDate: undefined, regionCode: undefined }],
  ])('is nobody by %s', (_what, change) => {
    expect(one(change)).toEqual({ outcome: 'none' })
  })

  test('is never guessed when two people fit, even when one of them lives nearer', () => {
    const namesake = { ...wang, personId: 'p-2', regionCode: '532923001001', number: undefined }
    expect(asked(one({}, [namesake, wang]))).toEqual(['p-1', 'p-2'])
  })

  test('is not hidden from its person by a homophone neighbour with the same birth date', () => {
    const neighbour = { ...wang, personId: 'p-2', name: '王健国', regionCode: '532901002003' }
    expect(accepted(one({}, [neighbour, wang]))).toBe('p-1')
  })

  test('is asked about where twins have names that sound alike', () => {
    const twin = { ...wang, personId: 'p-2', name: '王健国', number: '532901198704120031' }
    expect(asked(one({ name: '王剑国' }, [twin, wang]))).toEqual(['p-1', 'p-2'])
    expect(asked(one({ name: '王?国' }, [twin, wang]))).toEqual(['p-1', 'p-2'])
  })

  test('is asked about where the name is so frequent that the birthday may be chance', () => {
    const others = Array.from({ length: 30_000 }, (_, at) => ({
      ...wang,
      personId: `n-${at}`,
      birthDate: '1960-01-01',
      regionCode: '532923001001',
      number: undefined,
    }))
    expect(asked(one({ regionCode: '532901001000' }, [wang, ...others]))).toEqual(['p-1'])
  })
})

describe('a number that failed its check', () => {
  const far = { regionCode: '532901000000' }

  test.each([
    ['one digit wrong', '532901198704220015'],
    ['neighbours swapped', '532910198704120015'],
    ['one digit missing', '53290119870412015'],
    ['one digit twice', '5329011987041200155'],
    ['the check character wrong', '532901198704120018'],
    ['one digit of the sequence wrong', '532901198704120915'],
  ])('with %s leads to its person, and a homophone in the name does not hinder', (_what, number) => {
    expect(accepted(one({ ...far, number }))).toBe('p-1')
    expect(accepted(one({ ...far, number, name: '王健国' }))).toBe('p-1')
    expect(accepted(one({ ...far, number, birthDate: undefined }))).toBe('p-1')
  })

  test('leads to the person though name and birth date bring nobody else', () => {
    expect(accepted(one({ regionCode: undefined, number: '532901198704220015', birthDate: undefined }))).toBe(
      'p-1',
    )
    // Swapped across two parts of the number, which breaks both.
    const swapped = { regionCode: undefined, number: '532901198704102015', birthDate: undefined }
    expect(asked(one({ ...swapped, name: '王健国' }))).toEqual(['p-1'])
  })

  test('tells two of one name and birthday apart', () => {
    const namesake = { ...wang, personId: 'p-2', number: '532901198704129334' }
    expect(accepted(one({ number: '532901198704220015' }, [namesake, wang]))).toBe('p-1')
    expect(asked(one({}, [namesake, wang]))).toEqual(['p-1', 'p-2'])
  })

  test('that fits two alike is asked about', () => {
    const twin = { ...wang, personId: 'p-2', number: '532901198704120035' }
    expect(asked(one({ number: '532901198704120025' }, [twin, wang]))).toEqual(['p-1', 'p-2'])
  })

  test('of quite another person leaves name and birth date, which are asked about', () => {
    expect(asked(one({ number: '110101196501019372' }))).toEqual(['p-1'])
  })

  test('is no evidence where the person has none', () => {
    const verdict = one({ number: '532901198704220015' }, [{ ...wang, number: undefined }])
    expect(accepted(verdict)).toBe('p-1')
    expect(verdict?.outcome === 'accept' && verdict.match.reasons.map(({ field }) => field)).toEqual([
      'name',
      'birth-date',
      'region',
    ])
  })
})

describe('vetoes', () => {
  const reached = (verdict: Verdict | undefined) =>
    verdict?.outcome === 'ask' ? verdict.candidates.map(({ vetoes }) => vetoes) : verdict

  test('a number of the other sex is not accepted, unless the digit that tells it is the slip', () => {
    expect(reached(one({ number: '532901198704120925' }))).toEqual([['sex-differs']])
    expect(accepted(one({ number: '532901198704120025' }))).toBe('p-1')
  })

  test('father and son of one name are not taken for one another', () => {
    const son = { ...row, birthDate: '2007-04-12' }
    expect(reached(one(son))).toEqual([['born-years-apart']])
    expect(accepted(one({ ...son, birthDate: '1988-04-12', number: '532901198704220015' }))).toBe('p-1')
  })

  test('a number that is exactly that of another of this name belongs to that one', () => {
    const other = { ...wang, personId: 'p-2', birthDate: '1987-04-12', number: '532901198704220015' }
    const verdict = one({ number: '532901198704220015' }, [wang, other])
    expect(accepted(verdict)).toBe('p-2')
    const refused = one({ number: '532901198704220015' }, [wang, other], {
      remembered: new Map([['k', [{ personId: 'p-2', same: false }]]]),
    })
    expect(reached(refused)).toEqual([['number-of-another']])
  })
})

describe('thresholds', () => {
  const scored = one({})
  const bits = scored?.outcome === 'accept' ? scored.match.bits : 0
  const limits = [
    ['below', 0.001, 'ask'],
    ['at', 0, 'accept'],
    ['above', -0.001, 'accept'],
  ] as const

  test.each(limits)('a score %s the threshold of acceptance', (_where, above, outcome) => {
    const parameters = { ...handSet, acceptFromBits: bits + above }
    expect(one({}, [wang], { parameters })?.outcome).toBe(outcome)
  })

  test.each(limits)('a score %s the threshold of asking', (_where, above, outcome) => {
    const parameters = { ...handSet, acceptFromBits: 99, askFromBits: bits + above }
    expect(one({}, [wang], { parameters })?.outcome).toBe(outcome === 'accept' ? 'ask' : 'none')
  })

  test('a second who is not behind by the margin is asked about as well', () => {
    const second = { ...wang, personId: 'p-2', number: '532901198704129334' }
    const with1 = { number: '532901198704220015' }
    expect(accepted(one(with1, [wang, second]))).toBe('p-1')
    const parameters = { ...handSet, marginBits: 99 }
    expect(asked(one(with1, [wang, second], { parameters }))).toEqual(['p-1', 'p-2'])
  })
})

describe('one-to-one', () => {
  test('two wrong spellings of one number are one person', () => {
    const rows = [
      { ...row, number: '532901198704220015' },
      { ...row, name: '王健国', number: '53290119870412015' },
    ]
    expect(matchRows(rows, [wang]).map(accepted)).toEqual(['p-1', 'p-1'])
  })

  test('two who cannot be one are not both given to the same person: the clearly better stays, or both are asked', () => {
    const born = { ...row, number: '532901198704220015' }
    const other = { ...row, name: '王建军', number: '532901198704120025' }
    expect(matchRows([born, other], [wang]).map(accepted)).toEqual(['p-1', undefined])
    expect(asked(matchRows([born, other], [wang])[1])).toEqual(['p-1'])
    const close = { ...handSet, marginBits: 60 }
    expect(matchRows([born, other], [wang], { parameters: close }).map(asked)).toEqual([['p-1'], ['p-1']])
  })
})

describe('what persons decided', () => {
  const decided = (...decisions: { personId: string; same: boolean }[]) => ({
    remembered: new Map([['k', decisions]]),
  })
  const twin = { ...wang, personId: 'p-2' }

  test('is respected, for and against', () => {
    expect(one({}, [wang, twin], decided({ personId: 'p-2', same: true }))).toMatchObject({
      outcome: 'accept',
      remembered: true,
      match: { personId: 'p-2' },
    })
    expect(one({}, [wang], decided({ personId: 'p-1', same: false }))).toEqual({ outcome: 'none' })
    // With one of two refused, the other is the only one left.
    expect(accepted(one({}, [wang, twin], decided({ personId: 'p-2', same: false })))).toBe('p-1')
    // A person chosen earlier who has left the registry is nobody.
    expect(one({}, [], decided({ personId: 'p-2', same: true }))).toEqual({ outcome: 'none' })
  })

  test('reaches a person with whom nothing agrees, and no other row', () => {
    const change = { name: '李四', birthDate: undefined, regionCode: undefined }
    expect(accepted(one(change, [wang], decided({ personId: 'p-1', same: true })))).toBe('p-1')
    expect(one({ ...change, rowKey: 'other' }, [wang], decided({ personId: 'p-1', same: true }))).toEqual({
      outcome: 'none',
    })
  })
})

test('the best candidates come first, and not more than a person can look at', () => {
  const many = Array.from({ length: 20 }, (_, at) => ({
    ...wang,
    personId: `p-${String(at).padStart(2, '0')}`,
  }))
  const near = { ...wang, regionCode: '532901001003' }
  const shown = asked(one({ regionCode: '532901001003' }, [...many, near]))
  expect(shown.slice(0, 2)).toEqual(['p-1', 'p-00'])
  expect(shown).toHaveLength(8)
})

test('patterns are counted for every pair that meets, and only when asked for', () => {
  const people = [wang, { ...wang, personId: 'p-2', name: '李四' }]
  const matcher = openMatcher([row, row], { collectsPatterns: true })
  for (const person of people) matcher.offer(person)
  expect(matcher.patterns().reduce((sum, { count }) => sum + count, 0)).toBe(2)
  expect(matcher.figures()).toEqual({ people: 2, identities: 1, pairs: 2 })
  expect(openMatcher([row]).patterns()).toEqual([])
})

const name = fc.constantFrom(
  '王建国',
  '王健国',
  '王建國',
  '李秀英',
  '段?鹏',
  '段阿鹏',
  '杨𠮷',
  '杨吉',
  '阿依古丽·买买提',
)
const birthDate = fc.option(fc.constantFrom('1987-04-12', '1987-04-21', '1978-04-12', '1990-01-01'), {
  nil: undefined,
})
const regionCode = fc.constantFrom('532901001002', '532901001000', '532901002001', '532923001001')
const number = fc.option(
  fc.constantFrom('532901198704120015', '532901198704120025', '53290119870412001', '532901199001010037'),
  { nil: undefined },
)
const person = fc.record({ personId: fc.uuid(), name, birthDate, regionCode, number })
const rowLike = fc.record({ name, birthDate, regionCode, number })
const people = fc.uniqueArray(person, { selector: ({ personId }) => personId, maxLength: 12 })

test.prop([fc.array(rowLike, { maxLength: 8 }), people, fc.infiniteStream(fc.nat())])(
  'neither the order of the rows nor that of the people changes a verdict',
  (rows, registry, order) => {
    const shuffled = <T>(list: readonly T[]): [number, T][] =>
      list
        .map((each, at) => ({ each, at, key: order.next().value ?? 0 }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ at, each }): [number, T] => [at, each])
    const expected = matchRows(rows, registry)
    const otherRows = shuffled(rows)
    const found = matchRows(
      otherRows.map(([, each]) => each),
      shuffled(registry).map(([, each]) => each),
    )
    for (const [at, [was]] of otherRows.entries()) expect(found[at]).toEqual(expected[was])
  },
)

test.prop([people, rowLike])(
  'whoever is accepted without a number is the only person of that name and birth date',
  (registry, about) => {
    const verdict = matchRows([{ ...about, number: undefined }], registry)[0]
    if (verdict?.outcome !== 'accept') return
    const written = ({ name }: { name: string }) => nameForm(name).letters.join('')
    const same = registry.filter(
      (each) => written(each) === written(about) && each.birthDate === about.birthDate,
    )
    expect(same.map(({ personId }) => personId)).toContain(verdict.match.personId)
    expect(same).toHaveLength(1)
  },
)
