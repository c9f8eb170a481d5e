import { createReadStream, rmSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { type CopyStreamQuery, type CopyToStreamQuery, from, to } from 'pg-copy-streams'
import type { Engine } from '../engine/engine.server.ts'
import { nameList, quoteName } from '../engine/sql.ts'
import type { ColumnType, TableColumn } from '../engine/types.ts'

/** What is needed of a PostgreSQL client: one connection of the pool, inside the transaction the caller opened. */
export interface CopyClient {
  query(text: string): Promise<unknown>
  query(stream: CopyToStreamQuery): CopyToStreamQuery
  query(stream: CopyStreamQuery): CopyStreamQuery
}

/**
 * Copies a query's rows from PostgreSQL into a new engine table; gives the rows. The select list has the columns in
 * their order. To see several tables at one instant the caller's transaction is `repeatable read, read only`; what the
 * client's scope hides is not copied.
 */
export const copyIn = (
  client: CopyClient,
  selectSql: string,
  engine: Engine,
  table: string,
  columns: readonly TableColumn[],
): Promise<number> => {
  const stream = client.query(to(`copy (${selectSql}) to stdout with (format csv, header false)`))
  return engine.loadCsv(stream, table, columns)
}

/**
 * Copies an engine query's rows into a new temporary table of PostgreSQL that goes with the transaction; the caller
 * inserts from there, because COPY refuses tables under row-level security. Gives the rows.
 */
export const copyOut = async (
  engine: Engine,
  sql: string,
  client: CopyClient,
  table: string,
  columns: readonly TableColumn[],
): Promise<number> => {
  const name = quoteName(table)
  const names = nameList(columns.map((column) => column.name))
  const definitions = columns.map((column) => `${quoteName(column.name)} ${postgresTypes[column.type]}`)
  await client.query(`create temporary table ${name} (${definitions.join(', ')}) on commit drop`)
  const path = await engine.writeCsv(`select ${names} from (${sql})`, table)
  try {
    const stream = client.query(from(`copy ${name} (${names}) from stdin with (format csv, header false)`))
    await pipeline(createReadStream(path), stream)
    return stream.rowCount
  } finally {
    rmSync(path, { force: true })
  }
}

const postgresTypes: Readonly<Record<ColumnType, string>> = {
  BIGINT: 'bigint',
  INTEGER: 'integer',
  BOOLEAN: 'boolean',
  DATE: 'date',
  UUID: 'uuid',
  VARCHAR: 'text',
}
