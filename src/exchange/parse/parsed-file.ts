import type { CanonicalRow, FeedKind } from '../feeds.ts'
import type { TableSource } from '../read/raw-row.ts'
import type { AsideRow, Mark } from './map-row.ts'
import type { FeedStats } from './stats.ts'

export type AcceptedRow = {
  readonly kind: FeedKind
  readonly sheet: string
  readonly line: number
  /** None for a row that says nobody was found, several where it names several people. */
  readonly rows: readonly CanonicalRow[]
  readonly marks: readonly Mark[]
}

/** A rejected row of which nothing but the number is wrong: kept to be matched by name and birth date. */
export type SetAside = AsideRow & { readonly kind: FeedKind; readonly line: number }

export type Progress = {
  readonly bytes: number
  readonly bytesTotal: number
  readonly received: number
  readonly accepted: number
  readonly rejected: number
}

export type SheetReport = {
  readonly sheet: string
  /** Missing for a sheet without a table (cover, notes), which is left out. */
  readonly layoutId?: string
  readonly header: readonly string[]
  readonly headerLine?: number
  readonly duplicateHeaders: readonly string[]
  readonly received: number
  readonly ignored: { readonly blank: number; readonly footer: number; readonly repeatedHeader: number }
}

export type ParsedFile = {
  readonly kind: FeedKind
  readonly format: TableSource['format']
  readonly encoding?: TableSource['encoding']
  readonly sheets: readonly SheetReport[]
  readonly stats: FeedStats
}
