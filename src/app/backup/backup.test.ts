import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '#base'
import { replaySimulations, simulationEndpoints, usualAssumptions } from '#insight/server'
import { replayAlerts } from '#monitoring/server'
import { everywhere } from '#store'
import { inScope, listShippedMigrations, openDatabase, type Tx } from '#store/server'
import { type DemoWorld, makeDemoWorld } from '#testing/demo-world.ts'
import { emptyDatabase } from '#testing/postgres.ts'
import { startTestServer } from '#testing/server.ts'
import { openInstallation } from '../installation/open.server.ts'
import { scanNow } from '../run/scan-now.server.ts'
import { makeServices } from '../services.server.ts'
import { silent, type Teller } from '../tell.ts'
import { makeBackup } from './backup.server.ts'
import type { Manifest } from './manifest.ts'
import { migrateTo } from './migrations.server.ts'
import { type RestoreInput, restoreBackup } from './restore.server.ts'
import { type Ask, fingerprintOf, inOneInstant, listMigrations, listTables } from './tables.queries.server.ts'
import { verifyBackup } from './verify.server.ts'

const passphrase = 'a passphrase for tests'
const home = mkdtempSync(join(tmpdir(), 'doudi-backup-'))
const file = join(home, 'full.backup')
let world: DemoWorld
let manifest: Manifest

const inDatabase = async <T>(ownerUrl: string, work: (ask: Ask) => Promise<T>): Promise<T> => {
  const database = openDatabase(ownerUrl, 1)
  try {
    return await inOneInstant(database, work)
  } finally {
    await database.close()
  }
}

const tablesOf = (ownerUrl: string): Promise<Record<string, unknown>> =>
  inDatabase(ownerUrl, async (ask) => {
    const found: Record<string, unknown> = {}
    for (const table of await listTables(ask)) found[table.name] = await fingerprintOf(ask, table)
    return found
  })

const backUp = (to: string) =>
  makeBackup({
    dataDir: world.dataDir,
    ownerUrl: world.installation.ownerUrl,
    file: to,
    passphrase,
    version: '0.1.0',
    clock: systemClock(),
    tell: silent,
  })

/** Another place: an empty data folder and an empty database of somebody's server. */
const elsewhere = async (options: Partial<RestoreInput> = {}): Promise<RestoreInput> => {
  const { ownerUrl } = await emptyDatabase()
  const dataDir = mkdtempSync(join(home, 'place-'))
  const record = { ownerUrl, own: false, stop: async () => undefined }
  return { dataDir, record, file, passphrase, manifest, replace: false, tell: silent, ...options }
}

/** Breaks off when the given table's turn comes. */
const breakingAt = (table: string): Teller => ({
  ...silent,
  step: (_stage, _done, _total, what) => {
    if (what === table) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
  },
})

const filesIn = (dataDir: string): string[] =>
  readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(dataDir, name)).isFile())
    .sort()

/** Saves a report of a simulation in the world; it rests on facts frozen at that moment. */
const saveReport = async (): Promise<void> => {
  const { installation, services } = world
  const server = await startTestServer({
    appUrl: installation.appUrl,
    today: '2026-06-15',
    endpoints: () => simulationEndpoints(services.simulations),
  })
  try {
    const region = '532900000000'
    const officer = await server.as('supervisor', { regionCode: region })
    const { status } = await officer.post('/api/v1/insight/simulations', {
      title: '农村低保标准提高到五百元',
      question: {
        ...{ on: '2026-06-15', region, rules: [], assumptions: [...usualAssumptions], months: 1 },
        changes: [{ parameter: 'dibaoStandardRuralFen', value: 50_000, region: null }],
      },
      typical: null,
    })
    expect(status).toBe(200)
  } finally {
    await server.close()
  }
}

/** What replay says of everything that a data folder keeps of its alerts and reports. */
const replayed = (tx: Tx, dataDir: string) =>
  Promise.all(
    [replayAlerts(tx), replaySimulations(tx, join(dataDir, 'lake'))].map(async (kept) => {
      const results: string[] = []
      for await (const { result } of kept) results.push(result)
      return { count: results.length, results: [...new Set(results)] }
    }),
  )

beforeAll(async () => {
  world = await makeDemoWorld(2000)
  await saveReport()
  manifest = (await backUp(file)).manifest
}, 240_000)
afterAll(async () => {
  await world.close()
  rmSync(home, { recursive: true, force: true })
})

