import type { FeelNumber, FeelValue } from '../../feel/index.ts'

/**
 * What SQL computes for an expression of FEEL, with what is known of it beforehand. Null is FEEL's null throughout.
 * `constant` is the value itself where no line can change it.
 */
export type Term = ScalarTerm | ContextTerm | ListTerm

export type ScalarKind = 'number' | 'string' | 'boolean' | 'date' | 'days' | 'months' | 'null'

export type ScalarTerm = {
  readonly kind: ScalarKind
  readonly sql: string
  readonly constant?: FeelValue
  /** Numbers: at most so many digits before the point. */
  readonly digits?: number
  /** Numbers: at most so many after it. */
  readonly scale?: number
  /** Dates: at most so many days away from a date that was given. */
  readonly drift?: number
}

/** Entries side by side; `present` is false where the whole context is null. */
export type ContextTerm = {
  readonly kind: 'context'
  readonly members: ReadonlyMap<string, Term>
  readonly present: string
}

/** The items for which `taken` holds, in this order; the whole is null where `present` is false. */
export type ListTerm = {
  readonly kind: 'list'
  readonly items: readonly { readonly taken: string; readonly value: Term }[]
  readonly present: string
}

/** Why an expression lies outside what SQL computes without a change of meaning. */
export class Outside extends Error {}

export const outside = (reason: string): never => {
  throw new Outside(reason)
}

/** FEEL's numbers keep so many digits; a result that may need more would be rounded by one engine and not by the other. */
const mostDigits = 34
/** What both engines' DECIMAL holds. */
export const widest = 38

const decimal = (sql: string, digits: number, scale: number): string =>
  `CAST(${sql} AS DECIMAL(${Math.max(1, digits + scale)},${scale}))`

/** A number that is exact: never more digits than FEEL keeps. */
export const numberTerm = (sql: string, digits: number, scale: number): ScalarTerm => {
  if (digits + scale > mostDigits) return outside('a number may need more than 34 digits')
  return { kind: 'number', sql: decimal(sql, digits, scale), digits, scale }
}

/** DuckDB computes with numbers of up to 18 digits as if their results had no more: from 19 on it takes the room they need. */
const roomy = 19

/** An operand as wide as the result of its operation may become. */
export const wideSql = ({ sql, digits = 0, scale = 0 }: ScalarTerm, whole: number): string =>
  whole < roomy ? sql : decimal(sql, Math.max(digits, roomy - scale), scale)

/** How many digits a number has before and after the point. */
export const digitsOf = (value: FeelNumber): { readonly digits: number; readonly scale: number } => ({
  digits: value.isZero() ? 0 : Math.max(0, value.e + 1),
  scale: Math.max(0, value.decimalPlaces()),
})

export const quotedText = (text: string): string => {
  // Neither engine has these in its texts.
  if (text.includes('\u0000') || !text.isWellFormed()) return outside('a text that SQL cannot hold')
  return `'${text.replaceAll("'", "''")}'`
}

const sqlTypes: Readonly<Record<Exclude<ScalarKind, 'number'>, string>> = {
  string: 'VARCHAR',
  boolean: 'BOOLEAN',
  date: 'DATE',
  days: 'BIGINT',
  months: 'BIGINT',
  null: 'VARCHAR',
}

export const booleanTerm = (sql: string): ScalarTerm => ({ kind: 'boolean', sql })
export const nullTerm: ScalarTerm = { kind: 'null', sql: 'CAST(NULL AS VARCHAR)', constant: null }

/** A null of the kind that stands beside it. */
export const nullOf = ({ kind, digits = 0, scale = 0 }: ScalarTerm): string =>
  kind === 'number' ? decimal('NULL', digits, scale) : `CAST(NULL AS ${sqlTypes[kind]})`

/** Dates between these years are the same in FEEL and in both engines, with room for what is added to them. */
export const firstYear = 1000
export const lastYear = 9999
const mostDrift = 300_000

export const dateTerm = (sql: string, drift: number): ScalarTerm =>
  drift > mostDrift ? outside('a date may be moved by more than 800 years') : { kind: 'date', sql, drift }

export const isScalar = (term: Term): term is ScalarTerm => term.kind !== 'context' && term.kind !== 'list'

export const scalar = (term: Term, what = 'an operand'): ScalarTerm =>
  isScalar(term) ? term : outside(`${what} is a ${term.kind}`)

/** The common kind of two terms, null giving way. */
export const joinedKind = (left: ScalarTerm, right: ScalarTerm): ScalarKind => {
  if (left.kind === 'null') return right.kind
  if (right.kind === 'null' || left.kind === right.kind) return left.kind
  return outside(`${left.kind} and ${right.kind} meet`)
}

/** The terms brought to one column type, so that neither engine chooses one by itself. */
export const aligned = (terms: readonly ScalarTerm[]): readonly ScalarTerm[] => {
  const kind = terms.reduce((all, term) => ({ ...nullTerm, kind: joinedKind(all, term) }), nullTerm).kind
  if (kind === 'null') return terms
  const digits = Math.max(0, ...terms.map((term) => term.digits ?? 0))
  const scale = Math.max(0, ...terms.map((term) => term.scale ?? 0))
  if (digits + scale > widest) return outside('numbers too different in size meet')
  const drift = Math.max(0, ...terms.map((term) => term.drift ?? 0))
  const size = kind === 'number' ? { digits, scale } : kind === 'date' ? { drift } : {}
  return terms.map((term) => {
    const whole: ScalarTerm = { ...term, kind, ...size }
    if (term.kind === 'null') return { ...whole, sql: nullOf(whole) }
    const same = term.digits === digits && term.scale === scale
    return kind === 'number' && !same ? { ...whole, sql: decimal(term.sql, digits, scale) } : whole
  })
}
