import type { Tx } from '#store/server'
import { findKeptPack } from './packs.queries.server.ts'
import { type CheckedPack, packFromContent } from './packs.server.ts'

/** A pack as it was when it was kept, whatever was released or shipped since; undefined for a hash nobody kept. */
export const findPackByHash = async (tx: Tx, hash: string): Promise<CheckedPack | undefined> => {
  const content = await findKeptPack(tx, hash)
  return content === undefined ? undefined : packFromContent(content)
}
