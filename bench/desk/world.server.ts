/** The PostgreSQL of the desk's benchmark: filled once and, where DOUDI_BENCH_CACHE names a folder, kept for the next run. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appRoleFor, type Database, migrate, openDatabase, provisionRole, purgeCluster } from '#store/server'
import { openRecord } from '../../src/app/run/database.server.ts'
import {
  bytesOf,
  fill,
  folderOf,
  isFilled,
  officesOf,
  type Size,
  sizeOf,
  viewsFor,
} from './fill.queries.server.ts'
import type { Officer } from './questions.ts'

export interface DeskWorld {
  readonly size: ReturnType<typeof sizeOf>
  readonly gigabytes: number
  readonly officeOf: (region: string) => string
  /** One connection in the application's role, bound by row-level security. */
  bound(): Database
  /** One connection of a role that it does not bind, reading the officer's rows by a plain condition. */
  free(officer: Officer, at: number): Promise<Database>
  /**
   * Reads the files of the database once, so that questions wait for no disk: a machine may take from the system's cache what has not
   * been used for half a minute.
   */
  readIn(): Promise<void>
  stop(): Promise<void>
}

type Opened = Awaited<ReturnType<typeof openRecord>>

const openIn = (dataDir: string): Promise<Opened> =>
  openRecord({ dataDir, databaseUrl: undefined } as Parameters<typeof openRecord>[0])

/** Fills the database unless a run before has, and tells whether it did. */
const fillUnlessFilled = async (
  { ownerUrl }: Opened,
  size: Size,
  tell: (line: string) => void,
): Promise<boolean> => {
  const owner = openDatabase(ownerUrl, 1)
  try {
    const client = await owner.pool.connect()
    // When filling fails, the server is stopped under this connection: the failure is to be told, not that.
    client.on('error', () => undefined)
    try {
      if (await isFilled(client)) return false
      await fill(client, size, tell)
      return true
    } finally {
      client.release()
    }
  } finally {
    await owner.close()
  }
}

const readFiles = async (folder: string): Promise<void> => {
  const buffer = Buffer.alloc(2 ** 22)
  for (const name of readdirSync(folder)) {
    const file = await open(join(folder, name))
    try {
      while ((await file.read(buffer)).bytesRead > 0);
    } finally {
      await file.close()
    }
  }
}

export const openWorld = async (persons: number, tell: (line: string) => void): Promise<DeskWorld> => {
  const cache = process.env.DOUDI_BENCH_CACHE
  const dataDir = cache ? join(cache, `desk-${persons}`) : mkdtempSync(join(tmpdir(), 'doudi-bench-desk-'))
  mkdirSync(dataDir, { recursive: true })
  let record = await openIn(dataDir)
  const remove = async (): Promise<void> => {
    await record.stop()
    if (cache) return
    await purgeCluster(dataDir)
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await migrate(record.ownerUrl)
    const size = sizeOf(persons)
    if (await fillUnlessFilled(record, size, tell)) {
      // Stopping writes out all that was filled, which would otherwise go on during the questions.
      await record.stop()
      record = await openIn(dataDir)
    }
    const { ownerUrl } = record
    const appUrl = await provisionRole(ownerUrl, appRoleFor('desk benchmark', 'desk-benchmark'))
    const owner = openDatabase(ownerUrl, 1)
    const client = await owner.pool.connect()
    client.on('error', () => undefined)
    const gigabytes = (await bytesOf(client)) / 2 ** 30
    const offices = await officesOf(client)
    return {
      size,
      gigabytes,
      officeOf: (region) => offices.get(region) ?? '',
      bound: () => openDatabase(appUrl, 1),
      free: async ({ scope }, at) => {
        const schema = await viewsFor(client, scope, at)
        const url = new URL(ownerUrl)
        url.searchParams.set('options', `-c timezone=UTC -c search_path=${schema},public`)
        return openDatabase(url.href, 1)
      },
      readIn: async () => readFiles(await folderOf(client)),
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
