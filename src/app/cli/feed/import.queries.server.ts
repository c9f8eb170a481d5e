import type { Tx } from '#store/server'

/** Why a file was refused as a whole. */
export const findRefusalOf = async (
  tx: Tx,
  id: string,
): Promise<{ code: string; details: Record<string, unknown> } | undefined> => {
  const row = await tx.selectFrom('feeds').select('refusal').where('id', '=', id).executeTakeFirst()
  return (row?.refusal ?? undefined) as { code: string; details: Record<string, unknown> } | undefined
}
