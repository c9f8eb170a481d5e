import { readFileSync } from 'node:fs'
import type { Settings } from '../settings.server.ts'
import type { Output } from './output.server.ts'
import type { Progress } from './progress.server.ts'
import type { Words } from './words.ts'

/** What every command works with. */
export interface Context {
  readonly settings: Settings
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly words: Words
  readonly out: Output
  readonly progress: Progress
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}

/** The words after a command, parsed. */
export interface Given {
  readonly args: readonly unknown[]
  readonly options: Readonly<Record<string, unknown>>
}

/** One command: gives the exit code, 0 unless it says otherwise. */
export type Command = (context: Context, given: Given) => Promise<number | undefined>

/** The program's version. */
export const programVersion = (): string => {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
