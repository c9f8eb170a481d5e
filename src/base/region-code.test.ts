import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import {
  contains,
  levelOf,
  parentOf,
  parseRegionCode,
  prefixOf,
  type RegionCode,
  rangeOf,
  regionCode,
  regionCodeOfShort,
  regionLevels,
} from './region-code.ts'

const digits = (length: number) =>
  fc.integer({ min: 0, max: 10 ** length - 1 }).map((n) => String(n).padStart(length, '0'))
const anyCode = fc
  .tuple(
    fc.integer({ min: 10, max: 99 }),
    digits(2),
    digits(2),
    digits(3),
    digits(3),
    fc.constantFrom(2, 4, 6, 9, 12),
  )
  .map(([p, c, d, t, v, width]) => regionCode(`${p}${c}${d}${t}${v}`.slice(0, width).padEnd(12, '0')))

test('only 12 digits are a code', () => {
  for (const text of ['5329', '5329010000001', '53290100000a', '000000000000', ' 532901000000'])
    expect(parseRegionCode(text), text).toBeUndefined()
  expect(() => regionCode('532901')).toThrow('12 digits')
  expect(['53', '5329', '532901', '532901003', '532901003001'].map(regionCodeOfShort)).toEqual([
    '530000000000',
    '532900000000',
    '532901000000',
    '532901003000',
    '532901003001',
  ])
  expect(['', '5', '53290', '5329010', 'ab'].map(regionCodeOfShort)).toEqual(Array(5).fill(undefined))
})

test('the zeros tell the level', () => {
  const codes = ['530000000000', '532900000000', '532901000000', '532901003000', '532901003001']
  expect(codes.map((c) => levelOf(regionCode(c)))).toEqual([...regionLevels])
  expect(codes.map((c) => prefixOf(regionCode(c)))).toEqual([
    '53',
    '5329',
    '532901',
    '532901003',
    '532901003001',
  ])
  expect(codes.map((c) => parentOf(regionCode(c)))).toEqual([undefined, ...codes.slice(0, 4)])
  expect(levelOf(regionCode('150202001001'))).toBe('village')
  expect(levelOf(regionCode('150202000000'))).toBe('county')
  expect(levelOf(regionCode('530100100000'))).toBe('township')
})

test('cities without counties and counties without cities keep their place', () => {
  expect(parentOf(regionCode('442000001000'))).toBe('442000000000')
  expect(levelOf(regionCode('442000000000'))).toBe('city')
  expect(parentOf(regionCode('429004000000'))).toBe('429000000000')
  expect(contains(regionCode('420000000000'), regionCode('429004001001'))).toBe(true)
  expect(parentOf(regionCode('110101000000'))).toBe('110100000000')
})

test('ranges are half-open and reach past the last digit', () => {
  expect(rangeOf(regionCode('532901000000'))).toEqual({ from: '532901000000', until: '532902000000' })
  expect(rangeOf(regionCode('539900000000'))).toEqual({ from: '539900000000', until: '540000000000' })
  expect(rangeOf(regionCode('532901003999'))).toEqual({ from: '532901003999', until: '532901004000' })
  expect(rangeOf(regionCode('990000000000'))).toEqual({ from: '990000000000', until: 'a' })
  expect(rangeOf(regionCode('999999999999')).until).toBe('a')
})

test.prop([anyCode, anyCode])(
  'a region lies in a scope exactly when it begins with its digits',
  (scope, code) => {
    expect(contains(scope, code)).toBe(code.startsWith(prefixOf(scope)))
  },
)

const ancestors = (code: RegionCode): RegionCode[] => {
  const parent = parentOf(code)
  return parent ? [parent, ...ancestors(parent)] : []
}

test.prop([anyCode])('every region lies in itself and in all regions above it', (code) => {
  expect(contains(code, code)).toBe(true)
  for (const above of ancestors(code)) {
    expect(contains(above, code)).toBe(true)
    expect(regionLevels.indexOf(levelOf(above))).toBeLessThan(regionLevels.indexOf(levelOf(code)))
    expect(contains(code, above)).toBe(false)
  }
})
