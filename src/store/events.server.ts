import { type Clock, newId } from '#base'
import type { Tx } from './connect.server.ts'
import type { EventDraft } from './index.ts'

const rowsAtOnce = 1000

/** Writes events in the transaction of the changes they tell of, in their order; gives their ids. */
export const recordEvents = async (
  tx: Tx,
  clock: Clock,
  drafts: readonly EventDraft[],
): Promise<readonly string[]> => {
  const rows = drafts.map((draft) => ({
    id: newId(),
    at: clock.now(),
    business_date: clock.today(),
    kind: draft.kind,
    region_code: draft.regionCode,
    household_id: draft.householdId ?? null,
    lead_id: draft.leadId ?? null,
    subject_id: draft.subjectId ?? null,
    actor_id: draft.actorId ?? null,
    data: JSON.stringify(draft.data ?? {}),
  }))
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await tx
      .insertInto('events')
      .values(rows.slice(from, from + rowsAtOnce))
      .execute()
  return rows.map(({ id }) => id)
}

/** Writes an event in the transaction of the change it tells of; gives its id. */
export const recordEvent = async (tx: Tx, clock: Clock, draft: EventDraft): Promise<string> => {
  const [id = ''] = await recordEvents(tx, clock, [draft])
  return id
}
