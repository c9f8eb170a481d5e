import { readdirSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration'
import { PgBoss } from 'pg-boss'
import { Refusal } from '#base'
import { type Database, openDatabase } from './connect.server.ts'
import { ensureGroupRole } from './roles.server.ts'

/** The folder of the migrations that come with this version: `<number>_<what>.sql`, applied in the order of their names. */
export const migrationsFolder = new URL('./migrations/', import.meta.url)

/** The names of the migrations that come with this version, in order. */
export const listShippedMigrations = (): string[] =>
  readdirSync(migrationsFolder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => name.replace(/\.sql$/, ''))

const fromFolder = (folder: URL): MigrationProvider => ({
  getMigrations: async () => {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
    const entries = names.map(async (name): Promise<[string, Migration]> => {
      const text = await readFile(new URL(name, folder), 'utf8')
      return [name.replace(/\.sql$/, ''), { up: async (db) => void (await sql.raw(text).execute(db)) }]
    })
    return Object.fromEntries(await Promise.all(entries))
  },
})

const runAll = async (database: Database, folder: URL): Promise<string[]> => {
  const migrator = new Migrator({ db: database.kysely, provider: fromFolder(folder) })
  const done: string[] = []
  for (;;) {
    // One at a time, each in a transaction of its own: a failure leaves the ones before it in place.
    const { error, results } = await migrator.migrateUp()
    const failed = results?.find(({ status }) => status === 'Error')
    if (error !== undefined) {
      throw new Refusal('store.migration-failed', {
        migration: failed?.migrationName ?? '',
        cause: error instanceof Error ? error.message : String(error),
      })
    }
    if (!results?.length) return done
    done.push(...results.map(({ migrationName }) => migrationName))
  }
}

// Two starts on one database would grant on the same tables at once, which PostgreSQL fails: one after the other.
const grantJobs = (database: Database): Promise<void> =>
  database.kysely.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('store.grant-jobs', 0))`.execute(tx)
    await sql`grant usage on schema pgboss to doudi_application`.execute(tx)
    await sql`grant select, insert, update, delete on all tables in schema pgboss to doudi_application`.execute(
      tx,
    )
    await sql`grant execute on all functions in schema pgboss to doudi_application`.execute(tx)
  })

const prepareJobs = async (ownerUrl: string, queues: readonly string[]): Promise<void> => {
  const boss = new PgBoss({ connectionString: ownerUrl, schedule: false, supervise: false })
  boss.on('error', () => undefined)
  await boss.start()
  try {
    for (const queue of queues) await boss.createQueue(queue)
  } finally {
    await boss.stop({ graceful: false })
  }
}

/**
 * Brings the database to this version: numbered plain SQL, each file in a transaction of its own, then the job
 * queue's tables. Runs as owner. Gives the names of the migrations it applied; refuses with
 * `store.migration-failed` and leaves the data as they were.
 */
export const migrate = async (
  ownerUrl: string,
  options: { readonly queues?: readonly string[]; readonly folder?: URL } = {},
): Promise<string[]> => {
  const database = openDatabase(ownerUrl, 2)
  try {
    await ensureGroupRole(database)
    const applied = await runAll(database, options.folder ?? migrationsFolder)
    await prepareJobs(ownerUrl, options.queues ?? [])
    await grantJobs(database)
    return applied
  } finally {
    await database.close()
  }
}
