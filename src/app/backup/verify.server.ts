import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Refusal } from '#base'
import { framesOf } from './container.server.ts'
import { type Manifest, type ManifestEntry, manifestShape, tableOf } from './manifest.ts'
import { unseal } from './seal.server.ts'
import { rowHash } from './tables.queries.server.ts'

/** Takes what a backup holds, in its order. */
export interface BackupReader {
  begin(name: string): void | Promise<void>
  data(bytes: Buffer): void | Promise<void>
  end(): void | Promise<void>
  manifest(text: string): void | Promise<void>
}

/** The rows of one piece of a table. */
export const linesIn = (bytes: Buffer): string[] => JSON.parse(bytes.toString('utf8')) as string[]

/** Reads a backup from the first to the last entry. Refuses what is not whole and unaltered with `backup.…`. */
export const readBackup = async (
  file: string,
  passphrase: string,
  reader: BackupReader,
  signal?: AbortSignal,
): Promise<void> => {
  const handle = await open(file, 'r')
  try {
    await pipeline(
      unseal(handle, basename(file), passphrase),
      createGunzip(),
      async (inflated: AsyncIterable<Buffer>) => {
        let isOpen = false
        for await (const { type, bytes } of framesOf(inflated)) {
          if (type === 'data') await reader.data(bytes)
          else {
            if (isOpen) await reader.end()
            isOpen = type === 'entry'
            if (isOpen) await reader.begin(bytes.toString('utf8'))
            else await reader.manifest(bytes.toString('utf8'))
          }
        }
      },
      { signal },
    )
  } finally {
    await handle.close()
  }
}

const bytesHash = () => {
  const hash = createHash('sha256')
  let size = 0
  return {
    add: (bytes: Buffer) => {
      hash.update(bytes)
      size += bytes.length
    },
    end: () => ({ bytes: size, sha256: hash.digest('hex') }),
  }
}

const hasherFor = (name: string) => {
  if (!tableOf(name)) return bytesHash()
  const hash = rowHash()
  return { add: (bytes: Buffer) => hash.add(linesIn(bytes)), end: hash.end }
}

const sameEntry = (found: ManifestEntry, named: ManifestEntry | undefined): boolean =>
  named !== undefined &&
  found.name === named.name &&
  found.sha256 === named.sha256 &&
  found.bytes === named.bytes &&
  found.rows === named.rows

const parseManifest = (text: string): Manifest => {
  try {
    return manifestShape.parse(JSON.parse(text))
  } catch {
    throw new Refusal('backup.damaged', { what: 'manifest' })
  }
}

/** Reads a whole backup and compares each part with the manifest at its end, which it gives. Changes nothing. */
export const verifyBackup = async (
  file: string,
  passphrase: string,
  signal?: AbortSignal,
): Promise<Manifest> => {
  const found: ManifestEntry[] = []
  let manifest: Manifest | undefined
  let [name, hasher] = ['', bytesHash()]
  await readBackup(
    file,
    passphrase,
    {
      begin: (next) => {
        name = next
        hasher = hasherFor(next)
      },
      data: (bytes) => hasher.add(bytes),
      end: () => void found.push({ name, ...hasher.end() }),
      manifest: (text) => {
        manifest = parseManifest(text)
      },
    },
    signal,
  )
  if (!manifest) throw new Refusal('backup.damaged', { what: 'manifest' })
  const { entries } = manifest
  const odd = found.find((entry, at) => !sameEntry(entry, entries[at]))
  if (odd || found.length !== entries.length)
    throw new Refusal('backup.damaged', { what: odd?.name ?? 'manifest' })
  return manifest
}
