import { everywhere } from '#store'
import { type Database, inScope, type Tx } from '#store/server'
import type { Checkpoint } from './checkpoint.ts'

/**
 * Forgets what an interrupted reading kept beyond the point it goes on from: all of it, where there is none. Parts of
 * a reading are committed as they come, so that some may lie beyond.
 */
export const forgetBeyond = async (tx: Tx, feedId: string, from: Checkpoint | undefined): Promise<void> => {
  await tx
    .deleteFrom('feed_rejects')
    .where('feed_id', '=', feedId)
    .where('seq', '>', from?.rejects ?? 0)
    .execute()
  await tx
    .deleteFrom('unmatched_rows')
    .where('feed_id', '=', feedId)
    .where('row_no', '>', from?.lastRowNo ?? 0)
    .execute()
  if (!from) await tx.updateTable('feeds').set({ reading: null }).where('id', '=', feedId).execute()
}

/**
 * Records how far a reading is kept, in a transaction whose commit is waited for: what was committed before it without
 * waiting is on the disk with it.
 */
export const recordCheckpoint = (database: Database, feedId: string, at: Checkpoint): Promise<void> =>
  inScope(database, everywhere, async (tx) => {
    await tx
      .updateTable('feeds')
      .set({ reading: JSON.stringify(at) })
      .where('id', '=', feedId)
      .where('status', '=', 'reading')
      .execute()
  })
