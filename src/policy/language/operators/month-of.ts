import { monthOf as monthOfDate } from '#base'
import { carried, plain, typeText } from '../types.ts'
import { asDate, isUnknownValue } from '../values.ts'
import { clash, type Operator } from './operator.ts'
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
