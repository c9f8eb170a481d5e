import { DuckDBInstance } from '@duckdb/node-api'
import type { DmnQuery } from './program.ts'

/** An engine of its own in memory, gone when closed. */
export const openDmnDuckdb = async (): Promise<{ readonly query: DmnQuery; readonly close: () => void }> => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  return {
    query: async (sql) =>
      (await connection.runAndReadAll(sql))
        .getRows()
        .map((row) => row.map((cell) => (cell === null ? null : String(cell)))),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
