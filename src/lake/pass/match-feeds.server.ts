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
  /** What persons decided about a number with a name: `pid`, `key`, `name_key`, `same`; the names are not asked then. */
  readonly decided?: string
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
 * SQL of the rows of one kind matched: `pid`, `hid`, `same`, the kept columns, in the order of households. Rows that have
 * a person's number and another name are not `same`: they count for nobody until a person decides.
 */
export const matchedSql = (feed: FeedPlan, inputs: MatchInputs): string =>
  `${'rows' in feed.keep ? rowsSql(feed, feed.keep.rows, inputs) : foldedSql(feed, feed.keep.folded, inputs)} order by hid`

const rowsSql = ({ kind }: FeedPlan, columns: Columns, inputs: MatchInputs): string =>
  `select p.pid, p.hid, ${inputs.decided ? 'coalesce(d.same, p.name_key = f.name_key, true)' : 'coalesce(p.name_key = f.name_key, true)'} as same${selected(columns)}
    from ${inputs.feed(kind)} f join person_key p on p."key" = ${rowKey('f')}${
      inputs.decided
        ? ` left join ${inputs.decided} d on d.pid = p.pid and d."key" = p."key" and d.name_key is not distinct from f.name_key`
        : ''
    }`

// Folded by number and name before the join: a person's twelve months are looked up once.
const foldedSql = ({ kind }: FeedPlan, columns: Columns, inputs: MatchInputs): string =>
  `select p.pid, p.hid, coalesce(p.name_key = f.name_key, true) as same, f.* exclude ("key", name_key)
    from (select ${rowKey('f')} as "key", f.name_key${selected(columns)}
      from ${inputs.feed(kind)} f group by all) f
    join person_key p on p."key" = f."key"`

/** Begins the table `doubt` of a pass: persons of whose number rows bear another name, by kind. */
export const createDoubt = 'create or replace table doubt (kind VARCHAR, pid INTEGER, row_count BIGINT)'

/** The statement that tells the doubts of kinds from their matched rows. */
export const tellDoubts = (matched: readonly (readonly [kind: string, matched: string])[]): string => {
  const parts = matched.map(
    ([kind, rows]) => `select ${quoteText(kind)}, pid, count(*) from ${rows} where not same group by pid`,
  )
  return `insert into doubt ${parts.join(' union all ')}`
}
