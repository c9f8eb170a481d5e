import { carried, joinUnit, plain, sameUnit, type Type, typeText } from '../types.ts'
import { isUnknownValue, mergeUnknown, type Value } from '../values.ts'
import { type Clash, clash, type Operator, type OperatorName } from './operator.ts'
import { strict, valueAt } from './sql-parts.ts'

const ordered = ['number', 'date', 'month', 'months', 'days']

const typed = (sign: 'min' | 'max', a: Type, b: Type): Type | Clash => {
  const details = { sign, left: typeText(a), right: typeText(b) }
  if (a.kind !== b.kind || !ordered.includes(a.kind)) return clash('type-clash', details)
  if (a.unit && b.unit && !sameUnit(a.unit, b.unit)) return clash('unit-clash', details)
  const choose = sign === 'min' ? Math.min : Math.max
  return plain(a.kind, {
    ...carried(a, b),
    ...(a.unit && b.unit ? { unit: joinUnit(a.unit, b.unit) } : {}),
    ...(a.low !== undefined && b.low !== undefined ? { low: choose(a.low, b.low) } : {}),
    ...(a.high !== undefined && b.high !== undefined ? { high: choose(a.high, b.high) } : {}),
  })
}

/** `min(a, b, …)` and `max(a, b, …)` of values written side by side, two at a time. */
const ofTwo = (
  name: OperatorName,
  sign: 'min' | 'max',
  before: string,
  first: (a: NonNullable<Value>, b: NonNullable<Value>) => boolean,
  swaps: readonly OperatorName[],
): Operator => ({
  name,
  sign,
  typeOf: ([a, b]) => (a && b ? typed(sign, a, b) : clash('syntax')),
  interpret: (a, b) => {
    if (isUnknownValue(a) || isUnknownValue(b)) return mergeUnknown(a, b)
    if (a === null || b === null) return null
    return first(a, b) ? a : b
  },
  sql: (args) => {
    const [a, b] = [valueAt(args, 0), valueAt(args, 1)]
    return strict(args, `(CASE WHEN ${a} ${before} ${b} THEN ${a} WHEN ${a} IS NOT NULL THEN ${b} END)`)
  },
  swaps,
})

export const least = ofTwo('least', 'min', '<=', (a, b) => a <= b, ['greatest'])
export const greatest = ofTwo('greatest', 'max', '>=', (a, b) => a >= b, ['least'])
