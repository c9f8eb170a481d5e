import { assert } from './assert.ts'
import { invisible, toHalfWidth } from './half-width.ts'

/** Whole fen, the only form of money inside the program. */
export type Fen = number & { readonly unit: 'fen' }
/** Whole numbers; the denominator is positive. */
export type Ratio = { readonly numerator: number; readonly denominator: number }

/** Half a fen goes away from zero (half-up) or to the even neighbour; `down` is towards zero, `up` away from it. */
export type Rounding = 'half-up' | 'half-even' | 'down' | 'up'

/** One part of a split: who gets it and with which weight (whole, not negative). */
export type Share<To extends string> = { readonly to: To; readonly weight: number }
/** One part of a finished split. */
export type SharedFen<To extends string> = { readonly to: To; readonly amountFen: Fen }

/** Takes a whole number of fen; anything else, or more than a safe integer, stops the work. */
export const fen = (n: number): Fen => {
  assert(Number.isSafeInteger(n), `not whole fen: ${n}`)
  return (n === 0 ? 0 : n) as Fen
}

/** The exact sum, 0 for nothing. */
export const sumFen = (amounts: Iterable<Fen>): Fen => {
  let total = 0n
  for (const amount of amounts) total += BigInt(amount)
  return fenOf(total)
}

/** The exact sum of its arguments. */
export const addFen = (...amounts: Fen[]): Fen => sumFen(amounts)

/** `from` less `amount`. */
export const subtractFen = (from: Fen, amount: Fen): Fen => fen(from - amount)

/** An exact product, rounded once to fen in the way that is named. */
export const multiply = (amount: Fen, ratio: Ratio, rounding: Rounding): Fen => {
  assert(Number.isSafeInteger(ratio.numerator), `numerator is not whole: ${ratio.numerator}`)
  assert(Number.isSafeInteger(ratio.denominator), `denominator is not whole: ${ratio.denominator}`)
  assert(ratio.denominator > 0, `denominator is not positive: ${ratio.denominator}`)
  return fenOf(divide(BigInt(amount) * BigInt(ratio.numerator), BigInt(ratio.denominator), rounding))
}

/**
 * Splits a total by weights. Each part is cut to whole fen towards zero and what is left over goes to `remainderTo`,
 * so the parts always add up to the total.
 */
export const splitFen = <To extends string>(
  total: Fen,
  shares: readonly Share<To>[],
  remainderTo: NoInfer<To>,
): SharedFen<To>[] => {
  assert(shares.filter((s) => s.to === remainderTo).length === 1, 'the remainder needs exactly one holder')
  assert(
    shares.every((s) => Number.isSafeInteger(s.weight) && s.weight >= 0),
    'weights are whole and not negative',
  )
  const weightTotal = shares.reduce((sum, s) => sum + BigInt(s.weight), 0n)
  assert(weightTotal > 0n, 'all weights are zero')
  const parts = shares.map((s) => (BigInt(total) * BigInt(s.weight)) / weightTotal)
  const remainder = BigInt(total) - parts.reduce((sum, part) => sum + part, 0n)
  return shares.map((s, i) => ({
    to: s.to,
    amountFen: fenOf((parts[i] ?? 0n) + (s.to === remainderTo ? remainder : 0n)),
  }))
}

/** Yuan with two decimals and thousands separators: `1,234.50`, `-0.05`. */
export const yuanTextOf = (amount: Fen): string => {
  const digits = String(Math.abs(amount)).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/gu, ',')
  return `${amount < 0 ? '-' : ''}${whole}.${digits.slice(-2)}`
}

/**
 * Reads an amount in yuan or 万元 exactly: `1,234.50`, `¥800`, `１２０元`, `1.5万元`, `-3`, `(3.00)` for a negative.
 * `undefined` for anything else, for separators in wrong places, and for fractions of a fen: rounding is never implied.
 */
export const fenFromYuanText = (text: string): Fen | undefined => {
  const plain = toHalfWidth(text)
    .replace(invisible, '')
    .replace(/\u2212/gu, '-')
  const match = yuanShape.exec(plain)
  if (!match?.groups) return undefined
  const { open, sign1, sign2, whole = '', fraction = '', unit = '', close } = match.groups
  if (Boolean(open) !== Boolean(close) || (sign1 && sign2)) return undefined
  const negative = Boolean(open) !== Boolean(sign1 === '-' || sign2 === '-')
  if (open && (sign1 || sign2)) return undefined
  const places = unit.startsWith('万') ? 6 : 2
  const kept = fraction.replace(/0+$/u, '')
  if (kept.length > places) return undefined
  const magnitude = BigInt(whole.replaceAll(',', '') + kept.padEnd(places, '0'))
  const signed = negative ? -magnitude : magnitude
  return Number.isSafeInteger(Number(signed)) ? fenOf(signed) : undefined
}

const yuanShape =
  /^(?<open>\()?(?<sign1>[-+])?(?:\u00A5|RMB|CNY|人民币)?(?<sign2>[-+])?(?<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?<fraction>\d+))?(?<unit>元|万元|万)?(?<close>\))?$/iu

const fenOf = (n: bigint): Fen => {
  assert(n >= BigInt(Number.MIN_SAFE_INTEGER) && n <= BigInt(Number.MAX_SAFE_INTEGER), 'too many fen')
  return fen(Number(n))
}

const divide = (dividend: bigint, divisor: bigint, rounding: Rounding): bigint => {
  const quotient = dividend / divisor
  const rest = dividend % divisor
  if (rest === 0n) return quotient
  const away = quotient + (dividend < 0n ? -1n : 1n)
  const twice = 2n * (rest < 0n ? -rest : rest)
  switch (rounding) {
    case 'down':
      return quotient
    case 'up':
      return away
    case 'half-up':
      return twice >= divisor ? away : quotient
    case 'half-even':
      if (twice === divisor) return quotient % 2n === 0n ? quotient : away
      return twice > divisor ? away : quotient
  }
}
