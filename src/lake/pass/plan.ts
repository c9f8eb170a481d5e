import { assert, type BusinessDate } from '#base'

/** A month as 202605. */
export type Month = number

/** SQL expressions by the column they fill. */
export type Columns = Readonly<Record<string, string>>

/**
 * One kind of feed: what is kept of its rows once they are matched, and what of that counts for a person and for a
 * household. Rows that are kept in the same shape whatever the month need no second reading of the file that came in.
 */
export type FeedPlan = {
  readonly kind: string
  /**
   * `rows`: every row is kept, with these expressions over its columns. `folded`: one row a person and delivery, with these
   * aggregates over the person's rows; they must join by the same aggregates again, as sums, greatest and bits do.
   */
  readonly keep: { readonly rows: Columns } | { readonly folded: Columns }
  /** Aggregates over what is kept of a household's members; where they are kept for a month they know the month, never the day. */
  readonly household?: (span: MonthSpan) => Aggregates
  /** The same, of one member. */
  readonly member?: (span: MonthSpan) => Aggregates
  /**
   * By column of either level: how what is kept and what new rows give by themselves make what all rows together give.
   * Where a level has a column that is not named here, new rows have all rows of the households they touch read again.
   */
  readonly joins?: Readonly<Record<string, Joining>>
}

/** How two values of a column become one; where one is null the other stands. */
export type Joining = 'sum' | 'greatest' | 'least' | 'bits' | 'any'

/** SQL of two values of a column as one. */
export const joined = (how: Joining, one: string, other: string): string => {
  const both = {
    sum: `${one} + ${other}`,
    greatest: `greatest(${one}, ${other})`,
    least: `least(${one}, ${other})`,
    bits: `${one} | ${other}`,
    any: `${one} or ${other}`,
  }[how]
  return `coalesce(${both}, ${one}, ${other})`
}

/**
 * Either expressions over the rows of one household or member, or a statement over rows of many that gives `hid` (of
 * members `pid`), each once, and these columns.
 */
export type Aggregates =
  | Columns
  | { readonly names: readonly string[]; readonly sql: (rows: string) => string }

/**
 * All of a pass but its rules. Facts are SQL over the aliases `h` (what is kept of a household, its registry columns
 * included) and `m` (`memberFacts` of its members, aggregates over `p`, what is kept of a person); only these know the
 * day, so that time alone changes results. Limits are SQL over `t`, what holds in a county on the day. Rules read both.
 */
export type PassPlan = {
  readonly feeds: readonly FeedPlan[]
  readonly memberFacts: (span: DaySpan) => Columns
  readonly facts: (span: DaySpan) => Columns
  readonly limits: Columns
}

/** The month that windows end with, and the month from which bits are counted. */
export type MonthSpan = { readonly month: Month; readonly base: Month }
export type DaySpan = MonthSpan & { readonly today: BusinessDate }

const monthsOfYear = 12
// 202605: a year is a hundred months apart from the next.
const step = 100

/** Months counted from the year 0, as the macro `month_count` counts them. */
export const monthCount = (month: Month): number => {
  assert(month % step >= 1 && month % step <= monthsOfYear, `not a month: ${month}`)
  return Math.floor(month / step) * monthsOfYear + (month % step) - 1
}

const monthAt = (count: number): Month => Math.floor(count / monthsOfYear) * step + (count % monthsOfYear) + 1

/** The month of a day. */
export const monthOf = (date: BusinessDate): Month =>
  Number(date.slice(0, 4)) * step + Number(date.slice(5, 7))

/** The span of a day. */
export const spanOf = (today: BusinessDate, base: Month): DaySpan => ({ today, month: monthOf(today), base })

/** The first of the last so many months, the span's own included. */
export const firstMonth = ({ month }: MonthSpan, count: number): Month =>
  monthAt(monthCount(month) + 1 - count)

/** SQL: whether a month lies in the last so many of the span. */
export const isInLast = (sql: string, span: MonthSpan, count: number): string =>
  `${sql} between ${firstMonth(span, count)} and ${span.month}`

const mostBits = 62

/** SQL of a whole number with the bit of a month set, for `bit_or`; null for a month that no bit stands for. */
export const monthBit = (sql: string, { base }: MonthSpan): string => {
  const place = `(month_count(${sql}) - ${monthCount(base)})`
  return `case when ${place} between 0 and ${mostBits} then 1::BIGINT << ${place} end`
}

/** SQL that keeps, of a column of months as bits, the last so many; 0 where there is none. */
export const bitsInLast = (column: string, span: MonthSpan, count: number): string => {
  const last = monthCount(span.month) - monthCount(span.base)
  assert(last >= 0 && last <= mostBits, 'the span has months that no bit stands for')
  const places = Array.from({ length: Math.min(count, last + 1) }, (_, at) => last - at)
  const mask = places.reduce((bits, place) => bits | (1n << BigInt(place)), 0n)
  return `(coalesce(${column}, 0) & ${mask}::BIGINT)`
}
