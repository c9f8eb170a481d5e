import { chmodSync, existsSync, mkdirSync, realpathSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '#base'
import { type Claim, claimFolder, findHolder } from './claim.server.ts'
import {
  ensurePassword,
  findHome,
  listOwnerless,
  openPlace,
  type Place,
  removePlace,
} from './place.server.ts'
import {
  type Durability,
  endLeftovers,
  findFreePort,
  findPostmaster,
  launch,
  logOf,
  makeCluster,
  ownerName,
  readMajor,
  stopProcesses,
} from './postmaster.server.ts'
import { listDatabaseProcesses } from './processes.server.ts'

export type ClusterOptions = {
  /** The data folder of the installation; made if it is not there, its modes are left alone. */
  readonly dataDir: string
  /** Gets what is worth telling a person who waits, one line each, Chinese and English. */
  readonly onLine?: (line: string) => void
  /** `throwaway` trades safety for speed: for tests only. Default `durable`. */
  readonly durability?: Durability
  /** A folder with `postgres` and `initdb` of 15 or newer to use instead of the shipped ones: for tests only. */
  readonly programs?: string
}

/** A running PostgreSQL of our own. */
export type Cluster = {
  /** Connects as the owner (no superuser; may create roles and databases). Holds the password: never print it. */
  readonly url: string
  readonly port: number
  readonly pid: number
  /** The folder that holds the cluster: inside the data folder, or for root in a place of its own. */
  readonly where: string
  /** Ends all sessions, writes everything and stops. End your pools first. A second call does nothing. */
  readonly stop: () => Promise<void>
}

const portAttempts = 5

/**
 * Starts the PostgreSQL of a data folder, making it first if there is none. What a killed run left behind is ended and
 * recovered. Refuses with `store.cluster-…` (in use, no folder, disk full, no port, no account, no program, other
 * version, password missing, copied, failed). The server is in its own process group: it lives until `stop`.
 */
export const startCluster = async (options: ClusterOptions): Promise<Cluster> => {
  const { dataDir, onLine = () => {}, durability = 'durable' } = options
  return translating(dataDir, async () => {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const place = openPlace(realpathSync(dataDir), options.programs)
    const claim = takeClaim(place.home)
    try {
      return await startClaimed(place, claim, onLine, durability)
    } catch (error) {
      claim.release()
      throw error
    }
  })
}

/** Where the cluster of a data folder lives and whether it runs; undefined when there is none. For `doctor`. */
export const findCluster = (dataDir: string): { where: string; pid: number | undefined } | undefined => {
  const home = existsSync(dataDir) ? findHome(realpathSync(dataDir)) : undefined
  if (home === undefined || !existsSync(join(home, 'data'))) return undefined
  return { where: home, pid: findPostmaster(home) }
}

/**
 * Deletes the cluster of a data folder for good, stopping it first if a killed run left it behind, and for root the copied
 * programs if no other cluster uses them (`keepPrograms` keeps them: for tests). Refuses with `store.cluster-in-use`
 * while a living program uses it. Keeps the rest of the data folder. Answers the folder that is gone, if there was one.
 */
export const purgeCluster = async (
  dataDir: string,
  { keepPrograms = false }: { readonly keepPrograms?: boolean } = {},
): Promise<string | undefined> =>
  translating(dataDir, async () => {
    const home = existsSync(dataDir) ? findHome(realpathSync(dataDir)) : undefined
    if (home === undefined) return undefined
    if (existsSync(home)) {
      takeClaim(home)
      await endLeftovers(home)
    }
    removePlace(realpathSync(dataDir), !keepPrograms)
    return home
  })

/**
 * Deletes clusters of data folders below `under` that are gone, for tests that were killed: only such as nobody holds, in
 * which no server runs, and which were last used before `before` (milliseconds since 1970). Gives their folders.
 */
export const removeAbandoned = (under: string, before: number, bases?: readonly string[]): string[] => {
  const lastUse = (home: string): number =>
    Math.max(
      ...[home, join(home, 'claims'), logOf(home)].map(
        (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0,
      ),
    )
  const abandoned = listOwnerless(under, bases).filter(
    (home) =>
      findHolder(home) === undefined && listDatabaseProcesses(home).length === 0 && lastUse(home) < before,
  )
  for (const home of abandoned) rmSync(home, { recursive: true, force: true })
  return abandoned
}

const startClaimed = async (
  place: Place,
  claim: Claim,
  onLine: (line: string) => void,
  durability: Durability,
): Promise<Cluster> => {
  if (await endLeftovers(place.home))
    onLine('已结束上次中断后遗留的数据库进程 · ended a database server that an interrupted run left behind')
  const password = ensurePassword(place)
  if (!existsSync(join(place.home, 'data'))) {
    onLine('正在建立数据库 · creating the database')
    const problems = makeCluster(place, password, durability)
    if (problems.length > 0) throw refusalFor(problems, place)
  }
  closeToOthers(join(place.home, 'data'))
  const major = readMajor(place.home)
  if (major !== place.programs.major) {
    const details = { place: place.home, found: major, needed: place.programs.major }
    throw new Refusal('store.cluster-other-version', details)
  }
  const { pid, port } = await launchWithRetries(place, durability)
  onLine(`数据库已就绪 · database ready (127.0.0.1:${port})`)
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopping ??= stopProcesses(place.home, pid).then(claim.release)
    return stopping
  }
  return {
    url: `postgres://${ownerName}:${password}@127.0.0.1:${port}/${ownerName}`,
    port,
    pid,
    where: place.home,
    stop,
  }
}

// A folder copied without its modes is open to others, and PostgreSQL would refuse to start on it.
const closeToOthers = (data: string): void => {
  if (statSync(data).mode & 0o077) chmodSync(data, 0o700)
}

const launchWithRetries = async (
  place: Place,
  durability: Durability,
): Promise<{ pid: number; port: number }> => {
  let staleRetried = false
  for (let attempt = 1; ; attempt++) {
    const launched = await launch(place, await findFreePort(), durability)
    if (launched.state === 'ready') return launched
    const text = launched.lines.join('\n')
    if (/could not bind|could not create any TCP/i.test(text)) {
      if (attempt < portAttempts) continue // somebody took the port between our look and the start
      throw new Refusal('store.cluster-no-port')
    }
    if (/lock file .* already exists|pre-existing shared memory/i.test(text) && !staleRetried) {
      staleRetried = true
      await endLeftovers(place.home)
      continue
    }
    throw refusalFor(launched.lines, place)
  }
}

const takeClaim = (home: string): Claim => {
  const claim = claimFolder(home)
  if ('heldBy' in claim) throw new Refusal('store.cluster-in-use', { place: home, pid: claim.heldBy })
  return claim
}

const refusalFor = (lines: readonly string[], place: Place): Refusal => {
  const text = lines.join('\n')
  if (/No space left on device|disk quota/i.test(text)) {
    return new Refusal('store.cluster-disk-full', { place: place.home })
  }
  const telling =
    lines.filter((line) => /FATAL|PANIC|error:|could not|ERROR/.test(line)).at(-1) ?? lines.at(-1)
  const reason = telling?.replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, '') ?? 'no message'
  return new Refusal('store.cluster-failed', { reason, log: logOf(place.home) })
}

/** Turns what the file system says into a sentence for the person who started us. */
const translating = async <T>(place: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    const { code, path = place } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new Refusal('store.cluster-disk-full', { place: path })
    if (code && ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENAMETOOLONG'].includes(code)) {
      throw new Refusal('store.cluster-no-folder', { place: path, reason: code })
    }
    throw error
  }
}
