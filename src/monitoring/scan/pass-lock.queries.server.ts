import { sql } from 'kysely'
import type { Database } from '#store/server'

const passLock = sql`hashtextextended('monitoring.pass', 0)`

/**
 * Does work that writes what the lake keeps, one after the other whoever asks, in this process or another. A process that is
 * killed lets go. What a killed one had sent off may still be carried out: that the work is made from what is in force is for
 * its own transaction to check.
 */
export const whilePassing = <T>(database: Database, work: () => Promise<T>): Promise<T> =>
  database.kysely.connection().execute(async (connection) => {
    // A pass may take longer than a statement may.
    await sql`set statement_timeout to 0`.execute(connection)
    await sql`select pg_advisory_lock(${passLock})`.execute(connection)
    try {
      return await work()
    } finally {
      // Where the server has gone, the lock went with it.
      await sql`select pg_advisory_unlock(${passLock})`.execute(connection).catch(() => undefined)
      await sql`reset statement_timeout`.execute(connection).catch(() => undefined)
    }
  })
