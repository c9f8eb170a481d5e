import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { clearTempDir, listFeedsInParts, removeFeedParts, sweepFeeds } from '#lake/server'
import { everywhere } from '#store'
import { type Database, inScope } from '#store/server'
import { listUnreadAmong } from './feeds.queries.server.ts'

/** A received file until its fate is recorded. */
export const inboxPath = (dataDir: string, feedId: string): string => join(dataDir, 'inbox', feedId)
export const lakeDirOf = (dataDir: string): string => join(dataDir, 'lake')

/** Beginning of the name of a file that is still being taken in. */
export const draftMark = '.draft-'
/** Beginning of the name of a folder in which a reject sheet is written for one download. */
export const sheetFolderMark = 'rejects-'

const removeMarked = (folder: string, mark: string): void => {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder))
    if (name.startsWith(mark)) rmSync(join(folder, name), { recursive: true, force: true })
}

/**
 * Clears what a kill left half written: the lake's temporary folder and drafts, files half taken in, sheets half
 * downloaded. Called at start, before any engine is open and any request is served.
 */
export const clearLakeTemp = (dataDir: string): void => {
  const lakeDir = lakeDirOf(dataDir)
  clearTempDir(join(lakeDir, 'tmp'))
  sweepFeeds(lakeDir)
  removeMarked(join(dataDir, 'inbox'), draftMark)
  removeMarked(dataDir, sheetFolderMark)
}

/**
 * Removes files from the inbox, and parts from the lake, that no feed waits for any more: a kill came between the record of
 * their fate and their removal. Gives how many files. Called at start, before any file is received.
 */
export const sweepInbox = async (database: Database, dataDir: string): Promise<number> => {
  const inbox = join(dataDir, 'inbox')
  const names = existsSync(inbox) ? readdirSync(inbox).filter((name) => /^[0-9a-f-]{36}$/.test(name)) : []
  const inParts = listFeedsInParts(lakeDirOf(dataDir))
  const needed = await inScope(database, everywhere, (tx) => listUnreadAmong(tx, [...names, ...inParts]))
  for (const id of inParts) if (!needed.has(id)) removeFeedParts(lakeDirOf(dataDir), id)
  const spare = names.filter((name) => !needed.has(name))
  for (const name of spare) rmSync(join(inbox, name), { force: true })
  return spare.length
}
