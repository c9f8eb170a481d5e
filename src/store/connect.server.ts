import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { instant } from '#base'
import { everywhere, type Scope } from './index.ts'
import { preparing, type StatementNames, statementNames } from './prepared.server.ts'
import type { Tables } from './tables.generated.ts'
import { transact } from './transaction.server.ts'

/** An open connection pool with its typed query builder. Closing it waits for the queries under way. */
export interface Database {
  readonly kysely: Kysely<Tables>
  readonly pool: pg.Pool
  /** What the pool's connections call the statements that they prepare. */
  readonly nameOf: StatementNames
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
    // A new connection signs in and plans anew; officers pause longer than half a minute.
    idleTimeoutMillis: 600_000,
    connectionTimeoutMillis: 10_000,
  })
  // A server that stops ends idle connections; the next query reports it, an unhandled event would end the process.
  pool.on('error', () => undefined)
  const nameOf = statementNames()
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: preparing(pool, nameOf) }) })
  const close = async (): Promise<void> => {
    await kysely.destroy()
    // The query builder ends the pool only where it was asked something itself.
    if (!pool.ending) await pool.end()
  }
  return { kysely, pool, nameOf, close }
}

/**
 * Runs the work in one transaction that sees only the scope's regions. The settings end with the transaction,
 * so that the next user of the connection starts with none and sees nothing. Statements are sent when they are executed
 * and answered in that order: what does not rest on another's answer is asked together, with `Promise.all`, and costs one
 * way there and back.
 */
export const inScope = async <T>(
  { pool, nameOf }: Database,
  scope: Scope,
  work: (tx: Tx) => Promise<T>,
): Promise<T> => transact(await pool.connect(), nameOf, { scope, piped: true }, work)

/**
 * The same over one connection that the work is given too, for COPY inside the transaction: await a statement of one before
 * giving the next to the other. Its statements last as long as they need.
 */
export const inScopeCopying = async <T>(
  { pool, nameOf }: Database,
  scope: Scope,
  work: (tx: Tx, client: pg.PoolClient) => Promise<T>,
): Promise<T> => {
  const client = await pool.connect()
  return transact(client, nameOf, { scope, piped: false }, async (tx) => {
    await withoutTimeLimit(tx)
    return work(tx, client)
  })
}

/** Lets the statements of a transaction last as long as they need: for work over everybody, which no officer waits for. */
export const withoutTimeLimit = async (tx: Tx): Promise<void> => {
  await sql`select set_config('statement_timeout', '0', true)`.execute(tx)
}

/** Renews the planner's statistics: after a bulk load, before a pass over everybody. */
export const refreshStatistics = (database: Database): Promise<void> =>
  inScope(database, everywhere, async (tx) => {
    await withoutTimeLimit(tx)
    await sql`select refresh_statistics()`.execute(tx)
  })
