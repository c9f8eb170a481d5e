import { spawn, spawnSync } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import type { Place } from './place.server.ts'
import { findProcessStart, listDatabaseProcesses, signal, waitUntil } from './processes.server.ts'

/** The name of the owner role and of the database it owns. */
export const ownerName = 'doudi'

export type Durability = 'durable' | 'throwaway'

export type Launched =
  | { readonly state: 'ready'; readonly pid: number; readonly port: number }
  | { readonly state: 'failed'; readonly lines: readonly string[] }

const recoveryMilliseconds = 600_000 // after a crash the log of changes is replayed before the server is ready
const fastStopMilliseconds = 20_000
const immediateStopMilliseconds = 10_000
const logMegabytes = 5

// PostgreSQL gets nothing of our environment: settings such as PGDATA or LD_PRELOAD are somebody else's.
const environment = { PATH: '/usr/bin:/bin', LANG: 'C', LC_ALL: 'C', TZ: 'UTC' }

/**
 * Makes the cluster in `<home>/data`: UTF-8, sorted by code point, entered by password only (the superuser
 * has none, so nobody enters as that). It appears whole or not at all, so
 * an interrupted first start leaves nothing to repair. Answers the lines of what went wrong, none when it went well.
 */
export const makeCluster = (place: Place, password: string, durability: Durability): readonly string[] => {
  // Trigrams of Chinese words are found only where characters are classified by UTF-8; some old systems lack that locale.
  const problems = tryCluster(place, password, durability, 'C.UTF-8')
  return problems.some((line) => /invalid locale/.test(line))
    ? tryCluster(place, password, durability, 'C')
    : problems
}

const tryCluster = (
  place: Place,
  password: string,
  durability: Durability,
  characters: string,
): readonly string[] => {
  const data = join(place.home, 'data')
  const draft = join(place.home, 'draft')
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  if (place.account) chownSync(draft, place.account.uid, place.account.gid)
  const options = { ...place.account, cwd: place.home, env: environment, encoding: 'utf8' } as const
  // From 17 on PostgreSQL brings UTF-8 sorted by code point along; before, the system's C does the same for comparison.
  const provider =
    Number(place.programs.major) < 17 ? [] : ['--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const made = spawnSync(
    place.programs.initdb,
    // biome-ignore format: one option a line
    [
      '-D', draft,
      '--username=postgres',
      '--auth-host=scram-sha-256', '--auth-local=reject',
      '--encoding=UTF8',
      '--locale=C', `--lc-ctype=${characters}`, ...provider,
      '--no-instructions',
      ...(durability === 'durable' ? [] : ['--no-sync']),
    ],
    options,
  )
  if (made.status !== 0) return linesOf(`${made.stdout}\n${made.stderr}\n${made.error?.message ?? ''}`)
  const prepared = spawnSync(
    place.programs.postgres,
    ['--single', '-D', draft, '-c', 'exit_on_error=on', 'postgres'],
    {
      ...options,
      input: firstStatements(password)
        .map((statement) => `${statement}\n`)
        .join(''),
    },
  )
  if (prepared.status !== 0) return linesOf(`${prepared.stderr}\n${prepared.error?.message ?? ''}`)
  renameSync(draft, data)
  return []
}

