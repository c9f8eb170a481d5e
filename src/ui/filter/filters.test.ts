import { test as check, fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { type FilterField, readFilters, unsentTexts, writeFilters } from './filters.ts'

const fields: readonly FilterField[] = [
  { id: 'q', label: 'q', kind: 'text', isPersonal: true },
  { id: 'plate', label: 'plate', kind: 'text' },
  { id: 'grade', label: 'grade', kind: 'select', options: [{ value: 'red', label: 'red' }] },
]

const at = (search: string, kept = {}) => ({ address: new URLSearchParams(search), kept })

test('what is personal never enters the address', () => {
  const { address, kept } = writeFilters(fields, at('tab=all'), { q: '杨某', grade: 'red' })
  expect(address.toString()).toBe('tab=all&grade=red')
  expect(kept).toEqual({ q: '杨某' })
})

test('what a change does not name stays, even a choice that is not offered yet', () => {
  const { address, kept } = writeFilters(fields, at('grade=purple', { q: '杨某' }), { plate: '云L' })
  expect([address.get('grade'), address.get('plate'), kept]).toEqual(['purple', '云L', { q: '杨某' }])
  const cleared = writeFilters(fields, { address, kept }, { q: undefined, plate: '', grade: undefined })
  expect([cleared.address.toString(), cleared.kept]).toEqual(['', {}])
})

test('only texts are sent along with a choice, and only those that were typed since', () => {
  const values = { q: '杨某', plate: '云L', grade: 'red' }
  expect(unsentTexts(fields, values, { q: '杨某', plate: '', grade: undefined })).toEqual({ plate: '' })
  expect(unsentTexts(fields, {}, { q: '' })).toEqual({})
})

test('a choice nobody offers counts as none', () => {
  expect(readFilters(fields, new URLSearchParams('grade=purple'), {})).toEqual({})
})

check.prop([fc.record({ q: fc.string(), plate: fc.string(), grade: fc.constantFrom('', 'red') })])(
  'what is written is read again',
  (values) => {
    const { address, kept } = writeFilters(fields, at(''), values)
    const set = Object.fromEntries(Object.entries(values).filter(([, value]) => value))
    expect(readFilters(fields, new URLSearchParams(address.toString()), kept)).toEqual(set)
  },
)