test('a backup is one file for its owner alone, with every table, the lake and the keys', async () => {
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await verifyBackup(file, passphrase)).toEqual(manifest)
  const names = manifest.entries.map(({ name }) => name)
  expect(names).toContain('file/keys/keys.json')
  expect(names).toContain('file/secrets.json')
  expect(names.filter((name) => name.startsWith('file/lake/feeds/'))).toHaveLength(17)
  expect(names.filter((name) => name.startsWith('file/lake/simulation/kept/'))).toHaveLength(2)
  expect(names.filter((name) => name.startsWith('table/')).length).toBeGreaterThan(25)
  expect(manifest).toMatchObject({ missingFeeds: [], missingFacts: [] })
  expect(existsSync(join(world.dataDir, 'backup.work'))).toBe(false)
  await expect(backUp(file)).rejects.toMatchObject({ code: 'backup.exists' })
})

test('restored elsewhere, every table has the same rows and a scan the same checksum', async () => {
  const place = await elsewhere()
  await restoreBackup(place)
  expect(await tablesOf(place.record.ownerUrl)).toEqual(await tablesOf(world.installation.ownerUrl))
  const lake = 'lake/feeds'
  expect(filesIn(join(place.dataDir, lake))).toEqual(filesIn(join(world.dataDir, lake)))
  const installation = await openInstallation(place.dataDir, place.record.ownerUrl)
  try {
    const before = await scanNow(world.services, null, silent)
    const after = await scanNow(makeServices(installation, installation.info?.regionCode ?? ''), null, silent)
    expect({ ...after, seconds: {} }).toEqual({ ...before, seconds: {} })
    expect(after.raised).toBe(0)
  } finally {
    await installation.close()
  }
}, 120_000)

test('restored elsewhere, alerts and saved reports are computed again to the same bytes', async () => {
  const place = await elsewhere()
  await restoreBackup(place)
  const installation = await openInstallation(place.dataDir, place.record.ownerUrl)
  try {
    const results = await inScope(installation.database, everywhere, (tx) => replayed(tx, place.dataDir))
    const { outcomes } = world.truth
    expect(results).toEqual([
      { count: outcomes.alerts.length, results: ['same'] },
      { count: 1, results: ['same'] },
    ])
  } finally {
    await installation.close()
  }
}, 60_000)

test('a report whose frozen facts are gone does not keep the rest from being copied, and is told', async () => {
  const folder = join(world.dataDir, 'lake/simulation/kept')
  const [name = ''] = readdirSync(folder)
  const [from, aside] = [join(folder, name), join(home, name)]
  renameSync(from, aside)
  try {
    const { manifest: without } = await backUp(join(home, 'without.backup'))
    expect(without.missingFacts).toEqual([name.slice(0, 64)])
    const names = without.entries.map((entry) => entry.name)
    expect(names.filter((entry) => entry.includes('simulation/kept'))).toEqual([])
  } finally {
    renameSync(aside, from)
  }
}, 60_000)

test('numbering goes on where it stood', async () => {
  const place = await elsewhere()
  await restoreBackup(place)
  const sequences = async (ownerUrl: string) => {
    const database = openDatabase(ownerUrl, 1)
    const { rows } = await database.pool.query(
      `select sequencename, last_value from pg_sequences where schemaname = 'public' order by 1`,
    )
    await database.close()
    return rows
  }
  const named = manifest.sequences.map(({ name, last }) => ({
    sequencename: name,
    last_value: last === null ? null : Number(last),
  }))
  expect(await sequences(place.record.ownerUrl)).toEqual(named)
}, 60_000)

test('what was kept by a trigger comes back once, and triggers keep it again from then on', async () => {
  const place = await elsewhere()
  await restoreBackup(place)
  const database = openDatabase(place.record.ownerUrl, 1)
  const pieces = await inScope(database, everywhere, async (tx) => {
    const { id } = await tx
      .selectFrom('persons')
      .select('id')
      .where('left_on', 'is', null)
      .where('name', 'is not', null)
      .limit(1)
      .executeTakeFirstOrThrow()
    await tx.updateTable('persons').set({ name: '尹𠮷𬍛' }).where('id', '=', id).execute()
    return tx.selectFrom('name_pieces').select('piece').where('person_id', '=', id).orderBy('piece').execute()
  })
  await database.close()
  expect(pieces).toEqual([{ piece: '尹𠮷' }, { piece: '𠮷𬍛' }])
}, 60_000)

