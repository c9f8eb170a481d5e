import { Readable } from 'node:stream'
import type { Actor } from '#access'
import { type Endpoint, recordAudit, serve } from '#access/server'
import type { BusinessDate } from '#base'
import { findCalendar } from '#rulebook/server'
import { type Database, inScope } from '#store/server'
import { countMatching, listAlertRecords } from '../alerts/alert-list.queries.server.ts'
import { alertRowOf, type IndicatorNames, type Reading } from '../alerts/alert-view.ts'
import type { AlertFilters, AlertRow } from '../alerts/contract.ts'
import type { FeedAges } from '../alerts/explainer.server.ts'
import { exportAlerts, mostExported } from './contract.ts'
import { exportedLine, exportFileName, firstLines, lastLine } from './lines.ts'

export interface ExportServices {
  readonly names: IndicatorNames
  readonly feedAges: FeedAges
}

const pageSize = 1000

interface Wanted {
  readonly database: Database
  readonly actor: Actor
  readonly filters: AlertFilters
  readonly today: BusinessDate
  readonly reading: Reading
  readonly most: number
}

/**
 * The rows, page by page, each page in a transaction of its own: a slow reader holds no connection, and a step that
 * somebody takes meanwhile may show in a later page.
 */
async function* rowsOf({ database, actor, filters, today, reading, most }: Wanted): AsyncIterable<AlertRow> {
  let after: { readonly dueKey: string; readonly id: string } | undefined
  for (let given = 0; given < most; ) {
    const page = { after, limit: Math.min(pageSize, most - given), language: reading.language }
    const records = await inScope(database, actor.scope, (tx) =>
      listAlertRecords(tx, filters, actor, today, page),
    )
    for (const record of records) yield alertRowOf(record, reading)
    given += records.length
    const last = records.at(-1)
    if (!last || records.length < page.limit) return
    after = { dueKey: last.due_key, id: last.id }
  }
}

async function* linesOf(wanted: Wanted, total: number): AsyncIterable<string> {
  const { language } = wanted.reading
  yield firstLines(language)
  for await (const row of rowsOf(wanted)) yield exportedLine(row, language)
  if (total > wanted.most) yield lastLine(language, wanted.most, total)
}

/** The desk as a file. `most` differs only in tests. */
export const exportEndpoints = ({ names, feedAges }: ExportServices, most = mostExported): Endpoint[] => [
  serve(exportAlerts, async ({ tx, database, actor, clock, query, language: asked }) => {
    const { language = asked, ...filters } = query
    const today = clock.today()
    const total = await countMatching(tx, filters, actor, today)
    const ages = await feedAges(tx, today)
    const reading = { names, language, today, calendar: await findCalendar(tx), ages }
    await recordAudit(tx, clock, {
      action: 'monitoring.alerts-exported',
      accountId: actor.accountId,
      regionCode: actor.organisation.regionCode,
      details: { filters, rows: Math.min(total, most), total },
    })
    return {
      fileName: exportFileName(language, today),
      mediaType: 'text/csv; charset=utf-8',
      content: Readable.from(linesOf({ database, actor, filters, today, reading, most }, total)),
    }
  }),
]
