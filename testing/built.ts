import { createHash, randomUUID } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { claimFolder } from '#store/server'

/** Files of a page, built for tests. */
export interface Built {
  readonly folder: string
  remove(): void
}

const cache = resolve('node_modules/.cache/doudi-pages')
const keptDays = 2
const others = [
  'index.html',
  'vite.config.ts',
  'tsconfig.base.json',
  'tsconfig.web.json',
  'package-lock.json',
]

/** What a page is made of: everything in `src` but what only Node or a test reads. */
const hashOfSources = (): string => {
  const files = readdirSync('src', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(server|test)\.ts$|\.(md|sql)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  const hash = createHash('sha256')
  for (const file of [...files.toSorted(), ...others]) hash.update(`${file}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

const keyOf = (what: string): string =>
  createHash('sha256').update(`${what}\0${hashOfSources()}`).digest('hex').slice(0, 24)

// The time of a folder tells when it was last used; what another run uses at this moment is younger than a day.
const forgetOld = (now: number): void => {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name)
    const { mtimeMs = now } = statSync(path, { throwIfNoEntry: false }) ?? {}
    if (now - mtimeMs > keptDays * 24 * 3600 * 1000) rmSync(path, { recursive: true, force: true })
  }
}

/** Waits for the turn to build this: several test files ask at once, and one building is enough. */
const inTurn = async <T>(key: string, work: () => Promise<T>): Promise<T> => {
  const folder = join(cache, `${key}.turn`)
  mkdirSync(folder, { recursive: true })
  for (;;) {
    const claim = claimFolder(folder)
    if ('release' in claim) {
      try {
        return await work()
      } finally {
        claim.release()
      }
    }
    await pause(100)
  }
}

/**
 * Gives the folder of a page that `build` writes into the folder it is given. The same `what` from the same sources is built
 * once and kept for other test files and later runs.
 */
export const builtOnce = async (what: string, build: (folder: string) => Promise<void>): Promise<Built> => {
  const key = keyOf(what)
  const folder = join(cache, key)
  mkdirSync(cache, { recursive: true })
  const kept: Built = { folder, remove: () => undefined }
  return inTurn(key, async () => {
    if (existsSync(folder)) {
      const now = new Date()
      utimesSync(folder, now, now)
      return kept
    }
    forgetOld(Date.now())
    const draft = join(cache, `draft-${randomUUID()}`)
    try {
      await build(draft)
    } catch (error) {
      rmSync(draft, { recursive: true, force: true })
      throw error
    }
    // Sources that were changed meanwhile may be in it: good for this once.
    if (keyOf(what) !== key)
      return { folder: draft, remove: () => rmSync(draft, { recursive: true, force: true }) }
    renameSync(draft, folder)
    return kept
  })
}
