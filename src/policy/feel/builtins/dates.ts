import { dayOfYear, weekdayOf, weekOfYear } from '../value/calendar.ts'
import { type FeelDate, type FeelDateTime, type FeelValue, kindOf, number } from '../value/value.ts'
import { anything, type Builtins, builtin, parameter, signature } from './make.ts'

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]

const ofDate = (name: string, call: (date: FeelDate) => FeelValue) =>
  builtin(
    name,
    signature([parameter('date', anything)], ([value = null]) => {
      if (kindOf(value) === 'date') return call(value as FeelDate)
      return kindOf(value) === 'date and time' ? call((value as FeelDateTime).date) : null
    }),
  )

/** The calendar (DMN 1.5, table 79) and the clock (table 82). */
export const dates: Builtins = [
  ofDate('day of year', (date) => number(dayOfYear(date))),
  ofDate('day of week', (date) => days[weekdayOf(date) - 1] ?? null),
  ofDate('month of year', (date) => months[date.month - 1] ?? null),
  ofDate('week of year', (date) => number(weekOfYear(date))),
  builtin(
    'now',
    signature([], (_, run) => run.now()),
  ),
  builtin(
    'today',
    signature([], (_, run) => run.now().date),
  ),
]
