import { carried, comparable, plain, sameUnit, type Type, typeText } from '../types.ts'
import { isUnknownValue, mergeUnknown } from '../values.ts'
import { type Clash, clash, type Operator, type Pair } from './operator.ts'
import { missingOfAll, valueAt, whenKnown } from './sql-parts.ts'

const equality = (sign: string, args: readonly Type[]): Type | Clash => {
  const [a, b] = args
  if (!a || !b) return clash('syntax')
  const details = { sign, left: typeText(a), right: typeText(b) }
  if (!comparable(a, b)) return clash('type-clash', details)
  if (a.unit && b.unit && !sameUnit(a.unit, b.unit)) return clash('unit-clash', details)
  return neverEqual(a, b) ?? plain('boolean', { unknown: carried(a, b).unknown })
}

/** A code that the other side can never hold is a slip of the pen, not a condition. */
const neverEqual = (a: Type, b: Type): Clash | undefined => {
  if (!a.values || !b.values || a.values.some((value) => b.values?.includes(value))) return undefined
  const [written, possible] = a.values.length <= b.values.length ? [a.values, b.values] : [b.values, a.values]
  return clash('code-never-occurs', { code: written.join(', '), possible: possible.join(', ') })
}

/** Equality is the one comparison that answers about null: null equals null and nothing else. */
const test = (args: readonly Pair[], plainSign: string, distinctSign: string): Pair => {
  const missing = missingOfAll(args)
  const [a, b] = [valueAt(args, 0), valueAt(args, 1)]
  if (!args.some(({ absent }) => absent)) return { value: `(${a} ${plainSign} ${b})`, missing, absent: false }
  return { value: `(${whenKnown(missing, `${a} ${distinctSign} ${b}`)})`, missing, absent: false }
}

export const equal: Operator = {
  name: 'equal',
  sign: '=',
  typeOf: (args) => equality('=', args),
  interpret: (a, b) => (isUnknownValue(a) || isUnknownValue(b) ? mergeUnknown(a, b) : a === b),
  sql: (args) => test(args, '=', 'IS NOT DISTINCT FROM'),
  swaps: ['notEqual'],
}

export const notEqual: Operator = {
  name: 'notEqual',
  sign: '!=',
  typeOf: (args) => equality('!=', args),
  interpret: (a, b) => (isUnknownValue(a) || isUnknownValue(b) ? mergeUnknown(a, b) : a !== b),
  sql: (args) => test(args, '<>', 'IS DISTINCT FROM'),
  swaps: ['equal'],
}
