import { findInstallation, openSecrecy, readRegionFolder } from '#access/server'
import { Refusal } from '#base'
import { clearLakeTemp } from '#exchange/server'
import { failInterrupted } from '#monitoring/server'
import { everywhere } from '#store'
import { appRoleFor, findCluster, inScope, listShippedMigrations, openDatabase } from '#store/server'
import { settleRestore } from '../backup/restore.server.ts'
import { askIn, listMigrations } from '../backup/tables.queries.server.ts'
import { businessClock } from '../installation/business-clock.server.ts'
import { type Installation, openInstallation } from '../installation/open.server.ts'
import { openSecrets } from '../installation/secrets.server.ts'
import { findRunning, lockInstallation } from '../lock.server.ts'
import { findAttachment } from '../run/attach.server.ts'
import { type OpenedDatabase, openRecord } from '../run/database.server.ts'
import { makeServices, type Services } from '../services.server.ts'
import type { Context } from './context.server.ts'

/** The record's database while a command runs. */
export interface OpenRecord {
  readonly record: OpenedDatabase
  /** True when a running installation has it open too. */
  readonly attached: boolean
}

/** The owner's URL of the database that a running installation uses. Refuses while it still starts or stops. */
const attach = (dataDir: string, running: NonNullable<ReturnType<typeof findRunning>>): OpenedDatabase => {
  const ownerUrl = running.control && findAttachment(dataDir, running.pid)
  if (!ownerUrl) throw new Refusal('app.busy', { pid: running.pid })
  return { ownerUrl, own: false, stop: async () => undefined }
}

/** Whether there is a database at all: our own one, or the one that was named. */
export const hasRecord = ({ databaseUrl, dataDir }: Context['settings']): boolean =>
  databaseUrl !== undefined || findCluster(dataDir) !== undefined

/** Takes the data folder for the time of a command and starts its database. */
export const withOwnRecord = async <T>(
  { settings }: Pick<Context, 'settings'>,
  work: (open: OpenRecord) => Promise<T>,
): Promise<T> => {
  const lock = lockInstallation(settings.dataDir)
  try {
    const record = await openRecord(settings)
    try {
      await settleRestore(settings.dataDir, record)
      clearLakeTemp(settings.dataDir)
      return await work({ record, attached: false })
    } finally {
      await record.stop()
    }
  } finally {
    lock.release()
  }
}

/**
 * Gives the work the record's database: that of the running installation, or started for the time of the work. Refuses with
 * `app.not-made-yet` where there never was one, and with `app.busy` while the folder is in other hands.
 */
export const withRecord = async <T>(
  context: Pick<Context, 'settings'>,
  work: (open: OpenRecord) => Promise<T>,
): Promise<T> => {
  const { settings } = context
  const running = findRunning(settings.dataDir)
  if (running) return work({ record: attach(settings.dataDir, running), attached: true })
  if (!hasRecord(settings)) throw new Refusal('app.not-made-yet')
  return withOwnRecord(context, work)
}

// A newer program would misread the tables of a running older one.
const refuseOtherVersion = async (ownerUrl: string): Promise<void> => {
  const database = openDatabase(ownerUrl, 1)
  try {
    const applied = await database.kysely.transaction().execute((tx) => listMigrations(askIn(tx)))
    if (applied.join() !== listShippedMigrations().join()) throw new Refusal('app.other-version')
  } finally {
    await database.close()
  }
}

/**
 * Opens what a running installation has open: nothing is migrated, no role renewed, nothing shipped is loaded, for all of
 * that its own start has done, and two of these at once would get into each other's way.
 */
const joinInstallation = async (dataDir: string, ownerUrl: string): Promise<Installation> => {
  await refuseOtherVersion(ownerUrl)
  const { installation, appRolePassword } = openSecrets(dataDir)
  const role = appRoleFor(installation, appRolePassword)
  const url = new URL(ownerUrl)
  url.username = role.name
  url.password = role.password
  const database = openDatabase(url.href, 4)
  try {
    const info = await inScope(database, everywhere, findInstallation)
    return {
      ...{ dataDir, ownerUrl, appUrl: url.href, database, info },
      secrecy: openSecrecy(dataDir),
      regions: readRegionFolder(new URL('../../../regions/', import.meta.url)),
      clock: businessClock(info?.businessDate ?? null),
      close: () => database.close(),
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** An open installation with its rooms joined. */
export interface Session {
  readonly installation: Installation
  readonly services: Services
  readonly regionCode: string
  readonly demo: boolean
  readonly attached: boolean
}

/** Opens the installation for a command; refuses with `app.not-made-yet` before its first start has finished. */
export const withInstallation = <T>(
  context: Pick<Context, 'settings'>,
  work: (session: Session) => Promise<T>,
): Promise<T> =>
  withRecord(context, async ({ record, attached }) => {
    const open = attached ? joinInstallation : openInstallation
    const installation = await open(context.settings.dataDir, record.ownerUrl)
    try {
      const { info } = installation
      if (!info) throw new Refusal('app.not-made-yet')
      // Nobody else is at work: a run that is still marked as running was killed.
      if (!attached)
        await inScope(installation.database, everywhere, (tx) => failInterrupted(tx, installation.clock))
      const services = makeServices(installation, info.regionCode)
      await services.rulebook.refresh(installation.database, installation.clock)
      return await work({
        installation,
        services,
        regionCode: info.regionCode,
        demo: info.demo,
        attached,
      })
    } finally {
      await installation.close()
    }
  })
