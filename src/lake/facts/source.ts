import { type BusinessDate, businessDate } from '#base'
import { quoteName, quoteText } from '../engine/sql.ts'

/** The lists and windows of the indicator pack that facts are filtered by, as in force on the day of the run. */
export type FactParameters = {
  readonly vehicleTypesNotCounted: readonly string[]
  readonly vehicleStatusesNotCounted: readonly string[]
  readonly businessKindsCounted: readonly string[]
  readonly businessRolesCounted: readonly string[]
  readonly employeeInsuranceCodes: readonly string[]
  readonly medicalWindowMonths: number
}

/** What a fact's SQL may depend on besides the tables. */
export type FactContext = { readonly today: BusinessDate; readonly parameters: FactParameters }

export type FactType = 'BOOLEAN' | 'BIGINT' | 'DATE' | 'VARCHAR'

/** Facts that one feed kind tells about one sort of subject. */
export type FeedFacts = {
  readonly kind: string
  readonly subject: 'household' | 'member' | 'lead'
  readonly facts: Readonly<Record<string, FactType>>
  /** What no row means: nothing there (null) or, for counts and sums, zero. */
  readonly whenNone: 'null' | '0'
  /**
   * SQL over matched rows, of at most one row per subject: `pid` of a member, `hid` of a household or lead, and a column per
   * fact. Rows of others may be among them where `tiedBy` says so.
   */
  readonly sql: (context: FactContext, rows: string) => string
  /** Whether a column `changes_on` tells the first later day on which, without a new row, the facts are others. */
  readonly changes?: true
  /** A column: rows of different people with the same value decide together; a row that comes concerns all of them. */
  readonly tiedBy?: string
}

/** The column of matched rows that names the subject. */
export const subjectColumn = { household: 'hid', member: 'pid', lead: 'hid' } as const

/** A date as SQL. */
export const sqlDate = (date: BusinessDate): string => `date ${quoteText(businessDate(date))}`

/** A list of codes as SQL; never empty, since `in ()` is no SQL. */
export const sqlList = (codes: readonly string[]): string =>
  `(${(codes.length === 0 ? [''] : codes).map(quoteText).join(', ')})`

export type Newest = {
  readonly subject: 'member' | 'lead'
  /** Fact name to SQL over the row's columns. */
  readonly facts: Readonly<Record<string, string>>
  /** The date or month of the row that decides within a feed period. */
  readonly date?: string
}

/**
 * The newest row of each subject: latest feed period, then the latest date in the row, then the last line. Only rows
 * that speak of the subject itself, not as spouse or head.
 */
export const newestRow = (rows: string, { subject, facts, date }: Newest): string => {
  const id = subjectColumn[subject]
  const values = Object.entries(facts).map(([fact, sql]) => `${sql} as ${quoteName(fact)}`)
  return `select ${id}, ${values.join(', ')} from ${rows} where person_role = 'self'
    qualify row_number() over (partition by ${id} order by ${newestFirst(date)}) = 1`
}

/** The order in which a subject's rows are compared, newest first. */
export const newestFirst = (date?: string): string =>
  [
    'feed_period desc',
    ...(date === undefined ? [] : [`${date} desc nulls last`]),
    'feed_order desc',
    'row_no desc',
  ].join(', ')
