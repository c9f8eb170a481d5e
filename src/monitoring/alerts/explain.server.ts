import type { Pack } from '#policy'
import { listRelations } from '#registry/server'
import { memberLabelOf } from '../scan/member-label.ts'
import type { AlertExplainer } from './explainer.server.ts'
import { type Condition, conditionOf, isKept } from './kept-explanation.ts'

const mostConditions = 40

/** Renders kept traces from the pack; members are spoken of by their relation to the head. */
export const alertExplainer =
  (pack: Pack): AlertExplainer =>
  async (tx, alert, language) => {
    const kept = alert.explanation
    if (!isKept(kept)) return { conditions: [], evidenceRows: [] }
    const labelOf = memberLabelOf(await listRelations(tx, [...kept.members]))(language)
    const conditions: Condition[] = conditionOf(pack, kept, language, labelOf)
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
