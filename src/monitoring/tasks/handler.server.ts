import { type Endpoint, serve } from '#access/server'
import { maskName } from '#base'
import { finishTask, listTasks } from './contract.ts'
import { finishTaskRecord, listTaskRecords } from './tasks.queries.server.ts'

/** Tasks that follow from disposals. */
export const taskEndpoints = (): Endpoint[] => [
  serve(listTasks, async ({ tx, actor, query }) => {
    const rows = await listTaskRecords(tx, actor, query)
    return {
      rows: rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        alertId: row.alert_id,
        householdId: row.household_id,
        leadId: row.lead_id,
        subject: row.household_number ?? (row.lead_name ? maskName(row.lead_name) : ''),
        region: { code: row.region_code, name: row.region_name ?? '' },
        holder: row.holder_id && row.holder_name ? { id: row.holder_id, name: row.holder_name } : null,
        dueOn: row.due_on,
        status: row.status as 'open' | 'done' | 'withdrawn',
        openedAt: row.opened_at,
        outcome: row.outcome,
        version: row.version,
      })),
    }
  }),
  serve(finishTask, async ({ tx, clock, actor, params, version, body }) => ({
    version: await finishTaskRecord(tx, clock, actor, params.id, version, body.outcome),
  })),
]
