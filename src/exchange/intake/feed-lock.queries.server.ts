import { sql } from 'kysely'
import { Refusal } from '#base'
import { everywhere } from '#store'
import { type Database, inScope, type Tx } from '#store/server'

/** Takes a feed for this transaction unless somebody has it; gives whether it could. */
export const tryLockFeed = async (tx: Tx, feedId: string): Promise<boolean> => {
  const key = `exchange.feed ${feedId}`
  const { rows } = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${key}, 0)) as free`.execute(tx)
  return rows[0]?.free === true
}

/**
 * Takes a feed for this transaction: whoever else reads it or decides about it, in any process, is refused with
 * `exchange.busy`. The database gives it free when the transaction ends, also by the death of its process.
 */
export const lockFeed = async (tx: Tx, feedId: string): Promise<void> => {
  if (!(await tryLockFeed(tx, feedId))) throw new Refusal('exchange.busy')
}

/**
 * A transaction with a part of a reading. Its commit is not waited for: what a crash loses is read again with the rest,
 * and the commit that ends the reading brings every part before it to the disk.
 */
export const inPart = <T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inScope(database, everywhere, async (tx) => {
    await sql`set local synchronous_commit = off`.execute(tx)
    return work(tx)
  })

/**
 * Holds a feed while it is read, in a transaction of its own in which the reading is to record its end: if the connection
 * was lost on the way, and with it the lock, the end cannot be recorded. Until then it stands idle, and holds no rows.
 */
export const holdFeed = <T>(database: Database, feedId: string, work: (held: Tx) => Promise<T>): Promise<T> =>
  inScope(database, everywhere, async (tx) => {
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx)
    await lockFeed(tx, feedId)
    return work(tx)
  })
