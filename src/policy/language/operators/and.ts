import { carried, plain } from '../types.ts'
import { isUnknownValue, mergeUnknown } from '../values.ts'
import { booleans } from './booleans.ts'
import type { Operator } from './operator.ts'
import { missingOfAll, valueAt } from './sql-parts.ts'

/** Kleene's `and`: one false side settles it, whatever the other side misses. */
export const and: Operator = {
  name: 'and',
  sign: 'and',
  typeOf: (args) => booleans('and', args) ?? plain('boolean', carried(...args)),
  interpret: (a, b) => {
    if (a === false || b === false) return false
    if (isUnknownValue(a) || isUnknownValue(b)) return mergeUnknown(a, b)
    return a === null || b === null ? null : true
  },
  settledBy: (first) => (first === false ? false : undefined),
  sql: (args) => {
    const missing = missingOfAll(args)
    const [a, b] = [valueAt(args, 0), valueAt(args, 1)]
    return {
      value: `(${a} AND ${b})`,
      missing: missing && `CASE WHEN (${a} AND ${b}) IS FALSE THEN 0 ELSE ${missing} END`,
      absent: args.some(({ absent }) => absent),
    }
  },
  swaps: ['or'],
}
