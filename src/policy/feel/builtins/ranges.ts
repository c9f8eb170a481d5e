import { compareValues } from '../value/compare.ts'
import { type FeelRange, type FeelValue, kindOf } from '../value/value.ts'
import { anything, type Builtins, builtin, parameter, signature } from './make.ts'

/** One end of a range or a point: an open end lies beyond every value on its side. */
type End = { readonly value: FeelValue; readonly included: boolean; readonly open: -1 | 0 | 1 }
type Ends = { readonly start: End; readonly end: End }

const endsOf = (value: FeelValue): Ends => {
  if (kindOf(value) !== 'range') {
    const point: End = { value, included: true, open: 0 }
    return { start: point, end: point }
  }
  const { low, high, lowIncluded, highIncluded } = value as FeelRange
  return {
    start: { value: low, included: lowIncluded, open: low === null ? -1 : 0 },
    end: { value: high, included: highIncluded, open: high === null ? 1 : 0 },
  }
}

const order = (left: End, right: End): number | null =>
  left.open !== 0 || right.open !== 0 ? left.open - right.open : compareValues(left.value, right.value)

/** How the four ends of two ranges lie to each other: start to start, end to end, start to end, end to start. */
type Placed = {
  readonly a: Ends
  readonly b: Ends
  readonly ss: number
  readonly ee: number
  readonly se: number
  readonly es: number
}

type Rule = (placed: Placed) => boolean

const place = (left: FeelValue, right: FeelValue): Placed | null => {
  const [a, b] = [endsOf(left), endsOf(right)]
  const [ss, ee] = [order(a.start, b.start), order(a.end, b.end)]
  const [se, es] = [order(a.start, b.end), order(a.end, b.start)]
  return ss === null || ee === null || se === null || es === null ? null : { a, b, ss, ee, se, es }
}

const swapped =
  (rule: Rule): Rule =>
  ({ a, b, ss, ee, se, es }) =>
    rule({ a: b, b: a, ss: -ss, ee: -ee, se: -es, es: -se })

const both = (left: End, right: End): boolean => left.included && right.included

const before: Rule = ({ a, b, es }) => es < 0 || (es === 0 && !both(a.end, b.start))
const meets: Rule = ({ a, b, es }) => es === 0 && both(a.end, b.start)
const overlaps: Rule = (placed) => !before(placed) && !swapped(before)(placed)
const overlapsBefore: Rule = ({ a, b, ss, ee, es }) =>
  (ss < 0 || (ss === 0 && a.start.included && !b.start.included)) &&
  (es > 0 || (es === 0 && both(a.end, b.start))) &&
  (ee < 0 || (ee === 0 && (!a.end.included || b.end.included)))
const startsInside: Rule = ({ a, b, ss }) => ss > 0 || (ss === 0 && (!a.start.included || b.start.included))
const endsInside: Rule = ({ a, b, ee }) => ee < 0 || (ee === 0 && (!a.end.included || b.end.included))
const during: Rule = (placed) => startsInside(placed) && endsInside(placed)
const finishes: Rule = (placed) =>
  placed.ee === 0 && placed.a.end.included === placed.b.end.included && startsInside(placed)
const starts: Rule = (placed) =>
  placed.ss === 0 && placed.a.start.included === placed.b.start.included && endsInside(placed)
const coincides: Rule = ({ a, b, ss, ee }) =>
  ss === 0 && ee === 0 && a.start.included === b.start.included && a.end.included === b.end.included

type Kinds = 'points' | 'point-range' | 'range-point' | 'ranges'

const names: Readonly<Record<Kinds, readonly [string, string]>> = {
  points: ['point1', 'point2'],
  'point-range': ['point', 'range'],
  'range-point': ['range', 'point'],
  ranges: ['range1', 'range2'],
}

const kindsOf = (left: FeelValue, right: FeelValue): Kinds => {
  const [a, b] = [kindOf(left) === 'range', kindOf(right) === 'range']
  if (a) return b ? 'ranges' : 'range-point'
  return b ? 'point-range' : 'points'
}

const relation = (name: string, rule: Rule, kinds: readonly Kinds[]) =>
  builtin(
    name,
    ...kinds.map((kind) =>
      signature(
        names[kind].map((parameterName) => parameter(parameterName, anything)),
        ([left = null, right = null]) => {
          if (!kinds.includes(kindsOf(left, right))) return null
          const placed = place(left, right)
          return placed && rule(placed)
        },
      ),
    ),
  )

const all: readonly Kinds[] = ['points', 'point-range', 'range-point', 'ranges']

/** Where points and ranges lie to each other: DMN 1.5, table 78. A point is a range of one value. */
export const ranges: Builtins = [
  relation('before', before, all),
  relation('after', swapped(before), all),
  relation('meets', meets, ['ranges']),
  relation('met by', swapped(meets), ['ranges']),
  relation('overlaps', overlaps, ['ranges']),
  relation('overlaps before', overlapsBefore, ['ranges']),
  relation('overlaps after', swapped(overlapsBefore), ['ranges']),
  relation('finishes', finishes, ['point-range', 'ranges']),
  relation('finished by', swapped(finishes), ['range-point', 'ranges']),
  relation('includes', swapped(during), ['range-point', 'ranges']),
  relation('during', during, ['point-range', 'ranges']),
  relation('starts', starts, ['point-range', 'ranges']),
  relation('started by', swapped(starts), ['range-point', 'ranges']),
  relation('coincides', coincides, ['points', 'ranges']),
]
