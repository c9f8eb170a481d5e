import { carried, plain, sameUnit, type Type, typeText } from '../types.ts'
import { isUnknownValue, mergeUnknown, type Value } from '../values.ts'
import { type Clash, clash, type Operator, type OperatorName } from './operator.ts'
import { strict, valueAt } from './sql-parts.ts'

const ordered = ['number', 'date', 'month', 'months', 'days']

const ordering = (sign: string, args: readonly Type[]): Type | Clash => {
  const [a, b] = args
  if (!a || !b) return clash('syntax')
  const details = { sign, left: typeText(a), right: typeText(b) }
  if (a.kind === 'text' && b.kind === 'text')
    return clash('outside-sql-profile', {
      ...details,
      what: `text ${sign} text`,
      use: '=, !=, in',
    })
  if (a.kind !== 'null' && b.kind !== 'null') {
    if (a.kind !== b.kind || !ordered.includes(a.kind)) return clash('type-clash', details)
    if (a.unit && b.unit && !sameUnit(a.unit, b.unit)) return clash('unit-clash', details)
  }
  return plain('boolean', carried(...args))
}

/** Dates and months compare as their texts do, so one comparison serves all ordered kinds. */
const comparison = (
  name: OperatorName,
  sign: string,
  holds: (a: NonNullable<Value>, b: NonNullable<Value>) => boolean,
  swaps: readonly OperatorName[],
): Operator => ({
  name,
  sign,
  typeOf: (args) => ordering(sign, args),
  interpret: (a, b) => {
    if (isUnknownValue(a) || isUnknownValue(b)) return mergeUnknown(a, b)
    return a === null || b === null ? null : holds(a, b)
  },
  sql: (args) => strict(args, `(${valueAt(args, 0)} ${sign} ${valueAt(args, 1)})`),
  swaps,
})

export const less = comparison('less', '<', (a, b) => a < b, ['lessOrEqual', 'greaterOrEqual'])
export const lessOrEqual = comparison('lessOrEqual', '<=', (a, b) => a <= b, ['less', 'greater'])
export const greater = comparison('greater', '>', (a, b) => a > b, ['greaterOrEqual', 'lessOrEqual'])
export const greaterOrEqual = comparison('greaterOrEqual', '>=', (a, b) => a >= b, ['greater', 'less'])
