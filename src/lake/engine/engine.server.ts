import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBResult,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api'
import { appendBatches } from './append.server.ts'
import { loadCsvFile, spoolCsv } from './csv.server.ts'
import { type Compression, copyToCsv, copyToParquet, dialectStatements } from './dialect.ts'
import { draftPath, makePrivateDirectory, publishDraft } from './files.server.ts'
import { quoteText } from './sql.ts'
import type { Result, ResultRow, TableColumn, Value } from './types.ts'
import { fromEngine, toParameter } from './values.server.ts'

export type EngineOptions = {
  /** Where the engine spills and spools; each engine has a folder of its own in it, gone after `close`. */
  readonly tempDir: string
  /** Folders whose files statements may read and write besides. Nothing else on the machine is reachable from SQL. */
  readonly directories?: readonly string[]
  readonly memoryMiB: number
  readonly threads: number
  /** `false` for names and numbers in the clear: what does not fit the memory fails, and nothing of it reaches a disk. */
  readonly spills?: boolean
}

/** Positional parameters (`?` or `$1`) or named ones (`$name`). */
export type Parameters = readonly Value[] | Readonly<Record<string, Value>>
export type ReadOptions = {
  /** Whole numbers always as bigint: for tokens and keys, which must not change type with their size. */
  readonly exact?: boolean
}
export type RowBatches = AsyncIterable<readonly (readonly (Value | undefined)[])[]>

/** A DuckDB in memory with the lake's macros, over one connection: await a statement before giving the next. */
export interface Engine {
  /** The engine's own temporary folder. */
  readonly tempDir: string
  /** What does not fit the memory goes to the disk, unencrypted. */
  readonly spills: boolean
  /** Runs one or several statements; gives how many rows the last one changed. */
  run(sql: string, parameters?: Parameters): Promise<number>
  /** All rows of a query. */
  rows<Row = ResultRow>(sql: string, parameters?: Parameters, options?: ReadOptions): Promise<Row[]>
  /** The rows of a large query, some two thousand at a time. */
  batches<Row = ResultRow>(sql: string, parameters?: Parameters, options?: ReadOptions): AsyncIterable<Row[]>
  /** … column by column and as the engine gives them, which for many rows costs a fraction: for whole numbers and texts. */
  columns(
    sql: string,
  ): AsyncIterable<{ readonly rows: number; readonly columns: readonly (readonly unknown[])[] }>
  /** Creates the table and fills it from CSV without a header, as PostgreSQL's COPY writes it; gives the rows. */
  loadCsv(source: string | Readable, table: string, columns: readonly TableColumn[]): Promise<number>
  /** Creates the table and fills it from batches of rows in column order; gives the rows. */
  appendRows(table: string, columns: readonly TableColumn[], batches: RowBatches): Promise<number>
  /** Writes a query to a Parquet file, whole or not at all; zstd where nothing else is said. */
  writeParquet(
    sql: string,
    path: string,
    compression?: Compression,
  ): Promise<{ readonly rows: number; readonly bytes: number }>
  /** Writes a query as CSV without a header into the temporary folder; gives the path. */
  writeCsv(sql: string, name: string): Promise<string>
  /** Frees the memory and removes the temporary folder with all that was spilled. */
  close(): void
}

/**
 * Opens an engine. It spills into its own folder, which only the owner may enter and `close` removes; DuckDB's spill is
 * not encrypted (its bundled cipher may not write), so names and numbers in the clear never enter a table of one that spills.
 */
export const openEngine = async (options: EngineOptions): Promise<Engine> => {
  makePrivateDirectory(options.tempDir)
  const tempDir = mkdtempSync(join(resolve(options.tempDir), 'engine-'))
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(options.threads),
    memory_limit: `${options.memoryMiB}MiB`,
    temp_directory: options.spills === false ? '' : join(tempDir, 'spill'),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  await prepare(connection, [tempDir, ...(options.directories ?? []).map((path) => resolve(path))])
  return engineOver(connection, tempDir, options.spills !== false, () => {
    connection.closeSync()
    instance.closeSync()
    rmSync(tempDir, { recursive: true, force: true })
  })
}

/** Removes what engines of an earlier run left behind. Only where no other program uses the folder, e.g. at start. */
export const clearTempDir = (tempDir: string): void => {
  rmSync(tempDir, { recursive: true, force: true })
  makePrivateDirectory(tempDir)
}

