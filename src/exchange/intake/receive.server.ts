import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, copyFile, mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { everywhere } from '#store'
import { inScope, type Tx } from '#store/server'
import { findFeedByContent, insertFeed } from './feeds.queries.server.ts'
import { draftMark, inboxPath } from './leftovers.server.ts'
import type { IntakeServices } from './read-feed.server.ts'

export interface Received {
  readonly feedId: string
  /** True when this content was received before: nothing was changed. */
  readonly known: boolean
}

export interface Incoming {
  readonly path: string
  readonly fileName: string
  readonly sha256: string
  readonly sizeBytes: number
  readonly kind: string | null
  readonly layoutId?: string | null
  readonly regionCode: string
  readonly period: string | null
  readonly receivedBy: string | null
  readonly readNow?: boolean
}

/** SHA-256 of a file, in hex, read as a stream. */
export const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/**
 * Takes a file in: the same content of the same region twice is the same feed, also when two send it at the same moment;
 * from another region it is a feed of its own. The file is in the inbox before the feed is recorded.
 */
export const receiveFile = async (
  services: Pick<IntakeServices, 'dataDir' | 'clock'>,
  tx: Tx,
  incoming: Incoming,
): Promise<Received> => {
  const { regionCode, sha256 } = incoming
  const feedId = await insertFeed(tx, services.clock, incoming)
  if (!feedId) {
    const known = await findFeedByContent(tx, regionCode, sha256)
    // It was refused or taken back between the two statements: now there is nothing in the way.
    return known ? { feedId: known.id, known: true } : receiveFile(services, tx, incoming)
  }
  const inbox = join(services.dataDir, 'inbox')
  await mkdir(inbox, { recursive: true, mode: 0o700 })
  const draft = join(inbox, `${draftMark}${feedId}`)
  try {
    await copyFile(incoming.path, draft)
    await chmod(draft, 0o600)
    await rename(draft, inboxPath(services.dataDir, feedId))
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  return { feedId, known: false }
}

/** Takes a file in from the command line or the demo, to be read by the layout named or by one that fits. */
export const receivePath = async (
  services: IntakeServices,
  path: string,
  details: Pick<Incoming, 'kind' | 'layoutId' | 'regionCode' | 'period' | 'receivedBy' | 'fileName'>,
): Promise<Received> => {
  const sha256 = await sha256Of(path)
  const incoming = { ...details, path, sha256, sizeBytes: (await stat(path)).size, readNow: true }
  return inScope(services.database, everywhere, (tx) => receiveFile(services, tx, incoming))
}