/** Starts the server on a port and waits until it answers or has given up. */
export const launch = async (place: Place, port: number, durability: Durability): Promise<Launched> => {
  const data = join(place.home, 'data')
  const log = openLog(place.home)
  const before = statSync(logOf(place.home)).size
  const settings = settingsFor(port, durability).flatMap((setting) => ['-c', setting])
  const child = spawn(place.programs.postgres, ['-D', data, ...settings], {
    ...place.account,
    cwd: '/',
    env: environment,
    detached: true, // its own process group: Ctrl-C at the terminal must not stop it before our pool is closed
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.unref()
  let problem: string | undefined
  let ended = false
  child.once('error', (error) => {
    problem = error.message
    ended = true
  })
  child.once('exit', () => {
    ended = true
  })
  const ready = (): boolean => {
    const record = readRecord(place.home)
    return record?.pid === child.pid && record?.status === 'ready'
  }
  const decided = await waitUntil(() => ended || ready(), recoveryMilliseconds)
  if (decided && !ended && child.pid) return { state: 'ready', pid: child.pid, port }
  if (!ended && child.pid) await stopProcesses(place.home, child.pid)
  return { state: 'failed', lines: [...(problem ? [problem] : []), ...linesSince(place.home, before)] }
}

/** Stops a server: sessions are ended and everything is written; if that takes too long, at once (it recovers at the next start). */
export const stopProcesses = async (home: string, postmaster: number | undefined): Promise<void> => {
  const gone = (): boolean =>
    listDatabaseProcesses(home).length === 0 && (!postmaster || findProcessStart(postmaster) === undefined)
  const send = (name: NodeJS.Signals, pids: readonly number[]): void => {
    for (const pid of pids) signal(pid, name)
  }
  if (postmaster) {
    send('SIGINT', [postmaster])
    if (await waitUntil(gone, fastStopMilliseconds)) return
  }
  send('SIGQUIT', postmaster ? [postmaster] : listDatabaseProcesses(home))
  if (await waitUntil(gone, immediateStopMilliseconds)) return
  send('SIGKILL', listDatabaseProcesses(home))
  await waitUntil(gone, immediateStopMilliseconds)
}

/**
 * Ends what an earlier run of ours left behind when it was killed: a server that lives on, or workers of a server that
 * was killed. Only processes that work inside this home are touched. Says whether there was something.
 */
export const endLeftovers = async (home: string): Promise<boolean> => {
  const left = listDatabaseProcesses(home)
  if (left.length > 0) {
    const recorded = readRecord(home)?.pid
    await stopProcesses(home, recorded && left.includes(recorded) ? recorded : undefined)
  }
  // Nobody works here now, so a record that is still there speaks of a process that is gone. Its number may belong to
  // another process by now, which would make PostgreSQL refuse to start.
  if (listDatabaseProcesses(home).length === 0) rmSync(join(home, 'data', 'postmaster.pid'), { force: true })
  return left.length > 0
}

/** The number of the running server, if it is ours and runs. */
export const findPostmaster = (home: string): number | undefined => {
  const pid = readRecord(home)?.pid
  return pid !== undefined && listDatabaseProcesses(home).includes(pid) ? pid : undefined
}

/** A port of the loopback address that was free a moment ago. */
export const findFreePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

export const logOf = (home: string): string => join(home, 'postgres.log')

/** The major version that made the cluster, for example `18`. */
export const readMajor = (home: string): string =>
  readFileSync(join(home, 'data', 'PG_VERSION'), 'utf8').trim()

// Each must stand on one line: the single-user server ends a statement at the end of a line.
// The owner is no superuser, like the account that an administrator would give us on a server of his own, so
// that nothing works here and fails there. It may end sessions of the application and read statistics (doctor).
const firstStatements = (password: string): string[] => [
  `create role ${ownerName} login createdb createrole password '${password}'`,
  `grant pg_signal_backend, pg_monitor to ${ownerName}`,
  `create database ${ownerName} owner ${ownerName}`,
]

const settingsFor = (port: number, durability: Durability): string[] => {
  const megabytes = Math.floor(totalmem() / 2 ** 20)
  const buffers = Math.min(1024, Math.max(64, Math.floor(megabytes / 16)))
  return [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=', // a path in a deep folder would be too long for a socket
    'max_connections=80',
    `shared_buffers=${durability === 'durable' ? buffers : Math.min(buffers, 256)}MB`,
    `effective_cache_size=${Math.max(256, Math.floor(megabytes / 3))}MB`,
    'maintenance_work_mem=128MB',
    'max_wal_size=2GB',
    'jit=off', // compiling layered queries took many times longer than running them
    'timezone=UTC',
    'log_timezone=UTC',
    'password_encryption=scram-sha-256',
    'client_connection_check_interval=2s', // a killed program's query ends soon, not when it is finished
    // Messages about statements may quote values of people. The log keeps what concerns the server itself; the
    // failed statement is reported by the program, without values.
    'log_min_messages=log',
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
    'log_statement=none',
    'log_checkpoints=off',
    ...(durability === 'durable'
      ? ['fsync=on', 'full_page_writes=on']
      : ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'autovacuum=off']),
  ]
}

type ServerRecord = { readonly pid: number; readonly status: string }

// Line 1 of the record is the number of the process, line 8 its state (PostgreSQL: miscadmin.h, LOCK_FILE_LINE_*).
const readRecord = (home: string): ServerRecord | undefined => {
  try {
    const lines = readFileSync(join(home, 'data', 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), status: (lines[7] ?? '').trim() }
  } catch {
    return undefined // no server has been started here, or it stopped cleanly
  }
}

const openLog = (home: string): number => {
  const file = logOf(home)
  if (existsSync(file) && statSync(file).size > logMegabytes * 2 ** 20) renameSync(file, `${file}.1`)
  return openSync(file, 'a', 0o600)
}

const linesSince = (home: string, position: number): string[] =>
  linesOf(readFileSync(logOf(home)).subarray(position).toString('utf8'))

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
