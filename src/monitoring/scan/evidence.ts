/** A row of a department file that an alert rests on. */
export interface EvidenceRow {
  readonly kind: string
  readonly feedId: string
  readonly fileName: string
  readonly period: string | null
  readonly receivedAt: string
  readonly row: number
  readonly memberId: string | null
}

/** What is kept of a file beside its rows, by its id. */
export type FeedTitles = ReadonlyMap<string, Pick<EvidenceRow, 'fileName' | 'period' | 'receivedAt'>>
