import { expect, test } from 'vitest'
import type { FactEntry, GivenFacts } from './schemas.ts'
import { subjectGiven, subjectReported } from './subjects.ts'

const common = {
  label: { zh: '出生', en: 'birth' },
  from: { registry: 'resident number' },
  derivation: 'As registered.',
  absent: false,
  unknown: true,
  uses: [],
  correctable: true,
} satisfies Partial<FactEntry>
const dictionary = {
  entities: { member: { label: { zh: '成员', en: 'member' } } },
  facts: {
    member: {
      bornOn: { ...common, type: 'date', usual: '1980-01-01' },
      birthYear: {
        ...common,
        type: 'number',
        unit: 'years',
        range: [1880, 2100],
        yearOf: 'bornOn',
        usual: 1980,
      },
    },
  },
} as const satisfies Parameters<typeof subjectGiven>[0]

test('a year follows from the date that is given, and from nothing else', () => {
  const givens: readonly GivenFacts[] = [
    { bornOn: '1964-05-20' },
    {},
    { bornOn: 'unknown' },
    { bornOn: 'unknown', birthYear: 1964 },
  ]
  const years = givens.map((given) => {
    const { birthYear } = subjectGiven(dictionary, 'member', '1', given).facts
    return birthYear
  })
  expect(years).toEqual([1964, 1980, { outcome: 'unknown', missing: ['birthYear'] }, 1964])
})

test('a reported person whose date of birth is told has a year of birth', () => {
  const { facts } = subjectReported(dictionary, 'member', '1', { bornOn: '1964-05-20' })
  expect(facts).toEqual({ bornOn: '1964-05-20', birthYear: 1964 })
})
