import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, vi } from 'vitest'
import type { IntakeWorld } from './intake-world.ts'

const half = fileURLToPath(new URL('./read-half.ts', import.meta.url))

/** Programs started by a program, as Linux tells. */
const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

/** How far a reading program goes: it says so after so many rows, and stands still there or goes on. */
export interface Halfway {
  readonly rows: number
  readonly goesOn?: boolean
  readonly rowsPerPart?: number
}

/** Starts a program that reads the feed; gives it when it has read so many rows, or has ended. */
export const startReading = async (world: IntakeWorld, feedId: string, how: Halfway) => {
  const program = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', half], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const { dataDir, installation } = world
  program.stdin.end(JSON.stringify({ dataDir, ownerUrl: installation.ownerUrl, feedId, ...how }))
  const ended = once(program, 'exit')
  await Promise.race([once(program.stdout, 'data'), ended])
  return { program, ended }
}

/** Kills a program that reads, and waits until its child is gone too. */
export const killReading = async (program: ChildProcess, ended: Promise<unknown>): Promise<void> => {
  const readers = program.exitCode === null ? childrenOf(program.pid ?? 0) : []
  program.kill('SIGKILL')
  await ended
  await vi.waitFor(() => expect(readers.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]), 10_000)
}
