import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, rmSync, statSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Clock, Refusal } from '#base'
import { openDatabase } from '#store/server'
import type { Teller } from '../tell.ts'
import { frame } from './container.server.ts'
import { type HeldFiles, holdFiles, pathsOfFeeds } from './files.server.ts'
import { fileEntry, type Manifest, type ManifestEntry, tableEntry } from './manifest.ts'
import { keptFactsPaths } from './places.ts'
import { openSealer } from './seal.server.ts'
import {
  type Ask,
  type CopiedTable,
  findInstallationRow,
  inOneInstant,
  listFeedFiles,
  listKeptFacts,
  listMigrations,
  listSequences,
  listTables,
  rowHash,
  rowsOf,
} from './tables.queries.server.ts'
import { verifyBackup } from './verify.server.ts'

export interface BackupInput {
  readonly dataDir: string
  readonly ownerUrl: string
  /** The file to make; refused when it is there. */
  readonly file: string
  readonly passphrase: string
  readonly version: string
  readonly clock: Clock
  readonly tell: Teller
  readonly signal?: AbortSignal | undefined
}

export interface BackupFigures {
  readonly file: string
  readonly bytes: number
  readonly manifest: Manifest
}

async function* tableFrames(ask: Ask, table: CopiedTable, done: (entry: ManifestEntry) => void) {
  const name = tableEntry(table.name)
  yield frame('entry', Buffer.from(name))
  const hash = rowHash()
  for await (const lines of rowsOf(ask, table)) {
    hash.add(lines)
    yield frame('data', Buffer.from(JSON.stringify(lines)))
  }
  done({ name, ...hash.end() })
}

async function* fileFrames(path: string, held: string, done: (entry: ManifestEntry) => void) {
  const name = fileEntry(path)
  yield frame('entry', Buffer.from(name))
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(held, { highWaterMark: 2 ** 20 }) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
    yield frame('data', chunk)
  }
  done({ name, bytes, sha256: hash.digest('hex') })
}

/** Paths to copy, and the feeds and frozen facts whose files are not there. */
const filesToCopy = async (ask: Ask, tables: readonly CopiedTable[], held: HeldFiles) => {
  // A file that came between the first look and the database's instant is held now.
  held.hold()
  const wanted = pathsOfFeeds(await listFeedFiles(ask))
  const isWhole = (hash: string) => keptFactsPaths(hash).every((path) => held.find(path))
  const missing = wanted.filter(({ path }) => !held.find(path)).map(({ id }) => id)
  const present = wanted.map(({ path }) => path).filter((path) => held.find(path))
  // Tables of an earlier version know no simulations.
  const hashes = tables.some(({ name }) => name === 'simulations') ? await listKeptFacts(ask) : []
  const [whole, missingFacts] = [hashes.filter(isWhole), hashes.filter((hash) => !isWhole(hash))]
  return { paths: [...held.own(), ...present, ...whole.flatMap(keptFactsPaths)], missing, missingFacts }
}

async function* contentOf(
  ask: Ask,
  held: HeldFiles,
  { version, clock, tell }: BackupInput,
  done: (manifest: Manifest) => void,
): AsyncGenerator<Buffer> {
  const row = await findInstallationRow(ask)
  if (!row) throw new Refusal('app.not-made-yet')
  const tables = await listTables(ask)
  const { paths, missing, missingFacts } = await filesToCopy(ask, tables, held)
  const total = tables.length + paths.length
  const entries: ManifestEntry[] = []
  const keep = (entry: ManifestEntry) => void entries.push(entry)
  for (const table of tables) {
    tell.step('backup', entries.length, total, table.name)
    yield* tableFrames(ask, table, keep)
  }
  for (const path of paths) {
    tell.step('backup', entries.length, total, basename(path))
    yield* fileFrames(path, held.find(path) ?? '', keep)
  }
  const manifest: Manifest = {
    format: 1,
    version,
    createdAt: clock.now(),
    installation: {
      id: row.id,
      demo: row.demo,
      businessDate: row.business_date,
      regionCode: row.region_code,
    },
    migrations: await listMigrations(ask),
    sequences: await listSequences(ask),
    entries,
    missingFeeds: missing,
    missingFacts,
  }
  yield frame('manifest', Buffer.from(JSON.stringify(manifest)))
  tell.step('backup', total, total, '')
  done(manifest)
}

const writeDraft = async (input: BackupInput, held: HeldFiles, draft: string): Promise<Manifest> => {
  const database = openDatabase(input.ownerUrl, 1)
  const seal = await openSealer(input.passphrase)
  let manifest: Manifest | undefined
  try {
    await inOneInstant(database, (ask) =>
      pipeline(
        contentOf(ask, held, input, (made) => {
          manifest = made
        }),
        createGzip({ level: 4 }),
        seal,
        createWriteStream(draft, { mode: 0o600, flags: 'wx', flush: true }),
        { signal: input.signal },
      ),
    )
  } finally {
    await database.close()
  }
  if (!manifest) throw new Refusal('backup.damaged', { what: 'manifest' })
  return manifest
}

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Writes one file (mode 0600, sealed under the passphrase) with a consistent copy of an installation: every table as of
 * one instant, the department files in the lake and those that wait to be read, the frozen facts that saved reports rest
 * on, keys and secrets. The installation may
 * run meanwhile. The file is read back and checked before it gets its name; a failure leaves none.
 * Refuses with `backup.exists`, and with `app.not-made-yet` where there is nothing to copy.
 */
export const makeBackup = async (input: BackupInput): Promise<BackupFigures> => {
  const { file, dataDir, passphrase } = input
  if (existsSync(file)) throw new Refusal('backup.exists', { file })
  const draft = join(dirname(file), `.${basename(file)}.draft-${process.pid}`)
  const held = holdFiles(dataDir)
  try {
    held.hold()
    const manifest = await writeDraft(input, held, draft)
    await verifyBackup(draft, passphrase, input.signal)
    await rename(draft, file)
    await syncFolder(dirname(file))
    return { file, bytes: statSync(file).size, manifest }
  } finally {
    rmSync(draft, { force: true })
    held.release()
  }
}
