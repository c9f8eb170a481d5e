import type { Clock } from '#base'
import type { Tx } from '#store/server'
import type { ToldProgress } from './progress.ts'

/** Tells how far a reading is; gives whether somebody asked for it to stop. */
export const recordProgress = async (
  tx: Tx,
  feedId: string,
  progress: ToldProgress | undefined,
): Promise<boolean> => {
  const row = await tx
    .updateTable('feeds')
    .set({ progress: progress ? JSON.stringify(progress) : null })
    .where('id', '=', feedId)
    .where('status', '=', 'reading')
    .returning('cancel_asked_at')
    .executeTakeFirst()
  return row !== undefined && row.cancel_asked_at !== null
}

/** Asks whoever reads a feed to stop; false where it is not being read any more. */
export const askToCancel = async (
  tx: Tx,
  clock: Clock,
  feedId: string,
  actorId: string,
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('feeds')
    .set({ cancel_asked_at: clock.now(), cancel_asked_by: actorId })
    .where('id', '=', feedId)
    .where('status', 'in', ['received', 'reading'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
