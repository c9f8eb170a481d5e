import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '#store/server'
import { emptyDatabase } from '#testing/postgres.ts'
import { isHalfRestored, settleRestore } from './restore.server.ts'
import { exchangeFiles, incomingFolder } from './swap.server.ts'
import { askIn, transactionNumber } from './tables.queries.server.ts'

const { ownerUrl } = await emptyDatabase()
const record = { ownerUrl, own: false, stop: async () => undefined }

const aFolder = (): string => {
  const dataDir = mkdtempSync(join(tmpdir(), 'doudi-swap-'))
  const write = (path: string, text: string): void => {
    mkdirSync(join(dataDir, path, '..'), { recursive: true })
    writeFileSync(join(dataDir, path), text)
  }
  write('keys/keys.json', 'old')
  write('lake/feeds/deaths/1.parquet', 'old')
  write('demo/truth.json', 'old')
  write('restore.new/keys/keys.json', 'new')
  write('restore.new/lake/feeds/deaths/2.parquet', 'new')
  write('restore.new/secrets.json', 'new')
  return dataDir
}

const textIn = (dataDir: string, path: string): string | undefined =>
  existsSync(join(dataDir, path)) ? readFileSync(join(dataDir, path), 'utf8') : undefined

const contentOf = (dataDir: string) => ({
  keys: textIn(dataDir, 'keys/keys.json'),
  secrets: textIn(dataDir, 'secrets.json'),
  first: textIn(dataDir, 'lake/feeds/deaths/1.parquet'),
  second: textIn(dataDir, 'lake/feeds/deaths/2.parquet'),
  demo: textIn(dataDir, 'demo/truth.json'),
})

const asBefore = { keys: 'old', secrets: undefined, first: 'old', second: undefined, demo: 'old' }
const asRestored = { keys: 'new', secrets: 'new', first: undefined, second: 'new', demo: undefined }

/** Exchanges the files in a transaction that then ends as told, as if the program had been killed there. */
const killedAt = async (dataDir: string, end: 'commit' | 'rollback'): Promise<void> => {
  const database = openDatabase(ownerUrl, 1)
  const work = database.kysely.transaction().execute(async (tx) => {
    exchangeFiles(dataDir, await transactionNumber(askIn(tx)))
    if (end === 'rollback') throw new Error('killed')
  })
  await work.catch(() => undefined)
  await database.close()
}

test('a kill after the database was exchanged leaves what was restored', async () => {
  const dataDir = aFolder()
  await killedAt(dataDir, 'commit')
  expect(isHalfRestored(dataDir)).toBe(true)
  await settleRestore(dataDir, record)
  expect(contentOf(dataDir)).toEqual(asRestored)
  expect(isHalfRestored(dataDir) || existsSync(incomingFolder(dataDir))).toBe(false)
  rmSync(dataDir, { recursive: true })
})

test('a kill before it leaves everything as before, however far the files had come', async () => {
  for (const half of [false, true]) {
    const dataDir = aFolder()
    await killedAt(dataDir, 'rollback')
    if (half) {
      // As it was before the lake's turn: the old one not yet aside, the new one still waiting.
      renameSync(join(dataDir, 'lake'), join(incomingFolder(dataDir), 'lake'))
      renameSync(join(dataDir, 'restore.old', 'lake'), join(dataDir, 'lake'))
    }
    await settleRestore(dataDir, record)
    await settleRestore(dataDir, record)
    expect(contentOf(dataDir)).toEqual(asBefore)
    expect(isHalfRestored(dataDir) || existsSync(incomingFolder(dataDir))).toBe(false)
    rmSync(dataDir, { recursive: true })
  }
})
