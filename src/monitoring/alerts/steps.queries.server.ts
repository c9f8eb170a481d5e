import { type BusinessDate, type Clock, newId, Refusal } from '#base'
import { recordEvent, type Tx } from '#store/server'
import { type AlertStatus, type AlertStep, statusAfter } from '../states.ts'

/** What a step changes, besides the status that the transition table gives. */
export interface StepChange {
  readonly holderId?: string | null
  readonly dueOn?: BusinessDate | null
  readonly awaitingCalendar?: boolean
  readonly escalation?: number
  readonly result?: string
  readonly disposedOn?: BusinessDate
  readonly sourceWithdrawn?: boolean
}

export interface StepDraft {
  readonly step: AlertStep
  readonly actorId?: string | undefined
  readonly route?: number | undefined
  readonly result?: string | undefined
  readonly note?: string | undefined
  readonly change?: StepChange
}

interface StepAlert {
  readonly id: string
  readonly number: number | bigint
  readonly status: string
  readonly region_code: string
  readonly household_id: string | null
  readonly lead_id: string | null
  readonly holder_id: string | null
  readonly indicator: string
  readonly grade: string
  readonly version: number
}

const applyChange = async (
  tx: Tx,
  alert: StepAlert,
  status: AlertStatus,
  change: StepChange,
): Promise<void> => {
  const result = await tx
    .updateTable('alerts')
    .set({
      status,
      version: alert.version + 1,
      ...(change.holderId !== undefined ? { holder_id: change.holderId } : {}),
      ...(change.dueOn !== undefined ? { due_on: change.dueOn } : {}),
      ...(change.awaitingCalendar !== undefined ? { awaiting_calendar: change.awaitingCalendar } : {}),
      ...(change.escalation !== undefined ? { escalation: change.escalation } : {}),
      ...(change.result !== undefined ? { result: change.result } : {}),
      ...(change.disposedOn !== undefined ? { disposed_on: change.disposedOn } : {}),
      ...(change.sourceWithdrawn !== undefined ? { source_withdrawn: change.sourceWithdrawn } : {}),
    })
    .where('id', '=', alert.id)
    .where('version', '=', alert.version)
    .executeTakeFirst()
  // Two officers at once: the second one's version is gone.
  if (result.numUpdatedRows !== 1n) throw new Refusal('access.changed-meanwhile')
}

/**
 * Takes one step with an alert: status by the transition table, step row, event; in one transaction. Refuses with
 * `monitoring.wrong-state`, or `access.changed-meanwhile` when somebody was faster. Gives the new version.
 */
export const takeStep = async (tx: Tx, clock: Clock, alert: StepAlert, draft: StepDraft): Promise<number> => {
  const status = statusAfter(alert.status as AlertStatus, draft.step)
  if (!status) throw new Refusal('monitoring.wrong-state', { number: Number(alert.number) })
  const change = draft.change ?? {}
  await applyChange(tx, alert, status, change)
  const toId = change.holderId ?? null
  await tx
    .insertInto('alert_steps')
    .values({
      id: newId(),
      alert_id: alert.id,
      region_code: alert.region_code,
      step: draft.step,
      at: clock.now(),
      business_date: clock.today(),
      actor_id: draft.actorId ?? null,
      from_id: toId ? alert.holder_id : null,
      to_id: toId,
      route: draft.route ?? null,
      result: draft.result ?? null,
      note: draft.note ?? null,
    })
    .execute()
  await recordEvent(tx, clock, {
    kind: `monitoring.alert-${draft.step}`,
    regionCode: alert.region_code,
    householdId: alert.household_id ?? undefined,
    leadId: alert.lead_id ?? undefined,
    subjectId: alert.id,
    actorId: draft.actorId,
    data: {
      number: Number(alert.number),
      indicator: alert.indicator,
      grade: alert.grade,
      ...(toId ? { toId } : {}),
      ...(draft.route ? { route: draft.route } : {}),
      ...(draft.result ? { result: draft.result } : {}),
    },
  })
  return alert.version + 1
}