test('data that are there are replaced only when that is said', async () => {
  const place = await elsewhere()
  await restoreBackup(place)
  await expect(restoreBackup(place)).rejects.toMatchObject({ code: 'backup.not-empty' })
  const database = openDatabase(place.record.ownerUrl, 1)
  await database.pool.query("update accounts set display_name = 'changed since'")
  await database.close()
  await restoreBackup({ ...place, replace: true })
  const { accounts } = await tablesOf(place.record.ownerUrl)
  expect(accounts).toMatchObject({
    sha256: manifest.entries.find(({ name }) => name === 'table/accounts')?.sha256,
  })
}, 60_000)

test('a restore that fails in the middle leaves tables and files as before', async () => {
  const place = await elsewhere()
  await restoreBackup(place)
  const database = openDatabase(place.record.ownerUrl, 1)
  await database.pool.query("update accounts set display_name = 'changed since'")
  await database.close()
  const [tables, files] = [await tablesOf(place.record.ownerUrl), filesIn(place.dataDir)]
  const failing = restoreBackup({ ...place, replace: true, tell: breakingAt('tasks') })
  await expect(failing).rejects.toMatchObject({ code: 'ENOSPC' })
  const aborted = new AbortController()
  aborted.abort()
  await expect(restoreBackup({ ...place, replace: true, signal: aborted.signal })).rejects.toThrow()
  expect(await tablesOf(place.record.ownerUrl)).toEqual(tables)
  expect(filesIn(place.dataDir)).toEqual(files)
}, 60_000)

/** An installation whose tables are those of the version before this one. */
const anOlderOne = async (): Promise<{ ownerUrl: string; migrations: string[] }> => {
  const migrations = listShippedMigrations().slice(0, -1)
  const { ownerUrl } = await emptyDatabase()
  await migrateTo(ownerUrl, migrations)
  const database = openDatabase(ownerUrl, 1)
  await database.pool.query(
    `insert into installation (id, demo, region_code) values (gen_random_uuid(), false, '532900000000')`,
  )
  await database.close()
  return { ownerUrl, migrations }
}

test('a backup of an older version comes back as it was, and the next start brings its tables up to date', async () => {
  const { ownerUrl, migrations } = await anOlderOne()
  const older = join(home, 'older.backup')
  const { dataDir } = world
  const made = await makeBackup({
    ...{ dataDir, ownerUrl, file: older, passphrase, version: '0.0.9', clock: systemClock(), tell: silent },
  })
  const place = await elsewhere({ file: older, manifest: made.manifest })
  await restoreBackup(place)
  const applied = () => inDatabase(place.record.ownerUrl, listMigrations)
  expect(await applied()).toEqual(migrations)
  const installation = await openInstallation(place.dataDir, place.record.ownerUrl)
  await installation.close()
  expect(await applied()).toEqual(listShippedMigrations())
  expect(installation.info?.id).toBe(made.manifest.installation.id)
}, 60_000)

test('tables of another version are neither filled nor taken for this one', async () => {
  const { ownerUrl } = await anOlderOne()
  const record = { ownerUrl, own: false, stop: async () => undefined }
  await expect(restoreBackup(await elsewhere({ record, replace: true }))).rejects.toMatchObject({
    code: 'backup.other-level',
  })
  const newer = { ...manifest, migrations: [...manifest.migrations, '9999_later'] }
  await expect(restoreBackup(await elsewhere({ manifest: newer }))).rejects.toMatchObject({
    code: 'backup.newer',
  })
}, 60_000)

test('a file of the wrong content is refused before anything is touched', async () => {
  const altered = join(home, 'altered.backup')
  const bytes = readFileSync(file)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  writeFileSync(altered, bytes)
  await expect(verifyBackup(altered, passphrase)).rejects.toMatchObject({ code: 'backup.damaged' })
  await expect(verifyBackup(file, 'another passphrase')).rejects.toMatchObject({
    code: 'backup.wrong-passphrase',
  })
})

test('what is there differs from the manifest: the load is undone', async () => {
  const place = await elsewhere()
  const entries = manifest.entries.map((entry) =>
    entry.name === 'table/persons' ? { ...entry, sha256: '0'.repeat(64) } : entry,
  )
  await expect(restoreBackup({ ...place, manifest: { ...manifest, entries } })).rejects.toMatchObject({
    code: 'backup.damaged',
    details: { what: 'persons' },
  })
  expect(await tablesOf(place.record.ownerUrl)).toMatchObject({
    persons: { rows: 0 },
    installation: { rows: 0 },
  })
  expect(filesIn(place.dataDir)).toEqual([])
}, 60_000)
