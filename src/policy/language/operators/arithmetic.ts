import { carried, joinUnit, plain, sameUnit, type Type, timesUnit, typeText, type Unit } from '../types.ts'
import { isUnknownValue, mergeUnknown } from '../values.ts'
import { type Clash, clash, type Operator, type OperatorName } from './operator.ts'
import { strict, valueAt } from './sql-parts.ts'

interface Rule {
  readonly name: OperatorName
  readonly sign: string
  readonly unit: (a: Unit, b: Unit) => Unit | undefined
  readonly of: (a: number, b: number) => number
  readonly swaps: readonly OperatorName[]
}

/** Whole numbers stay exact in both engines: a result that could leave 2^53 is refused when the rule is read. */
const arithmetic = ({ name, sign, unit, of, swaps }: Rule): Operator => ({
  name,
  sign,
  typeOf: (args) => {
    const [a, b] = args
    if (!a || !b) return clash('syntax')
    return numberType(sign, a, b, unit, of)
  },
  interpret: (a, b) => {
    if (isUnknownValue(a) || isUnknownValue(b)) return mergeUnknown(a, b)
    return a === null || b === null ? null : of(a as number, b as number)
  },
  sql: (args) => strict(args, `(${valueAt(args, 0)} ${sign} ${valueAt(args, 1)})`),
  swaps,
})

const numberType = (sign: string, a: Type, b: Type, unit: Rule['unit'], of: Rule['of']): Type | Clash => {
  const details = { sign, left: typeText(a), right: typeText(b) }
  const durations = durationKind(sign, a, b)
  if (durations === undefined) return clash('type-clash', details)
  const joined = durations === 'number' ? unit(a.unit ?? noUnit, b.unit ?? noUnit) : undefined
  if (durations === 'number' && !joined) return clash('unit-clash', details)
  const corners = [a.low ?? 0, a.high ?? 0].flatMap((x) => [of(x, b.low ?? 0), of(x, b.high ?? 0)])
  const [low, high] = [Math.min(...corners), Math.max(...corners)]
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high))
    return clash('out-of-range', { ...details, low, high })
  return plain(durations, { ...carried(a, b), unit: joined, low, high })
}

const noUnit: Unit = { factors: [], free: true }

/** Two numbers, two durations of one kind added, or a duration times a number; undefined for anything else. */
const durationKind = (sign: string, a: Type, b: Type): 'number' | 'months' | 'days' | undefined => {
  if (a.kind === 'number' && b.kind === 'number') return 'number'
  const duration = [a.kind, b.kind].find((kind) => kind === 'months' || kind === 'days')
  if (duration !== 'months' && duration !== 'days') return undefined
  if (a.kind === b.kind) return sign === '*' ? undefined : duration
  const factor = a.kind === duration ? b : a
  const counts = factor.unit?.factors.every((unit) => unit === duration || unit === 'count')
  return sign === '*' && factor.kind === 'number' && counts ? duration : undefined
}

const joinedUnit = (a: Unit, b: Unit): Unit | undefined => (sameUnit(a, b) ? joinUnit(a, b) : undefined)

export const add = arithmetic({
  name: 'add',
  sign: '+',
  unit: joinedUnit,
  of: (a, b) => a + b,
  swaps: ['subtract'],
})

export const subtract = arithmetic({
  name: 'subtract',
  sign: '-',
  unit: joinedUnit,
  of: (a, b) => a - b,
  swaps: ['add'],
})

export const multiply = arithmetic({
  name: 'multiply',
  sign: '*',
  unit: timesUnit,
  // Zero times a negative number is 0, not JavaScript's minus zero.
  of: (a, b) => a * b + 0,
  swaps: ['add'],
})
