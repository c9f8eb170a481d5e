import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findInstallation, openSecrecy, readRegionFolder, type Secrecy, saveRegions } from '#access/server'
import { Refusal, type RegionTree } from '#base'
import { saveShippedYears } from '#rulebook/server'
import { everywhere } from '#store'
import {
  appRoleFor,
  type Database,
  inScope,
  migrate,
  openDatabase,
  proveScope,
  provisionRole,
} from '#store/server'
import { queues } from '../jobs.ts'
import { type BusinessClock, businessClock } from './business-clock.server.ts'
import { serverVersion } from './installation.queries.server.ts'
import { openSecrets } from './secrets.server.ts'

/** An open installation: its database in the application's role, its keys, its regions, its clock. */
export interface Installation {
  readonly dataDir: string
  readonly ownerUrl: string
  readonly appUrl: string
  readonly database: Database
  readonly secrecy: Secrecy
  readonly regions: RegionTree
  readonly clock: BusinessClock
  /** Undefined until the first start has finished. */
  readonly info: Awaited<ReturnType<typeof findInstallation>>
  close(): Promise<void>
}

const root = new URL('../../../', import.meta.url)
const oldestVersion = 150_000

const checkServer = async (ownerUrl: string): Promise<void> => {
  const owner = openDatabase(ownerUrl, 1)
  try {
    const version = await serverVersion(owner)
    if (version < oldestVersion) throw new Refusal('store.too-old', { version })
  } catch (error) {
    if (error instanceof Refusal) throw error
    const { code, message } = error as { code?: string; message?: string }
    throw new Refusal('store.unreachable', { cause: code ?? message ?? '' })
  } finally {
    await owner.close()
  }
}

const fingerprintOf = (folders: readonly URL[]): string => {
  const hash = createHash('sha256')
  for (const folder of folders) {
    for (const name of readdirSync(folder).sort()) {
      if (/\.(csv|yaml)$/.test(name)) hash.update(name).update(readFileSync(new URL(name, folder)))
    }
  }
  return hash.digest('hex')
}

/** Regions and calendars from the project's files, only when they changed since the last start. */
const saveShippedData = async (database: Database, dataDir: string, regions: RegionTree): Promise<void> => {
  const calendars = new URL('calendars/', root)
  const mark = join(dataDir, 'shipped.sha256')
  const current = fingerprintOf([new URL('regions/', root), calendars])
  const done = existsSync(mark) && readFileSync(mark, 'utf8') === current
  if (done && (await inScope(database, everywhere, findInstallation))) return
  const texts = readdirSync(calendars)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(new URL(name, calendars), 'utf8'))
  await inScope(database, everywhere, async (tx) => {
    await saveRegions(tx, regions)
    await saveShippedYears(tx, texts)
  })
  writeFileSync(mark, current)
}

/**
 * Opens the installation behind an owner's URL: checks the server, migrates, renews the application's role, proves
 * that its connection sees nothing outside its scope, and loads what is shipped. Refuses in one sentence.
 */
export const openInstallation = async (dataDir: string, ownerUrl: string): Promise<Installation> => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  await checkServer(ownerUrl)
  await migrate(ownerUrl, { queues })
  const secrets = openSecrets(dataDir)
  const appUrl = await provisionRole(ownerUrl, appRoleFor(secrets.installation, secrets.appRolePassword))
  const database = openDatabase(appUrl, 10)
  try {
    await proveScope(database)
    const regions = readRegionFolder(new URL('regions/', root))
    await saveShippedData(database, dataDir, regions)
    const info = await inScope(database, everywhere, findInstallation)
    const clock = businessClock(info?.businessDate ?? null)
    return {
      dataDir,
      ownerUrl,
      appUrl,
      database,
      secrecy: openSecrecy(dataDir),
      regions,
      clock,
      info,
      close: () => database.close(),
    }
  } catch (error) {
    await database.close()
    throw error
  }
}
