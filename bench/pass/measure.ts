import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { childrenOf, msPerTick, readIn, ticksOf } from '../machine/processes.ts'

/** What a stage took: of the wall clock, and of the processor in this program and our PostgreSQL together. */
export interface Taken {
  readonly wallMs: number
  readonly cpuMs: number
}

const everyMs = 100

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

/** Memory that a process has for itself, and its share of what it shares. */
const shareKiB = (pid: number): number =>
  Number(/^Pss:\s+(\d+)/mu.exec(readIn(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)

/** Looks at the memory of this program and our PostgreSQL together, until it is asked for the most there was, in MiB. */
export const watchMemory = (postmaster: number | undefined): (() => number) => {
  let most = 0
  const look = (): void => {
    const shared = serversOf(postmaster).reduce((sum, pid) => sum + shareKiB(pid) / 1024, 0)
    most = Math.max(most, process.memoryUsage.rss() / 2 ** 20 + shared)
  }
  const timer = setInterval(look, everyMs)
  return () => {
    look()
    clearInterval(timer)
    return Math.round(most)
  }
}

/** The files of a folder and below, in bytes. */
export const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).reduce(
    (sum, entry) => (entry.isFile() ? sum + statSync(join(entry.parentPath, entry.name)).size : sum),
    0,
  )
