import {
  addDays,
  addMonths,
  addToMonth,
  daysBetween as countDays,
  monthsBetween as countMonths,
  type Month,
} from '#base'
import { carried, type Kind, plain, typeText } from '../types.ts'
import { asDate, isUnknownValue, mergeUnknown, type Value } from '../values.ts'
import { type Clash, clash, type Operator, type OperatorName, type SqlContext } from './operator.ts'
import { strict, valueAt } from './sql-parts.ts'

interface Shift {
  readonly name: OperatorName
  readonly sign: '+' | '-'
  readonly left: Kind
  readonly right: Kind
  readonly of: (a: Value, b: Value) => Value
  readonly sql: (a: string, b: string, context: SqlContext) => string
  readonly swaps: readonly OperatorName[]
}

/** A date or month moved by a whole duration. Months end on the last day where the day does not exist (Civil Code 202). */
const shift = ({ name, sign, left, right, of, sql, swaps }: Shift): Operator => ({
  name,
  sign,
  typeOf: (args) => kinds(sign, args, left, right) ?? plain(left, carried(...args)),
  interpret: (a, b) => {
    if (isUnknownValue(a) || isUnknownValue(b)) return mergeUnknown(a, b)
    return a === null || b === null ? null : of(a, b)
  },
  sql: (args, context) => strict(args, sql(valueAt(args, 0), valueAt(args, 1), context)),
  swaps,
})

const kinds = (
  sign: string,
  args: Parameters<Operator['typeOf']>[0],
  left: Kind,
  right: Kind,
): Clash | undefined => {
  const [a, b] = args
  if (!a || !b) return clash('syntax')
  if (a.kind === left && b.kind === right) return undefined
  return clash('type-clash', { sign, left: typeText(a), right: typeText(b) })
}

const firstDay = (month: string): string => `CAST(${month} || '-01' AS DATE)`

export const dateAddMonths = shift({
  name: 'dateAddMonths',
  sign: '+',
  left: 'date',
  right: 'months',
  of: (a, b) => addMonths(asDate(a), b as number),
  sql: (a, b, { dialect }) => dialect.shiftMonths(a, '+', b),
  swaps: ['dateSubtractMonths'],
})

export const dateSubtractMonths = shift({
  name: 'dateSubtractMonths',
  sign: '-',
  left: 'date',
  right: 'months',
  of: (a, b) => addMonths(asDate(a), -(b as number)),
  sql: (a, b, { dialect }) => dialect.shiftMonths(a, '-', b),
  swaps: ['dateAddMonths'],
})

export const dateAddDays = shift({
  name: 'dateAddDays',
  sign: '+',
  left: 'date',
  right: 'days',
  of: (a, b) => addDays(asDate(a), b as number),
  sql: (a, b) => `(${a} + CAST(${b} AS INTEGER))`,
  swaps: ['dateSubtractDays'],
})

export const dateSubtractDays = shift({
  name: 'dateSubtractDays',
  sign: '-',
  left: 'date',
  right: 'days',
  of: (a, b) => addDays(asDate(a), -(b as number)),
  sql: (a, b) => `(${a} - CAST(${b} AS INTEGER))`,
  swaps: ['dateAddDays'],
})

export const monthAddMonths = shift({
  name: 'monthAddMonths',
  sign: '+',
  left: 'month',
  right: 'months',
  of: (a, b) => addToMonth(a as Month, b as number),
  sql: (a, b, { dialect }) => dialect.monthText(dialect.shiftMonths(firstDay(a), '+', b)),
  swaps: ['monthSubtractMonths'],
})

export const monthSubtractMonths = shift({
  name: 'monthSubtractMonths',
  sign: '-',
  left: 'month',
  right: 'months',
  of: (a, b) => addToMonth(a as Month, -(b as number)),
  sql: (a, b, { dialect }) => dialect.monthText(dialect.shiftMonths(firstDay(a), '-', b)),
  swaps: ['monthAddMonths'],
})

/** Days from the second date to the first. */
export const daysBetween: Operator = {
  name: 'daysBetween',
  sign: '-',
  typeOf: (args) =>
    kinds('-', args, 'date', 'date') ??
    plain('days', { ...carried(...args), low: -4_000_000, high: 4_000_000 }),
  interpret: (a, b) => {
    if (isUnknownValue(a) || isUnknownValue(b)) return mergeUnknown(a, b)
    return a === null || b === null ? null : countDays(asDate(b), asDate(a))
  },
  sql: (args) => strict(args, `CAST(${valueAt(args, 0)} - ${valueAt(args, 1)} AS BIGINT)`),
  swaps: [],
}

const monthNumber = (month: string): string =>
  `(CAST(SUBSTR(${month}, 1, 4) AS BIGINT) * 12 + CAST(SUBSTR(${month}, 6, 2) AS BIGINT))`

/** Months from the second month to the first. */
export const monthsBetween: Operator = {
  name: 'monthsBetween',
  sign: '-',
  typeOf: (args) =>
    kinds('-', args, 'month', 'month') ??
    plain('months', { ...carried(...args), low: -120_000, high: 120_000 }),
  interpret: (a, b) => {
    if (isUnknownValue(a) || isUnknownValue(b)) return mergeUnknown(a, b)
    return a === null || b === null ? null : countMonths(b as Month, a as Month)
  },
  sql: (args) => strict(args, `(${monthNumber(valueAt(args, 0))} - ${monthNumber(valueAt(args, 1))})`),
  swaps: [],
}
