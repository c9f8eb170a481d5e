import { carried, overUnit, plain, type Type, typeText, type Unit } from '../types.ts'
import { isUnknownValue, mergeUnknown, type Value } from '../values.ts'
import { type Clash, clash, type Operator, type SqlContext } from './operator.ts'
import { strict, valueAt } from './sql-parts.ts'

/** How a quotient becomes whole. All are symmetric: what they do to 5 they do to -5. */
export const roundings = ['half-up', 'down', 'up']

const noUnit: Unit = { factors: [], free: true }

const divided = (a: number, b: number, rounding: Value): number => {
  const size = Math.abs(a)
  const rest = size % b
  const whole = (size - rest) / b
  const more = rounding === 'up' ? rest > 0 : rounding === 'half-up' && 2 * rest >= b
  // Nothing times minus one is 0, not JavaScript's minus zero.
  return (more ? whole + 1 : whole) * (a < 0 ? -1 : 1) + 0
}

const typed = (a: Type, b: Type, rounding: Type): Type | Clash => {
  const details = { sign: 'divide', left: typeText(a), right: typeText(b) }
  if (a.kind !== 'number' || b.kind !== 'number') return clash('type-clash', details)
  const mode = rounding.values?.[0] ?? ''
  if (!roundings.includes(mode))
    return clash('code-never-occurs', { code: mode, possible: roundings.join(', ') })
  const written = b.unit?.free && b.low === b.high ? b.low : undefined
  const unit = overUnit(a.unit ?? noUnit, b.unit ?? noUnit, written)
  if (!unit) return clash('unit-clash', details)
  const [low, high, least, most] = [a.low ?? 0, a.high ?? 0, b.low ?? 0, b.high ?? 0]
  if (least < 1) return clash('divisor-not-positive', { low: least })
  const corners = [low, high].flatMap((x) => [least, most].map((y) => divided(x, y, mode)))
  return plain('number', { ...carried(a, b), unit, low: Math.min(...corners), high: Math.max(...corners) })
}

const quotientSql = (size: string, b: string, mode: string, { dialect }: SqlContext): string => {
  if (mode === 'half-up') return dialect.quotient(`(2 * ${size} + ${b})`, `(2 * ${b})`)
  return dialect.quotient(mode === 'up' ? `(${size} + ${b} - 1)` : size, b)
}

/**
 * `divide(a, b, "half-up")`: our addition to FEEL, whose `/` leaves the whole numbers. The rounding is always named; the
 * divisor is proved to be 1 or more when the rule is read.
 */
export const divide: Operator = {
  name: 'divide',
  sign: 'divide',
  typeOf: ([a, b, rounding]) => (a && b && rounding ? typed(a, b, rounding) : clash('syntax')),
  interpret: (a, b, rounding) => {
    if (isUnknownValue(a) || isUnknownValue(b)) return mergeUnknown(a, b)
    return a === null || b === null ? null : divided(a as number, b as number, rounding)
  },
  sql: (args, context, node) => {
    const [dividend, , rounding] = node.args
    const mode = rounding?.kind === 'literal' ? String(rounding.value) : ''
    const [a, b] = [valueAt(args, 0), valueAt(args, 1)]
    const operands = args.slice(0, 2)
    if ((dividend?.type.low ?? -1) >= 0) return strict(operands, quotientSql(a, b, mode, context))
    const [down, up] = [quotientSql(`(-${a})`, b, mode, context), quotientSql(a, b, mode, context)]
    return strict(operands, `(CASE WHEN ${a} < 0 THEN -${down} ELSE ${up} END)`)
  },
  swaps: [],
}
