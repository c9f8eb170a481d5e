import { plain, type Type } from '../types.ts'
import { isUnknownValue, type Value } from '../values.ts'
import type { DerivedName, Operator, Pair } from './operator.ts'
import { valueAt } from './sql-parts.ts'

// No rule writes these: bounds.ts puts them where an answer may follow although a fact is missing. Their bounds are never
// unknown, and never null where the operators below are used.

const first = (args: readonly Type[]): Type => args[0] ?? plain('null')
const decided = (type: Type): Type => ({ ...type, unknown: false })

/** (comparison, proved true, proved false): the comparison, or what every possible value makes of it. */
export const settled: Operator = {
  name: 'settled',
  sign: '',
  typeOf: first,
  interpret: (open, yes, no) => (isUnknownValue(open) ? yes === true || (no === true ? false : open) : open),
  settledBy: (open) => (isUnknownValue(open) ? undefined : open),
  sql: (args): Pair => {
    const [open, yes, no] = [args[0], valueAt(args, 1), valueAt(args, 2)]
    const missing = open?.missing ?? '0'
    return {
      value: `(CASE WHEN ${missing} = 0 THEN ${open?.value} WHEN ${yes} THEN TRUE WHEN ${no} THEN FALSE END)`,
      missing: `(CASE WHEN ${yes} OR ${no} THEN 0 ELSE ${missing} END)`,
      absent: false,
    }
  },
  swaps: [],
}

/** (number, least, most): known as soon as the two ends meet. */
export const pinned: Operator = {
  name: 'pinned',
  sign: '',
  typeOf: first,
  interpret: (open, low, high) => (isUnknownValue(open) && low === high ? low : open),
  settledBy: (open) => (isUnknownValue(open) ? undefined : open),
  sql: (args): Pair => {
    const [open, low, high] = [args[0], valueAt(args, 1), valueAt(args, 2)]
    const missing = open?.missing ?? '0'
    return {
      value: `(CASE WHEN ${missing} = 0 THEN ${open?.value} WHEN ${low} = ${high} THEN ${low} END)`,
      missing: `(CASE WHEN ${low} = ${high} THEN 0 ELSE ${missing} END)`,
      absent: false,
    }
  },
  swaps: [],
}

/** (condition, then, else), both ends never unknown: the lower or the higher of them where the condition is unknown. */
const endIf = (
  name: DerivedName,
  sign: '<' | '>',
  isFirst: (a: NonNullable<Value>, b: NonNullable<Value>) => boolean,
): Operator => ({
  name,
  sign: '',
  typeOf: ([, yes, no]) => {
    const choose = name === 'lowIf' ? Math.min : Math.max
    const [a, b] = [yes ?? plain('null'), no ?? plain('null')]
    return decided({ ...a, low: choose(a.low ?? 0, b.low ?? 0), high: choose(a.high ?? 0, b.high ?? 0) })
  },
  interpret: (condition, yes, no) => {
    if (!isUnknownValue(condition)) return condition === true ? yes : no
    return yes === null || no === null || isFirst(yes, no) ? yes : no
  },
  sql: (args): Pair => {
    const [condition, yes, no] = [args[0], valueAt(args, 1), valueAt(args, 2)]
    const either = condition?.missing
      ? ` WHEN ${condition.missing} <> 0 AND ${yes} ${sign} ${no} THEN ${yes}`
      : ''
    return { value: `(CASE WHEN ${condition?.value} THEN ${yes}${either} ELSE ${no} END)`, absent: false }
  },
  swaps: [],
})

export const lowIf = endIf('lowIf', '<', (a, b) => a < b)
export const highIf = endIf('highIf', '>', (a, b) => a > b)

/** (number, end): the end where the number is unknown. */
export const ifUnknown: Operator = {
  name: 'ifUnknown',
  sign: '',
  typeOf: ([open]) => decided(open ?? plain('null')),
  interpret: (open, end) => (isUnknownValue(open) ? end : open),
  settledBy: (open) => (isUnknownValue(open) ? undefined : open),
  sql: (args): Pair => {
    const [open, end] = [args[0], valueAt(args, 1)]
    if (!open?.missing) return open ?? { value: 'NULL', absent: true }
    return {
      value: `(CASE WHEN ${open.missing} = 0 THEN ${open.value} ELSE ${end} END)`,
      absent: open.absent,
    }
  },
  swaps: [],
}
