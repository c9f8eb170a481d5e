import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from '#base'
import { freshKeys, keyringProvider, type StoredKey, withNextVersion } from './keyring.server.ts'
import type { KeyProvider, SealingKey } from './provider.server.ts'

const fileName = 'keys.json'

const keyFile = z.object({
  format: z.literal(1),
  keys: z.array(
    z.object({
      name: z.enum(['text', 'file', 'number', 'name', 'other', 'token']),
      version: z.int().min(1).max(255),
      secret: z.base64().length(44),
    }),
  ),
})

/**
 * Opens the key file in `directory` (made with mode 0700 if need be) and creates it with fresh keys and mode 0600
 * on first use. Refuses a file that others may read, one of a format it does not know, and a damaged one.
 */
export const openKeyFile = (directory: string): KeyProvider => {
  const path = join(directory, fileName)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  return keyringProvider(read(path) ?? createOnce(directory, path))
}

/** Adds a new version of a sealing key for new writes; what older versions sealed stays readable. */
export const rotateKeyFile = (directory: string, key: SealingKey): KeyProvider => {
  const path = join(directory, fileName)
  const keys = read(path)
  if (keys === undefined) throw new Refusal('access.secret-missing', { keys: fileName })
  const next = withNextVersion(keys, key)
  renameSync(writeBeside(directory, next), path)
  syncDirectory(directory)
  return keyringProvider(next)
}

// A hard link fails where the name exists: of two processes that start at once, one wins and both read its keys.
const createOnce = (directory: string, path: string): StoredKey[] => {
  const draft = writeBeside(directory, freshKeys())
  try {
    linkSync(draft, path)
    syncDirectory(directory)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return read(path) ?? []
}

const read = (path: string): StoredKey[] | undefined => {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode
  if (mode === undefined) return undefined
  if ((mode & 0o077) !== 0)
    throw new Refusal('access.secret-file-open-to-others', { mode: (mode & 0o777).toString(8) })
  const parsed = keyFile.safeParse(parseJson(readFileSync(path, 'utf8')))
  if (!parsed.success) throw new Refusal('access.secret-file-damaged', {})
  return parsed.data.keys.map((key) => ({ ...key, secret: Buffer.from(key.secret, 'base64') }))
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // The message of JSON.parse quotes the text, which holds secrets.
    return undefined
  }
}

const writeBeside = (directory: string, keys: readonly StoredKey[]): string => {
  const path = join(directory, `.${fileName}.${randomBytes(6).toString('hex')}`)
  const stored = keys.map((key) => ({ ...key, secret: Buffer.from(key.secret).toString('base64') }))
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, `${JSON.stringify({ format: 1, keys: stored }, null, 2)}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  return path
}

const syncDirectory = (directory: string): void => {
  const handle = openSync(directory, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
