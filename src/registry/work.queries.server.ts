import { sql } from 'kysely'
import type { Tx } from '#store/server'

/** What waits for a person in the actor's area. */
export interface RegistryWork {
  readonly factsToCheck: number
  readonly openAdjudications: number
  readonly openLeads: number
}

/** Counts for the home page and the menu. Facts that this account recorded itself wait for somebody else. */
export const countRegistryWork = async (tx: Tx, accountId: string): Promise<RegistryWork> => {
  const { rows } = await sql<RegistryWork>`
    select
      (select count(*) from facts where collector_id is not null and checker_id is null and superseded_at is null
        and collector_id <> ${accountId}) as "factsToCheck",
      (select count(*) from adjudications where status = 'open') as "openAdjudications",
      (select count(*) from leads where status = 'open') as "openLeads"`.execute(tx)
  const row = rows[0]
  return {
    factsToCheck: Number(row?.factsToCheck ?? 0),
    openAdjudications: Number(row?.openAdjudications ?? 0),
    openLeads: Number(row?.openLeads ?? 0),
  }
}
