import { createHash } from 'node:crypto'
import { copyFileSync, createReadStream, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { newId } from '#base'
import { inScope, type Tx } from '#store/server'
import { findFeedByContent, insertFeed } from './feeds.queries.server.ts'
import { type IntakeServices, inboxPath } from './read-feed.server.ts'

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

/** Takes a file in: the same content twice is the same feed. The file is in the inbox before the feed is recorded. */
export const receiveFile = async (
  services: Pick<IntakeServices, 'dataDir' | 'clock'>,
  tx: Tx,
  incoming: Incoming,
): Promise<Received> => {
  const known = await findFeedByContent(tx, incoming.sha256)
  if (known) return { feedId: known.id, known: true }
  mkdirSync(join(services.dataDir, 'inbox'), { recursive: true, mode: 0o700 })
  const draft = inboxPath(services.dataDir, `.draft-${newId()}`)
  copyFileSync(incoming.path, draft)
  const feedId = await insertFeed(tx, services.clock, incoming)
  renameSync(draft, inboxPath(services.dataDir, feedId))
  return { feedId, known: false }
}

/** Takes a file in from the command line or the demo. */
export const receivePath = async (
  services: IntakeServices,
  path: string,
  details: Pick<Incoming, 'kind' | 'regionCode' | 'period' | 'receivedBy' | 'fileName'>,
): Promise<Received> => {
  const sha256 = await sha256Of(path)
  const incoming = { ...details, path, sha256, sizeBytes: statSync(path).size, readNow: true }
  return inScope(services.database, { from: '0', until: '~', extra: [] }, (tx) =>
    receiveFile(services, tx, incoming),
  )
}
