import { expect, test } from 'vitest'
import type { FeelType } from '../index.ts'
import { coerce, conformsTo, fromJson, number, parseType, toIso, toJson } from '../index.ts'
import { evaluated } from '../try-feel.ts'

const kinds: FeelType = {
  kind: 'named',
  name: 'Kind',
  base: { kind: 'string' },
  allows: (value) => value === 'x',
}
const find = (name: string): FeelType | undefined =>
  name === 'My Kind' || name === 'lib.Kind' ? kinds : undefined

const typed = (text: string): FeelType => {
  const type = parseType(text, find)
  if (!type) throw new Error(`no type: ${text}`)
  return type
}

test.each([
  ['number', { kind: 'number' }],
  ['days and time duration', { kind: 'days and time duration' }],
  ['list< number >', { kind: 'list', of: { kind: 'number' } }],
  ['range<date and time>', { kind: 'range', of: { kind: 'date and time' } }],
  [
    'list<context<first name: string>>',
    { kind: 'list', of: { kind: 'context', members: new Map([['first name', { kind: 'string' }]]) } },
  ],
  [
    'function<number, list<string>>->date',
    {
      kind: 'function',
      parameters: [{ kind: 'number' }, { kind: 'list', of: { kind: 'string' } }],
      result: { kind: 'date' },
    },
  ],
  ['function<>->Any', { kind: 'function', parameters: [], result: { kind: 'any' } }],
  ['My Kind', kinds],
  ['lib.Kind', kinds],
  ['list<My Kind>', { kind: 'list', of: kinds }],
  ['list', { kind: 'list', of: { kind: 'any' } }],
])('the type %s', (text, type) => {
  expect(parseType(text, find)).toEqual(type)
})

test.each(['', 'nothing known', 'list<nothing>', 'number number', 'list<number', 'context<a>'])(
  'no type: %s',
  (text) => {
    expect(parseType(text, find)).toBeUndefined()
  },
)

test('a value is converted where the standard says so, and else is null', () => {
  expect(coerce(number(1), typed('list<number>'))).toEqual([number(1)])
  expect(coerce([number(1)], typed('number'))).toEqual(number(1))
  expect(coerce([number(1), number(2)], typed('number'))).toBeNull()
  expect(toIso(coerce(evaluated('@"2020-01-01"'), typed('date and time')))).toBe('2020-01-01T00:00:00Z')
  expect(coerce([[number(1)]], typed('number'))).toBeNull()
  expect(coerce([evaluated('@"2020-01-01"')], typed('date and time'))).toBeNull()
  expect(coerce('y', kinds)).toBeNull()
  expect(coerce('x', kinds)).toBe('x')
  expect(conformsTo(null, kinds)).toBe(true)
  expect(coerce(evaluated('{a: 1, b: "x"}'), typed('context<a: number>'))).toEqual(
    evaluated('{a: 1, b: "x"}'),
  )
  expect(coerce(evaluated('{b: "x"}'), typed('context<a: number>'))).toBeNull()
})

test('JSON becomes values by marks and by types, and back', () => {
  const marked = {
    day: { '@date': '2020-01-01' },
    big: { '@number': '12345678901234567890.5' },
    list: [1, null, true],
  }
  expect(toIso(fromJson(marked))).toBe(
    '{day: 2020-01-01, big: 12345678901234567890.5, list: [1, null, true]}',
  )
  expect(toJson(fromJson(marked))).toEqual({
    day: '2020-01-01',
    big: '12345678901234567890.5',
    list: [1, null, true],
  })
  expect(toIso(fromJson('2020-01-01', { kind: 'date' }))).toBe('2020-01-01')
  expect(fromJson('2020-01-01')).toBe('2020-01-01')
  expect(fromJson('no date', { kind: 'date' })).toBeNull()
  expect(toIso(fromJson({ from: 'P1D' }, typed('context<from: days and time duration>')))).toBe('{from: P1D}')
  expect(toJson(number('0.1'))).toBe(0.1)
  expect(toJson(number('0.12345678901234567890123'))).toBe('0.12345678901234567890123')
})
