import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { instant } from '#base'
import type { Scope } from './index.ts'
import { prepared, preparing } from './prepared.server.ts'
import type { Tables } from './tables.generated.ts'

/** An open connection pool with its typed query builder. Closing it waits for the queries under way. */
export interface Database {
  readonly kysely: Kysely<Tables>
  readonly pool: pg.Pool
  close(): Promise<void>
}

/** One transaction; every query function takes it first. */
export type Tx = Transaction<Tables>

const int8 = 20
const date = 1082
const dateArray = 1182
const timestamptz = 1184

const parseInt8 = (text: string): number | bigint => {
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : BigInt(text)
}

const parseDateArray = (text: string): string[] => (text === '{}' ? [] : text.slice(1, -1).split(','))

const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [int8]: parseInt8,
  [date]: (text) => text,
  [dateArray]: parseDateArray,
  [timestamptz]: instant,
}

const typeParser = ((oid: number, format: 'text' | 'binary') =>
  (format === 'text' && parsers[oid]) ||
  pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser

/**
 * Opens a pool to a PostgreSQL of version 15 or newer. Dates come back as `YYYY-MM-DD`, instants as ISO text
 * in UTC, bigints as numbers where a double holds them. `max` is the number of connections.
 */
export const openDatabase = (url: string, max = 10): Database => {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types: { getTypeParser: typeParser },
    options: '-c timezone=UTC -c statement_timeout=120000',
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
  })
  // A server that stops ends idle connections; the next query reports it, an unhandled event would end the process.
  pool.on('error', () => undefined)
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: preparing(pool) }) })
  return { kysely, pool, close: () => kysely.destroy() }
}

/**
 * Runs the work in one transaction that sees only the scope's regions. The settings end with the transaction,
 * so that the next user of the connection starts with none and sees nothing.
 */
export const inScope = <T>(database: Database, scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> =>
  database.kysely.transaction().execute(async (tx) => {
    await sql`select set_config('doudi.scope_from', ${scope.from}, true),
      set_config('doudi.scope_until', ${scope.until}, true),
      set_config('doudi.scope_extra', ${scope.extra.join(',')}, true) ${prepared}`.execute(tx)
    return work(tx)
  })

/**
 * The same over one connection that the work is given too, for COPY inside the transaction: await a statement of one before
 * giving the next to the other.
 */
export const inScopeCopying = async <T>(
  database: Database,
  scope: Scope,
  work: (tx: Tx, client: pg.PoolClient) => Promise<T>,
): Promise<T> => {
  const client = await database.pool.connect()
  // Nothing is given back here: Kysely releases the connection when the transaction ends.
  const { options } = database.pool
  const pool = { options, connect: () => Promise.resolve(client), end: () => Promise.resolve() }
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return inScope({ ...database, kysely }, scope, (tx) => work(tx, client))
}

/** Renews the planner's statistics: after a bulk load, before a pass over everybody. */
export const refreshStatistics = async (database: Database): Promise<void> => {
  await sql`select refresh_statistics()`.execute(database.kysely)
}

/**
 * Gives the work a bare connection in a read-only transaction that sees one instant and only the scope's regions: for
 * copying several tables out as they were together.
 */
export const inSnapshot = async <T>(
  database: Database,
  scope: Scope,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> => {
  const client = await database.pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query(
      "select set_config('doudi.scope_from', $1, true), set_config('doudi.scope_until', $2, true), set_config('doudi.scope_extra', $3, true)",
      [scope.from, scope.until, scope.extra.join(',')],
    )
    // Whole tables are read here: a plan that loops over all pairs is never the better one, whatever is guessed of sizes.
    await client.query('set local enable_nestloop = off')
    const result = await work(client)
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    // A connection in an unknown state is not given to the next user.
    client.release(true)
    throw error
  }
}
