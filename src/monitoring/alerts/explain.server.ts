import { listRelations } from '#registry/server'
import type { CheckedPack } from '#rulebook/server'
import type { Tx } from '#store/server'
import { explainAgain, keptPacks } from '../scan/again.server.ts'
import type { EvidenceRow } from '../scan/evidence.ts'
import { memberLabelOf } from '../scan/member-label.ts'
import type { FeedName } from './conditions/facts.ts'
import type { AlertExplainer } from './explainer.server.ts'
import { conditionOf, isKept, type KeptExplanation, membersIn } from './kept-explanation.ts'

const mostConditions = 40

/**
 * Explains alerts by the pack they were found with; members are spoken of by their relation to the head. A trace that was
 * kept is shown as it was kept, and computed again all the same: where the two differ, the reader is told.
 */
export const alertExplainer = (current: () => CheckedPack, feedName: FeedName): AlertExplainer => {
  const packOf = packKeeper(current)
  const again = explainAgain(packOf)
  const conditionsOf = async (tx: Tx, kept: KeptExplanation, language: 'zh-CN' | 'en') => {
    const found = kept.packHash === undefined ? current() : await packOf(tx, kept.packHash)
    const { pack } = typeof found === 'string' ? current() : found
    const labelOf = memberLabelOf(await listRelations(tx, membersIn(kept.trace)))(language)
    return conditionOf({ pack, language, on: kept.on, labelOf, feedName }, kept).slice(0, mostConditions)
  }
  return async (tx, alert, language) => {
    const { explanation } = alert
    const { result, said } = await again(tx, explanation, alert)
    const doubt = result === 'same' || result === 'facts-lost' ? null : result
    const evidence = rowsIn(explanation)
    const kept = isKept(explanation) ? explanation : said && { ...said, evidence }
    const conditions = kept ? await conditionsOf(tx, kept, language) : []
    return { conditions, evidenceRows: rowsOf(evidence), doubt }
  }
}

const rowsIn = (explanation: unknown): readonly EvidenceRow[] => {
  const { evidence } = explanation as { readonly evidence?: readonly EvidenceRow[] }
  return evidence ?? []
}

const rowsOf = (rows: readonly EvidenceRow[]) =>
  rows.map(({ feedId, kind, fileName, row, period, receivedAt }) => ({
    ...{ feedId, feed: kind, fileName, row, period, receivedAt },
  }))

/** The pack in force is at hand; others are read by their hash. */
const packKeeper = (current: () => CheckedPack) => {
  const kept = keptPacks()
  return (tx: Tx, hash: string) => {
    const now = current()
    return hash === now.hash ? Promise.resolve(now) : kept(tx, hash)
  }
}
