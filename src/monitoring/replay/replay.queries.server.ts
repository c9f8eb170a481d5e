import type { Tx } from '#store/server'

/** An alert of a scan with what it keeps of its reasoning. */
export type KeptAlert = Awaited<ReturnType<typeof listKeptAlerts>>[number]

/** A page of the alerts that scans raised, in the order of their ids. */
export const listKeptAlerts = (tx: Tx, after: string | undefined, limit: number) =>
  tx
    .selectFrom('alerts')
    .select(['id', 'household_id', 'lead_id', 'indicator', 'fingerprint', 'summary', 'explanation'])
    .where('origin', '=', 'scan')
    .$if(after !== undefined, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute()
