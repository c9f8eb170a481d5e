import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { assert, Refusal } from '#base'
import type { Teller } from '../tell.ts'
import { fileOf, type Manifest, tableOf } from './manifest.ts'
import {
  type Ask,
  emptyTables,
  fingerprintOf,
  insertRows,
  liftReferences,
  liftTriggers,
  listTables,
  seeEverything,
  setSequence,
} from './tables.queries.server.ts'
import { linesIn, readBackup } from './verify.server.ts'

export interface LoadInput {
  readonly file: string
  readonly passphrase: string
  readonly manifest: Manifest
  /** Where the files go. */
  readonly folder: string
  readonly tell: Teller
  readonly signal?: AbortSignal | undefined
}

const insidePath = (folder: string, path: string): string => {
  const inside = normalize(path)
  if (inside.startsWith('..') || inside.startsWith('/')) throw new Refusal('backup.damaged', { what: 'path' })
  return join(folder, inside)
}

/** Writes one file after the other, each on disk before the next. */
const fileWriter = (folder: string) => {
  let handle: number | undefined
  return {
    begin: (path: string) => {
      const place = insidePath(folder, path)
      mkdirSync(dirname(place), { recursive: true, mode: 0o700 })
      handle = openSync(place, 'wx', 0o600)
    },
    data: (bytes: Buffer) => {
      assert(handle !== undefined, 'bytes without a file')
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
    },
    end: () => {
      if (handle === undefined) return
      fsyncSync(handle)
      closeSync(handle)
      handle = undefined
    },
  }
}

const loadEntries = async (ask: Ask, input: LoadInput): Promise<void> => {
  const { file, passphrase, manifest, folder, tell, signal } = input
  const files = fileWriter(folder)
  const total = manifest.entries.length
  let count = 0
  let table: string | undefined
  try {
    await readBackup(
      file,
      passphrase,
      {
        begin: (name) => {
          const path = fileOf(name)
          table = tableOf(name)
          tell.step('restore', count, total, table ?? '')
          count += 1
          if (path) files.begin(path)
        },
        data: (bytes) => (table ? insertRows(ask, table, linesIn(bytes)) : files.data(bytes)),
        end: () => files.end(),
        manifest: () => undefined,
      },
      signal,
    )
  } finally {
    files.end()
  }
  tell.step('restore', total, total, '')
}

const checkTables = async (ask: Ask, { entries }: Manifest): Promise<void> => {
  for (const table of await listTables(ask)) {
    const named = entries.find(({ name }) => tableOf(name) === table.name)
    const found = await fingerprintOf(ask, table)
    if (named?.sha256 !== found.sha256 || named.rows !== found.rows)
      throw new Refusal('backup.damaged', { what: table.name })
  }
}

/**
 * Fills the tables, which are at the backup's migrations, and the folder; in the given transaction. The tables are emptied
 * first, and at the end read again: what is there now is what the manifest says.
 */
export const loadBackup = async (ask: Ask, input: LoadInput): Promise<void> => {
  await seeEverything(ask)
  const tables = await listTables(ask)
  const fireLater = await liftTriggers(ask)
  const backLater = await liftReferences(ask)
  await emptyTables(ask, tables)
  await loadEntries(ask, input)
  await backLater()
  await fireLater()
  for (const { name, last } of input.manifest.sequences) await setSequence(ask, name, last)
  await checkTables(ask, input.manifest)
}
