import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { sql } from 'kysely'
import { Refusal } from '#base'
import { type Database, listShippedMigrations, openDatabase } from '#store/server'
import type { OpenedDatabase } from '../run/database.server.ts'
import type { Teller } from '../tell.ts'
import { loadBackup } from './load.server.ts'
import type { Manifest } from './manifest.ts'
import { migrateTo } from './migrations.server.ts'
import { exchangeFiles, findJournal, forgetFiles, incomingFolder, returnFiles } from './swap.server.ts'
import {
  type Ask,
  askIn,
  fateOf,
  findInstallationRow,
  hasPeople,
  listMigrations,
  seeEverything,
  transactionNumber,
} from './tables.queries.server.ts'

export interface RestoreInput {
  readonly dataDir: string
  /** The database, started, of a data folder whose lock the caller holds. */
  readonly record: OpenedDatabase
  readonly file: string
  readonly passphrase: string
  /** As `verifyBackup` gave it for this file. */
  readonly manifest: Manifest
  /** Replaces data that are there. */
  readonly replace: boolean
  readonly tell: Teller
  readonly signal?: AbortSignal | undefined
}

const names = { side: 'doudi_restore', before: 'doudi_before_restore' } as const

const within = async <T>(url: string, work: (database: Database) => Promise<T>): Promise<T> => {
  const database = openDatabase(url, 1)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

const inTransaction = <T>(url: string, work: (ask: Ask) => Promise<T>): Promise<T> =>
  within(url, (database) => database.kysely.transaction().execute((tx) => work(askIn(tx))))

const databaseIn = (url: string, name: string): string => {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

const databaseOf = (url: string): string => new URL(url).pathname.slice(1)

const onServer = (ownerUrl: string, ...statements: string[]): Promise<void> =>
  within(databaseIn(ownerUrl, 'postgres'), async (database) => {
    for (const statement of statements) await sql.raw(statement).execute(database.kysely)
  })

const dropSides = (ownerUrl: string): Promise<void> =>
  onServer(ownerUrl, ...Object.values(names).map((name) => `drop database if exists ${name} with (force)`))

const checkVersion = ({ migrations, version }: Manifest): void => {
  const ours = listShippedMigrations()
  if (migrations.some((name, at) => ours[at] !== name)) throw new Refusal('backup.newer', { version })
}

const checkPlace = (ownerUrl: string, { replace, dataDir, record }: RestoreInput): Promise<string[]> =>
  inTransaction(ownerUrl, async (ask) => {
    await seeEverything(ask)
    const isUsed = (await findInstallationRow(ask)) ?? (!record.own && (await hasPeople(ask)))
    if (isUsed && !replace) throw new Refusal('backup.not-empty', { place: dataDir })
    return listMigrations(ask)
  })

/** Loads into the database itself; the transaction keeps what was there until the exchange of files is done. */
const restoreInPlace = async (input: RestoreInput, present: readonly string[]): Promise<void> => {
  const { dataDir, record, manifest } = input
  const { migrations } = manifest
  if (present.length && present.join() !== migrations.join()) throw new Refusal('backup.other-level')
  if (!present.length) await migrateTo(record.ownerUrl, migrations)
  await inTransaction(record.ownerUrl, async (ask) => {
    await loadBackup(ask, { ...input, folder: incomingFolder(dataDir) })
    exchangeFiles(dataDir, await transactionNumber(ask))
  })
}

/** Loads into a database beside the one in use and then lets them change names, in one transaction. */
const restoreBeside = async (input: RestoreInput): Promise<void> => {
  const { dataDir, record, manifest } = input
  const side = databaseIn(record.ownerUrl, names.side)
  await dropSides(record.ownerUrl)
  await onServer(record.ownerUrl, `create database ${names.side}`)
  await migrateTo(side, manifest.migrations)
  await inTransaction(side, (ask) => loadBackup(ask, { ...input, folder: incomingFolder(dataDir) }))
  const used = databaseOf(record.ownerUrl)
  await inTransaction(databaseIn(record.ownerUrl, 'postgres'), async (ask) => {
    await ask(`alter database ${used} rename to ${names.before}`)
    await ask(`alter database ${names.side} rename to ${used}`)
    exchangeFiles(dataDir, await transactionNumber(ask))
  })
}

/**
 * After a kill in the middle of a restore: asks what became of its transaction and finishes the exchange forwards or
 * backwards, so that the data are as restored or as before. Does nothing otherwise. The caller holds the lock.
 */
export const settleRestore = async (dataDir: string, { ownerUrl, own }: OpenedDatabase): Promise<void> => {
  const journal = findJournal(dataDir)
  if (!journal) return
  const asked = own ? databaseIn(ownerUrl, 'postgres') : ownerUrl
  const fate = await inTransaction(asked, (ask) => fateOf(ask, journal.transaction))
  if (fate === 'in progress') throw new Refusal('backup.half-restored')
  if (fate === 'committed') forgetFiles(dataDir)
  else returnFiles(dataDir, journal)
  if (own) await dropSides(ownerUrl)
}

/** Whether a restore was killed in the middle of exchanging, so that `settleRestore` has work. */
export const isHalfRestored = (dataDir: string): boolean => existsSync(dataDir) && !!findJournal(dataDir)

/**
 * Brings a verified backup back, whole or not at all. What was loaded is compared with the manifest as it stands in the
 * tables; only then it takes the place of what is there, files and database together, and the old is removed.
 * Refuses with `backup.…` and leaves the data as before. The caller holds the lock.
 */
export const restoreBackup = async (input: RestoreInput): Promise<void> => {
  const { dataDir, record, manifest } = input
  checkVersion(manifest)
  const present = await checkPlace(record.ownerUrl, input)
  rmSync(incomingFolder(dataDir), { recursive: true, force: true })
  mkdirSync(incomingFolder(dataDir), { mode: 0o700 })
  try {
    if (record.own) await restoreBeside(input)
    else await restoreInPlace(input, present)
  } catch (error) {
    await settleRestore(dataDir, record)
    rmSync(incomingFolder(dataDir), { recursive: true, force: true })
    if (record.own) await dropSides(record.ownerUrl).catch(() => undefined) // the next restore drops them
    throw error
  }
  forgetFiles(dataDir)
  if (record.own) await dropSides(record.ownerUrl)
}
