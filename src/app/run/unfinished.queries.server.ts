import type { Tx } from '#store/server'

/** Files that were received and whose reading was interrupted or never began. */
export const listUnfinishedFeeds = (tx: Tx) =>
  tx.selectFrom('feeds').select('id').where('status', 'in', ['received', 'reading']).orderBy('id').execute()
