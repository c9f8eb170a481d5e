import { test as check, fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { type FilterField, readFilters, writeFilters } from './filters.ts'

const fields: readonly FilterField[] = [
  { id: 'q', label: 'q', kind: 'text', isPersonal: true },
  { id: 'plate', label: 'plate', kind: 'text' },
  { id: 'grade', label: 'grade', kind: 'select', options: [{ value: 'red', label: 'red' }] },
]

test('what is personal never enters the address', () => {
  const { address, kept } = writeFilters(fields, new URLSearchParams('tab=all'), { q: '杨某', grade: 'red' })
  expect(address.toString()).toBe('tab=all&grade=red')
  expect(kept).toEqual({ q: '杨某' })
})

test('a choice nobody offers counts as none', () => {
  expect(readFilters(fields, new URLSearchParams('grade=purple'), {})).toEqual({})
})

check.prop([fc.record({ q: fc.string(), plate: fc.string(), grade: fc.constantFrom('', 'red') })])(
  'what is written is read again',
  (values) => {
    const { address, kept } = writeFilters(fields, new URLSearchParams(), values)
    const set = Object.fromEntries(Object.entries(values).filter(([, value]) => value))
    expect(readFilters(fields, new URLSearchParams(address.toString()), kept)).toEqual(set)
  },
)
