import { parquetRelation } from '../engine/dialect.ts'
import type { Engine } from '../engine/engine.server.ts'
import type { FeedFacts } from '../facts/source.ts'
import { keptRelation, type PathOf } from '../pass/state.ts'
import type { BringUpInputs, Kept, KeptFeed } from './kept.ts'
import type { KindRows } from './match.server.ts'
import { changesColumn } from './plan.ts'
import { everyRow, liveRows } from './rows.server.ts'

/** What happened since the last pass. */
export type Happened = {
  readonly before: Kept
  /** With the rows that came. */
  readonly now: Pick<Kept, 'matched' | 'beside' | 'generation'>
  readonly kinds: readonly (KindRows & { readonly facts: FeedFacts })[]
  readonly gone: readonly KeptFeed[]
}

const listOf = (feeds: readonly KeptFeed[]): string => feeds.map(({ no }) => no).join(', ')

/** Rows that are tied to rows that came or changed hands; where a file is gone, all of its kind, for its rows cannot be read any more. */
const tiedRows = (
  { now, gone }: Happened,
  { kind, columns, feeds }: KindRows,
  tiedBy: string,
  path: PathOf,
  rowsOf: BringUpInputs['rowsOf'],
): string => {
  const rows = `select hid from ${liveRows(now, kind, path, columns)} r`
  if (gone.some((feed) => feed.kind === kind)) return rows
  return `${rows} where ${tiedBy} in (select ${tiedBy} from (${rowsOf(kind, feeds)})
    union select ${tiedBy} from ${everyRow(now, kind, path, columns)} r semi join changed_person c on c.pid = r.pid)`
}

/**
 * Fills `touched` with the numbers of the households and leads whose facts may have changed: rows came, went or are somebody
 * else's; members changed; the day has come on which facts change by themselves.
 */
export const findTouched = async (
  engine: Engine,
  happened: Happened,
  path: PathOf,
  { today, rowsOf }: Pick<BringUpInputs, 'today' | 'rowsOf'>,
): Promise<number> => {
  const { before, now, kinds, gone } = happened
  const parts = [
    'select hid from changed_person',
    'select hid_before from changed_person',
    'select s.hid from subject_now s anti join subject_before b on b.hid = s.hid',
  ]
  for (const one of kinds) {
    const { kind, columns, facts } = one
    const made = (now.matched[kind] ?? []).filter((file) => !before.matched[kind]?.includes(file))
    if (made.length > 0) parts.push(`select hid from ${parquetRelation(made.map(path))}`)
    const lost = gone.filter((feed) => feed.kind === kind)
    if (lost.length > 0)
      parts.push(
        `select hid from ${everyRow(before, kind, path, columns)} where feed_no in (${listOf(lost)})`,
      )
    if (facts.tiedBy) parts.push(tiedRows(happened, one, facts.tiedBy, path, rowsOf))
  }
  const turns = kinds.filter(({ facts }) => facts.changes).map(({ facts }) => changesColumn(facts))
  parts.push(
    // What was kept of people who left before lies there still.
    `select m.hid from ${keptRelation(before, 'member', path)} m semi join person_before b on b.pid = m.pid
      where least(${turns.join(', ')}) <= date '${today}'`,
  )
  await engine.run(`create or replace table touched as
    select distinct hid from (${parts.join(' union all ')}) where hid is not null order by hid`)
  const [row] = await engine.rows<{ n: number }>('select count(*) as n from touched')
  return row?.n ?? 0
}
