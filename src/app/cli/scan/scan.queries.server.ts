import type { Tx } from '#store/server'

/** How long each stage of the last finished run took, in seconds; undefined before the first one. */
export const findLastSeconds = async (tx: Tx): Promise<Record<string, number> | undefined> => {
  const row = await tx
    .selectFrom('scans')
    .select('figures')
    .where('status', '=', 'done')
    .orderBy('finished_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (row?.figures as { seconds?: Record<string, number> } | null | undefined)?.seconds
}
