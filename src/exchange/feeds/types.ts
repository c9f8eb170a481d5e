import type { BusinessDate, Fen, Month, ResidentNumber } from '#base'

/** The plain values a canonical row may hold; what each type is kept as in the lake is decided there. */
export type FieldType =
  | 'number' // resident number, canonical 18 characters
  | 'name' // a person's name
  | 'date' // business date
  | 'month' // 'YYYY-MM'
  | 'fen' // money, integer fen
  | 'code' // short string out of `codes` (or of the same shape where `open`)
  | 'flag' // yes or no
  | 'count' // whole number
  | 'text' // free text: never enters the lake
  | 'key' // sender's identifier of a thing: the lake keeps a keyed hash only

export type CodeLabel = { readonly code: string; readonly zh: string; readonly en: string }

export type FieldDefinition = {
  readonly type: FieldType
  readonly required: boolean
  readonly zh: string
  readonly en: string
  readonly codes?: readonly CodeLabel[]
  /** Codes outside the list are allowed when they match this pattern (the list only explains the common ones). */
  readonly open?: RegExp
}

export type FeedPeriod = 'monthly' | 'quarterly' | 'half-yearly' | 'yearly'

export type DepartmentCode =
  | 'police'
  | 'justice'
  | 'resources'
  | 'market'
  | 'labour'
  | 'fund'
  | 'finance'
  | 'insurance'
  | 'disabled'
  | 'education'
  | 'civil'
  | 'agriculture'
  | 'emergency'

export type FeedDefinition = {
  readonly sender: DepartmentCode
  readonly zh: string
  readonly en: string
  /** How often the sender delivers. */
  readonly period: FeedPeriod
  /** Days after the end of the data's period when the data counts as stale. */
  readonly staleDays: number
  /** A row that matches nobody in the registry may open a lead. */
  readonly opensLeads: boolean
  /** The date or month field that shows which period a row speaks of; undefined for a full list of the present. */
  readonly periodField?: string
  readonly fields: Readonly<Record<string, FieldDefinition>>
}

type ValueOfType = {
  number: ResidentNumber
  name: string
  date: BusinessDate
  month: Month
  fen: Fen
  code: string
  flag: boolean
  count: number
  text: string
  key: string
}

/** The canonical row of a set of fields: required ones present, the others possibly missing (= absent in the file). */
export type RowOfFields<F extends Readonly<Record<string, FieldDefinition>>> = {
  [K in keyof F as F[K]['required'] extends true ? K : never]: ValueOfType[F[K]['type']]
} & {
  [K in keyof F as F[K]['required'] extends true ? never : K]?: ValueOfType[F[K]['type']]
}
