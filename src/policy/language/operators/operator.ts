import type { WorkCalendar } from '#base'
import type { OperationNode } from '../ast.ts'
import type { ProblemCode, ProblemDetails } from '../problems.ts'
import type { Type } from '../types.ts'
import type { Scalar, Value } from '../values.ts'

export type OperatorName =
  | 'and'
  | 'or'
  | 'not'
  | 'if'
  | 'less'
  | 'lessOrEqual'
  | 'greater'
  | 'greaterOrEqual'
  | 'equal'
  | 'notEqual'
  | 'oneOf'
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'dateAddMonths'
  | 'dateSubtractMonths'
  | 'dateAddDays'
  | 'dateSubtractDays'
  | 'monthAddMonths'
  | 'monthSubtractMonths'
  | 'daysBetween'
  | 'monthOf'
  | 'required'
  | 'divide'
  | 'least'
  | 'greatest'
  | 'monthsBetween'
  | 'yearsBetween'
  | 'yearOf'
  | 'firstDayOf'
  | 'lastDayOf'
  | 'addWorkdays'
  | 'onWorkday'
  | DerivedName

/** Operators that no rule writes: what exact unknowns are made of (bounds.ts). */
export type DerivedName = 'settled' | 'pinned' | 'lowIf' | 'highIf' | 'ifUnknown' | 'soonestWorkday'

export type OverName = 'some' | 'every' | 'count' | 'sum' | 'total' | 'min' | 'max'

export interface Clash {
  readonly clash: ProblemCode
  readonly details: ProblemDetails
}

/**
 * An expression as SQL carries it: the value and, apart from it, a BIGINT of bits, one per missing fact, 0 when the value
 * is known. Where the bits are not 0 the value is NULL; a NULL beside 0 is FEEL's null. `missing` undefined: always 0.
 */
export interface Pair {
  readonly value: string
  readonly missing?: string | undefined
  /** The value may be NULL beside 0. */
  readonly absent: boolean
}

export interface Dialect {
  readonly name: 'duckdb' | 'postgres'
  /** A date moved by whole months, staying a date. `sign` is '+' or '-'. */
  shiftMonths(date: string, sign: string, months: string): string
  /** `YYYY-MM` of a date. */
  monthText(date: string): string
  /** Whole-number quotient of two BIGINTs that are not negative, rounded down. */
  quotient(a: string, b: string): string
}

export interface SqlContext {
  readonly dialect: Dialect
  /** The bit of a missing fact as a decimal literal. */
  bitOf(name: string): string
  literal(value: Scalar, type: Type): string
  /** The working-day calendar of the statement. */
  workdays(): WorkdayTables
}

/** The calendar as a statement carries it, and the names under which its years are missed. */
export interface WorkdayTables {
  readonly runs: readonly WorkdayRun[]
  /** The years around the published ones that have no calendar, each with its missing name. */
  readonly openYears: readonly { readonly year: number; readonly name: string }[]
  /** The missing name of every other year. */
  readonly otherName: string
}

/** Published years without a gap between them. Dates are SQL literals, lists SQL expressions counted from 1. */
export interface WorkdayRun {
  /** The day before the first day. */
  readonly eve: string
  readonly first: string
  readonly until: string
  /** For the eve and each day: how many working days there are up to and including it. */
  readonly ranks: string
  /** For each working day: how many days it lies after the eve. */
  readonly days: string
  readonly workdays: number
  /** What is missing to go further back or on. */
  readonly nameBefore: string
  readonly nameAfter: string
}

/** One operator, everything about it in one place: how FEEL writes it, its type rule, its meaning, its SQL, its mutants. */
export interface Operator {
  readonly name: OperatorName
  /** As FEEL writes it; several operators may share a sign, and the types of the operands choose. */
  readonly sign: string
  typeOf(args: readonly Type[]): Type | Clash
  /** Total over value, null and unknown: it never throws for what the world may send. */
  interpret(a: Value, b: Value, c: Value): Value
  /** Of an operator that asks for working days: its meaning under a calendar. `interpret` is that under an empty one. */
  under?(calendar: WorkCalendar): Operator['interpret']
  /** The result when the first operand alone settles it; only saves work. */
  settledBy?(first: Value): Value | undefined
  sql(args: readonly Pair[], context: SqlContext, node: OperationNode): Pair
  /** What a mistaken author could have written instead. */
  readonly swaps: readonly OperatorName[]
}

export interface OverOperator {
  readonly name: OverName
  typeOf(filter: Type | undefined, body: Type | undefined, most: number): Type | Clash
  /** `filters` and `bodies` hold one value per member; `bodies` is empty for an operator without body. */
  interpret(filters: readonly Value[], bodies: readonly Value[]): Value
  /** One member's answer that settles the whole, whatever the others say; only saves work. */
  readonly settledBy?: boolean
  sql(terms: OverTerms): OverSql
  readonly swaps: readonly OverName[]
}

/** Columns, one row per member, that an aggregate may read. */
export interface OverTerms {
  readonly filter?: Pair | undefined
  readonly body?: Pair | undefined
}

/** Aggregate expressions for a group with at least one member, and the value for a household without. */
export interface OverSql {
  readonly value: string
  readonly missing?: string | undefined
  readonly absent: boolean
  readonly whenEmpty: string
}

export const clash = (code: ProblemCode, details: ProblemDetails = {}): Clash => ({ clash: code, details })
export const isClash = (type: Type | Clash): type is Clash => 'clash' in type
