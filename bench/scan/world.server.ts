/** An installation of a province: filled once and kept, opened as a copy that a run may change. */
import { createCipheriv, createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Secrecy } from '#access/server'
import { businessDate } from '#base'
import { lakeDirOf } from '#exchange/server'
import { type Engine, openEngine, quoteText } from '#lake/server'
import { everywhere } from '#store'
import { inScope, openDatabase, purgeCluster } from '#store/server'
import { officesOf } from '../../src/app/demo/offices.server.ts'
import {
  insertInstallation,
  insertOrganisations,
} from '../../src/app/installation/installation.queries.server.ts'
import { type Installation, openInstallation } from '../../src/app/installation/open.server.ts'
import { openRecord } from '../../src/app/run/database.server.ts'
import { makeServices, type Services } from '../../src/app/services.server.ts'
import { findPostmaster } from '../import/postmaster.queries.server.ts'
import { cacheRoot, type Province } from '../province/generate.server.ts'
import { nameKeyOf } from '../province/people.server.ts'
import {
  bytesOfDatabase,
  copyDatabase,
  linkFiles,
  recordFiles,
  renameDatabase,
} from './arrive.queries.server.ts'
import { type ScanFile, seriesNames, writeFiles } from './files.server.ts'
import { fillRegistry, place } from './fill.queries.server.ts'

/** Raised whenever the fill gives other rows. */
const version = 1
const memoryMiB = 2600
export const firstDay = businessDate('2026-06-15')

export interface ScanWorld {
  readonly services: Services
  readonly installation: Installation
  readonly lakeDir: string
  readonly postmaster: number
  readonly files: readonly ScanFile[]
  readonly gigabytes: number
  /** The files of a delivery arrive. */
  arrive(series: string): Promise<void>
  stop(): Promise<void>
}

// Numbers of the province are tokenised under its own fixed key.
const benchBlocks = (blocks: Uint8Array): Uint8Array =>
  createCipheriv('sm4-ecb', Buffer.alloc(16, 0x5d), null).setAutoPadding(false).update(blocks)
const withProvinceKey = (secrecy: Secrecy): Secrecy => ({ ...secrecy, encryptBlocks: benchBlocks })

const migrations = new URL('../../src/store/migrations/', import.meta.url)

/** What a kept installation was made by. */
const markOf = (province: Province): string => {
  const hash = createHash('sha256').update(`${version} ${province.manifest.checksum}`)
  for (const name of readdirSync(migrations).toSorted()) hash.update(readFileSync(new URL(name, migrations)))
  return hash.digest('hex')
}

/** The key of every name, as the installation makes it, beside the province's own: `name_map`. */
const mapNames = async (engine: Engine, secrecy: Secrecy, provinceDir: string): Promise<void> => {
  const clear = join(provinceDir, 'clear')
  const asides = ['', ...seriesNames]
    .map((name) => join(clear, name, 'aside.parquet'))
    .filter(existsSync)
    .map(quoteText)
  const names = `select name from read_parquet(${quoteText(join(clear, 'person.parquet'))})
    union select name from read_parquet([${asides.join(', ')}])`
  await engine.run(`create table every_name as select name, ${nameKeyOf('name')} as old from (${names})`)
  async function* keyed() {
    for await (const { columns } of engine.columns('select name from every_name where name is not null'))
      yield (columns[0] ?? []).map((name) => [String(name), secrecy.nameKey(String(name)) ?? null] as const)
  }
  const batches: (readonly (readonly [string, bigint | null])[])[] = []
  for await (const batch of keyed()) batches.push(batch)
  await engine.appendRows(
    'keyed_name',
    [
      { name: 'name', type: 'VARCHAR' },
      { name: 'key', type: 'BIGINT' },
    ],
    (async function* () {
      yield* batches
    })(),
  )
  await engine.run(
    'create table name_map as select e.old, k.name, k."key" from every_name e join keyed_name k using (name); drop table every_name; drop table keyed_name',
  )
}

type Tell = (line: string) => void
type Record_ = Awaited<ReturnType<typeof openRecord>>

