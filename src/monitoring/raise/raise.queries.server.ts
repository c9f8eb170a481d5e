import { newId } from '#base'
import type { Tx } from '#store/server'

/** Region of a household or lead in the scope; undefined when there is none. */
export const findSubjectRegion = async (
  tx: Tx,
  subject: { readonly householdId: string } | { readonly leadId: string },
): Promise<string | undefined> => {
  const row =
    'householdId' in subject
      ? await tx
          .selectFrom('households')
          .select('region_code')
          .where('id', '=', subject.householdId)
          .executeTakeFirst()
      : await tx.selectFrom('leads').select('region_code').where('id', '=', subject.leadId).executeTakeFirst()
  return row?.region_code
}

export interface ManualAlert {
  readonly id: string
  readonly regionCode: string
  readonly householdId: string | null
  readonly leadId: string | null
  readonly grade: string
  readonly route: number
  readonly origin: string
  readonly holderId: string | null
  readonly raisedOn: string
  readonly raisedAt: string
  readonly raisedBy: string
  readonly dueOn: string | null
  readonly summary: string
}

/** Keeps an alert that a person raised, with its first step; gives its number. */
export const insertManualAlert = async (tx: Tx, alert: ManualAlert): Promise<number> => {
  const { number } = await tx
    .insertInto('alerts')
    .values({
      id: alert.id,
      region_code: alert.regionCode,
      subject_kind: alert.householdId ? 'household' : 'lead',
      household_id: alert.householdId,
      lead_id: alert.leadId,
      indicator: 'manual',
      period: alert.raisedOn.slice(0, 7),
      grade: alert.grade,
      route: alert.route,
      origin: alert.origin,
      status: 'new',
      holder_id: alert.holderId,
      raised_on: alert.raisedOn,
      raised_at: alert.raisedAt,
      raised_by: alert.raisedBy,
      due_on: alert.dueOn,
      awaiting_calendar: alert.dueOn === null,
      // Each one a person raises stands for itself and is never merged.
      fingerprint: alert.id,
      summary: alert.summary,
      explanation: JSON.stringify({ manual: true }),
    })
    .returning('number')
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('alert_steps')
    .values({
      id: newId(),
      alert_id: alert.id,
      region_code: alert.regionCode,
      step: 'raised',
      at: alert.raisedAt,
      business_date: alert.raisedOn,
      actor_id: alert.raisedBy,
      to_id: alert.holderId,
      note: alert.summary,
    })
    .execute()
  return Number(number)
}
