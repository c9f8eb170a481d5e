import {
  addDays,
  addWorkdays as addTo,
  type Due,
  isWorkday,
  type Roll,
  rollToWorkday,
  unknown,
  type WorkCalendar,
} from '#base'
import { carried, plain, sameUnit, type Type, typeText, unitOf } from '../types.ts'
import { asDate, isUnknownValue, mergeUnknown, type Value } from '../values.ts'
import { missingYearName } from '../work-years.ts'
import { type Clash, clash, type Operator } from './operator.ts'
import { valueAt } from './sql-parts.ts'
import { addedSql, rolledSql, soonestSql } from './workdays-sql.ts'

const noCalendar: WorkCalendar = { years: [] }

const dayOf = (due: Due, calendar: WorkCalendar): Value =>
  due.awaitingCalendar ? unknown(missingYearName(due.year, calendar)) : due.date

// Nobody waits for more; a statement counts on in whole lists of days.
const mostWorkdays = 10_000

const counting = (date: Type, count: Type): Type | Clash => {
  const details = { sign: 'addWorkdays', left: typeText(date), right: typeText(count) }
  if (date.kind !== 'date' || count.kind !== 'number') return clash('type-clash', details)
  if (count.unit && !sameUnit(count.unit, unitOf('workdays'))) return clash('unit-clash', details)
  const [low, high] = [count.low ?? -1, count.high ?? mostWorkdays + 1]
  if (low < 0 || high > mostWorkdays) return clash('workdays-out-of-range', { low, high, most: mostWorkdays })
  return plain('date', { absent: date.absent || count.absent, unknown: true })
}

const added =
  (calendar: WorkCalendar): Operator['interpret'] =>
  (date, count) => {
    if (isUnknownValue(date) || isUnknownValue(count)) return mergeUnknown(date, count)
    if (date === null || count === null) return null
    return dayOf(addTo(asDate(date), count as number, calendar), calendar)
  }

/** `addWorkdays(date, n)`: the n-th working day after the date, which is not counted itself (Civil Code 201). */
export const addWorkdays: Operator = {
  name: 'addWorkdays',
  sign: 'addWorkdays',
  typeOf: ([date, count]) => (date && count ? counting(date, count) : clash('syntax')),
  interpret: added(noCalendar),
  under: added,
  sql: (args, context) => addedSql(args, context),
  swaps: [],
}

/** How a rule says where a deadline goes that falls on a day of rest (Civil Code 203). */
const rolls: Readonly<Record<string, Roll>> = { roll: 'next', tighten: 'previous', none: 'none' }

const rolling = (date: Type, mode: Type): Type | Clash => {
  if (date.kind !== 'date' || mode.kind !== 'text')
    return clash('type-clash', { sign: 'onWorkday', left: typeText(date), right: typeText(mode) })
  const strange = mode.values?.find((code) => !Object.hasOwn(rolls, code))
  if (!mode.values || strange !== undefined)
    return clash('code-never-occurs', { code: strange ?? '', possible: Object.keys(rolls).join(', ') })
  return plain('date', { ...carried(date, mode), unknown: true })
}

const rolled =
  (calendar: WorkCalendar): Operator['interpret'] =>
  (date, mode) => {
    if (isUnknownValue(date)) return mergeUnknown(date, mode)
    if (isUnknownValue(mode)) return date !== null && isWorkday(asDate(date), calendar) ? date : mode
    if (date === null || mode === null) return null
    return dayOf(rollToWorkday(asDate(date), rolls[String(mode)] ?? 'none', calendar), calendar)
  }

/**
 * `onWorkday(date, "roll" | "tighten" | "none")`: the date, or the working day after or before it. A day that is worked stays
 * where it is, however the place may roll.
 */
export const onWorkday: Operator = {
  name: 'onWorkday',
  sign: 'onWorkday',
  typeOf: ([date, mode]) => (date && mode ? rolling(date, mode) : clash('syntax')),
  interpret: rolled(noCalendar),
  under: rolled,
  sql: (args, context) => rolledSql(args, context),
  swaps: [],
}

const soonest =
  (calendar: WorkCalendar): Operator['interpret'] =>
  (date, count) => {
    if (isUnknownValue(date) || isUnknownValue(count)) return mergeUnknown(date, count)
    if (date === null || count === null) return null
    let day = asDate(date)
    for (let left = count as number; left > 0; ) {
      const next = addDays(day, 1)
      const works = isWorkday(next, calendar)
      if (works === undefined) return addDays(day, left)
      day = next
      if (works) left -= 1
    }
    return day
  }

/** The soonest day `addWorkdays` can give: from where the calendar ends, as if people worked every day. No rule writes it. */
export const soonestWorkday: Operator = {
  name: 'soonestWorkday',
  sign: '',
  typeOf: ([date]) => plain('date', { absent: date?.absent ?? false, unknown: false }),
  interpret: soonest(noCalendar),
  under: soonest,
  sql: (args, context) => ({
    value: soonestSql(valueAt(args, 0), valueAt(args, 1), context),
    absent: args.some(({ absent }) => absent),
  }),
  swaps: [],
}
