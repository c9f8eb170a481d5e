import { count, max, min, sum, total } from './aggregates.ts'
import { and } from './and.ts'
import { add, multiply, subtract } from './arithmetic.ts'
import { greater, greaterOrEqual, less, lessOrEqual } from './compare.ts'
import {
  dateAddDays,
  dateAddMonths,
  dateSubtractDays,
  dateSubtractMonths,
  daysBetween,
  monthAddMonths,
  monthSubtractMonths,
  monthsBetween,
} from './date-arithmetic.ts'
import { highIf, ifUnknown, lowIf, pinned, settled } from './derived.ts'
import { divide } from './divide.ts'
import { equal, notEqual } from './equal.ts'
import { ifThenElse } from './if.ts'
import { greatest, least } from './least-greatest.ts'
import { firstDayOf, lastDayOf, monthOf } from './month-of.ts'
import { not } from './not.ts'
import { oneOf } from './one-of.ts'
import type { Operator, OperatorName, OverName, OverOperator } from './operator.ts'
import { or } from './or.ts'
import { every, some } from './quantifiers.ts'
import { required } from './required.ts'
import { addWorkdays, onWorkday, soonestWorkday } from './workdays.ts'
import { yearOf, yearsBetween } from './years.ts'

/** Every operator of the kernel. A new one is a new file and one line here. */
export const operators: Readonly<Record<OperatorName, Operator>> = {
  and,
  or,
  not,
  if: ifThenElse,
  less,
  lessOrEqual,
  greater,
  greaterOrEqual,
  equal,
  notEqual,
  oneOf,
  add,
  subtract,
  multiply,
  dateAddMonths,
  dateSubtractMonths,
  dateAddDays,
  dateSubtractDays,
  monthAddMonths,
  monthSubtractMonths,
  daysBetween,
  monthOf,
  required,
  divide,
  least,
  greatest,
  monthsBetween,
  yearsBetween,
  yearOf,
  firstDayOf,
  lastDayOf,
  addWorkdays,
  onWorkday,
  settled,
  pinned,
  lowIf,
  highIf,
  ifUnknown,
  soonestWorkday,
}

export const overOperators: Readonly<Record<OverName, OverOperator>> = {
  some,
  every,
  count,
  sum,
  total,
  min,
  max,
}

/** The operators that FEEL writes with one sign, in the order in which the types of the operands are tried. */
export const operatorsWritten = (sign: string): readonly Operator[] =>
  Object.values(operators).filter((operator) => operator.sign === sign)
