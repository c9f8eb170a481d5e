import { sql } from 'kysely'
import { everywhere } from '#store'
import type { Tx } from '#store/server'

/**
 * Does the work of a person's transaction with the platform's sight, and gives the person's back: a file of one county
 * may speak of people registered in another.
 */
export const withSightOfAll = async <T>(tx: Tx, work: () => Promise<T>): Promise<T> => {
  const { rows } = await sql<{ from: string; until: string; extra: string }>`
    select current_setting('doudi.scope_from', true) as "from", current_setting('doudi.scope_until', true) as "until",
      current_setting('doudi.scope_extra', true) as "extra"`.execute(tx)
  const see = ({ from, until, extra }: { from: string; until: string; extra: string }) =>
    sql`select set_config('doudi.scope_from', ${from}, true), set_config('doudi.scope_until', ${until}, true),
      set_config('doudi.scope_extra', ${extra}, true)`.execute(tx)
  await see({ ...everywhere, extra: '' })
  const result = await work()
  await see(rows[0] ?? { from: '', until: '', extra: '' })
  return result
}

/** Alerts that rest on a file and still count, held so that nobody works on them meanwhile. */
export const listRestingOn = (tx: Tx, feedId: string) =>
  tx
    .selectFrom('alerts')
    .selectAll()
    .where(sql<boolean>`feed_ids @> array[${feedId}]::uuid[]`)
    .where('status', '<>', 'withdrawn')
    .orderBy('number')
    .forUpdate()
    .execute()

/** Alerts on which a person has taken a step: dispatched, taken, evidence added or disposed. */
export const listActedOn = async (tx: Tx, alertIds: readonly string[]): Promise<Set<string>> => {
  const isOne = sql<boolean>`alert_id = any (${[...alertIds]}::uuid[])`
  const steps = await tx
    .selectFrom('alert_steps')
    .select('alert_id')
    .where(isOne)
    .where('actor_id', 'is not', null)
    .execute()
  const evidence = await tx.selectFrom('evidence_files').select('alert_id').where(isOne).execute()
  return new Set([...steps, ...evidence].map(({ alert_id }) => alert_id))
}
