import { readdirSync, readFileSync } from 'node:fs'

// What Linux tells of processes in /proc. One that ended meanwhile has nothing to tell.

export const msPerTick = 10

/** A file of /proc; empty where its process ended meanwhile. */
export const readIn = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // ended meanwhile
  }
}

/** The children of a process, of all its threads. */
export const childrenOf = (pid: number | string): string[] => {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readIn(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean),
    )
  } catch {
    return [] // ended meanwhile
  }
}

/** Processor time of a process itself, and of its children that ended, in ticks. */
export const ticksOf = (pid: number | string): { readonly own: number; readonly ended: number } => {
  const stat = readIn(`/proc/${pid}/stat`)
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map((ticks) => Number(ticks || 0))
  return { own: user + system, ended: endedUser + endedSystem }
}
