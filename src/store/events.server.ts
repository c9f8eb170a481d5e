import { type Clock, newId } from '#base'
import type { Tx } from './connect.server.ts'
import type { EventDraft } from './index.ts'

/** Writes an event in the transaction of the change it tells of; gives its id. */
export const recordEvent = async (tx: Tx, clock: Clock, draft: EventDraft): Promise<string> => {
  const id = newId()
  await tx
    .insertInto('events')
    .values({
      id,
      at: clock.now(),
      business_date: clock.today(),
      kind: draft.kind,
      region_code: draft.regionCode,
      household_id: draft.householdId ?? null,
      lead_id: draft.leadId ?? null,
      subject_id: draft.subjectId ?? null,
      actor_id: draft.actorId ?? null,
      data: JSON.stringify(draft.data ?? {}),
    })
    .execute()
  return id
}
