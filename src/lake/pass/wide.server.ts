import { withLookups } from '../engine/dialect.ts'
import { nameList, quoteName } from '../engine/sql.ts'
import { type Aggregates, type FeedPlan, joined, type MonthSpan } from './plan.ts'
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

/** … and, for rows that came later: what was kept before, and the matched rows of a kind that are new, if there are any. */
export type AddedSources = Omit<WideSources, 'joins'> & {
  readonly kept: string
  readonly added: (kind: string) => string | undefined
}

interface Aggregated {
  readonly kind: string
  readonly joins: NonNullable<FeedPlan['joins']>
  readonly names: readonly string[]
  readonly sql: (rows: string) => string
}

const isStatement = (aggregates: Aggregates): aggregates is Omit<Aggregated, 'kind' | 'joins'> =>
  typeof aggregates['sql'] === 'function'

const aggregatedOf = (feed: FeedPlan, level: Level, span: MonthSpan): Aggregated => {
  const aggregates = feed[level]?.(span) ?? {}
  const { kind, joins = {} } = feed
  if (isStatement(aggregates)) return { kind, joins, ...aggregates }
  const key = keyOf[level]
  const selected = Object.entries(aggregates).map(([name, sql]) => `${sql} as ${quoteName(name)}`)
  return {
    kind,
    joins,
    names: Object.keys(aggregates),
    sql: (rows) => `select ${key}, ${selected.join(', ')} from ${rows} group by ${key}`,
  }
}

const aggregatesOf = (feeds: readonly FeedPlan[], level: Level, span: MonthSpan): Aggregated[] =>
  feeds.map((feed) => aggregatedOf(feed, level, span)).filter(({ names }) => names.length > 0)

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
  const kinds = aggregatesOf(feeds, level, span)
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

const newName = (name: string): string => `${name}__new`

/**
 * SQL of the kept rows of a level once rows came: those of before with the new rows joined to them, as `keptSql` would
 * make them of all rows. Kinds whose columns do not join are made of `matched`, which has all of their rows.
 */
export const addedSql = (
  feeds: readonly FeedPlan[],
  span: MonthSpan,
  level: Level,
  { registry, kept, matched, added }: AddedSources,
): string => {
  const key = keyOf[level]
  const kinds = aggregatesOf(feeds, level, span).map((kind) => {
    const rows = added(kind.kind)
    const canJoin = kind.names.every((name) => kind.joins[name] !== undefined)
    return { ...kind, rows, stands: rows === undefined || canJoin }
  })
  const before = kinds.flatMap(({ names, stands }) => (stands ? names : []))
  const lookups = kinds.flatMap(({ kind, names, sql, rows, stands }) => {
    if (!stands) return [{ names, rows: `(${sql(matched(kind))})` }]
    if (rows === undefined) return []
    const renamed = names.map((name) => `${quoteName(name)} as ${quoteName(newName(name))}`)
    return [{ names: names.map(newName), rows: `(select ${key}, ${renamed.join(', ')} from (${sql(rows)}))` }]
  })
  const sql = withLookups(registry, key, [
    ...(before.length > 0 ? [{ names: before, rows: kept }] : []),
    ...lookups,
  ])
  const joining = kinds.filter(({ rows, stands }) => rows !== undefined && stands)
  if (joining.length === 0) return sql
  const merged = joining.flatMap(({ names, joins }) =>
    names.map((name) => {
      const both = joined(joins[name] ?? 'sum', quoteName(name), quoteName(newName(name)))
      return `${both} as ${quoteName(name)}`
    }),
  )
  const without = joining.flatMap(({ names }) => names.map((name) => quoteName(newName(name))))
  return `select * exclude (${without.join(', ')}) replace (${merged.join(', ')}) from (${sql})`
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
