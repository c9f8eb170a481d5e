import { sql } from 'kysely'
import type { BusinessDate } from '#base'
import type { SeenInstant, Tx } from '#store/server'
import type { Portion } from './snapshot.ts'

/** One connection of those that see one instant. */
export interface Connection {
  query<Row extends object>(text: string, values?: unknown[]): Promise<{ readonly rows: Row[] }>
}

/** Who changed, in a temporary table of the transaction; households besides stand there with all of their members. */
export const changedSubjects = 'select id from registry_changed'

const among =
  (table: string) =>
  (column: string): string =>
    `${column} = any (array(select id from ${table}))`

// As an array each table is asked by its index for these ids alone; as a join, whole tables are read or looped over.
export const changedPortion: Portion = {
  subject: among('registry_changed'),
  household: among('registry_changed_household'),
  member: among('registry_changed'),
}

/** Rows of whom an id lies in `[from, until)`; without a bound, of all before or after the other. */
export const portionBetween = (from: string | undefined, until: string | undefined): Portion => {
  const within = (column: string): string =>
    [
      `${column} is not null`,
      ...(from ? [`${column} >= '${from}'`] : []),
      ...(until ? [`${column} < '${until}'`] : []),
    ].join(' and ')
  return { subject: within, household: within, member: () => 'true' }
}

/** Whole tables are read here: a plan that loops over all pairs is never the better one, whatever is guessed of sizes. */
export const readWhole = async (client: Connection): Promise<void> => {
  await client.query(
    'set local enable_nestloop = off; set local jit to default; set local random_page_cost to default',
  )
}

/** Ids that part the households into so many portions of like size; none where they are few. */
export const listBounds = async (client: Connection, portions: number): Promise<readonly string[]> => {
  const shares = Array.from({ length: portions - 1 }, (_, at) => (at + 1) / portions)
  const { rows } = await client.query<{ bounds: string[] | null }>(
    `select case when count(*) >= 100 then percentile_disc($1::float8[]) within group (order by id)::text[] end as bounds
     from households tablesample system (2)`,
    [shares],
  )
  return [...new Set(rows[0]?.bounds ?? [])]
}

const turns = (table: string, from: string, until: string, ids: string, only = 'true'): readonly string[] =>
  [from, until].map(
    (column) => `select ${ids} as id from ${table} where ${column} > $1 and ${column} <= $2 and ${only}`,
  )

// What is in force on one of two days and not on the other begins or ends after the earlier and not after the later.
const turned = [
  ...turns('households', 'registered_on', 'ended_on', 'id'),
  ...turns('persons', 'joined_on', 'left_on', 'id'),
  ...turns('categories', 'valid_from', 'valid_until', 'unnest(array[household_id, person_id])'),
  ...turns(
    'facts',
    'valid_from',
    'valid_until',
    'subject_id',
    "superseded_at is null and provenance <> 'compared'",
  ),
]

/**
 * Gathers who changed since an earlier copy: by transactions that it did not see, and by days that lie between. Gives how many;
 * their ids stand in temporary tables until the transaction ends.
 */
export const gatherChanged = async (
  client: Connection,
  earlier: { readonly visible: string; readonly on: BusinessDate },
  today: BusinessDate,
): Promise<number> => {
  const days = [earlier.on, today].toSorted()
  // Few among many are looked up here: by indexes, never in loops over others, in plans too short to be worth compiling.
  await client.query('set local jit = off; set local random_page_cost = 1.1; set local enable_nestloop = off')
  await client.query('create temporary table registry_changed (id uuid primary key) on commit drop')
  await client.query('create temporary table registry_changed_household (id uuid primary key) on commit drop')
  await client.query(
    `insert into registry_changed
     select distinct subject_id from registry_changes
     where xact >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(xact, $1::pg_snapshot)`,
    [earlier.visible],
  )
  if (days[0] !== days[1])
    await client.query(
      `insert into registry_changed select id from (${turned.join(' union ')}) turned where id is not null
       on conflict do nothing`,
      days,
    )
  await client.query(
    `insert into registry_changed select p.id from persons p where ${changedPortion.subject('p.household_id')}
     on conflict do nothing`,
  )
  await client.query(
    `insert into registry_changed_household select id from registry_changed
     union select p.household_id from persons p where ${changedPortion.member('p.id')}`,
  )
  const { rows } = await client.query<{ count: string }>('select count(*) as count from registry_changed')
  return Number(rows[0]?.count ?? 0)
}

/** The copy in force, if one is. */
export const findSnapshot = async (client: Connection): Promise<string | undefined> => {
  const { rows } = await client.query<{ id: string }>('select id from registry_snapshots')
  return rows[0]?.id
}

/** Puts a copy in force and forgets the changes that it has. */
export const nameSnapshot = async (
  tx: Tx,
  { id, visible }: { readonly id: string } & Pick<SeenInstant, 'visible'>,
  takenAt: string,
): Promise<void> => {
  const row = { id, visible, taken_at: takenAt }
  await tx
    .insertInto('registry_snapshots')
    .values(row)
    .onConflict((conflict) => conflict.column('only_row').doUpdateSet(row))
    .execute()
  await sql`select forget_registry_changes()`.execute(tx)
}
