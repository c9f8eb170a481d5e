/** The PostgreSQL of the desk's benchmark: filled once and, where DOUDI_BENCH_CACHE names a folder, kept for the next run. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appRoleFor, type Database, migrate, openDatabase, provisionRole, purgeCluster } from '#store/server'
import { openRecord } from '../../src/app/run/database.server.ts'
import { bytesOf, fill, isFilled, officesOf, sizeOf, viewsFor } from './fill.queries.server.ts'
import type { Officer } from './questions.ts'

export interface DeskWorld {
  readonly size: ReturnType<typeof sizeOf>
  readonly gigabytes: number
  readonly officeOf: (region: string) => string
  /** One connection in the application's role, bound by row-level security. */
  bound(): Database
  /** One connection of a role that it does not bind, reading the officer's rows by a plain condition. */
  free(officer: Officer, at: number): Promise<Database>
  stop(): Promise<void>
}

export const openWorld = async (persons: number, tell: (line: string) => void): Promise<DeskWorld> => {
  const cache = process.env.DOUDI_BENCH_CACHE
  const dataDir = cache ? join(cache, `desk-${persons}`) : mkdtempSync(join(tmpdir(), 'doudi-bench-desk-'))
  mkdirSync(dataDir, { recursive: true })
  const record = await openRecord({ dataDir, databaseUrl: undefined } as Parameters<typeof openRecord>[0])
  const remove = async (): Promise<void> => {
    await record.stop()
    if (cache) return
    await purgeCluster(dataDir)
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await migrate(record.ownerUrl)
    const role = appRoleFor('desk benchmark', 'desk-benchmark')
    const appUrl = await provisionRole(record.ownerUrl, role)
    const size = sizeOf(persons)
    const owner = openDatabase(record.ownerUrl, 1)
    const client = await owner.pool.connect()
    // When filling fails, the server is stopped under this connection: the failure is to be told, not that.
    client.on('error', () => undefined)
    if (!(await isFilled(client))) await fill(client, size, tell)
    const gigabytes = (await bytesOf(client)) / 2 ** 30
    const offices = await officesOf(client)
    return {
      size,
      gigabytes,
      officeOf: (region) => offices.get(region) ?? '',
      bound: () => openDatabase(appUrl, 1),
      free: async ({ scope }, at) => {
        const schema = await viewsFor(client, scope, at)
        const url = new URL(record.ownerUrl)
        url.searchParams.set('options', `-c timezone=UTC -c search_path=${schema},public`)
        return openDatabase(url.href, 1)
      },
      stop: async () => {
        client.release()
        await owner.close()
        await remove()
      },
    }
  } catch (error) {
    await remove()
    throw error
  }
}
