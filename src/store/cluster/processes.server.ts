import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * A text that is the same for as long as this very process lives, and another one when its number is given
 * to a new process; undefined when no such process runs (a zombie counts as ended).
 */
export const findProcessStart = (pid: number): string | undefined => {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  return process.platform === 'linux' ? linuxStart(pid) : portableStart(pid)
}

/** The program file a process runs, for example `postgres`; undefined when it is gone or not ours to see. */
const programOf = (pid: number): string | undefined => {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ''))
  } catch {
    return undefined // ended meanwhile, or belongs to somebody else
  }
}

/**
 * The PostgreSQL processes (server, its workers, initdb) that work inside a folder. PostgreSQL changes into its
 * data directory, so the working directory tells them apart from every other PostgreSQL of the machine.
 */
export const listDatabaseProcesses = (home: string): number[] => {
  if (process.platform !== 'linux') return listByRecord(home)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const workingIn = readlinkSync(`/proc/${pid}/cwd`)
        if (workingIn !== home && !workingIn.startsWith(`${home}/`)) return false
      } catch {
        return false // ended meanwhile, or belongs to somebody else
      }
      const program = programOf(pid)
      return (program === 'postgres' || program === 'initdb') && findProcessStart(pid) !== undefined
    })
}

/** Sends a signal; a process that has ended meanwhile is what the sender wanted anyway. */
export const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Waits until the question is answered with yes; false when that took longer than allowed. */
export const waitUntil = async (holds: () => boolean, milliseconds: number): Promise<boolean> => {
  const until = performance.now() + milliseconds
  while (!holds()) {
    if (performance.now() > until) return false
    await pause(20)
  }
  return true
}

const linuxStart = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in brackets and may itself hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot}/${fields[19]}` // ticks from boot to the start of the process
  } catch {
    return undefined // no such process
  }
}

const portableStart = (pid: number): string | undefined => {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
  } catch {
    return undefined // `ps` says so when there is no such process
  }
}

const listByRecord = (home: string): number[] => {
  try {
    const pid = Number(readFileSync(join(home, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return command.includes(home) ? [pid] : []
  } catch {
    return [] // no record, or no such process
  }
}
