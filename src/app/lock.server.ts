import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { Refusal } from '#base'
import { claimFolder, findHolder } from '#store/server'

const controlShape = z.object({ pid: z.number(), host: z.string(), port: z.number(), secret: z.string() })

/** How a command reaches the installation that runs in a data folder. The secret proves that it may read the folder. */
export type Control = z.infer<typeof controlShape>

/** The right of one process to run in a data folder. */
export type InstallationLock = {
  /** Tells commands where we listen: a file of mode 0600 with a new secret, which is also the answer. */
  readonly announce: (address: { readonly host: string; readonly port: number }) => string
  /** Gives the folder back. A second call does nothing. */
  readonly release: () => void
}

/**
 * Takes the data folder for this process, making it if it is not there. A killed holder loses it at once. Refuses with
 * `app.already-running` while a living process has it, and with `app.no-data-folder` where nothing can be written.
 * Take it before the database is started or purged, release it after the database has stopped.
 */
export const lockInstallation = (dataDir: string): InstallationLock => {
  const claim = takeClaim(dataDir)
  if ('heldBy' in claim) throw new Refusal('app.already-running', { dataDir, pid: claim.heldBy })
  const file = controlFileOf(dataDir)
  rmSync(file, { force: true }) // of a holder that was killed
  let released = false
  return {
    announce: ({ host, port }) => {
      const secret = randomBytes(32).toString('base64url')
      const control: Control = { pid: process.pid, host, port, secret }
      const draft = `${file}.draft`
      rmSync(draft, { force: true }) // its mode would stay as it was
      writeFileSync(draft, JSON.stringify(control), { mode: 0o600 })
      renameSync(draft, file)
      return secret
    },
    release: () => {
      if (released) return
      released = true
      rmSync(file, { force: true })
      claim.release()
    },
  }
}

/**
 * The installation that runs in a data folder now: `control` once it listens. Undefined when none runs, whatever an
 * earlier one that was killed has left behind.
 */
export const findRunning = (
  dataDir: string,
): { readonly pid: number; readonly control: Control | undefined } | undefined => {
  const pid = findHolder(dataDir)
  if (pid === undefined) return undefined
  const control = readControl(dataDir)
  return { pid, control: control?.pid === pid ? control : undefined }
}

/** Compares a secret in constant time, so that its beginning cannot be guessed from how long an answer takes. */
export const isSameSecret = (given: string, expected: string): boolean => {
  const [left, right] = [given, expected].map((text) => createHash('sha256').update(text).digest()) as [
    Buffer,
    Buffer,
  ]
  return timingSafeEqual(left, right)
}

const controlFileOf = (dataDir: string): string => join(dataDir, 'control.json')

const readControl = (dataDir: string): Control | undefined => {
  try {
    return controlShape.parse(JSON.parse(readFileSync(controlFileOf(dataDir), 'utf8')))
  } catch {
    return undefined // still starting, or just stopping
  }
}

/**
 * Makes the data folder, each missing part alone: where a part cannot be made (under /proc, say) Node's own `recursive`
 * never ends. Refuses with `app.no-data-folder`.
 */
export const makeDataFolder = (dataDir: string): void =>
  inWords(dataDir, () => {
    const missing: string[] = []
    for (let path = dataDir; !existsSync(path) && path !== dirname(path); path = dirname(path))
      missing.push(path)
    for (const path of missing.reverse()) {
      try {
        mkdirSync(path, { mode: 0o700 })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error // somebody else made it meanwhile
      }
    }
  })

const takeClaim = (dataDir: string): ReturnType<typeof claimFolder> => {
  makeDataFolder(dataDir)
  return inWords(dataDir, () => claimFolder(dataDir))
}

const inWords = <T>(dataDir: string, work: () => T): T => {
  try {
    return work()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof Refusal || code === undefined) throw error
    throw new Refusal('app.no-data-folder', { dataDir, reason: code })
  }
}
