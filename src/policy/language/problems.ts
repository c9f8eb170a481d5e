/** Characters of the expression, from included, until excluded. */
export interface Span {
  readonly from: number
  readonly until: number
}

export type ProblemCode =
  | 'syntax'
  | 'unknown-name'
  | 'type-clash'
  | 'unit-clash'
  | 'code-never-occurs'
  | 'out-of-range'
  | 'outside-sql-profile'
  | 'divisor-not-positive'
  | 'workdays-out-of-range'
  | 'cycle'
  | 'broken-rule'

export type ProblemDetails = Readonly<Record<string, string | number>>

/** Why an expression cannot be used: thrown while it is read, turned into a finding with file and line by the checker. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly span: Span
  readonly details: ProblemDetails

  constructor(code: ProblemCode, span: Span, details: ProblemDetails = {}) {
    super(`${code} at ${span.from}: ${JSON.stringify(details)}`)
    this.code = code
    this.span = span
    this.details = details
  }
}
