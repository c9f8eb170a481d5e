import { type Endpoint, serve } from '#access/server'
import { Refusal, type RefusalDetails, type RefusalSpec, refusalTextOf } from '#base'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import type { IndicatorNames } from '../alerts/alert-view.ts'
import { listScans, readScan, requestScan, type ScanRow } from './contract.ts'
import { findScanRecord, insertScan, listScanRecords, type ScanProgress } from './scans.queries.server.ts'

export interface ScanRouteServices {
  /** Texts of refusals, for runs that failed. */
  readonly refusals: Readonly<Record<string, RefusalSpec>>
  /** The region that a scan covers: all of the installation. */
  readonly regionCode: string
  readonly names: IndicatorNames
}

type Record_ = NonNullable<Awaited<ReturnType<typeof findScanRecord>>>

type Language = 'zh-CN' | 'en'

/** What fills the gaps of a failed run's text; an indicator is told by its name. */
const detailsOf = (
  figures: Record<string, unknown> | null,
  names: IndicatorNames,
  language: Language,
): RefusalDetails => {
  const details = (figures?.details ?? {}) as RefusalDetails
  const { indicator } = details
  return typeof indicator === 'string' ? { ...details, indicator: names(indicator, language).name } : details
}

const rowOf = (record: Record_, { refusals, names }: ScanRouteServices, language: Language): ScanRow => {
  const spec = record.failure ? refusals[record.failure] : undefined
  const figures = record.figures as Record<string, unknown> | null
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
    figures: record.status === 'done' ? figures : null,
    failure: spec ? refusalTextOf(spec, language, detailsOf(figures, names, language)) : record.failure,
  }
}

/** Runs of the scan: list, one, start. */
export const scanEndpoints = (services: ScanRouteServices): Endpoint[] => [
  serve(listScans, async ({ database, query, language }) => {
    const records = await inScope(database, everywhere, (tx) => listScanRecords(tx, query.limit))
    return { rows: records.map((record) => rowOf(record, services, language)) }
  }),
  serve(readScan, async ({ database, params, language }) => {
    const record = await inScope(database, everywhere, (tx) => findScanRecord(tx, params.id))
    if (!record) throw new Refusal('access.not-found')
    return rowOf(record, services, language)
  }),
  serve(requestScan, async ({ database, actor, clock }) => {
    // Its event asks for the run as soon as it is committed. A scan covers the whole installation.
    const id = await inScope(database, everywhere, (tx) =>
      insertScan(tx, clock, services.regionCode, actor.accountId),
    )
    if (!id) throw new Refusal('monitoring.scan-running')
    return { id }
  }),
]
