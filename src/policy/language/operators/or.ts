import { carried, plain } from '../types.ts'
import { isUnknownValue, mergeUnknown } from '../values.ts'
import { booleans } from './booleans.ts'
import type { Operator } from './operator.ts'
import { missingOfAll, valueAt } from './sql-parts.ts'

/** Kleene's `or`: one true side settles it, whatever the other side misses. */
export const or: Operator = {
  name: 'or',
  sign: 'or',
  typeOf: (args) => booleans('or', args) ?? plain('boolean', carried(...args)),
  interpret: (a, b) => {
    if (a === true || b === true) return true
    if (isUnknownValue(a) || isUnknownValue(b)) return mergeUnknown(a, b)
    return a === null || b === null ? null : false
  },
  settledBy: (first) => (first === true ? true : undefined),
  sql: (args) => {
    const missing = missingOfAll(args)
    const [a, b] = [valueAt(args, 0), valueAt(args, 1)]
    return {
      value: `(${a} OR ${b})`,
      missing: missing && `CASE WHEN (${a} OR ${b}) IS TRUE THEN 0 ELSE ${missing} END`,
      absent: args.some(({ absent }) => absent),
    }
  },
  swaps: ['and'],
}
