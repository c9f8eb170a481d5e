import { sql } from 'kysely'
import { Refusal } from '#base'
import { openDatabase, startCluster } from '#store/server'
import type { Settings } from '../settings.server.ts'

/** Where the record is kept while the program runs. */
export interface OpenedDatabase {
  readonly ownerUrl: string
  /** True for our own PostgreSQL: the only place where a demo may be made unasked. */
  readonly own: boolean
  stop(): Promise<void>
}

const name = 'doudi'

const onServer = async (url: string, statement: string): Promise<void> => {
  const server = openDatabase(url, 1)
  try {
    await sql.raw(statement).execute(server.kysely)
  } catch (error) {
    if ((error as { code?: string }).code !== '42P04') throw error
  } finally {
    await server.close()
  }
}

const urlOf = (url: string): string => {
  const own = new URL(url)
  own.pathname = `/${name}`
  return own.href
}

/** Starts our own PostgreSQL, or takes the one named by DATABASE_URL. */
export const openRecord = async ({ databaseUrl, dataDir }: Settings): Promise<OpenedDatabase> => {
  if (databaseUrl) return { ownerUrl: databaseUrl, own: false, stop: async () => undefined }
  const cluster = await startCluster({ dataDir })
  try {
    await onServer(cluster.url, `create database ${name}`)
  } catch (error) {
    await cluster.stop()
    throw error
  }
  return { ownerUrl: urlOf(cluster.url), own: true, stop: () => cluster.stop() }
}

/** Throws our own database away and makes it anew: for a first start that was killed in the middle. */
export const remakeRecord = async (record: OpenedDatabase): Promise<void> => {
  if (!record.own) throw new Refusal('app.not-made-yet')
  const server = new URL(record.ownerUrl)
  server.pathname = '/postgres'
  await onServer(server.href, `drop database if exists ${name} with (force)`)
  await onServer(server.href, `create database ${name}`)
}
