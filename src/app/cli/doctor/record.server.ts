import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findInstallation, verifyAudit } from '#access/server'
import { addDays, Refusal, secondsBetween, systemClock } from '#base'
import { lakeDirOf } from '#exchange/server'
import { listFeeds } from '#lake/server'
import { findCalendar } from '#rulebook/server'
import { everywhere } from '#store'
import {
  appRoleFor,
  type Database,
  findCluster,
  inScope,
  listShippedMigrations,
  openDatabase,
  proveScope,
} from '#store/server'
import { askIn, listFeedFiles, listMigrations, seeEverything } from '../../backup/tables.queries.server.ts'
import { businessClock } from '../../installation/business-clock.server.ts'
import { serverVersion } from '../../installation/installation.queries.server.ts'
import { openSecrets } from '../../installation/secrets.server.ts'
import type { Settings } from '../../settings.server.ts'
import { findDatabaseTime } from './doctor.queries.server.ts'
import { bad, type Finding, good, open } from './finding.ts'

const mostSkewSeconds = 60
const calendarAheadDays = 45

const lookAtDatabase = async (database: Database, { dataDir, databaseUrl }: Settings): Promise<Finding> => {
  const version = await serverVersion(database)
  const place = databaseUrl ? new URL(databaseUrl).host : (findCluster(dataDir)?.where ?? '')
  return good('database', 'doctor.database', {
    version: `${Math.floor(version / 10_000)}.${version % 10_000}`,
    place,
  })
}

const lookAtMigrations = (applied: readonly string[]): Finding => {
  const ours = listShippedMigrations()
  const strange = applied.filter((name) => !ours.includes(name))
  const pending = ours.filter((name) => !applied.includes(name))
  if (strange.length)
    return bad('migrations', 'doctor.migrations.strange', 'doctor.migrations.strange.todo', {
      names: strange.join(', '),
    })
  if (pending.length)
    return open('migrations', 'doctor.migrations.pending', 'doctor.migrations.pending.todo', {
      count: pending.length,
    })
  return good('migrations', 'doctor.migrations', { count: applied.length })
}

const lookAtScope = async (app: Database): Promise<Finding> => {
  try {
    return good('scope', 'doctor.scope', { count: await proveScope(app) })
  } catch (error) {
    const detail =
      error instanceof Refusal ? String(error.details.detail ?? error.code) : String((error as Error).message)
    return bad('scope', 'doctor.scope.bad', 'doctor.scope.todo', { detail })
  }
}

const lookAtAudit = async (app: Database): Promise<Finding> => {
  const { entries, brokenAt } = await inScope(app, everywhere, verifyAudit)
  return brokenAt === undefined
    ? good('audit', 'doctor.audit', { count: entries })
    : bad('audit', 'doctor.audit.bad', 'doctor.audit.todo', { seq: brokenAt })
}

const lookAtLake = async (owner: Database, dataDir: string): Promise<Finding> => {
  const kept = await owner.kysely.transaction().execute(async (tx) => {
    await seeEverything(askIn(tx))
    return listFeedFiles(askIn(tx))
  })
  const stored = new Set(listFeeds(lakeDirOf(dataDir)).map(({ kind, feedId }) => `${kind} ${feedId}`))
  const read = kept.filter(({ status }) => status === 'accepted' || status === 'quarantined')
  const missing = read.filter(({ id, kind }) => !stored.has(`${kind} ${id}`))
  const known = new Set(kept.map(({ id }) => id))
  const extra = [...stored].filter((name) => !known.has(name.split(' ')[1] ?? ''))
  if (missing.length)
    return bad('lake', 'doctor.lake.missing', 'doctor.lake.missing.todo', {
      count: missing.length,
      ids: missing.map(({ id }) => id).join(', '),
    })
  if (extra.length)
    return open('lake', 'doctor.lake.extra', 'doctor.lake.extra.todo', { count: extra.length })
  return good('lake', 'doctor.lake', { count: read.length })
}

const lookAtCalendar = async (app: Database): Promise<Finding[]> => {
  const { info, calendar, at } = await inScope(app, everywhere, async (tx) => ({
    info: await findInstallation(tx),
    calendar: await findCalendar(tx),
    at: await findDatabaseTime(tx),
  }))
  const today = businessClock(info?.businessDate ?? null).today()
  const year = Math.max(0, ...calendar.years.map((one) => one.year))
  const needed = Number(addDays(today, calendarAheadDays).slice(0, 4))
  const seconds = Math.abs(Math.round(secondsBetween(at, systemClock().now())))
  return [
    year >= needed
      ? good('calendar', 'doctor.calendar', { year })
      : bad('calendar', 'doctor.calendar.short', 'doctor.calendar.todo', { year, next: year + 1 }),
    seconds <= mostSkewSeconds
      ? good('clock', 'doctor.clock', { date: today, seconds })
      : bad('clock', 'doctor.clock.bad', 'doctor.clock.todo', { seconds }),
  ]
}

const appUrlOf = (ownerUrl: string, dataDir: string): string => {
  const secrets = openSecrets(dataDir)
  const role = appRoleFor(secrets.installation, secrets.appRolePassword)
  const url = new URL(ownerUrl)
  url.username = role.name
  url.password = role.password
  return url.href
}

/** Looks at the record through both connections, changing nothing: no migration, no new role. */
export const lookAtRecord = async (settings: Settings, ownerUrl: string): Promise<Finding[]> => {
  const { dataDir } = settings
  const owner = openDatabase(ownerUrl, 1)
  try {
    const database = await lookAtDatabase(owner, settings)
    const applied = await owner.kysely.transaction().execute((tx) => listMigrations(askIn(tx)))
    if (!applied.length || !existsSync(join(dataDir, 'secrets.json')))
      return [database, open('record', 'doctor.unmade', 'doctor.unmade.todo')]
    const app = openDatabase(appUrlOf(ownerUrl, dataDir), 1)
    try {
      return [
        database,
        lookAtMigrations(applied),
        await lookAtScope(app),
        await lookAtAudit(app),
        await lookAtLake(owner, dataDir),
        ...(await lookAtCalendar(app)),
      ]
    } finally {
      await app.close()
    }
  } finally {
    await owner.close()
  }
}
