import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The command line as a process of its own, as people run it. */
export interface Child {
  readonly process: ChildProcess
  /** Resolves with the match as soon as either stream has shown it; rejects when the process ends without. */
  sees(pattern: RegExp): Promise<RegExpExecArray>
  readonly ended: Promise<Ended>
}

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
  /** The last line of standard output as JSON. */
  readonly json: Record<string, unknown>
}

export interface Surroundings {
  readonly dataDir: string
  readonly env?: Readonly<Record<string, string>>
}

const entry = fileURLToPath(new URL('../main.server.ts', import.meta.url))
const running = new Set<ChildProcess>()

const lastJson = (out: string): Record<string, unknown> => {
  try {
    return JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>
  } catch {
    return {} // the command was not asked for JSON
  }
}

/** Starts a command. Nothing of the test's own settings reaches it. */
export const startDoudi = (args: readonly string[], { dataDir, env = {} }: Surroundings): Child => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, ...args], {
    env: { PATH: process.env.PATH, LANG: 'en_US.UTF-8', PORT: '0', DOUDI_DATA: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let [out, err] = ['', '']
  const waiting = new Set<() => void>()
  const take = (chunk: Buffer, add: (text: string) => void): void => {
    add(chunk.toString('utf8'))
    for (const look of waiting) look()
  }
  child.stdout.on('data', (chunk: Buffer) => take(chunk, (text) => (out += text)))
  child.stderr.on('data', (chunk: Buffer) => take(chunk, (text) => (err += text)))
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => {
      running.delete(child)
      resolve({ code, out, err, json: lastJson(out) })
    })
  })
  const sees = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(out) ?? pattern.exec(err)
        if (!match) return
        waiting.delete(look)
        resolve(match)
      }
      waiting.add(look)
      look()
      void ended.then(({ code }) =>
        reject(new Error(`ended with ${code} before ${pattern}:\n${out}\n${err}`)),
      )
    })
  return { process: child, sees, ended }
}

/** Runs a command to its end. */
export const runDoudi = (args: readonly string[], surroundings: Surroundings): Promise<Ended> =>
  startDoudi(args, surroundings).ended

/** Kills what a failed test left running. */
export const killRest = async (): Promise<void> => {
  await Promise.all(
    [...running].map(
      (child) =>
        new Promise((resolve) => {
          child.once('close', resolve)
          child.kill('SIGKILL')
        }),
    ),
  )
}
