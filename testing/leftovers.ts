import { existsSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findCluster, findHolder, purgeCluster, removeAbandoned } from '#store/server'

const hourMs = 3_600_000
// As `mkdtemp` in our tests names them; a data folder that somebody made by hand is called otherwise.
const ofTests = /^doudi-[a-z]+-[A-Za-z0-9]{6}$/

const dataFoldersIn = (folder: string): string[] =>
  [folder, ...readdirSync(folder).map((name) => join(folder, name))].filter((path) =>
    existsSync(join(path, 'postgres')),
  )

/** Removes a test's folder with its databases, unless something still lives in it. */
const sweepFolder = async (folder: string): Promise<void> => {
  const dataFolders = dataFoldersIn(folder)
  if (dataFolders.length === 0) return
  const lives = dataFolders.some(
    (dataDir) => findHolder(dataDir) !== undefined || findCluster(dataDir)?.pid !== undefined,
  )
  if (lives) return
  for (const dataDir of dataFolders) await purgeCluster(dataDir, { keepPrograms: true })
  rmSync(folder, { recursive: true, force: true })
}

/**
 * Removes what test runs that were killed more than an hour ago left behind: their databases, for root in a place of their
 * own, and the folders that held them. What runs, what is held and what somebody's own data folder names stays.
 */
export const sweepLeftovers = async (): Promise<void> => {
  const temporary = realpathSync(tmpdir())
  const before = Date.now() - hourMs
  for (const name of readdirSync(temporary).filter((one) => ofTests.test(one))) {
    const folder = join(temporary, name)
    const { mtimeMs = Number.POSITIVE_INFINITY } = statSync(folder, { throwIfNoEntry: false }) ?? {}
    // Another user's, or taken by another run at this moment: theirs to clean.
    if (mtimeMs < before) await sweepFolder(folder).catch(() => undefined)
  }
  removeAbandoned(temporary, before)
}
