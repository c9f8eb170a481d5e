import { finite } from '../value/arithmetic.ts'
import { compareValues } from '../value/compare.ts'
import { type FeelList, FeelNumber, type FeelValue, isList, isNumber, number } from '../value/value.ts'
import {
  anything,
  type Builtins,
  builtin,
  nullable,
  parameter,
  signature,
  theList,
  variadic,
} from './make.ts'

// Each of these takes its values as one list or as arguments.
const over = (name: string, call: (values: FeelList) => FeelValue) =>
  builtin(
    name,
    signature([theList], ([values]) => call(values as FeelList)),
    variadic([nullable('values', anything)], (values) => call(values)),
  )

const overNumbers = (name: string, call: (values: readonly FeelNumber[]) => FeelValue) =>
  over(name, (values) => (values.every(isNumber) ? call(values as readonly FeelNumber[]) : null))

const extreme =
  (way: 1 | -1) =>
  (values: FeelList): FeelValue => {
    let [best = null] = values
    if (compareValues(best, best) === null) return null
    for (const value of values) {
      const order = compareValues(value, best)
      if (order === null) return null
      if (order * way > 0) best = value
    }
    return best
  }

const sum = (values: readonly FeelNumber[]): FeelNumber =>
  values.reduce((total, value) => total.plus(value), number(0))

const mean = (values: readonly FeelNumber[]): FeelNumber => sum(values).dividedBy(values.length)

const sorted = (values: readonly FeelNumber[]): FeelNumber[] => [...values].sort((a, b) => a.comparedTo(b))

const median = (values: readonly FeelNumber[]): FeelValue => {
  const order = sorted(values)
  const middle = order.slice(Math.ceil(order.length / 2) - 1, Math.floor(order.length / 2) + 1)
  return middle.length === 0 ? null : finite(mean(middle))
}

const stddev = (values: readonly FeelNumber[]): FeelValue => {
  if (values.length < 2) return null
  // Squares of differences are summed with more digits, so that the root has its 34.
  const Wide = FeelNumber.clone({ precision: 70 })
  const wide = values.map((value) => new Wide(value))
  const middle = wide.reduce((total, value) => total.plus(value), new Wide(0)).dividedBy(values.length)
  const squares = wide.reduce((total, value) => total.plus(value.minus(middle).pow(2)), new Wide(0))
  return finite(number(squares.dividedBy(values.length - 1).sqrt()).plus(0))
}

const mode = (values: readonly FeelNumber[]): FeelValue => {
  const counts = new Map<string, { value: FeelNumber; count: number }>()
  for (const value of sorted(values)) {
    const key = value.toString()
    counts.set(key, { value, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  const most = Math.max(0, ...[...counts.values()].map(({ count }) => count))
  return [...counts.values()].filter(({ count }) => count === most).map(({ value }) => value)
}

const settled =
  (settling: boolean) =>
  (values: FeelList): FeelValue => {
    if (values.includes(settling)) return settling
    return values.every((value) => value === !settling) ? !settling : null
  }

/** What is counted and summed over lists: DMN 1.5, table 75. */
export const statistics: Builtins = [
  builtin(
    'count',
    signature([parameter('list', anything)], ([values = null]) => number(isList(values) ? values.length : 1)),
  ),
  over('min', extreme(-1)),
  over('max', extreme(1)),
  overNumbers('sum', (values) => (values.length === 0 ? null : finite(sum(values)))),
  overNumbers('product', (values) =>
    values.length === 0 ? null : finite(values.reduce((all, value) => all.times(value), number(1))),
  ),
  overNumbers('mean', (values) => (values.length === 0 ? null : finite(mean(values)))),
  overNumbers('median', median),
  overNumbers('stddev', stddev),
  overNumbers('mode', mode),
  over('all', settled(false)),
  over('any', settled(true)),
]
