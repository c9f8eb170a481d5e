import type { Decimal } from 'decimal.js'
import { finite, negate } from '../value/arithmetic.ts'
import {
  type FeelDaysDuration,
  type FeelMonthsDuration,
  FeelNumber,
  type FeelValue,
  isNumber,
  kindOf,
  number,
} from '../value/value.ts'
import { anything, type Builtins, builtin, numeric, parameter, signature } from './make.ts'

type Rounding = Decimal.Rounding

const n = (value: FeelValue | undefined): FeelNumber => value as FeelNumber

// A negative scale rounds to tens, hundreds …: the point is moved there and back.
const roundTo = (value: FeelNumber, scale: FeelNumber, mode: Rounding): FeelValue => {
  const places = scale.trunc().toNumber()
  if (places < -6111 || places > 6176) return null
  if (places >= 0) return finite(value.toDecimalPlaces(places, mode))
  const ten = number(`1e${places}`)
  return finite(value.times(ten).toDecimalPlaces(0, mode).dividedBy(ten))
}

const scaled = (mode: Rounding) =>
  signature([parameter('n', numeric), parameter('scale', numeric)], ([value, scale]) =>
    roundTo(n(value), n(scale), mode),
  )

const toWhole = (mode: Rounding) =>
  signature([parameter('n', numeric)], ([value]) => n(value).toDecimalPlaces(0, mode))

const absolute = (value: FeelValue): FeelValue => {
  if (isNumber(value)) return value.abs()
  if (kindOf(value) === 'days and time duration')
    return (value as FeelDaysDuration).nanos < 0n ? negate(value) : value
  if (kindOf(value) === 'years and months duration')
    return (value as FeelMonthsDuration).months < 0 ? negate(value) : value
  return null
}

// The result has the sign of the divisor, as `dividend - divisor * floor(dividend / divisor)` does.
const modulo = (dividend: FeelNumber, divisor: FeelNumber): FeelValue => {
  if (divisor.isZero()) return null
  const rest = dividend.modulo(divisor)
  return finite(rest.isZero() || rest.isNegative() === divisor.isNegative() ? rest : rest.plus(divisor))
}

const ofNumber = (name: string, call: (value: FeelNumber) => FeelValue) =>
  builtin(
    name,
    signature([parameter('number', numeric)], ([value]) => call(n(value))),
  )

/** Numeric functions: DMN 1.5, table 76. */
export const numbers: Builtins = [
  builtin('decimal', scaled(FeelNumber.ROUND_HALF_EVEN)),
  builtin('floor', toWhole(FeelNumber.ROUND_FLOOR), scaled(FeelNumber.ROUND_FLOOR)),
  builtin('ceiling', toWhole(FeelNumber.ROUND_CEIL), scaled(FeelNumber.ROUND_CEIL)),
  builtin('round up', scaled(FeelNumber.ROUND_UP)),
  builtin('round down', scaled(FeelNumber.ROUND_DOWN)),
  builtin('round half up', scaled(FeelNumber.ROUND_HALF_UP)),
  builtin('round half down', scaled(FeelNumber.ROUND_HALF_DOWN)),
  builtin(
    'abs',
    signature([parameter('n', anything)], ([value = null]) => absolute(value)),
  ),
  builtin(
    'modulo',
    signature([parameter('dividend', numeric), parameter('divisor', numeric)], ([dividend, divisor]) =>
      modulo(n(dividend), n(divisor)),
    ),
  ),
  ofNumber('sqrt', (value) => (value.isNegative() && !value.isZero() ? null : finite(value.sqrt()))),
  ofNumber('log', (value) => (value.greaterThan(0) ? finite(value.ln()) : null)),
  ofNumber('exp', (value) => finite(value.exp())),
  ofNumber('odd', (value) => value.isInteger() && !value.modulo(2).isZero()),
  ofNumber('even', (value) => value.modulo(2).isZero()),
]
