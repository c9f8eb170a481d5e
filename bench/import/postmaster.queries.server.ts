import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { openDatabase } from '#store/server'

/** The process that starts all others of the PostgreSQL at this address; it must run on this machine. */
export const findPostmaster = async (url: string): Promise<number> => {
  const database = openDatabase(url, 1)
  try {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(database.kysely)
    const status = readFileSync(`/proc/${rows[0]?.pid}/status`, 'utf8')
    return Number(/^PPid:\s+(\d+)/mu.exec(status)?.[1])
  } finally {
    await database.close()
  }
}
