import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import openRolling from 'pino-roll'
import { Refusal } from '#base'
import { mask, scrub } from './scrub.ts'

/** One fact of a log line: only keys of the allow-list are written. */
export type LogEntry = Readonly<Record<string, unknown>>

/** What an installation writes down about itself. Never a body, a name or a resident number. */
export type Log = {
  readonly debug: (entry: LogEntry, message: string) => void
  readonly info: (entry: LogEntry, message: string) => void
  readonly warn: (entry: LogEntry, message: string) => void
  readonly error: (entry: LogEntry, message: string) => void
  /** Writes what is still waiting and ends. */
  readonly close: () => Promise<void>
}

export type LogOptions = {
  readonly level: string
  /** Said once, when the log cannot be written any more (a full disk): the work goes on without it. */
  readonly onLost?: (reason: string) => void
}

/**
 * The keys that may be written, all of them codes, counts, ids of our own or technical facts. Whoever adds one answers for
 * its values: no text that people typed, no part of a file.
 */
export const loggedKeys: ReadonlySet<string> = new Set([
  ...['traceId', 'accountId', 'feedId', 'runId', 'jobId', 'eventId', 'caseId', 'alertId'],
  ...[
    'route',
    'method',
    'status',
    'code',
    'error',
    'cause',
    'frames',
    'room',
    'queue',
    'kind',
    'step',
    'state',
  ],
  ...[
    'milliseconds',
    'ms',
    'count',
    'rows',
    'accepted',
    'rejected',
    'households',
    'alerts',
    'bytes',
    'attempt',
  ],
  ...['department', 'indicator', 'role', 'period', 'businessDate', 'pack', 'version', 'migration', 'signal'],
  ...['pid', 'host', 'port'],
])

const closeMilliseconds = 2000

/** Opens the log in `<data folder>/logs`: JSON lines, a file a day and at most 20 MB each, 14 kept. */
export const openLog = async (dataDir: string, { level, onLost }: LogOptions): Promise<Log> => {
  const folder = join(dataDir, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const stream = await openRolling({
    file: join(folder, 'doudi'),
    frequency: 'daily',
    dateFormat: 'yyyy-MM-dd',
    size: '20m',
    limit: { count: 14, removeOtherLogFiles: true },
    mode: 0o600,
    maxLength: 2 ** 20, // what waits for a full disk is dropped beyond this
  })
  let [lost, closed] = [false, false]
  stream.on('error', (error) => {
    if (!lost) onLost?.((error as NodeJS.ErrnoException).code ?? 'error')
    lost = true
  })
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  )
  const write =
    (name: 'debug' | 'info' | 'warn' | 'error') =>
    (entry: LogEntry, message: string): void => {
      if (!closed) logger[name](permitted(entry), scrub(message))
    }
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      closed = true
      // A log that cannot be written any more must not keep the program from ending.
      const patience = setTimeout(() => stream.destroy(), closeMilliseconds)
      stream.once('close', () => {
        clearTimeout(patience)
        resolve()
      })
      stream.end()
    })
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error'), close }
}

/** What of an error may be written: its kind, its code and where it happened; not its message, which may quote values. */
export const describeError = (error: unknown): LogEntry => {
  if (!(error instanceof Error)) return { error: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const code = error instanceof Refusal ? error.code : (error as { code?: unknown }).code
  return { error: error.name, code, frames: frames.slice(0, 8).map((line) => line.trim()) }
}

/** The entry with permitted keys only. Objects are left out: their keys are not on the list. */
const permitted = (entry: LogEntry): LogEntry => {
  const kept = Object.entries(entry).flatMap(([key, value]): [string, unknown][] => {
    if (!loggedKeys.has(key)) return []
    if (value instanceof Error)
      return Object.entries(describeError(value)).map(([name, part]) => [name, scrubbed(part)])
    return [[key, scrubbed(value)]]
  })
  return Object.fromEntries(kept)
}

const scrubbed = (value: unknown): unknown => {
  if (typeof value === 'string') return scrub(value)
  if (typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.filter((part) => typeof part === 'string').map(scrub)
  if (typeof value !== 'number' && typeof value !== 'bigint') return undefined
  const text = String(value)
  return scrub(text) === text ? Number(value) : mask
}
