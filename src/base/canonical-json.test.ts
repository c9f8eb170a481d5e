import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

test('keys are ordered and nothing is added', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true, gone: undefined })).toBe(
    '{"a":true,"b":[1,{"c":"x","d":null}]}',
  )
  expect(
    canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, ö: 7 }),
  ).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}')
  expect(canonicalJson([-0, 1e21, 0.1, 333333333.3333333, 1e-7])).toBe('[0,1e+21,0.1,333333333.3333333,1e-7]')
  expect(canonicalJson('\u2028"\\\n')).toBe('"\u2028\\"\\\\\\n"')
})

test('what JSON cannot say stops the work', () => {
  const wrong = [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    undefined,
    1n,
    () => 1,
    new Map(),
    [undefined],
    '\ud800',
    Symbol('x'),
  ]
  for (const value of [...wrong, { a: new Set() }]) expect(() => canonicalJson(value)).toThrow()
})

const anyJson = fc.jsonValue({ stringUnit: 'grapheme', noUnicodeString: false })

test.prop([anyJson])('the text says the same as the value', (value) => {
  const text = canonicalJson(value)
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
  expect(canonicalJson(JSON.parse(text))).toBe(text)
})

test.prop([fc.dictionary(fc.string(), fc.integer(), { noNullPrototype: false })])(
  'the order in which keys were set leaves no trace',
  (record) => {
    const turned = Object.fromEntries(Object.entries(record).toReversed())
    expect(canonicalJson(turned)).toBe(canonicalJson(record))
  },
)
