import { type Expression, sql } from 'kysely'
import type { Tx } from './connect.server.ts'

let made = 0

/**
 * All rows of a query, so many at a time, as they were when it was first asked: what is written between two portions changes
 * nothing. It is one statement for all of them: asked page by page behind the last key, the planner, which knows nothing of
 * the scope, may read and sort the whole table for each page. Ends with the transaction where it is left unfinished.
 */
export async function* inPortions<Row>(
  tx: Tx,
  query: Expression<Row>,
  atOnce: number,
): AsyncGenerator<readonly Row[]> {
  made += 1
  const cursor = sql.ref(`portions_${made}`)
  await sql`declare ${cursor} no scroll cursor for ${query}`.execute(tx)
  for (;;) {
    const { rows } = await sql<Row>`fetch forward ${sql.lit(atOnce)} from ${cursor}`.execute(tx)
    if (rows.length > 0) yield rows
    if (rows.length < atOnce) break
  }
  await sql`close ${cursor}`.execute(tx)
}
