import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { childrenOf, msPerTick, readIn, ticksOf } from '../machine/processes.ts'

/** What a stage took: of the wall clock, and of the processor in this program and our PostgreSQL together. */
export interface Taken {
  readonly wallMs: number
  readonly cpuMs: number
}

const everyMs = 100
const sharesEveryMs = 10_000

const serversOf = (postmaster: number | undefined): number[] =>
  postmaster === undefined ? [] : [postmaster, ...childrenOf(postmaster).map(Number)]

const cpuMsOf = (postmaster: number | undefined): number => {
  const { user, system } = process.cpuUsage()
  const servers = serversOf(postmaster).reduce((sum, pid) => sum + ticksOf(pid).own + ticksOf(pid).ended, 0)
  return (user + system) / 1000 + servers * msPerTick
}

/** Begins a measurement; the answer tells what was taken since. */
export const takenSince = (postmaster: number | undefined): (() => Taken) => {
  const [wall, cpu] = [performance.now(), cpuMsOf(postmaster)]
  return () => ({
    wallMs: Math.round(performance.now() - wall),
    cpuMs: Math.round(cpuMsOf(postmaster) - cpu),
  })
}

/** Runs work and tells what it took. */
export const timed = async <T>(
  postmaster: number | undefined,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly taken: Taken }> => {
  const since = takenSince(postmaster)
  const result = await work()
  return { result, taken: since() }
}

const sumOf = (pids: readonly number[], file: string, field: RegExp): number =>
  pids.reduce((sum, pid) => {
    const found = readIn(`/proc/${pid}/${file}`).matchAll(field)
    return sum + [...found].reduce((all, [, kib]) => all + Number(kib), 0)
  }, 0) / 1024

/** What processes have for themselves, in MiB: counters that the kernel keeps. */
const ownMiB = (pids: readonly number[]): number => sumOf(pids, 'status', /^RssAnon:\s+(\d+)/gmu)

/** Their shares of what they have together. The kernel walks all their pages for it: asked often, it is most of what a run takes. */
const sharesMiB = (pids: readonly number[]): number =>
  sumOf(pids, 'smaps_rollup', /^Pss_(?:File|Shmem):\s+(\d+)/gmu)

/** Looks at the memory of this program and our PostgreSQL together, until it is asked for the most there was, in MiB. */
export const watchMemory = (postmaster: number | undefined): (() => number) => {
  let most = 0
  let shared = sharesMiB(serversOf(postmaster))
  const look = (): void => {
    most = Math.max(most, process.memoryUsage.rss() / 2 ** 20 + ownMiB(serversOf(postmaster)) + shared)
  }
  const lookAtShares = (): void => {
    shared = sharesMiB(serversOf(postmaster))
  }
  const timers = [setInterval(look, everyMs), setInterval(lookAtShares, sharesEveryMs)]
  return () => {
    lookAtShares()
    look()
    for (const timer of timers) clearInterval(timer)
    return Math.round(most)
  }
}

/** The files of a folder and below, in bytes. */
export const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).reduce(
    (sum, entry) => (entry.isFile() ? sum + statSync(join(entry.parentPath, entry.name)).size : sum),
    0,
  )
