import { randomBytes } from 'node:crypto'
import { createWriteStream, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { csvRelation } from './dialect.ts'
import { createTable, quoteName } from './sql.ts'
import type { TableColumn } from './types.ts'

/** Writes a CSV stream to a file of the engine's folder that only the owner may read; the caller removes it. */
export const spoolCsv = async (source: Readable, tempDir: string): Promise<string> => {
  const path = join(tempDir, `spool-${randomBytes(6).toString('hex')}.csv`)
  try {
    await pipeline(source, createWriteStream(path, { mode: 0o600, flags: 'wx' }))
    return path
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  }
}

/** Creates the table and fills it from the file; gives the rows. A value that does not fit its column is an error. */
export const loadCsvFile = async (
  run: (sql: string) => Promise<number>,
  path: string,
  table: string,
  columns: readonly TableColumn[],
): Promise<number> => {
  await run(createTable(table, columns))
  return run(`insert into ${quoteName(table)} select * from ${csvRelation(path, columns)}`)
}