const prepare = async (connection: DuckDBConnection, directories: readonly string[]): Promise<void> => {
  const statements = [
    'set preserve_insertion_order = false',
    `set allowed_directories = [${directories.map((path) => quoteText(`${path}/`)).join(', ')}]`,
    'set enable_external_access = false',
    ...dialectStatements(),
    'set lock_configuration = true',
  ]
  for (const statement of statements) await connection.run(statement)
}

const engineOver = (
  connection: DuckDBConnection,
  tempDir: string,
  spills: boolean,
  close: () => void,
): Engine => {
  const start = (sql: string, parameters: Parameters) => {
    const { values, types } = bind(parameters)
    return connection.run(sql, values, types)
  }
  const run = async (sql: string, parameters: Parameters = []) => (await start(sql, parameters)).rowsChanged

  return {
    tempDir,
    spills,
    run,
    rows: async <Row>(sql: string, parameters: Parameters = [], options: ReadOptions = {}) =>
      toRows<Row>(await start(sql, parameters), options),
    batches: (sql, parameters = [], options = {}) =>
      streamRows(() => {
        const { values, types } = bind(parameters)
        return connection.stream(sql, values, types)
      }, options),
    columns: (sql) => streamColumns(connection, sql),
    loadCsv: async (source, table, columns) => {
      if (typeof source === 'string') return loadCsvFile(run, source, table, columns)
      const path = await spoolCsv(source, tempDir)
      try {
        return await loadCsvFile(run, path, table, columns)
      } finally {
        rmSync(path, { force: true })
      }
    },
    appendRows: (table, columns, batches) => appendBatches(connection, table, columns, batches),
    writeParquet: async (sql, path, compression) => {
      const draft = draftPath(path)
      try {
        const rows = await run(copyToParquet(sql, draft, compression))
        publishDraft(draft, path)
        return { rows, bytes: statSync(path).size }
      } catch (error) {
        rmSync(draft, { force: true })
        throw error
      }
    },
    writeCsv: async (sql, name) => {
      const path = join(tempDir, `${name}.csv`)
      await run(copyToCsv(sql, path))
      return path
    },
    close,
  }
}

const bind = (parameters: Parameters): Bound => {
  if (isList(parameters)) {
    const list = parameters.map(toParameter)
    return { values: list.map(({ value }) => value), types: list.map(({ type }) => type) as DuckDBType[] }
  }
  const named = Object.entries(parameters).map(([name, value]) => [name, toParameter(value)] as const)
  return {
    values: Object.fromEntries(named.map(([name, { value }]) => [name, value])),
    types: Object.fromEntries(named.map(([name, { type }]) => [name, type])),
  }
}

type Bound = {
  readonly values: DuckDBValue[] | Record<string, DuckDBValue>
  readonly types: DuckDBType[] | Record<string, DuckDBType | undefined>
}

const isList = (parameters: Parameters): parameters is readonly Value[] => Array.isArray(parameters)

const toRows = async <Row>(result: DuckDBResult, options: ReadOptions): Promise<Row[]> => {
  const rows: Row[] = []
  for await (const batch of chunkRows<Row>(result, options)) for (const row of batch) rows.push(row)
  return rows
}

async function* streamRows<Row>(
  start: () => Promise<DuckDBResult>,
  options: ReadOptions,
): AsyncIterable<Row[]> {
  yield* chunkRows<Row>(await start(), options)
}

async function* streamColumns(connection: DuckDBConnection, sql: string) {
  for await (const chunk of await connection.stream(sql)) {
    const columns = Array.from({ length: chunk.columnCount }, (_, at) => chunk.getColumnValues(at))
    yield { rows: chunk.rowCount, columns }
  }
}

async function* chunkRows<Row>(result: DuckDBResult, options: ReadOptions): AsyncIterable<Row[]> {
  const names = result.columnNames()
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) return
    const columns = names.map((_, at) => chunk.getColumnValues(at))
    const rows: Row[] = []
    for (let at = 0; at < chunk.rowCount; at += 1) {
      const row: Record<string, Result> = {}
      for (let column = 0; column < names.length; column += 1) {
        row[names[column] ?? ''] = fromEngine(columns[column]?.[at] ?? null, options.exact === true)
      }
      rows.push(row as Row)
    }
    yield rows
  }
}
