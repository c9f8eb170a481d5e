import type { Pack } from '#policy'
import { listRelations } from '#registry/server'
import { type CheckedPack, findPackByHash } from '#rulebook/server'
import type { Tx } from '#store/server'
import { memberLabelOf } from '../scan/member-label.ts'
import type { FeedName } from './conditions/facts.ts'
import type { AlertExplainer } from './explainer.server.ts'
import { conditionOf, isKept, membersIn } from './kept-explanation.ts'

const mostConditions = 40

/** Renders kept traces from the pack they were found with; members are spoken of by their relation to the head. */
export const alertExplainer = (current: () => CheckedPack, feedName: FeedName): AlertExplainer => {
  const packOf = packKeeper(current)
  return async (tx, kept, language) => {
    if (!isKept(kept)) return { conditions: [], evidenceRows: [] }
    const pack = await packOf(tx, kept.packHash)
    const labelOf = memberLabelOf(await listRelations(tx, membersIn(kept.trace)))(language)
    const conditions = conditionOf({ pack, language, on: kept.on, labelOf, feedName }, kept)
    return {
      conditions: conditions.slice(0, mostConditions),
      evidenceRows: kept.evidence.map(({ feedId, kind, fileName, row, period, receivedAt }) => ({
        feedId,
        feed: kind,
        fileName,
        row,
        period,
        receivedAt,
      })),
    }
  }
}

const mostKept = 8

/** Reading a kept pack takes a good part of a second: the last few are kept. */
const packKeeper = (current: () => CheckedPack) => {
  const read = new Map<string, Pack>()
  return async (tx: Tx, hash: string | undefined): Promise<Pack> => {
    const now = current()
    if (hash === undefined || hash === now.hash) return now.pack
    const known = read.get(hash)
    if (known) return known
    const found = await findPackByHash(tx, hash)
    if (!found) return now.pack
    if (read.size >= mostKept) read.clear()
    read.set(hash, found.pack)
    return found.pack
  }
}
