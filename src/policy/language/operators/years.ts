import { addMonths } from '#base'
import { carried, plain, typeText, unitOf } from '../types.ts'
import { asDate, isUnknownValue, mergeUnknown, type Value } from '../values.ts'
import { clash, type Operator } from './operator.ts'
import { strict, valueAt } from './sql-parts.ts'

const yearOfText = (date: Value): number => Number(String(date).slice(0, 4))
const yearSql = (date: string): string => `CAST(EXTRACT(YEAR FROM ${date}) AS BIGINT)`

/** `yearOf(date)`: our addition to FEEL inside the SQL profile. */
export const yearOf: Operator = {
  name: 'yearOf',
  sign: 'yearOf',
  typeOf: ([date]) => {
    if (!date) return clash('syntax')
    if (date.kind !== 'date')
      return clash('type-clash', { sign: 'yearOf', left: 'date', right: typeText(date) })
    return plain('number', { ...carried(date), unit: unitOf('years'), low: 0, high: 9999 })
  },
  interpret: (date) => (date === null || isUnknownValue(date) ? date : yearOfText(date)),
  sql: (args) => strict(args, yearSql(valueAt(args, 0))),
  swaps: [],
}

/**
 * `yearsBetween(from, until)`: the whole years that have passed. The year is full on the corresponding day, and where there
 * is none on the last day of the month (Civil Code 202).
 */
export const yearsBetween: Operator = {
  name: 'yearsBetween',
  sign: 'yearsBetween',
  typeOf: (args) => {
    const [from, until] = args
    if (!from || !until) return clash('syntax')
    const wrong = args.find(({ kind }) => kind !== 'date')
    if (wrong) return clash('type-clash', { sign: 'yearsBetween', left: 'date', right: typeText(wrong) })
    return plain('number', { ...carried(...args), unit: unitOf('years'), low: -9999, high: 9999 })
  },
  interpret: (from, until) => {
    if (isUnknownValue(from) || isUnknownValue(until)) return mergeUnknown(from, until)
    if (from === null || until === null) return null
    const years = yearOfText(until) - yearOfText(from)
    return addMonths(asDate(from), years * 12) > asDate(until) ? years - 1 : years
  },
  sql: (args, { dialect }) => {
    const [from, until] = [valueAt(args, 0), valueAt(args, 1)]
    const years = `(${yearSql(until)} - ${yearSql(from)})`
    const full = dialect.shiftMonths(from, '+', `(${years} * 12)`)
    return strict(args, `(${years} - CASE WHEN ${full} > ${until} THEN 1 ELSE 0 END)`)
  },
  swaps: [],
}
