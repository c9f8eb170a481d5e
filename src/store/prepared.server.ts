import { type PostgresPool, type PostgresPoolClient, sql } from 'kysely'
import type pg from 'pg'

const mark = '/* prepared */'

/**
 * Ends a statement that each connection is to prepare once: PostgreSQL then neither parses nor plans it again. For statements that
 * many pages ask and that find their rows by a key, whatever the values: `query.modifyEnd(prepared)`. A plan made once knows no values, so
 * whatever is searched by ranges or lists of any length is left as it is.
 */
export const prepared = sql.raw(mark)

/** The pool as the query builder sees it: its connections prepare the statements that are marked, under one name each. */
export const preparing = (pool: pg.Pool): PostgresPool => {
  // Only marked texts, which the code writes: as many as there are statements.
  const names = new Map<string, string>()
  const nameOf = (text: string): string => {
    const name = names.get(text) ?? `doudi_${names.size}`
    names.set(text, name)
    return name
  }
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect()
      const query = (text: string, values: readonly unknown[]) =>
        text.endsWith(mark)
          ? client.query({ name: nameOf(text), text, values: [...values] })
          : client.query(text, [...values])
      // No cursor is opened through the query builder.
      return {
        query: query as unknown as PostgresPoolClient['query'],
        release: (destroy) => client.release(destroy),
      }
    },
  }
}
