import { assert, regionCode } from '#base'
import type { CanonicalRow, FeedKind } from '../feeds.ts'
import type { FeedRecord } from './feeds.queries.server.ts'
import type { PlacedRow } from './keep-identities.server.ts'
import { type KeepOptions, partKeeper } from './keep-parts.server.ts'
import { placeFinder } from './places.ts'
import type { IntakeServices } from './read-feed.server.ts'

const rowsAtOnce = 2000

/**
 * Places accepted rows, keeps who must be kept, and writes them to the lake in batches, in the order of the file. While some
 * batches are looked up and kept, the next is taken in; never more than a few are held.
 */
export const rowKeeper = (services: IntakeServices, feed: FeedRecord, options: KeepOptions) => {
  const { from } = options
  const placeOf = placeFinder(services.regions, regionCode(feed.region_code))
  const parts = partKeeper(services, feed, options)
  const at = { received: from?.received ?? 0, lastRowNo: from?.lastRowNo ?? 0 }
  let waiting: PlacedRow[] = []
  const flush = async (kind: FeedKind): Promise<void> => {
    const batch = waiting
    waiting = []
    if (batch.length > 0) await parts.put(kind, batch, at)
  }
  return {
    /** `writtenNumber`: of a row set aside, whose number is none. */
    add: (
      kind: FeedKind,
      line: number,
      rows: readonly CanonicalRow[],
      writtenNumber?: string,
    ): void | Promise<void> => {
      at.received += 1
      for (const values of rows) {
        // A row's number is its line in the file, or the next free one where a line speaks of several people.
        at.lastRowNo = Math.max(line, at.lastRowNo + 1)
        waiting.push({ rowNo: at.lastRowNo, regionCode: placeOf(values), values, writtenNumber })
      }
      // Awaiting only what is asynchronous keeps a million rows from a million turns of the event loop.
      if (waiting.length >= rowsAtOnce) return flush(kind)
    },
    /** Counts a row of the file that is rejected and not set aside. */
    pass: (): void => {
      at.received += 1
    },
    finish: async (kind: FeedKind): Promise<{ readonly registeredDead: number }> => {
      assert(!from || from.kind === kind, 'a file goes on as another kind than it began')
      await flush(kind)
      return parts.finish(kind)
    },
    close: parts.close,
  }
}
