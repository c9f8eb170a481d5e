import pg from 'pg'
import { openRecord } from '../../src/app/run/database.server.ts'
import { findPostmaster } from '../import/postmaster.queries.server.ts'
import { recordTables } from './commit.ts'

/** A PostgreSQL of the benchmark's own, with one connection. */
export interface PassRecord {
  readonly client: pg.Client
  /** The process that starts the others. */
  readonly postmaster: number
  readonly url: string
  stop(): Promise<void>
}

export const openOwnRecord = async (dataDir: string): Promise<PassRecord> => {
  const record = await openRecord({ dataDir, databaseUrl: undefined } as Parameters<typeof openRecord>[0])
  const client = new pg.Client({ connectionString: record.ownerUrl })
  await client.connect()
  await client.query(recordTables)
  return {
    client,
    postmaster: await findPostmaster(record.ownerUrl),
    url: record.ownerUrl,
    stop: async () => {
      await client.end()
      await record.stop()
    },
  }
}
