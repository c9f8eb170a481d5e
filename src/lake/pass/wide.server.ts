import { withLookups } from '../engine/dialect.ts'
import { nameList, quoteName } from '../engine/sql.ts'
import type { Aggregates, FeedPlan, MonthSpan } from './plan.ts'
import { keyOf } from './state.ts'

/** Whose rows are kept: of households by `hid`, of members by `pid`. */
export type Level = 'household' | 'member'

/** Where kept rows are made from: the registry's rows of a level, and the matched rows of a kind, in SQL. */
export type WideSources = {
  readonly registry: string
  readonly matched: (kind: string) => string
  /** `left`: plain left joins, for an engine that has no lookups. */
  readonly joins?: 'lookups' | 'left'
}

interface Aggregated {
  readonly kind: string
  readonly names: readonly string[]
  readonly sql: (rows: string) => string
}

const isStatement = (aggregates: Aggregates): aggregates is Omit<Aggregated, 'kind'> =>
  typeof aggregates['sql'] === 'function'

const aggregatedOf = (feed: FeedPlan, level: Level, span: MonthSpan): Aggregated => {
  const aggregates = feed[level]?.(span) ?? {}
  if (isStatement(aggregates)) return { kind: feed.kind, ...aggregates }
  const key = keyOf[level]
  const selected = Object.entries(aggregates).map(([name, sql]) => `${sql} as ${quoteName(name)}`)
  return {
    kind: feed.kind,
    names: Object.keys(aggregates),
    sql: (rows) => `select ${key}, ${selected.join(', ')} from ${rows} group by ${key}`,
  }
}

/**
 * SQL of the kept rows of a level: the registry's columns and the aggregates of every kind, null where there is no row.
 */
export const keptSql = (
  feeds: readonly FeedPlan[],
  span: MonthSpan,
  level: Level,
  { registry, matched, joins = 'lookups' }: WideSources,
): string => {
  const key = keyOf[level]
  const kinds = feeds.map((feed) => aggregatedOf(feed, level, span)).filter(({ names }) => names.length > 0)
  const rowsOf = ({ kind, sql }: Aggregated): string => `(${sql(matched(kind))})`
  if (joins === 'lookups')
    return withLookups(
      registry,
      key,
      kinds.map((kind) => ({ names: kind.names, rows: rowsOf(kind) })),
    )
  const columns = kinds.map(({ names }, at) => nameList(names, `k${at}`))
  const left = kinds.map((kind, at) => ` left join ${rowsOf(kind)} k${at} on k${at}.${key} = r.${key}`)
  return `select ${['r.*', ...columns].join(', ')} from ${registry} r${left.join('')}`
}

/** SQL of the registry's rows of a level, in the households that a condition on `hid` or a join leaves; what only finds a person is left out. */
export const registryRows = (
  { household, person }: { readonly household: string; readonly person: string },
  level: Level,
  which: string,
): string =>
  level === 'household'
    ? `(select * from ${household} ${which})`
    : `(select * exclude (token, check_char, name_key) from ${person} ${which})`
