import type { Reject } from '../rejects/reject.ts'
import { inPart } from './feed-lock.queries.server.ts'
import { type FeedRecord, insertRejects } from './feeds.queries.server.ts'
import { cellsContext, type KeptCells } from './kept.ts'
import type { KeptReject } from './kept-rows.server.ts'
import type { IntakeServices } from './read-feed.server.ts'

const rowsAtOnce = 500
const bytesAtOnce = 4 << 20

type Services = Pick<IntakeServices, 'database' | 'secrecy'>

const keptReject = (feed: FeedRecord, seq: number, reject: Reject, { secrecy }: Services): KeptReject => {
  const cells: KeptCells = { cells: reject.originalCells, further: reject.further }
  return {
    feed_id: feed.id,
    seq,
    region_code: feed.region_code,
    sheet: reject.sheet || null,
    line: reject.line,
    column_name: reject.column,
    reason: reject.reason,
    masked_value: reject.maskedValue,
    cells_cipher: Buffer.from(secrecy.encryptText(JSON.stringify(cells), cellsContext)),
  }
}

/** Gathers rejected rows and writes them in parts, none of which is large however long their cells are. */
export const rejectKeeper = (services: Services, feed: FeedRecord, kept = 0) => {
  let waiting: KeptReject[] = []
  let bytes = 0
  let seq = kept
  const flush = async (): Promise<void> => {
    const part = waiting
    waiting = []
    bytes = 0
    if (part.length) await inPart(services.database, (tx) => insertRejects(tx, part))
  }
  return {
    add: (reject: Reject): void | Promise<void> => {
      seq += 1
      const kept = keptReject(feed, seq, reject, services)
      waiting.push(kept)
      bytes += kept.cells_cipher.length
      if (waiting.length >= rowsAtOnce || bytes >= bytesAtOnce) return flush()
    },
    flush,
    /** How many there are, those of an earlier reading included. */
    count: (): number => seq,
  }
}

export type RejectKeeper = ReturnType<typeof rejectKeeper>
