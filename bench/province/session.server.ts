import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

/** A DuckDB over a file of its own, which spills beside it: what the generator and the yardstick work in. */
export interface Session {
  readonly connection: DuckDBConnection
  run(sql: string): Promise<void>
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** One row's only column as a whole number. */
  count(sql: string): Promise<number>
  close(): void
}

export const openSession = async (path: string, spill: string, memoryMiB = 2600): Promise<Session> => {
  const instance = await DuckDBInstance.create(path, {
    threads: '2',
    memory_limit: `${memoryMiB}MiB`,
    temp_directory: spill,
    preserve_insertion_order: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  const rows: Session['rows'] = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS()
  return {
    connection,
    rows,
    run: async (sql) => {
      await connection.run(sql)
    },
    count: async (sql) => Number(Object.values((await rows(sql))[0] ?? {})[0] ?? 0),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

export const quoted = (path: string): string => `'${path.replaceAll("'", "''")}'`

/** The statement that writes a query to Parquet, in the order of the query. */
export const toParquet = (sql: string, path: string): string =>
  `COPY (${sql}) TO ${quoted(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`
