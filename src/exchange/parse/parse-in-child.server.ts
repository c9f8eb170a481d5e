import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Refusal, type RefusalCode } from '#base'
import type { ChildJob, ChildMessage } from './child-messages.ts'
import type { ParseFileInput } from './parse-file.server.ts'
import type { ParsedFile } from './parsed-file.ts'

export type ChildLimits = {
  /** Resident memory of the child; beyond it the child is ended. */
  readonly rssMiB: number
  /**
   * Seconds of processor time the child may take: a base, and more for each MiB of the file. On a machine that is busy
   * otherwise a good file takes longer by the clock, and no more of the processor.
   */
  readonly seconds: number
  readonly secondsPerMiB: number
  /** How many times as long as that we wait for it by the clock, should it neither work nor end. */
  readonly patience: number
}

export const childLimits: ChildLimits = { rssMiB: 512, seconds: 20, secondsPerMiB: 1, patience: 50 }

const entry = fileURLToPath(new URL('./child-entry.server.ts', import.meta.url))
// Rows live for a moment only: a small place for what is new keeps the child small at no cost that can be measured.
const heapLimits = ['--max-old-space-size=384', '--max-semi-space-size=4']
const watchEveryMs = 200

/**
 * `parseFile` in a process of its own, so that no file, whatever is in it, can hold up or bring down this one. Rows come
 * over a pipe and only as fast as they are taken. Refuses what parseFile refuses, and with `exchange.out-of-memory`,
 * `exchange.too-slow` or `exchange.cancelled` when the child had to be ended.
 */
export const parseInChild = async (
  input: ParseFileInput,
  limits: ChildLimits = childLimits,
): Promise<ParsedFile> => {
  if (input.signal?.aborted) throw new Refusal('exchange.cancelled')
  const { size } = await stat(input.path)
  const budgetMs = 1000 * (limits.seconds + (limits.secondsPerMiB * size) / 2 ** 20)
  const child = spawn(process.execPath, [...heapLimits, entry], {
    // Nothing of our own surroundings (addresses, secrets) is handed to a process that reads foreign files.
    env: { TZ: 'Asia/Shanghai' },
    stdio: ['pipe', 'pipe', 'pipe'],
    // Out of the terminal's reach: Ctrl-C asks us to finish what is under way, and that is this file.
    detached: true,
  })
  const guard = guardChild(child, input.signal, { ...limits, budgetMs })
  try {
    const exited = once(child, 'exit')
    const complaints = collectErrors(child)
    child.stdin.on('error', () => {})
    const { path, fileName, layouts, handedOn } = input
    // Left open: when we are killed it ends, and with it the child.
    child.stdin.write(`${JSON.stringify({ path, fileName, layouts, handedOn } satisfies ChildJob)}\n`)
    const done = await takeMessages(child, guard, input)
    if (done) return done
    const [code, signal] = (await exited) as [number | null, string | null]
    guard.throwIfEnded()
    // V8 ends a process that outgrows its heap by SIGABRT.
    if (signal === 'SIGABRT' || code === 134) throw new Refusal('exchange.out-of-memory')
    throw new Error(`the parsing process ended early (${signal ?? code}): ${complaints()}`)
  } finally {
    guard.stop()
    child.kill('SIGKILL')
  }
}

type Guard = {
  /** Runs `wait`, counting the time it takes against our patience with the child. */
  readonly timed: <T>(wait: () => Promise<T>) => Promise<T>
  readonly checkRss: (bytes: number) => void
  /** Throws the reason for which the child was ended, if it was. */
  readonly throwIfEnded: () => void
  readonly stop: () => void
}

const guardChild = (
  child: ChildProcessWithoutNullStreams,
  signal: AbortSignal | undefined,
  { rssMiB, budgetMs, patience }: ChildLimits & { readonly budgetMs: number },
): Guard => {
  let reason: Refusal | undefined
  let leftMs = budgetMs * patience
  const end = (code: RefusalCode, details = {}): void => {
    reason ??= new Refusal(code, details)
    child.kill('SIGKILL')
  }
  const cancel = (): void => end('exchange.cancelled')
  const tooSlow = (limitMs: number): void =>
    end('exchange.too-slow', { limitSeconds: Math.round(limitMs / 1000) })
  const checkRss = (bytes: number): void => {
    if (bytes > rssMiB * 2 ** 20) end('exchange.out-of-memory')
  }
  const look = async (): Promise<void> => {
    const [bytes, usedMs] = await Promise.all([residentBytes(child.pid), processorMs(child.pid)])
    checkRss(bytes)
    if (usedMs > budgetMs) tooSlow(budgetMs)
  }
  signal?.addEventListener('abort', cancel)
  const watch = setInterval(() => void look(), watchEveryMs)
  return {
    timed: async (wait) => {
      const startedMs = performance.now()
      const timer = setTimeout(() => tooSlow(budgetMs * patience), Math.max(leftMs, 0))
      try {
        return await wait()
      } finally {
        clearTimeout(timer)
        leftMs -= performance.now() - startedMs
      }
    },
    checkRss,
    throwIfEnded: () => {
      if (reason) throw reason
    },
    stop: () => {
      clearInterval(watch)
      signal?.removeEventListener('abort', cancel)
    },
  }
}

const toldOf = (pid: number | undefined, name: string): Promise<string> =>
  readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')

/** Resident memory as Linux tells it; elsewhere the child's own reports have to do. */
const residentBytes = async (pid: number | undefined): Promise<number> =>
  1024 * Number(/^VmRSS:\s+(\d+) kB/mu.exec(await toldOf(pid, 'status'))?.[1] ?? 0)

/** Processor time as Linux tells it, in hundredths of a second; elsewhere our patience is the only limit. */
const processorMs = async (pid: number | undefined): Promise<number> => {
  const told = await toldOf(pid, 'stat')
  const [user = 0, system = 0] = told
    .slice(told.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number)
  return 10 * (user + system)
}

const takeMessages = async (
  child: ChildProcessWithoutNullStreams,
  guard: Guard,
  input: ParseFileInput,
): Promise<ParsedFile | undefined> => {
  child.stdout.setEncoding('utf8')
  const chunks = child.stdout[Symbol.asyncIterator]() as AsyncIterator<string>
  let rest = ''
  for (;;) {
    const { value, done } = await guard.timed(() => chunks.next())
    guard.throwIfEnded()
    if (done) return undefined
    const lines = (rest + value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const parsed = await takeMessage(JSON.parse(line) as ChildMessage, guard, input)
      if (parsed) return parsed
    }
  }
}

const takeMessage = async (
  message: ChildMessage,
  guard: Guard,
  input: ParseFileInput,
): Promise<ParsedFile | undefined> => {
  if ('done' in message) return message.done
  if ('refused' in message) throw new Refusal(message.refused as RefusalCode, message.details)
  if ('failed' in message) throw new Error(`parsing failed: ${message.failed}`)
  guard.checkRss(message.rssBytes)
  for (const item of message.items) {
    const handled = 'row' in item ? input.onRow?.(item.row) : input.onReject?.(item.reject, item.aside)
    if (handled) await handled
    guard.throwIfEnded()
  }
  if (message.progress) input.onProgress?.(message.progress)
  return undefined
}

const collectErrors = (child: ChildProcessWithoutNullStreams): (() => string) => {
  let text = ''
  child.stderr.setEncoding('utf8')
  child.stderr.on('data', (chunk: string) => {
    if (text.length < 4000) text += chunk
  })
  return () => text.trim()
}
