/** One transaction of the query builder over one connection, its statements sent without waiting for each other. */
import type { Writable } from 'node:stream'
import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  DummyDriver,
  PostgresAdapter,
  PostgresDialect,
  PostgresQueryCompiler,
  type QueryResult,
  sql,
  Transaction,
} from 'kysely'
import type pg from 'pg'
import { assert } from '#base'
import type { Scope } from './index.ts'
import { askNamed, prepared, type StatementNames } from './prepared.server.ts'
import type { Tables } from './tables.generated.ts'

/** Asks one connection; answers come in the order of the questions. */
type Ask = (text: string, values: readonly unknown[]) => Promise<pg.QueryResult>

const changing: readonly string[] = ['INSERT', 'UPDATE', 'DELETE', 'MERGE']

const resultOf = <R>({ command, rowCount, rows }: pg.QueryResult): QueryResult<R> => ({
  rows: (rows ?? []) as R[],
  ...(changing.includes(command) ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}),
})

const connectionOver = (ask: Ask): DatabaseConnection => ({
  executeQuery: async <R>({ sql: text, parameters }: CompiledQuery) =>
    resultOf<R>(await ask(text, parameters)),
  streamQuery: () => {
    throw new Error('no cursor is opened through the query builder')
  },
})

// Only transactions made below use it, and none of them asks it for a connection.
const dialect = new PostgresDialect({
  pool: () => Promise.reject(new Error('a transaction opens no connection')),
})
const compiler = new PostgresQueryCompiler()
const adapter = new PostgresAdapter()

const transactionOver = (ask: Ask): Transaction<Tables> => {
  const connection = connectionOver(ask)
  // Unlike the query builder's own, which asks one statement after the other.
  const executor = new DefaultQueryExecutor(compiler, adapter, {
    provideConnection: (use) => use(connection),
  })
  return new Transaction<Tables>({ config: { dialect }, dialect, driver: new DummyDriver(), executor })
}

/** Statements of one connection one after the other, for who also copies over it. */
const inTurn = (ask: Ask): Ask => {
  let last: Promise<unknown> = Promise.resolve()
  return (text, values) => {
    const answer = last.then(() => ask(text, values))
    last = answer.catch(() => undefined)
    return answer
  }
}

/** Holds the connection's writing back until all that is asked at this moment is there: it leaves as one. */
const gather = (client: pg.PoolClient): void => {
  // The driver's types leave the connection out.
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Writable } }).connection
  stream.cork()
  process.nextTick(() => stream.uncork())
}

const scopeOf = ({ from, until, extra }: Scope) =>
  sql`select set_config('doudi.scope_from', ${from}, true),
    set_config('doudi.scope_until', ${until}, true),
    set_config('doudi.scope_extra', ${extra.join(',')}, true) ${prepared}`

const run = async <T>(ask: Ask, scope: Scope, work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> => {
  const tx = transactionOver(ask)
  // Sent, not awaited: the first question goes out with them. Where one of them fails, nothing after it is answered.
  const opened = Promise.all([ask('begin', []), scopeOf(scope).execute(tx)])
  const [settled] = await Promise.allSettled([(async () => work(tx))(), opened])
  await opened
  if (settled.status === 'rejected') throw settled.reason
  const { command } = await ask('commit', [])
  // So PostgreSQL ends a transaction one of whose statements failed unnoticed.
  if (command === 'ROLLBACK') throw new AbortedTransactionError()
  return settled.value
}

/**
 * Runs the work in a transaction that sees only the scope's regions, over a connection that it releases at the end. `piped`
 * sends each statement at once, behind those still being answered; copying over the connection needs it off.
 */
export const transact = async <T>(
  client: pg.PoolClient,
  nameOf: StatementNames,
  { scope, piped }: { readonly scope: Scope; readonly piped: boolean },
  work: (tx: Transaction<Tables>) => Promise<T>,
): Promise<T> => {
  let isOver = false
  // A statement that nobody waited for never reaches the next user's transaction.
  const plain: Ask = async (text, values) => {
    assert(!isOver, 'a statement after the end of its transaction')
    if (piped) gather(client)
    return askNamed(client, nameOf, text, values)
  }
  const ask = piped ? plain : inTurn(plain)
  Object.assign(client, { pipeline: piped })
  // A connection that ends is told by its next statement; an unhandled event would end the process.
  const ignore = (): void => undefined
  client.on('error', ignore)
  const release = (broken: boolean): void => {
    isOver = true
    client.off('error', ignore)
    Object.assign(client, { pipeline: false })
    client.release(broken)
  }
  try {
    const result = await run(ask, scope, work)
    release(false)
    return result
  } catch (error) {
    // A connection in an unknown state is not given to the next user.
    const ended = await ask('rollback', []).then(
      () => true,
      () => false,
    )
    release(!ended)
    throw error
  }
}
