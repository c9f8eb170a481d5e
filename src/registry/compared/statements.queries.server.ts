import type { FeedKind } from '#exchange'
import { type Engine, matchedTable, quoteName, quoteText } from '#lake/server'
import type { SnapshotTable } from '../snapshot/snapshot.ts'
import { departmentKindOf } from './department-kind.ts'
import { type StatementRule, statementRules } from './statement-rules.queries.server.ts'

/**
 * The statements of departments that are believed now, as a select to copy into the engine: of everybody, or of those whose
 * ids stand in the table `looked_at`.
 */
export const believedTable = (ofSome: boolean): SnapshotTable => ({
  table: 'statement_believed',
  columns: [
    { name: 'id', type: 'UUID' },
    { name: 'person_id', type: 'UUID' },
    { name: 'household_id', type: 'UUID' },
    { name: 'kind', type: 'VARCHAR' },
    { name: 'feed_id', type: 'VARCHAR' },
    { name: 'row_no', type: 'BIGINT' },
    { name: 'valid_from', type: 'DATE' },
    { name: 'valid_until', type: 'DATE' },
  ],
  select: `select id, subject_id, household_id, kind, feed_id, feed_row, valid_from, valid_until from facts
    where provenance = 'compared' and feed_id is not null and superseded_at is null and starts_with(kind, 'department:')${
      // As an array each is asked of the index; as a join, all facts are read as soon as a guess says so.
      ofSome ? ' and subject_id = any (array(select person_id from looked_at))' : ''
    }`,
})

const rowOrder = 'feed_order desc, row_no desc'

const sayingOf = ({ says }: StatementRule): string =>
  `to_json({${Object.entries(says)
    .map(([field, column]) => `${quoteText(field)}: ${column}`)
    .join(', ')}})`

const rowsOf = (kind: FeedKind, { rows }: StatementRule): string =>
  `select * from ${matchedTable(kind)} where person_id is not null${rows ? ` and ${rows}` : ''}`

const partitionOf = ({ things, hasOneHolder }: StatementRule): string =>
  [...(hasOneHolder ? [] : ['person_id']), ...things.map(quoteName)].join(', ')

/** The newest row of each thing, as the indicators choose it. */
const statesSql = (kind: FeedKind, rule: StatementRule): string => `
  select person_id, household_id, feed_id, row_no, ${rule.from} as valid_from, ${rule.until ?? 'null'} as valid_until,
    ${sayingOf(rule)} as value
  from (${rowsOf(kind, rule)} qualify row_number() over (partition by ${partitionOf(rule)}
    order by feed_period desc, ${rule.newest ? `${rule.newest} desc nulls last, ` : ''}${rowOrder}) = 1) n
  ${rule.holds ? `where ${rule.holds}` : ''}`

// Month minus rank is the same for months that follow on each other: equal ones become one statement over the months.
const monthsSql = (kind: FeedKind, rule: StatementRule, month: string): string => {
  const things = partitionOf(rule)
  const run = `${things}, value, run`
  return `
    select person_id, household_id, feed_id, row_no, first_day(min(${month}) over (partition by ${run})) as valid_from,
      add_months(first_day(${month}), 1) as valid_until, value
    from (
      select *, month_index(${month}) - row_number() over (partition by ${things}, value order by ${month}) as run
      from (
        select *, ${sayingOf(rule)} as value from (${rowsOf(kind, rule)}
          qualify row_number() over (partition by ${things}, ${month} order by feed_period desc, ${rowOrder}) = 1)
      )
    )
    qualify row_number() over (partition by ${run} order by ${month} desc) = 1`
}

/** The people that a pass looks at, to be copied to PostgreSQL for `believedTable`. */
export const lookedAt = {
  table: 'looked_at',
  columns: [{ name: 'person_id', type: 'UUID' }],
  select: 'select person_id from looked_at',
} as const

/** Whether the people that a pass looks at are at most one in so many of the registry's. */
export const isLookedAtByFew = async (engine: Engine, share: number): Promise<boolean> => {
  const [row] = await engine.rows<{ few: boolean }>(
    `select (select count(*) from looked_at) * ${share} <= (select count(*) from registry_person) as few`,
  )
  return row?.few === true
}

