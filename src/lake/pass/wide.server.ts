import { nameList, quoteName } from '../engine/sql.ts'
import type { Columns, FeedPlan, MonthSpan, PassPlan } from './plan.ts'

/** Whose rows are kept: of households by `hid`, of members by `pid`. */
export type Level = 'household' | 'member'

/** Where kept rows are made from: the registry's rows of a level, and the matched rows of a kind, in SQL. */
export type WideSources = {
  readonly registry: string
  readonly matched: (kind: string) => string
}

const aggregatesOf = (feed: FeedPlan, level: Level, span: MonthSpan): Columns =>
  (level === 'household' ? feed.household(span) : feed.member?.(span)) ?? {}

/**
 * SQL of the kept rows of a level: the registry's columns and the aggregates of every kind, null where there is no row.
 */
export const keptSql = (
  plan: PassPlan,
  span: MonthSpan,
  level: Level,
  { registry, matched }: WideSources,
): string => {
  const key = level === 'household' ? 'hid' : 'pid'
  const kinds = plan.feeds
    .map((feed) => ({ kind: feed.kind, columns: aggregatesOf(feed, level, span) }))
    .filter(({ columns }) => Object.keys(columns).length > 0)
  const columns = kinds.map(({ columns: own }, at) => nameList(Object.keys(own), `k${at}`))
  const joins = kinds.map(({ kind, columns: own }, at) => {
    const aggregates = Object.entries(own).map(([name, sql]) => `${sql} as ${quoteName(name)}`)
    return ` left join (select ${key}, ${aggregates.join(', ')} from ${matched(kind)} group by ${key}) k${at} on k${at}.${key} = r.${key}`
  })
  return `select ${['r.*', ...columns].join(', ')} from ${registry} r${joins.join('')}`
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
