import { quoteName } from '../engine/sql.ts'
import { type FactContext, type FeedFacts, subjectColumn } from '../facts/source.ts'
import type { FeedPlan } from '../pass/plan.ts'

/** What is kept of households and members from each kind: its facts, and the day on which they change by themselves. */
export const keptPlan = (feeds: readonly FeedFacts[], context: FactContext): FeedPlan[] =>
  feeds.map((source): FeedPlan => {
    const key = subjectColumn[source.subject]
    const facts = Object.keys(source.facts)
    const names = [...facts, ...(source.changes ? [changesColumn(source)] : [])]
    const aggregates = {
      names,
      sql: (rows: string) =>
        `select ${[
          key,
          ...Object.entries(source.facts).map(
            ([fact, type]) => `cast(${quoteName(fact)} as ${type}) as ${quoteName(fact)}`,
          ),
          ...(source.changes ? [`cast(changes_on as date) as ${changesColumn(source)}`] : []),
        ].join(', ')} from (${source.sql(context, rows)})`,
    }
    return {
      kind: source.kind,
      keep: { rows: {} },
      [source.subject === 'member' ? 'member' : 'household']: () => aggregates,
    }
  })

/** The kept column that tells when the facts of a kind change by themselves. */
export const changesColumn = ({ kind }: Pick<FeedFacts, 'kind'>): string =>
  `${kind.replaceAll('-', '_')}__changes`
