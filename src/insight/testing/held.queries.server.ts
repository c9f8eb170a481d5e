import { sql } from 'kysely'
import type { Database } from '#store/server'

/** Does something while nobody else can write a table; `isWaitedFor` tells whether somebody wants to. */
export const holdingWrites = (
  database: Database,
  table: string,
  meanwhile: (isWaitedFor: () => Promise<boolean>) => Promise<void>,
): Promise<void> =>
  database.kysely.transaction().execute(async (tx) => {
    await sql`lock table ${sql.table(table)} in exclusive mode`.execute(tx)
    await meanwhile(async () => {
      const { rows } = await sql<{ waiting: boolean }>`
        select exists (select from pg_locks where not granted and relation = ${table}::regclass) as waiting`.execute(
        tx,
      )
      return rows[0]?.waiting === true
    })
  })
