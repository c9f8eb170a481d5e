import { Decimal } from 'decimal.js'
import type { FeelType } from '../type/type.ts'

/**
 * FEEL's numbers: 34 decimal digits, half-even, as the standard asks (DMN 1.5, 10.3.2.3.1). The clone keeps other users
 * of the library free from these settings.
 */
export const FeelNumber = Decimal.clone({
  precision: 34,
  rounding: Decimal.ROUND_HALF_EVEN,
  minE: -6176,
  maxE: 6144,
  toExpNeg: -1_000_000,
  toExpPos: 1_000_000,
})
export type FeelNumber = Decimal

export type FeelDate = {
  readonly kind: 'date'
  readonly year: number
  readonly month: number
  readonly day: number
}

/** `offset` in seconds east of UTC, `zone` an IANA name; at most one of them is set, none is a local time. */
export type FeelTime = {
  readonly kind: 'time'
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nano: number
  readonly offset: number | null
  readonly zone: string | null
}

export type FeelDateTime = {
  readonly kind: 'date and time'
  readonly date: FeelDate
  readonly time: FeelTime
}

export type FeelDaysDuration = { readonly kind: 'days and time duration'; readonly nanos: bigint }
export type FeelMonthsDuration = { readonly kind: 'years and months duration'; readonly months: number }

export type FeelList = readonly FeelValue[]
export type FeelContext = ReadonlyMap<string, FeelValue>

/**
 * `low` or `high` is null where the range is open-ended, as in the value of `(< 5)`. A range written as a comparison keeps its
 * `sign`, which tells `(!= 5)` from all others.
 */
export type FeelRange = {
  readonly kind: 'range'
  readonly low: FeelValue
  readonly high: FeelValue
  readonly lowIncluded: boolean
  readonly highIncluded: boolean
  readonly sign?: '<' | '<=' | '>' | '>=' | '=' | '!='
}

export type FeelParameter = {
  readonly name: string
  readonly type?: FeelType
  /** May be left out in a call; `call` then gets null in its place. */
  readonly optional?: boolean
  /** Null is outside the parameter's domain: the call gives null without asking the function. */
  readonly notNull?: boolean
  /** The argument is taken as it is, without the conversions of 10.3.2.9.4. */
  readonly asIs?: boolean
}

/**
 * A callable value. The caller has already put named arguments into the order of `parameters`, refused wrong counts and
 * coerced arguments to the parameters' types. With `variadic` the last parameter takes what is left: `call` gets all of
 * it as further items. With `overloads` the first of them whose parameters fit is called instead.
 */
export type FeelFunction = {
  readonly kind: 'function'
  readonly name?: string
  readonly parameters: readonly FeelParameter[]
  readonly variadic?: boolean
  readonly result?: FeelType
  readonly overloads?: readonly FeelFunction[]
  /** A built-in function: only parameters marked optional may be left out, by name too. */
  readonly builtin?: boolean
  readonly call: (args: readonly FeelValue[], run: FeelRun) => FeelValue
}

export type FeelTemporal = FeelDate | FeelTime | FeelDateTime
export type FeelDuration = FeelDaysDuration | FeelMonthsDuration

/** Any value of FEEL. Null is the standard's null: absent, or the result of what could not be computed. */
export type FeelValue =
  | null
  | boolean
  | string
  | FeelNumber
  | FeelTemporal
  | FeelDuration
  | FeelList
  | FeelContext
  | FeelRange
  | FeelFunction

/** Where in the text, in UTF-16 units, half open. */
export type FeelSpan = { readonly from: number; readonly until: number }

export type FeelProblemCode =
  | 'feel.syntax'
  | 'feel.unknown-name'
  | 'feel.unknown-type'
  | 'feel.wrong-type'
  | 'feel.wrong-arguments'
  | 'feel.not-a-function'
  | 'feel.external-function'
  | 'feel.out-of-range'
  | 'feel.too-deep'
  // What a model adds: its tables, types and boxes.
  | `dmn.${string}`

/** Why a text could not be read, or why a part of it gave null. */
export type FeelProblem = {
  readonly kind: 'problem'
  readonly code: FeelProblemCode
  readonly text: string
  readonly span?: FeelSpan
}

/** What one evaluation carries along: where problems go, and the time for `now()` and `today()`. */
export type FeelRun = {
  readonly problems: FeelProblem[]
  readonly now: () => FeelDateTime
}

/** Finds a name's value; `undefined` where it is not known here. Chains by asking a parent. */
export type FeelScope = { readonly find: (name: string) => FeelValue | undefined }

export const number = (value: Decimal.Value): FeelNumber => new FeelNumber(value)

export const isNumber = (value: FeelValue): value is FeelNumber => value instanceof FeelNumber
export const isList = (value: FeelValue): value is FeelList => Array.isArray(value)
export const isContext = (value: FeelValue): value is FeelContext => value instanceof Map

export type FeelKind =
  | 'null'
  | 'boolean'
  | 'string'
  | 'number'
  | 'list'
  | 'context'
  | 'date'
  | 'time'
  | 'date and time'
  | 'days and time duration'
  | 'years and months duration'
  | 'range'
  | 'function'

/** The kind of a value: what comparison, arithmetic and functions first look at. */
export const kindOf = (value: FeelValue): FeelKind => {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'string') return 'string'
  if (isNumber(value)) return 'number'
  if (isList(value)) return 'list'
  if (isContext(value)) return 'context'
  return (value as Exclude<FeelValue, null | boolean | string | FeelNumber | FeelList | FeelContext>).kind
}

/** A scope over a map, then its parent. */
export const scopeOf = (values: ReadonlyMap<string, FeelValue>, parent?: FeelScope): FeelScope => ({
  find: (name) => {
    const value = values.get(name)
    return value === undefined ? parent?.find(name) : value
  },
})
