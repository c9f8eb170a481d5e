import { parquetRelation } from '../engine/dialect.ts'
import type { Engine } from '../engine/engine.server.ts'
import { quoteName, quoteText } from '../engine/sql.ts'
import { feedColumns, type LakeColumn } from '../feeds/columns.ts'
import { plainColumns } from '../matching/roles.ts'
import { matchedTable } from '../matching/tables.ts'
import type { PathOf } from '../pass/state.ts'
import type { Kept, KeptFeed, LiveFeed } from './kept.ts'

const rowsAtOnce = 1000

/** Fills `live_feed` (`feed_no`, `feed_id`, `feed_order`, `feed_period` as 202605): the files that count, in their order. */
export const fillLiveFeeds = async (
  engine: Engine,
  live: readonly LiveFeed[],
  numbered: readonly KeptFeed[],
) => {
  const numbers = new Map(numbered.map(({ id, no }) => [id, no]))
  const rows = live.map(
    ({ id, period }, order) =>
      `(${numbers.get(id)}, ${quoteText(id)}, ${order}, ${Number(period.replace('-', ''))})`,
  )
  await engine.run(
    'create or replace table live_feed (feed_no INTEGER, feed_id VARCHAR, feed_order INTEGER, feed_period INTEGER)',
  )
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await engine.run(`insert into live_feed values ${rows.slice(from, from + rowsAtOnce).join(', ')}`)
}

const matchedColumns = (columns: readonly LakeColumn[]): string[] => {
  const types = new Map(feedColumns(columns).map(({ name, type }) => [name, type]))
  const own = ['hid', 'pid', 'feed_no', 'made'].map((name) => [name, 'INTEGER'])
  const plain = plainColumns(columns).map((name) => [name, types.get(name) ?? 'VARCHAR'])
  return [
    ...own,
    ['same', 'BOOLEAN'],
    ['person_role', 'VARCHAR'],
    ['own_token', 'BIGINT'],
    ['own_name_key', 'BIGINT'],
    ...plain,
  ].map(([name, type]) => `null::${type} as ${quoteName(name ?? '')}`)
}

/** What is kept of a matched row beside `pid`, `hid` and `same`. */
export const keptColumns = (columns: readonly LakeColumn[], generation: number): Record<string, string> => ({
  ...Object.fromEntries(
    ['feed_no', 'person_role', 'own_token', 'own_name_key', ...plainColumns(columns)].map((name) => [
      name,
      `f.${quoteName(name)}`,
    ]),
  ),
  made: `${generation}::INTEGER`,
})

/** SQL of all matched rows of a kind, also of files that count no more and of people who were matched again since. */
export const everyRow = (
  { matched }: Pick<Kept, 'matched'>,
  kind: string,
  path: PathOf,
  columns: readonly LakeColumn[],
): string => {
  const files = matched[kind] ?? []
  return files.length > 0
    ? parquetRelation(files.map(path))
    : `(select ${matchedColumns(columns).join(', ')} where false)`
}

/**
 * SQL of the matched rows of a kind that count, with `feed_id`, `feed_order` and `feed_period`: of `live_feed`, and, where
 * somebody was matched again (`voided`), only those made since.
 */
export const liveRows = (
  kept: Pick<Kept, 'matched' | 'beside'>,
  kind: string,
  path: PathOf,
  columns: readonly LakeColumn[],
  hids?: readonly [number, number],
): string => {
  const within = hids ? ` and hid >= ${hids[0]} and hid < ${hids[1]}` : ''
  const voided = kept.beside?.['voided']
  const but = voided
    ? ` anti join ${parquetRelation([path(voided)])} v on v.pid = m.pid and m.made < v.since`
    : ''
  return `(select m.* exclude (same, made), l.feed_id, l.feed_order, l.feed_period
    from (select * from ${everyRow(kept, kind, path, columns)} where same${within}) m
    join live_feed l on l.feed_no = m.feed_no${but})`
}

/**
 * SQL of those rows of a relation that decide about the households of a table `hid`: their own and, where rows of different
 * people decide together, those tied to them.
 */
export const rowsOfAmong = (rows: string, among: string, tiedBy: string | undefined): string =>
  tiedBy === undefined
    ? `(select * from ${rows} r semi join ${among} t on t.hid = r.hid)`
    : `(select * from ${rows} r where hid in (select hid from ${among}) or ${tiedBy} in
        (select ${tiedBy} from ${rows} r semi join ${among} t on t.hid = r.hid where ${tiedBy} is not null))`

/** Creates the view `matched_<kind>` of rows with the ids of whom they speak, for whoever asks by these. */
export const showMatched = (engine: Engine, kind: string, rows: string): Promise<number> =>
  engine.run(`create or replace view ${matchedTable(kind)} as
    select m.*, case when not p.is_lead then p.person_id end as person_id,
      case when not s.is_lead then s.subject_id end as household_id, case when s.is_lead then s.subject_id end as lead_id
    from ${rows} m join person_now p on p.pid = m.pid join subject_now s on s.hid = m.hid`)
