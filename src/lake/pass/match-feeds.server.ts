import type { Engine } from '../engine/engine.server.ts'
import { quoteName, quoteText } from '../engine/sql.ts'
import type { Columns, FeedPlan } from './plan.ts'

/**
 * The relations that a pass reads, in SQL. `person`: `pid`, `hid`, `token`, `check_char`, `name_key`; `aside`: `aside_id`
 * and the `pid` it was given to; a feed: `token`, `check_char`, `name_key`, `aside_id` (set where the number failed its
 * check when the row came in, otherwise null) and the columns that its plan names.
 */
export type MatchInputs = {
  readonly person: string
  readonly aside: string
  readonly feed: (kind: string) => string
}

// Token and check character in one whole number: the join compares both at once.
const numberKey = (alias: string): string => `number_key(${alias}.token, ${alias}.check_char)`
const rowKey = (alias: string): string => `coalesce(-1 - ${alias}.aside_id, ${numberKey(alias)})`

/**
 * Creates `person_key`: under which whole number rows find a person. An identity that was set aside has a number below
 * zero of its own, so that one join serves both. With `among`, a table of `key`, only those are looked for.
 */
export const loadKeys = async (
  engine: Engine,
  { person, aside }: MatchInputs,
  among?: string,
): Promise<void> => {
  const only = among === undefined ? '' : ` semi join ${among} a on a."key" = ${numberKey('p')}`
  await engine.run(`create or replace table person_key as
    select ${numberKey('p')} as "key", p.name_key, p.pid, p.hid from ${person} p${only} where p.token is not null
    union all
    select -1 - a.aside_id, null, p.pid, p.hid from ${aside} a join ${person} p on p.pid = a.pid`)
}

/** The table of the keys in all feeds, for `loadKeys`: worth it where the rows are few beside the persons. */
export const collectKeys = async (
  engine: Engine,
  feeds: readonly FeedPlan[],
  { feed }: MatchInputs,
): Promise<string> => {
  const parts = feeds.map(
    ({ kind }) => `select ${numberKey('f')} as "key" from ${feed(kind)} f where aside_id is null`,
  )
  await engine.run(
    `create or replace table wanted_key as select distinct "key" from (${parts.join(' union all ')})`,
  )
  return 'wanted_key'
}

const selected = (columns: Columns): string =>
  Object.entries(columns)
    .map(([name, sql]) => `, ${sql} as ${quoteName(name)}`)
    .join('')

/**
 * Matches the rows of one kind into the table `matching` (`pid`, `hid`, the kept columns). Rows that have a person's
 * number and another name count for nobody and are told in `doubt` (`kind`, `pid`, `row_count`).
 */
export const matchFeed = async (engine: Engine, feed: FeedPlan, inputs: MatchInputs): Promise<void> => {
  await engine.run('create table if not exists doubt (kind VARCHAR, pid INTEGER, row_count BIGINT)')
  await engine.run(
    'rows' in feed.keep ? rowsSql(feed, feed.keep.rows, inputs) : foldedSql(feed, feed.keep.folded, inputs),
  )
  await engine.run(`insert into doubt
    select ${quoteText(feed.kind)}, pid, sum(row_count) from matching where not same group by pid`)
}

const rowsSql = ({ kind }: FeedPlan, columns: Columns, inputs: MatchInputs): string =>
  `create or replace table matching as
    select p.pid, p.hid, coalesce(p.name_key = f.name_key, true) as same, 1 as row_count${selected(columns)}
    from ${inputs.feed(kind)} f join person_key p on p."key" = ${rowKey('f')}`

// Folded by number and name before the join: a person's twelve months are looked up once.
const foldedSql = ({ kind }: FeedPlan, columns: Columns, inputs: MatchInputs): string =>
  `create or replace table matching as
    select p.pid, p.hid, coalesce(p.name_key = f.name_key, true) as same, f.* exclude ("key", name_key)
    from (select ${rowKey('f')} as "key", f.name_key, count(*) as row_count${selected(columns)}
      from ${inputs.feed(kind)} f group by all) f
    join person_key p on p."key" = f."key"`

/** SQL of the matched rows that count, of the households of a range. */
export const matchedRows = (range?: { readonly from: number; readonly until: number }): string =>
  `select * exclude (same, row_count) from matching where same${range ? ` and hid >= ${range.from} and hid < ${range.until}` : ''} order by hid, pid`
