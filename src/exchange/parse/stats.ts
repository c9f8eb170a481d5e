import { type CanonicalRow, type FeedKind, feedDefinition } from '../feeds.ts'
import type { RejectReason } from '../rejects/reject.ts'
import type { Mark } from './map-row.ts'

/** What a whole file says about itself, for judging whether it is the file that was expected. */
export type FeedStats = {
  readonly kind: FeedKind
  /** Data rows of the file: always accepted + rejected. */
  readonly received: number
  readonly accepted: number
  readonly rejected: number
  /** Rows made of the accepted ones: none for a row without a record, several where a row names several people. */
  readonly canonicalRows: number
  /** Of the rejected, those kept to be matched by name and birth date; missing where there are none. */
  readonly setAside?: number
  readonly rejectedBecause: Readonly<Partial<Record<RejectReason, number>>>
  /** Canonical rows in which each field has a value. */
  readonly present: Readonly<Record<string, number>>
  /** Canonical rows by month of the kind's period field. */
  readonly months: Readonly<Record<string, number>>
  readonly marks: Readonly<Partial<Record<Mark, number>>>
}

export const statsCollector = (kind: FeedKind) => {
  const { fields, periodField } = feedDefinition(kind)
  const ids = Object.keys(fields)
  const present = new Map<string, number>(ids.map((id) => [id, 0]))
  const months = new Map<string, number>()
  const marks = new Map<Mark, number>()
  const reasons = new Map<RejectReason, number>()
  let accepted = 0
  let rejected = 0
  let canonicalRows = 0
  let setAside = 0
  return {
    accept: (rows: readonly CanonicalRow[], rowMarks: readonly Mark[]): void => {
      accepted += 1
      canonicalRows += rows.length
      for (const row of rows) {
        for (const id of ids) if (row[id] !== undefined) count(present, id)
        const when = periodField === undefined ? undefined : row[periodField]
        if (when !== undefined) count(months, String(when).slice(0, 7))
      }
      for (const mark of rowMarks) count(marks, mark)
    },
    reject: (reason: RejectReason, isSetAside: boolean): void => {
      rejected += 1
      if (isSetAside) setAside += 1
      count(reasons, reason)
    },
    counts: () => ({ received: accepted + rejected, accepted, rejected }),
    stats: (): FeedStats => ({
      kind,
      received: accepted + rejected,
      accepted,
      rejected,
      canonicalRows,
      ...(setAside > 0 ? { setAside } : {}),
      rejectedBecause: Object.fromEntries(reasons),
      present: Object.fromEntries(present),
      months: Object.fromEntries([...months].sort(([a], [b]) => (a < b ? -1 : 1))),
      marks: Object.fromEntries(marks) as FeedStats['marks'],
    }),
  }
}

const count = <K>(counts: Map<K, number>, key: K): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
