import { firstDayOf as firstDay, lastDayOf as lastDay, type Month, monthOf as monthOfDate } from '#base'
import { carried, plain, typeText } from '../types.ts'
import { asDate, isUnknownValue } from '../values.ts'
import { clash, type Operator, type SqlContext } from './operator.ts'
import { strict, valueAt } from './sql-parts.ts'

/** `monthOf(date)`: our addition to FEEL, which knows no calendar month as a value. */
export const monthOf: Operator = {
  name: 'monthOf',
  sign: 'monthOf',
  typeOf: (args) => {
    const [date] = args
    if (!date) return clash('syntax')
    if (date.kind === 'date') return plain('month', carried(date))
    return clash('type-clash', { sign: 'monthOf', left: 'date', right: typeText(date) })
  },
  interpret: (date) => (date === null || isUnknownValue(date) ? date : monthOfDate(asDate(date))),
  sql: (args, { dialect }) => strict(args, dialect.monthText(valueAt(args, 0))),
  swaps: [],
}

/** A day of a month: our addition to FEEL, the way back from `monthOf`. */
const dayOfMonth = (
  name: 'firstDayOf' | 'lastDayOf',
  of: (month: Month) => string,
  sql: (firstDay: string, context: SqlContext) => string,
  swaps: Operator['swaps'],
): Operator => ({
  name,
  sign: name,
  typeOf: ([month]) => {
    if (!month) return clash('syntax')
    if (month.kind === 'month') return plain('date', carried(month))
    return clash('type-clash', { sign: name, left: 'month', right: typeText(month) })
  },
  interpret: (month) => (month === null || isUnknownValue(month) ? month : of(month as Month)),
  sql: (args, context) => strict(args, sql(`CAST(${valueAt(args, 0)} || '-01' AS DATE)`, context)),
  swaps,
})

export const firstDayOf = dayOfMonth('firstDayOf', firstDay, (day) => day, ['lastDayOf'])
export const lastDayOf = dayOfMonth(
  'lastDayOf',
  lastDay,
  (day, { dialect }) => `(${dialect.shiftMonths(day, '+', '1')} - 1)`,
  ['firstDayOf'],
)
