import { dayNumber } from '../value/calendar.ts'
import { monthsDuration } from '../value/temporal.ts'
import { type FeelDate, type FeelDateTime, type FeelValue, kindOf } from '../value/value.ts'

const dayOf = (value: FeelValue): FeelDate | null => {
  if (kindOf(value) === 'date') return value as FeelDate
  return kindOf(value) === 'date and time' ? (value as FeelDateTime).date : null
}

/** Whole years and months from one day to another; a month not yet full does not count. */
export const monthsBetween = (from: FeelValue, to: FeelValue): FeelValue => {
  const [start, end] = [dayOf(from), dayOf(to)]
  if (!start || !end) return null
  if (dayNumber(end) < dayNumber(start)) {
    const back = wholeMonths(end, start)
    return monthsDuration(-back)
  }
  return monthsDuration(wholeMonths(start, end))
}

const wholeMonths = (start: FeelDate, end: FeelDate): number =>
  (end.year - start.year) * 12 + end.month - start.month - (end.day >= start.day ? 0 : 1)
