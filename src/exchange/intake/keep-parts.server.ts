import type { FeedKind } from '../feeds.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { FeedRecord } from './feeds.queries.server.ts'
import { keepIdentities, type PlacedRow } from './keep-identities.server.ts'
import type { RejectKeeper } from './keep-rejects.server.ts'
import { lakeDirOf } from './leftovers.server.ts'
import type { IntakeServices } from './read-feed.server.ts'
import { rememberingSecrecy } from './remember.server.ts'
import { lakeWriter, type PartWriting } from './write-parts.server.ts'

/** How many batches are looked up and kept while the next is taken in; each needs a connection to the record. */
const batchesAtOnce = 3

/** How far the rows are kept for good; what they were read by is for the reader to say. */
export type KeptUntil = Omit<Checkpoint, 'readBy'>

export interface KeepOptions {
  /** Where an earlier reading came to. */
  readonly from: KeptUntil | undefined
  readonly rowsPerPart: number
  readonly rejects: RejectKeeper
  /** Called when a part is kept with all that stands before it in the file. */
  readonly onPart: (until: KeptUntil) => Promise<void>
}

interface OpenPart {
  readonly kind: FeedKind
  readonly writing: Promise<PartWriting>
  readonly underWay: Promise<void>[]
  rows: number
  registeredDead: number
}

/** Its failure is told to whoever waits for it; until then it must not end the process. */
const awaitedLater = <T>(work: Promise<T>): Promise<T> => {
  work.catch(() => undefined)
  return work
}

const endWriting = async (part: OpenPart, isLast: boolean): Promise<void> => {
  await Promise.all(part.underWay)
  const writing = await part.writing
  if (isLast) writing.isLast()
  writing.channel.end()
  await writing.done
}

/** Begins parts, each after the one before it is written: the engine has one connection. */
const partOpener = (services: IntakeServices, feed: FeedRecord, earlier: number) => {
  const secrecy = rememberingSecrecy(services.secrecy)
  const lake = lakeWriter(lakeDirOf(services.dataDir), secrecy, feed)
  let begun = earlier
  return {
    open: (kind: FeedKind, before: Promise<void>): OpenPart => {
      const number = begun
      begun += 1
      const writing = awaitedLater(before.then(() => lake.start(kind, number)))
      return { kind, writing, underWay: [], rows: 0, registeredDead: 0 }
    },
    /** Looks a batch up, keeps who must be kept, and hands it to the lake when its turn comes. */
    keep: async (part: OpenPart, batch: readonly PlacedRow[], before?: Promise<void>): Promise<void> => {
      const dead = await keepIdentities(services, secrecy, feed, part.kind, batch)
      part.registeredDead += dead
      await before
      const { channel, done } = await part.writing
      await Promise.race([channel.push(batch), done])
    },
    close: lake.close,
  }
}

/**
 * Keeps batches of placed rows in their order, some of them at once; many batches are a part, which outlives a kill.
 */
export const partKeeper = (services: IntakeServices, feed: FeedRecord, options: KeepOptions) => {
  const { rejects, rowsPerPart } = options
  const kept = { parts: options.from?.parts ?? 0, registeredDead: options.from?.registeredDead ?? 0 }
  const opener = partOpener(services, feed, kept.parts)
  const recent: Promise<void>[] = []
  let part: OpenPart | undefined
  let ending: Promise<void> = Promise.resolve()

  /** Ends a part while the next is taken in. */
  const end = async (ended: OpenPart, rows: Pick<KeptUntil, 'received' | 'lastRowNo'>): Promise<void> => {
    await ending
    const at = { ...rows, kind: ended.kind, rejects: rejects.count() }
    const flushed = awaitedLater(rejects.flush())
    const written = endWriting(ended, false).then(async () => {
      await flushed
      kept.registeredDead += ended.registeredDead
      kept.parts += 1
      await options.onPart({ ...at, ...kept })
    })
    ending = awaitedLater(written)
  }

  return {
    /** Takes a batch; `rows` tells where in the file it ends. */
    put: async (
      kind: FeedKind,
      batch: readonly PlacedRow[],
      rows: Pick<KeptUntil, 'received' | 'lastRowNo'>,
    ): Promise<void> => {
      part ??= opener.open(kind, ending)
      if (recent.length >= batchesAtOnce) await recent.shift()
      const keeping = awaitedLater(opener.keep(part, batch, part.underWay.at(-1)))
      recent.push(keeping)
      part.underWay.push(keeping)
      part.rows += batch.length
      if (part.rows < rowsPerPart) return
      const ended = part
      part = undefined
      await end(ended, { ...rows })
    },
    finish: async (kind: FeedKind): Promise<{ readonly registeredDead: number }> => {
      part ??= opener.open(kind, ending)
      await endWriting(part, true)
      return { registeredDead: kept.registeredDead + part.registeredDead }
    },
    /** Ends what was begun; with a failure, no file of the feed appears. */
    close: async (failure?: unknown): Promise<void> => {
      await Promise.allSettled([ending, ...(part?.underWay ?? [])])
      const [writing] = await Promise.allSettled([part?.writing])
      if (writing.status === 'fulfilled' && writing.value) {
        writing.value.channel.end(failure)
        await writing.value.done.catch(() => undefined)
      }
      part = undefined
      await opener.close()
    },
  }
}
