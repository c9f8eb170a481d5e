import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

const draftMark = '.draft-'

/** A name beside `path` for a file that is not finished. A leading dot and a random end: nothing lists or reuses it. */
export const draftPath = (path: string): string =>
  join(dirname(path), `${draftMark}${basename(path)}-${randomBytes(6).toString('hex')}`)

/**
 * Puts a finished draft in its place: on disk first, then renamed, then the folder on disk. After a crash at any
 * moment the place holds the old file or the whole new one.
 */
export const publishDraft = (draft: string, path: string): void => {
  chmodSync(draft, 0o600)
  sync(draft)
  renameSync(draft, path)
  sync(dirname(path))
}

/** Removes the drafts that a crash left in a folder; gives how many. */
export const removeDrafts = (directory: string): number => {
  const drafts = readdirSync(directory).filter((name) => name.startsWith(draftMark))
  for (const name of drafts) rmSync(join(directory, name), { force: true })
  return drafts.length
}

/** A folder that only its owner may enter, with those above it. */
export const makePrivateDirectory = (path: string): void => {
  mkdirSync(path, { recursive: true, mode: 0o700 })
}

/** Puts a file's or a folder's content on disk. */
export const sync = (path: string): void => {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