/** By what statements are made; with another one all of them are made again. */
export const statementShape = (): string => JSON.stringify(statementsSql())

/** Fills the engine's table `statement` with what the matched rows of all files say about people of the registry. */
export const sayStatements = async (engine: Engine): Promise<void> => {
  await engine.run(`create or replace table statement (kind varchar, person_id uuid, household_id uuid, feed_id varchar,
    row_no bigint, valid_from date, valid_until date, value varchar)`)
  // Kind by kind: together, the rows of all kinds would be sorted at once. A row that gives no date says nothing that could hold for days.
  for (const one of statementsSql())
    await engine.run(`insert into statement select * from (${one}) where valid_from is not null
      and (valid_until is null or valid_until > valid_from)`)
}

const statementsSql = (): string[] =>
  (Object.entries(statementRules) as [FeedKind, StatementRule][]).map(
    ([kind, rule]) => `
      select ${quoteText(departmentKindOf(kind))} as kind, person_id, household_id, feed_id, cast(row_no as bigint) as row_no,
        cast(valid_from as date) as valid_from, cast(valid_until as date) as valid_until, cast(value as varchar) as value
      from (${rule.month ? monthsSql(kind, rule, rule.month) : statesSql(kind, rule)})`,
  )

const isSame = `s.person_id = b.person_id and s.household_id = b.household_id and s.kind = b.kind and s.feed_id = b.feed_id
  and s.row_no = b.row_no and s.valid_from = b.valid_from and s.valid_until is not distinct from b.valid_until`

/**
 * Statements believed so far that no file makes any more: a newer row came, or the file is gone. Of people whom this
 * pass did not look at only the second ends anything.
 */
export const listNoLongerSaid = async (engine: Engine, feedIds: readonly string[]): Promise<string[]> => {
  const accepted = feedIds.map(quoteText).join(', ') || "''"
  const rows = await engine.rows<{ id: string }>(
    `select cast(b.id as varchar) as id from statement_believed b anti join statement s on ${isSame}
     where b.person_id in (select person_id from looked_at) or b.feed_id not in (${accepted})`,
  )
  return rows.map(({ id }) => id)
}

/**
 * Gathers the statements that are not believed yet in the engine's table `new_statement`; gives how many. Those of a household
 * lie together: so they do in PostgreSQL then, whose indexes grow at a few places and not at as many as there are rows.
 */
export const gatherNewStatements = async (engine: Engine): Promise<number> => {
  await engine.run(`create or replace table new_statement as
    select s.person_id, s.household_id, h.region_code, s.kind, s.value, s.feed_id, s.row_no, s.valid_from, s.valid_until
    from statement s join registry_household h on h.household_id = s.household_id
    semi join looked_at l on l.person_id = s.person_id
    anti join statement_believed b on ${isSame} order by s.household_id, s.person_id`)
  const [row] = await engine.rows<{ n: number }>('select count(*) as n from new_statement')
  return Number(row?.n ?? 0)
}

/** Some of these, to be copied to PostgreSQL under these columns: so many from a place on. */
export const newStatements = (from: number, count: number) =>
  ({
    table: 'new_statement',
    columns: [
      { name: 'id', type: 'UUID' },
      { name: 'person_id', type: 'UUID' },
      { name: 'household_id', type: 'UUID' },
      { name: 'region_code', type: 'VARCHAR' },
      { name: 'kind', type: 'VARCHAR' },
      { name: 'value', type: 'VARCHAR' },
      { name: 'feed_id', type: 'UUID' },
      { name: 'row_no', type: 'INTEGER' },
      { name: 'valid_from', type: 'DATE' },
      { name: 'valid_until', type: 'DATE' },
    ],
    select: `select uuidv7() as id, * from new_statement where rowid >= ${from} and rowid < ${from + count}`,
  }) as const

/** Frees what the statements took. */
export const dropStatements = (engine: Engine): Promise<number> =>
  engine.run('drop table statement; drop table statement_believed; drop table new_statement')
