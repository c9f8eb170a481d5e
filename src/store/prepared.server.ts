import { type PostgresPool, type PostgresPoolClient, sql } from 'kysely'
import type pg from 'pg'

const mark = '/* prepared */'

/**
 * Ends a statement that each connection is to prepare once: PostgreSQL then neither parses nor plans it again. For statements that
 * many pages ask and that find their rows by a key, whatever the values: `query.modifyEnd(prepared)`. A plan made once knows no values, so
 * whatever is searched by ranges or lists of any length is left as it is.
 */
export const prepared = sql.raw(mark)

/** The name under which every connection prepares a marked statement; undefined of any other. */
export type StatementNames = (text: string) => string | undefined

/** Names for one pool: only marked texts, which the code writes, so as many as there are statements. */
export const statementNames = (): StatementNames => {
  const names = new Map<string, string>()
  return (text) => {
    if (!text.endsWith(mark)) return undefined
    const name = names.get(text) ?? `doudi_${names.size}`
    names.set(text, name)
    return name
  }
}

/** Asks one connection; a marked statement is prepared there the first time. */
export const askNamed = (
  client: pg.PoolClient,
  nameOf: StatementNames,
  text: string,
  values: readonly unknown[],
): Promise<pg.QueryResult> => {
  const name = nameOf(text)
  return name === undefined
    ? client.query(text, [...values])
    : client.query({ name, text, values: [...values] })
}

/** The pool as the query builder sees it: its connections prepare the statements that are marked. */
export const preparing = (pool: pg.Pool, nameOf: StatementNames): PostgresPool => ({
  options: pool.options,
  end: () => pool.end(),
  connect: async () => {
    const client = await pool.connect()
    const query = (text: string, values: readonly unknown[]) => askNamed(client, nameOf, text, values)
    // No cursor is opened through the query builder.
    return {
      query: query as unknown as PostgresPoolClient['query'],
      release: (destroy) => client.release(destroy),
    }
  },
})
