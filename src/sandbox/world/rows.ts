/** Rows of department data as the world knows them, each with the person it is really about. */
import type { FeedKind, RowOf } from '#exchange'

type Unbranded<T> = T extends string ? string : T extends number ? number : T

/** The values of a canonical row, without brands: the generator writes them, the exchange must arrive at the same. */
export type ValuesOf<K extends FeedKind> = { [F in keyof RowOf<K>]: Unbranded<RowOf<K>[F]> }

/** What is known beforehand about how a row may be joined to a person. */
export type Identification =
  | 'number' // the row carries the person's number
  | 'name' // no number, one person of that name, birth date and township
  | 'names' // no number, several such persons: only an official may decide
  | 'nobody' // no number, no such person in the registry

export interface WorldRow<K extends FeedKind = FeedKind> {
  readonly values: ValuesOf<K>
  /** Key of the person the row speaks of. */
  readonly about: string
  /** Key of the second person: spouse of a marriage row, head of a move row. */
  readonly second?: string
  readonly identified: Identification
  /** The sender lists the person for another reason: the row is accepted and says nothing of its kind. */
  readonly silent?: true
  /** How the cell of one field is spoiled in the file; such a row is rejected and carries no fact. */
  readonly defect?: Defect
}

export interface Defect {
  /** Canonical field whose cell is spoiled. */
  readonly field: string
  readonly how: DefectKind
}

/** Named ways to spoil a cell. */
export type DefectKind =
  | 'number-mistyped'
  | 'number-masked'
  | 'number-scientific'
  | 'number-short'
  | 'number-letters'
  | 'number-of-no-day'
  | 'date-impossible'
  | 'date-words'
  | 'month-words'
  | 'amount-words'
  | 'code-unlisted'
  | 'flag-unclear'
  | 'required-missing'
  /** Not a cell: the row is the one before it, sent once more. */
  | 'row-repeated'

export type WorldFeeds = { readonly [K in FeedKind]: readonly WorldRow<K>[] }
