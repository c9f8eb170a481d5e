import type { Tx } from '#store/server'

/** A decision as it was kept. */
export type KeptDecision = Awaited<ReturnType<typeof listKeptDecisions>>[number]

interface Wanted {
  readonly after?: string | undefined
  /** Of this registered household only. */
  readonly household?: string | undefined
}

/** A page of kept decisions in the order of their ids. */
export const listKeptDecisions = (tx: Tx, { after, household }: Wanted, limit: number) =>
  tx
    .selectFrom('trials')
    .select(['id', 'region_code', 'on_date', 'pack_hash', 'facts_cipher', 'outcome'])
    .$if(after !== undefined, (query) => query.where('id', '>', after ?? ''))
    .$if(household !== undefined, (query) => query.where('household_id', '=', household ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute()
