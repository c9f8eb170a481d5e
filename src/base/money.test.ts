import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import {
  addFen,
  type Fen,
  fen,
  fenFromYuanText,
  multiply,
  type Rounding,
  splitFen,
  subtractFen,
  sumFen,
  yuanTextOf,
} from './money.ts'

const anyFen = fc.integer({ min: -1e10, max: 1e10 }).map(fen)
const anyRatio = fc.record({
  numerator: fc.integer({ min: -100_000, max: 100_000 }),
  denominator: fc.integer({ min: 1, max: 100_000 }),
})
const ways: readonly Rounding[] = ['half-up', 'half-even', 'down', 'up']

test('only whole fen are money', () => {
  expect(fen(90_000)).toBe(90_000)
  expect(Object.is(fen(-0), 0)).toBe(true)
  for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
    expect(() => fen(wrong)).toThrow('not whole fen')
})

test('sums are exact and never leave the safe integers', () => {
  expect(sumFen([])).toBe(0)
  expect(addFen(fen(1), fen(2), fen(-4))).toBe(-1)
  expect(subtractFen(fen(100), fen(1))).toBe(99)
  expect(() => addFen(fen(Number.MAX_SAFE_INTEGER), fen(1))).toThrow('too many fen')
})

test('each rounding does to a half what its name says', () => {
  const halves = (rounding: Rounding) =>
    [1, 3, -1, -3].map((n) => multiply(fen(n), { numerator: 1, denominator: 2 }, rounding))
  expect(halves('half-up')).toEqual([1, 2, -1, -2])
  expect(halves('half-even')).toEqual([0, 2, 0, -2])
  expect(halves('down')).toEqual([0, 1, 0, -1])
  expect(halves('up')).toEqual([1, 2, -1, -2])
  expect(multiply(fen(90_000), { numerator: 3, denominator: 10 }, 'half-up')).toBe(27_000)
  expect(() => multiply(fen(1), { numerator: 1, denominator: 0 }, 'down')).toThrow('denominator')
  expect(() => multiply(fen(1), { numerator: 0.1, denominator: 1 }, 'down')).toThrow('numerator')
})

test.prop([anyFen, anyRatio])('every rounding stays within one fen of the exact product', (amount, ratio) => {
  const exact = BigInt(amount) * BigInt(ratio.numerator)
  const divisor = BigInt(ratio.denominator)
  for (const rounding of ways) {
    const off = BigInt(multiply(amount, ratio, rounding)) * divisor - exact
    const size = off < 0n ? -off : off
    expect(rounding.startsWith('half') ? 2n * size <= divisor : size < divisor).toBe(true)
  }
})

test.prop([anyFen, anyRatio])('rounding treats a debt as it treats a claim', (amount, ratio) => {
  for (const rounding of ways)
    expect(multiply(fen(-amount), ratio, rounding)).toBe(fen(-multiply(amount, ratio, rounding)))
})

const anyShares = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 })
  .chain((names) =>
    fc.tuple(
      ...names.map((to) => fc.record({ to: fc.constant(to), weight: fc.integer({ min: 0, max: 1000 }) })),
    ),
  )
  .filter((shares) => shares.some((s) => s.weight > 0))

test.prop([anyFen, anyShares, fc.nat()])(
  'the parts of a split add up to the total',
  (total, shares, pick) => {
    const holder = shares[pick % shares.length]?.to ?? ''
    const parts = splitFen(total, shares, holder)
    expect(sumFen(parts.map((p) => p.amountFen))).toBe(total)
    expect(parts.map((p) => p.to)).toEqual(shares.map((s) => s.to))
    const weights = shares.reduce((sum, s) => sum + s.weight, 0)
    for (const [i, share] of shares.entries()) {
      if (share.to === holder) continue
      const exact = { numerator: share.weight, denominator: weights }
      expect(parts[i]?.amountFen).toBe(multiply(total, exact, 'down'))
    }
  },
)

test('what is left over goes to the named holder', () => {
  const thirds = [
    { to: 'head', weight: 1 },
    { to: 'wife', weight: 1 },
    { to: 'son', weight: 1 },
  ] as const
  expect(splitFen(fen(100), thirds, 'wife').map((p) => p.amountFen)).toEqual([33, 34, 33])
  expect(() => splitFen(fen(1), [{ to: 'a', weight: 0 }], 'a')).toThrow('all weights are zero')
  expect(() => splitFen(fen(1), [{ to: 'a', weight: -1 }], 'a')).toThrow('not negative')
  const twice = [thirds[0], thirds[0]]
  expect(() => splitFen(fen(1), twice, 'head')).toThrow('exactly one holder')
})

test('amounts are written with two decimals and thousands', () => {
  const texts: [number, string][] = [
    [0, '0.00'],
    [5, '0.05'],
    [-5, '-0.05'],
    [123_450, '1,234.50'],
    [-100_000_000, '-1,000,000.00'],
    [99_999, '999.99'],
  ]
  for (const [n, text] of texts) expect(yuanTextOf(fen(n))).toBe(text)
})

test.prop([fc.maxSafeInteger().map(fen)])('a written amount reads back as itself', (amount: Fen) => {
  expect(fenFromYuanText(yuanTextOf(amount))).toBe(amount)
})

test('amounts are read to the fen in every usual spelling', () => {
  const texts: [string, number][] = [
    ['1,234.50', 123_450],
    ['1234.5', 123_450],
    ['1234.5000', 123_450],
    ['¥800', 80_000],
    ['￥ 800.00', 80_000],
    ['-¥3', -300],
    ['¥-3', -300],
    ['(3.00)', -300],
    ['（3.00）', -300],
    ['−3', -300],
    ['+3', 300],
    ['１，２３４．５０元', 123_450],
    ['人民币120元', 12_000],
    ['1.5万元', 1_500_000],
    ['1.234567万', 1_234_567],
    ['\u00a01 200\u200b', 120_000],
    ['0.29', 29],
    ['1.005', Number.NaN],
    ['1.2345678万元', Number.NaN],
  ]
  for (const [text, n] of texts) expect(fenFromYuanText(text), text).toBe(Number.isNaN(n) ? undefined : n)
})

test('what is no amount stays no amount', () => {
  const texts = [
    '',
    '-',
    '/',
    '无',
    '1,23',
    '12,34.5',
    '1.2.3',
    '1e3',
    '9.9E+17',
    '12元5角',
    '(3',
    '(-3)',
    '--3',
    '.5',
    '5.',
  ]
  for (const text of [...texts, '99999999999999999.00', '万元'])
    expect(fenFromYuanText(text), text).toBeUndefined()
})
