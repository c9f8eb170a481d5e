import { type Endpoint, serve } from '#access/server'
import { type BusinessDate, maskName, type WorkCalendar } from '#base'
import { findCalendar } from '#rulebook/server'
import { workdaysLeft } from '../alerts/alert-view.ts'
import { finishTask, listTasks } from './contract.ts'
import { countTaskRecords, finishTaskRecord, listTaskRecords } from './tasks.queries.server.ts'

type TaskRecord = Awaited<ReturnType<typeof listTaskRecords>>[number]

const cursorFrom = (text: string | undefined) =>
  text === undefined ? undefined : { dueKey: text.slice(0, 10), id: text.slice(11) }

const rowOf = (row: TaskRecord, today: BusinessDate, calendar: WorkCalendar) => ({
  id: row.id,
  kind: row.kind,
  alertId: row.alert_id,
  householdId: row.household_id,
  leadId: row.lead_id,
  subject: row.household_number ?? (row.lead_name ? maskName(row.lead_name) : ''),
  region: { code: row.region_code, name: row.region_name ?? '' },
  holder: row.holder_id && row.holder_name ? { id: row.holder_id, name: row.holder_name } : null,
  dueOn: row.due_on,
  workdaysLeft: row.status === 'open' ? workdaysLeft(today, row.due_on, calendar) : null,
  status: row.status as 'open' | 'done' | 'withdrawn',
  openedAt: row.opened_at,
  outcome: row.outcome,
  version: row.version,
})

/** Tasks that follow from disposals. */
export const taskEndpoints = (): Endpoint[] => [
  serve(listTasks, async ({ tx, actor, clock, query }) => {
    const { after, limit, ...filters } = query
    const page = { after: cursorFrom(after), limit: limit + 1 }
    const records = await listTaskRecords(tx, actor, filters, page)
    const shown = records.slice(0, limit)
    const last = shown.at(-1)
    const calendar = await findCalendar(tx)
    return {
      rows: shown.map((row) => rowOf(row, clock.today(), calendar)),
      next: records.length > limit && last ? `${last.due_key}_${last.id}` : null,
      total: await countTaskRecords(tx, actor, filters),
    }
  }),
  serve(finishTask, async ({ tx, clock, actor, params, version, body }) => ({
    version: await finishTaskRecord(tx, clock, actor, params.id, version, body.outcome),
  })),
]
