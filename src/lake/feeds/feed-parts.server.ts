import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { assert } from '#base'
import { makePrivateDirectory } from '../engine/files.server.ts'

const folderOf = (lakeDir: string, feedId: string): string => {
  assert(/^[a-z0-9][a-z0-9-]*$/.test(feedId), 'not a feed id')
  return join(lakeDir, 'parts', feedId)
}

/** The file of one part of a feed that is being written; its folder is made. */
export const partPath = (lakeDir: string, feedId: string, part: number): string => {
  const folder = folderOf(lakeDir, feedId)
  makePrivateDirectory(folder)
  return join(folder, `${part}.parquet`)
}

/** Whether the first so many parts of a feed are there. */
export const hasFeedParts = (lakeDir: string, feedId: string, parts: number): boolean =>
  Array.from({ length: parts }, (_, part) => join(folderOf(lakeDir, feedId), `${part}.parquet`)).every(
    (path) => existsSync(path),
  )

/** Removes the parts of a feed that has come to its end; none is no error. */
export const removeFeedParts = (lakeDir: string, feedId: string): void =>
  rmSync(folderOf(lakeDir, feedId), { recursive: true, force: true })

/** The feeds of which parts are there. */
export const listFeedsInParts = (lakeDir: string): string[] => {
  const root = join(lakeDir, 'parts')
  return existsSync(root) ? readdirSync(root).sort() : []
}
