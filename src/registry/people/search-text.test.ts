import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { canonicalName, rangeOfPrefix } from './names.ts'
import { holdsNumber } from './number-in-text.ts'
import { readSearchText } from './search-text.ts'

const bytes = (text: string) => Buffer.from(text, 'utf8')
const name = fc.string({
  unit: fc.constantFrom(...'杨秀英𠮷𬍛\ud7ff\ue000·a\u{10FFFF}'),
  minLength: 1,
  maxLength: 4,
})

test.prop([name, name])('a text begins with the prefix exactly when it lies in the range', (prefix, text) => {
  const { from, until } = rangeOfPrefix(prefix)
  const inside =
    Buffer.compare(bytes(text), bytes(from)) >= 0 &&
    (until === undefined || Buffer.compare(bytes(text), bytes(until)) < 0)
  expect(inside).toBe(text.startsWith(prefix))
})

test.prop([fc.string({ unit: 'grapheme' })])('a name written in its kept spelling stays as it is', (raw) => {
  expect(canonicalName(canonicalName(raw))).toBe(canonicalName(raw))
})

const cases = [
  ['0112', { by: 'last4', last4: '0112' }],
  ['011x', { by: 'last4', last4: '011X' }],
  ['yxy', { by: 'initials', initials: 'yxy' }],
  ['ＹＸ', { by: 'initials', initials: 'yx' }],
  ['H2901-1', { by: 'household', number: 'H2901-1' }],
  ['阿苏.木呷', { by: 'name', prefix: '阿苏·木呷' }],
  ['王　磊', { by: 'name', prefix: '王磊' }],
  ['𬍛', { by: 'name', prefix: '𬍛' }],
  ['1.1E+17', { by: 'nothing', reason: 'too-short' }],
] as const
test.each(cases)('“%s” is understood', (typed, expected) => {
  expect(readSearchText(typed)).toEqual(expected)
})

test('a note is known to hold a number with spaces or dashes in it, and a telephone number is none', () => {
  expect(holdsNumber('号码 992901 19560312 0022')).toBe(true)
  expect(holdsNumber('992901-560312-002')).toBe(true)
  expect(holdsNumber('电话 13887200000，户号 H2901000001')).toBe(false)
})
