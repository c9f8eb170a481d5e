import { comparable, plain, sameUnit, typeText } from '../types.ts'
import { isUnknownValue, mergeUnknown, type Scalar } from '../values.ts'
import { clash, type Operator } from './operator.ts'
import { missingOfAll, valueAt, whenKnown } from './sql-parts.ts'

/** `x in [a, b]`, the list written in the rule or a parameter: equal to one of them. Null is in no list. */
export const oneOf: Operator = {
  name: 'oneOf',
  sign: 'in',
  typeOf: ([x, list]) => {
    const items = list?.items
    if (!x || !items) return clash('syntax')
    const details = { sign: 'in', left: typeText(x), right: typeText(list) }
    if (!comparable(x, items)) return clash('type-clash', details)
    if (x.unit && items.unit && !sameUnit(x.unit, items.unit)) return clash('unit-clash', details)
    const stray = x.values && items.values?.find((value) => !x.values?.includes(value))
    if (stray !== undefined)
      return clash('code-never-occurs', { code: stray, possible: x.values?.join(', ') ?? '' })
    return plain('boolean', { unknown: x.unknown || list.unknown })
  },
  interpret: (x, list) => {
    if (isUnknownValue(x) || isUnknownValue(list)) return mergeUnknown(x, list)
    return Array.isArray(list) && x !== null && list.includes(x as Scalar)
  },
  sql: (args) => {
    const missing = missingOfAll(args)
    const [x, list] = [valueAt(args, 0), valueAt(args, 1)]
    const member = list === '()' ? 'FALSE' : `(${x} IN ${list})`
    const value = args[0]?.absent ? `(${whenKnown(missing, `COALESCE(${member}, FALSE)`)})` : member
    return { value, missing, absent: false }
  },
  swaps: [],
}
