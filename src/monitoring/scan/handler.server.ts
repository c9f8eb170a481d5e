import { type Endpoint, serve } from '#access/server'
import { Refusal, type RefusalSpec, refusalTextOf } from '#base'
import { inScope } from '#store/server'
import { listScans, readScan, requestScan, type ScanRow } from './contract.ts'
import { findScanRecord, insertScan, listScanRecords, type ScanProgress } from './scans.queries.server.ts'

export interface ScanRouteServices {
  /** Texts of refusals, for runs that failed. */
  readonly refusals: Readonly<Record<string, RefusalSpec>>
  /** The region that a scan covers: all of the installation. */
  readonly regionCode: string
}

type Record_ = NonNullable<Awaited<ReturnType<typeof findScanRecord>>>

const rowOf = (
  record: Record_,
  refusals: ScanRouteServices['refusals'],
  language: 'zh-CN' | 'en',
): ScanRow => {
  const spec = record.failure ? refusals[record.failure] : undefined
  const progress = record.progress as Partial<ScanProgress>
  return {
    id: record.id,
    status: record.status as ScanRow['status'],
    businessDate: record.business_date,
    requestedAt: record.requested_at,
    requestedBy: record.requested_name,
    startedAt: record.started_at,
    finishedAt: record.finished_at,
    progress: progress.stage
      ? { stage: progress.stage, done: progress.done ?? 0, total: progress.total ?? 0 }
      : null,
    figures: record.figures as Record<string, unknown> | null,
    failure: record.failure ? (spec ? refusalTextOf(spec, language) : record.failure) : null,
  }
}

/** Runs of the scan: list, one, start. */
export const scanEndpoints = (services: ScanRouteServices): Endpoint[] => [
  serve(listScans, async ({ database, query, language }) => {
    const records = await inScope(database, { from: '0', until: '~', extra: [] }, (tx) =>
      listScanRecords(tx, query.limit),
    )
    return { rows: records.map((record) => rowOf(record, services.refusals, language)) }
  }),
  serve(readScan, async ({ database, params, language }) => {
    const record = await inScope(database, { from: '0', until: '~', extra: [] }, (tx) =>
      findScanRecord(tx, params.id),
    )
    if (!record) throw new Refusal('access.not-found')
    return rowOf(record, services.refusals, language)
  }),
  serve(requestScan, async ({ database, actor, clock }) => {
    // Its event asks for the run as soon as it is committed. A scan covers the whole installation.
    const id = await inScope(database, { from: '0', until: '~', extra: [] }, (tx) =>
      insertScan(tx, clock, services.regionCode, actor.accountId),
    )
    if (!id) throw new Refusal('monitoring.scan-running')
    return { id }
  }),
]
