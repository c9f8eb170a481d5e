import type { BusinessDate } from '#base'
import type { FactKind } from '../facts/catalogue.ts'
import type { FactView } from '../facts/contract.ts'
import type { StatementRow } from './compared.queries.server.ts'
import type { ContradictionView, StatementView } from './contract.ts'
import { contradictionsOf, type FindTold, type Said } from './contradictions.ts'
import { feedKindOf } from './department-kind.ts'

// Tells homes apart, and is nobody's business beyond that.
const hidden: readonly string[] = ['unitKey']

const viewOf = (row: StatementRow, feed: string): StatementView => ({
  id: row.id,
  subjectId: row.subject_id,
  feed,
  says: Object.fromEntries(
    Object.entries(row.value as Readonly<Record<string, string | number | boolean | null>>).flatMap(
      ([field, value]) => (value === null || hidden.includes(field) ? [] : [[field, value]]),
    ),
  ),
  validFrom: row.valid_from,
  validUntil: row.valid_until,
  knownFrom: row.recorded_at,
  knownUntil: row.superseded_at,
  source: {
    fileName: row.feed_file,
    period: row.feed_period,
    row: row.feed_row ?? 0,
    receivedAt: row.feed_received_at,
    takenBack: row.feed_status === 'taken-back',
  },
})

const saidIn = (row: StatementRow, feed: string): Said => ({
  id: row.id,
  subjectId: row.subject_id,
  feed,
  says: Object.fromEntries(
    Object.entries(row.value as Readonly<Record<string, unknown>>).filter(([, value]) => value !== null),
  ),
  validFrom: row.valid_from,
  validUntil: row.valid_until,
})

/** The newest usable fact in force that people told, by subject and kind. */
const toldIn =
  (facts: readonly FactView[], today: BusinessDate): FindTold =>
  (subjectId: string, kind: FactKind) =>
    facts.find(
      (fact) =>
        fact.subjectId === subjectId &&
        fact.kind === kind &&
        fact.usable &&
        fact.provenance !== 'compared' &&
        fact.validFrom <= today &&
        (fact.validUntil === null || fact.validUntil > today),
    )?.value

/** What departments said of a household as it leaves the server, with what of it people told otherwise. */
export const viewOfStatements = (
  rows: readonly StatementRow[],
  household: { readonly id: string; readonly memberIds: readonly string[] },
  facts: readonly FactView[],
  today: BusinessDate,
): { readonly statements: StatementView[]; readonly contradictions: ContradictionView[] } => {
  const known = rows.flatMap((row) => {
    const feed = feedKindOf(row.kind)
    return feed === undefined ? [] : [{ row, feed }]
  })
  const believed = known.filter(({ row }) => row.superseded_at === null)
  return {
    statements: known.map(({ row, feed }) => viewOf(row, feed)),
    contradictions: contradictionsOf(
      household,
      believed.map(({ row, feed }) => saidIn(row, feed)),
      toldIn(facts, today),
      today,
    ),
  }
}
