import type { FactView } from './contract.ts'
import type { listFacts } from './facts.queries.server.ts'

type FactRow = Awaited<ReturnType<typeof listFacts>>[number]

/** A row of facts as it leaves the server. */
export const viewOfFact = (row: FactRow, readerId: string): FactView => ({
  id: row.id,
  subjectKind: row.subject_kind as FactView['subjectKind'],
  subjectId: row.subject_id,
  kind: row.kind,
  value: row.value as FactView['value'],
  provenance: row.provenance as FactView['provenance'],
  validFrom: row.valid_from,
  validUntil: row.valid_until,
  recordedAt: row.recorded_at,
  usable: row.usable,
  collector: row.collector_name,
  own: row.collector_id === readerId,
  checker: row.checker_name,
  feed:
    row.feed_id === null
      ? null
      : { id: row.feed_id, kind: row.feed_kind, period: row.feed_period, row: row.feed_row },
})
