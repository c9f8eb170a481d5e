import { sql } from 'kysely'
import { type Clock, Refusal } from '#base'
import type { Tx } from '#store/server'

/** What somebody decides about a proposal, and why where it is not released. */
type Outcome =
  | { readonly outcome: 'released' }
  | { readonly outcome: 'declined' | 'withdrawn'; readonly reason: string }

interface Decided {
  readonly id: string
  readonly number: number
  readonly proposed_by: string
}

/** Decides a proposal once. Refuses with `rulebook.proposal-decided` where somebody was faster. */
export const decideOnce = async (
  { tx, clock, by }: { readonly tx: Tx; readonly clock: Clock; readonly by: string },
  table: 'parameter_decisions' | 'indicator_decisions',
  { id, number, proposed_by }: Decided,
  decision: Outcome,
): Promise<{ readonly done: true }> => {
  const row = await tx
    .insertInto(table)
    .values({
      proposal_id: id,
      proposed_by,
      outcome: decision.outcome,
      decided_by: by,
      decided_at: clock.now(),
      reason: 'reason' in decision ? decision.reason : null,
    })
    .onConflict((conflict) => conflict.column('proposal_id').doNothing())
    .returning('proposal_id')
    .executeTakeFirst()
  if (!row) throw new Refusal('rulebook.proposal-decided', { number })
  return { done: true }
}

/** Two releases at once might fit each alone and not together: the second waits for the first. */
export const oneReleaseAtATime = async (tx: Tx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('rulebook.release', 0))`.execute(tx)
}
