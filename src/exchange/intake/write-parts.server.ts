import { join } from 'node:path'
import { lakeColumnsOf } from '#lake'
import { type Engine, openEngine, writeFeed } from '#lake/server'
import { type FeedKind, feedDefinition } from '../feeds.ts'
import { type Channel, openChannel } from './channel.ts'
import type { FeedRecord } from './feeds.queries.server.ts'
import type { PlacedRow, RowSecrecy } from './keep-identities.server.ts'

/** One part of a feed on its way to the lake. */
export interface PartWriting {
  readonly channel: Channel<readonly PlacedRow[]>
  /** The file is there: of the part, or of the whole feed where it is the last. */
  readonly done: Promise<unknown>
  /** Says, before the channel ends, that no part follows. */
  readonly isLast: () => void
}

/** Writes a feed to the lake part by part, in an engine that is opened when the first begins. */
export const lakeWriter = (lakeDir: string, secrecy: RowSecrecy, feed: FeedRecord) => {
  let engine: Promise<Engine> | undefined
  const open = (): Promise<Engine> =>
    openEngine({ tempDir: join(lakeDir, 'tmp'), directories: [lakeDir], memoryMiB: 256, threads: 1 })
  return {
    start: async (kind: FeedKind, earlier: number): Promise<PartWriting> => {
      engine ??= open()
      const channel = openChannel<readonly PlacedRow[]>()
      let last = false
      const columns = lakeColumnsOf(kind, feedDefinition(kind).fields)
      const parts = { earlier, isLast: () => last }
      const toWrite = { kind, feedId: feed.id, columns, rows: channel.values, parts }
      const done = writeFeed(await engine, lakeDir, toWrite, secrecy)
      // Its failure is told where `done` is awaited; until then it must not end the process.
      done.catch(() => undefined)
      return {
        channel,
        done,
        isLast: () => {
          last = true
        },
      }
    },
    close: async (): Promise<void> => {
      const [opened] = await Promise.allSettled([engine])
      if (opened.status === 'fulfilled') opened.value?.close()
      engine = undefined
    },
  }
}