const fill = async (record: Record_, dataDir: string, province: Province, tell: Tell): Promise<void> => {
  const folder = join(dataDir, 'filled')
  const begun = performance.now()
  const told = (what: string) => tell(`${what}: ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  const installation = await openInstallation(dataDir, record.ownerUrl)
  const secrecy = withProvinceKey(installation.secrecy)
  await inScope(installation.database, everywhere, async (tx) => {
    await insertOrganisations(tx, officesOf(installation.regions, place))
    await insertInstallation(tx, { demo: true, businessDate: firstDay, regionCode: place })
  })
  mkdirSync(folder, { recursive: true })
  const engine = await openEngine({
    tempDir: join(dataDir, 'tmp'),
    directories: [province.dir, folder],
    memoryMiB,
    threads: 2,
  })
  const owner = openDatabase(record.ownerUrl, 1)
  const client = await owner.pool.connect()
  client.on('error', () => undefined)
  try {
    await mapNames(engine, secrecy, province.dir)
    told('names')
    await fillRegistry(engine, client, installation.regions, province.dir, firstDay, async () => {
      told('registry')
      const files = await writeFiles(engine, secrecy, province.dir, folder)
      told('files')
      const base = files.filter(({ series }) => series === 'feeds')
      await recordFiles(client, folder, base, '2026-06-10T01:00:00Z')
      writeFileSync(join(folder, 'files.json'), JSON.stringify(files))
    })
    told('record')
  } finally {
    client.release()
    engine.close()
    await owner.pool.end()
    await installation.database.pool.end()
  }
}

const onServer = async (record: Record_, work: (client: import('pg').PoolClient) => Promise<unknown>) => {
  const url = new URL(record.ownerUrl)
  url.pathname = '/postgres'
  const server = openDatabase(url.href, 1)
  const client = await server.pool.connect()
  try {
    await work(client)
  } finally {
    client.release()
    await server.pool.end()
  }
}

/** Opens a copy of the installation of a province, which is filled first where none is kept. */
export const openScanWorld = async (province: Province, tell: Tell): Promise<ScanWorld> => {
  const { persons, seed } = province.manifest
  const dataDir = join(cacheRoot(), `scan-${persons}-${seed}`)
  const folder = join(dataDir, 'filled')
  const markPath = join(folder, 'mark')
  const mark = markOf(province)
  const isKept = existsSync(markPath) && readFileSync(markPath, 'utf8') === mark
  if (!isKept && existsSync(dataDir)) {
    await purgeCluster(dataDir, { keepPrograms: true })
    rmSync(dataDir, { recursive: true, force: true })
  }
  const record = await openRecord({ dataDir, databaseUrl: undefined } as Parameters<typeof openRecord>[0])
  try {
    if (!isKept) {
      await fill(record, dataDir, province, tell)
      await onServer(record, (client) => renameDatabase(client, 'doudi', 'filled'))
      writeFileSync(markPath, mark)
    }
    await onServer(record, (client) => copyDatabase(client, 'filled', 'doudi'))
    return await openCopy(record, dataDir, folder)
  } catch (error) {
    await record.stop()
    throw error
  }
}

const openCopy = async (record: Record_, dataDir: string, folder: string): Promise<ScanWorld> => {
  const lakeDir = lakeDirOf(dataDir)
  const clear = () => {
    for (const path of [lakeDir, join(dataDir, 'tmp')]) rmSync(path, { recursive: true, force: true })
  }
  clear()
  const files = JSON.parse(readFileSync(join(folder, 'files.json'), 'utf8')) as ScanFile[]
  const of = (series: string) => files.filter((file) => file.series === series)
  linkFiles(folder, lakeDir, of('feeds'))
  const opened = await openInstallation(dataDir, record.ownerUrl)
  const installation = { ...opened, secrecy: withProvinceKey(opened.secrecy) }
  const owner = openDatabase(record.ownerUrl, 1)
  const client = await owner.pool.connect()
  client.on('error', () => undefined)
  return {
    installation,
    services: makeServices(installation, place),
    lakeDir,
    postmaster: await findPostmaster(record.ownerUrl),
    files,
    gigabytes: (await bytesOfDatabase(client)) / 2 ** 30,
    arrive: async (series) => {
      linkFiles(folder, lakeDir, of(series))
      await recordFiles(client, folder, of(series), installation.clock.now())
    },
    stop: async () => {
      client.release()
      await owner.pool.end()
      await installation.database.pool.end()
      await onServer(record, async (server) => {
        await server.query('drop database if exists doudi with (force)')
        // The next start asks for it by name before it makes another copy.
        await server.query('create database doudi')
      })
      clear()
      await record.stop()
    },
  }
}
