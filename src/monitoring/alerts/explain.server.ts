import type { Pack } from '#policy'
import { listRelations } from '#registry/server'
import { memberLabelOf } from '../scan/member-label.ts'
import type { FeedName } from './conditions/facts.ts'
import type { AlertExplainer } from './explainer.server.ts'
import { conditionOf, isKept, membersIn } from './kept-explanation.ts'

const mostConditions = 40

/** Renders kept traces from the pack; members are spoken of by their relation to the head. */
export const alertExplainer =
  (pack: Pack, feedName: FeedName): AlertExplainer =>
  async (tx, kept, language) => {
    if (!isKept(kept)) return { conditions: [], evidenceRows: [] }
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
