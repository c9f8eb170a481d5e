import { sql } from 'kysely'
import type { Instant } from '#base'
import type { Tx } from '#store/server'

/** What the database's clock shows. */
export const findDatabaseTime = async (tx: Tx): Promise<Instant> => {
  const { rows } = await sql<{ at: Instant }>`select clock_timestamp() as at`.execute(tx)
  return rows[0]?.at as Instant
}
