import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** Plain SQL on a database of a test, for statements no room runs on PostgreSQL yet. */
export interface PlainSql {
  /** Rows as lists of texts, null for NULL. */
  query(sql: string, values?: readonly string[]): Promise<readonly (readonly (string | null)[])[]>
  /** Fills a table; null is NULL. */
  fill(table: string, rows: Iterable<readonly (string | null)[]>): Promise<void>
  close(): Promise<void>
}

const cell = (value: string | null): string =>
  value === null ? '\\N' : value.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n')

export const openSql = async (url: string): Promise<PlainSql> => {
  const client = new pg.Client({ connectionString: url, types: { getTypeParser: () => String } })
  await client.connect()
  return {
    query: async (sql, values = []) =>
      (await client.query({ text: sql, values: [...values], rowMode: 'array' })).rows,
    fill: async (table, rows) => {
      const lines = function* (): Generator<string> {
        for (const row of rows) yield `${row.map(cell).join('\t')}\n`
      }
      await pipeline(Readable.from(lines()), client.query(copyFrom(`copy ${table} from stdin`)))
    },
    close: () => client.end(),
  }
}
