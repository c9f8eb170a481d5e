import type pg from 'pg'
import { assert } from '#base'
import type { Database } from './connect.server.ts'
import type { Scope } from './index.ts'

/** The instant that transactions see, so that a later one can tell what it lacks. */
export interface SeenInstant {
  /** The transactions it sees, as `pg_current_snapshot()` writes them. */
  readonly visible: string
  /** Which database of which server: elsewhere transactions have other numbers. */
  readonly place: string
}

const begin = async (client: pg.PoolClient, snapshot?: string): Promise<void> => {
  await client.query('begin isolation level repeatable read')
  if (snapshot) await client.query(`set transaction snapshot '${snapshot}'`)
}

const prepare = async (client: pg.PoolClient, scope: Scope): Promise<void> => {
  await client.query(
    `select set_config('doudi.scope_from', $1, true), set_config('doudi.scope_until', $2, true),
       set_config('doudi.scope_extra', $3, true), set_config('statement_timeout', '0', true)`,
    [scope.from, scope.until, scope.extra.join(',')],
  )
}

const exportSnapshot = async (client: pg.PoolClient) => {
  const { rows } = await client.query<{ name: string } & SeenInstant>(
    `select pg_export_snapshot() as name, pg_current_snapshot()::text as visible,
       (select system_identifier from pg_control_system()) || '/'
         || (select oid from pg_database where datname = current_database()) as place`,
  )
  const [row] = rows
  assert(row && /^[0-9A-F-]+$/.test(row.name), 'a snapshot without a name')
  return row
}

/**
 * Gives the work up to so many connections that all see one instant and only the scope's regions, so that large tables can be
 * copied out at once. Fewer where the pool holds fewer: one of its connections stays for others. Temporary tables of the work
 * go with its end; what else it writes is its own affair.
 */
export const inSharedSnapshot = async <T>(
  { pool }: Database,
  scope: Scope,
  connections: number,
  work: (clients: readonly pg.PoolClient[], instant: SeenInstant) => Promise<T>,
): Promise<T> => {
  const wanted = Math.max(1, Math.min(connections, (pool.options.max ?? 2) - 1))
  const clients: pg.PoolClient[] = []
  try {
    const first = await pool.connect()
    clients.push(first)
    await begin(first)
    const { name, visible, place } = await exportSnapshot(first)
    while (clients.length < wanted) {
      const next = await pool.connect()
      clients.push(next)
      await begin(next, name)
    }
    for (const client of clients) await prepare(client, scope)
    const result = await work(clients, { visible, place })
    for (const client of clients) await client.query('commit')
    for (const client of clients) client.release()
    return result
  } catch (error) {
    // Connections in an unknown state are not given to the next user.
    for (const client of clients) client.release(true)
    throw error
  }
}
