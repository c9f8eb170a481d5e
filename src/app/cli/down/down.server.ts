import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { Refusal } from '#base'
import { findCluster, purgeCluster } from '#store/server'
import { findRunning, lockInstallation } from '../../lock.server.ts'
import type { Command, Context } from '../context.server.ts'

const patienceSeconds = 90

const signalTo = (pid: number): void => {
  try {
    process.kill(pid, 'SIGTERM')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EPERM') throw new Refusal('app.not-ours', { pid })
    if (code !== 'ESRCH') throw error // gone meanwhile: what was wanted
  }
}

/** Stops whoever runs in the data folder and waits until it is gone; gives its number. */
const stop = async ({ settings, signal }: Context): Promise<number | undefined> => {
  const pid = findRunning(settings.dataDir)?.pid
  if (pid === undefined) return undefined
  signalTo(pid)
  const until = performance.now() + patienceSeconds * 1000
  while (findRunning(settings.dataDir)?.pid === pid) {
    if (performance.now() > until) throw new Refusal('app.not-stopped', { pid, seconds: patienceSeconds })
    await pause(50, undefined, { signal })
  }
  return pid
}

/** Asks on the terminal; anything but yes, also a closed input, means no. */
const isConfirmed = async ({ words }: Context, place: string): Promise<boolean> => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  process.stderr.write(words.say('down.purgeQuestion', { place }))
  try {
    for await (const answer of terminal) return /^yes$/i.test(answer.trim())
    return false
  } finally {
    terminal.close()
  }
}

/** Whether the database may go: asked before anything is stopped, so that a "no" changes nothing. */
const mayPurge = async (context: Context, isSure: boolean): Promise<boolean> => {
  const { settings, out, words } = context
  const cluster = findCluster(settings.dataDir)
  if (!cluster) {
    out.line(words.say('down.nothingToPurge'))
    return false
  }
  if (isSure) return true
  if (!process.stdin.isTTY || out.json) throw new Refusal('app.purge-unconfirmed')
  const agreed = await isConfirmed(context, cluster.where)
  if (!agreed) out.line(words.say('down.notPurged'))
  return agreed
}

const purge = async ({ settings, out, words }: Context): Promise<string | null> => {
  const { dataDir } = settings
  const lock = lockInstallation(dataDir)
  try {
    const place = (await purgeCluster(dataDir)) ?? null
    out.line(words.say('down.purged', { place: place ?? '' }))
    out.line(words.say('down.kept', { dataDir }))
    return place
  } finally {
    lock.release()
  }
}

/** `doudi down`: stops what runs here; `--purge` then deletes our own database. */
export const downCommand: Command = async (context, { options }) => {
  const { out, words } = context
  const isPurge = options.purge === true && (await mayPurge(context, options.yes === true))
  if (options.purge === true && !isPurge) return undefined
  const pid = await stop(context)
  out.line(pid === undefined ? words.say('down.none') : words.say('down.stopped', { pid }))
  const purged = isPurge ? await purge(context) : null
  out.result({ stopped: pid ?? null, purged })
  return undefined
}
