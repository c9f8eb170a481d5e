import { sql } from 'kysely'
import { newId } from '#base'
import type { Tx } from '#store/server'

/** What can happen to a registry. `at` picks whom, `day` and `until` say from when to when. */
export interface Happening {
  readonly at: number
  readonly day: string
  readonly until: string | null
  readonly token: number
}

/** Changes rows of the registry as its own rooms do, and as an administrator may. Each is one statement or two. */
type Change = (tx: Tx, happening: Happening) => Promise<unknown>

const nth = (table: string, at: number, only = 'true') =>
  sql`(select id from ${sql.table(table)} where ${sql.raw(only)} order by id
    offset (${at}::bigint % greatest(1, (select count(*) from ${sql.table(table)} where ${sql.raw(only)}))) limit 1)`

const village = (at: number): string => `5329${['01', '22'][at % 2]}00100${1 + (at % 7)}`

const addHousehold: Change = async (tx, { at, day, until, token }) => {
  const [id, first, second] = [newId(), newId(), newId()]
  await sql`insert into households (id, number, region_code, area_type, registered_on)
    values (${id}, ${`N${id}`}, ${village(at)}, 'rural', ${day}::date)`.execute(tx)
  await sql`insert into persons (id, household_id, region_code, name, name_key, relation, number_token, number_check, joined_on)
    select given.id::uuid, ${id}, ${village(at)}, '段晓雪', given.token, 'head', given.token, '1', ${day}::date
    from (values (${first}, ${token * 10}::bigint), (${second}, ${token * 10 + 1}::bigint)) as given (id, token)`.execute(
    tx,
  )
  await sql`insert into categories (id, household_id, region_code, category, valid_from, valid_until, recorded_at)
    values (${newId()}, ${id}, ${village(at)}, ${at % 3 ? 'dibao' : 'tekun'}, ${day}::date, ${until}::date, now())`.execute(
    tx,
  )
}

const addCategory: Change = (tx, { at, day, until, token }) => {
  const [category, whole] = (
    [
      ['tekun', true],
      ['dibao', true],
      ['tekun', false],
      ['singlePersonDibao', false],
    ] as const
  )[token % 4] ?? ['dibao', true]
  return sql`insert into categories (id, household_id, person_id, region_code, category, valid_from, valid_until, recorded_at)
    select ${newId()}, household_id, case when not ${whole} then id end, region_code, ${category}, ${day}::date, ${until}::date, now()
    from persons where id = ${nth('persons', at)}`.execute(tx)
}

const addFact: Change = (tx, { at, day, until, token }) => {
  const kinds = ['annualIncomeFen', 'workStatus', 'pensionDeclared', 'careAgreement', 'homes']
  const provenance = ['declared', 'visited', 'visited', 'compared'][token % 4]
  const collector = token % 4 === 2 ? newId() : null
  return sql`insert into facts (id, subject_kind, subject_id, household_id, region_code, kind, value, provenance, valid_from,
      valid_until, recorded_at, collector_id)
    select ${newId()}, case when ${at % 2 === 0} then 'household' else 'person' end, case when ${at % 2 === 0} then household_id else id end,
      household_id, region_code, ${kinds[token % 5]}, ${JSON.stringify(token % 7 ? token : { from: day })}::jsonb, ${provenance},
      ${day}::date, ${until}::date, now(), ${collector}
    from persons where id = ${nth('persons', at)}`.execute(tx)
}

const addLead: Change = (tx, { at, token }) => {
  const id = newId()
  return sql`insert into leads (id, lead_key, region_code, name, name_key, number_token, number_check, feed_kinds, first_feed_id, first_seen_at)
    values (${id}, ${Buffer.from(id)}, ${village(at)}, '段晓雪', ${token}, ${token * 10 + 5}, '2', '{students}', ${newId()}, now())`.execute(
    tx,
  )
}

const set =
  (table: string, assignment: (happening: Happening) => ReturnType<typeof sql>): Change =>
  (tx, happening) =>
    sql`update ${sql.table(table)} set ${assignment(happening)} where id = ${nth(table, happening.at)}`.execute(
      tx,
    )

const remove =
  (table: string, only = 'true'): Change =>
  (tx, { at }) =>
    sql`delete from ${sql.table(table)} where id = ${nth(table, at, only)}`.execute(tx)

export const changes = {
  addHousehold,
  addCategory,
  addFact,
  addLead,
  rename: set('persons', ({ token }) => sql`name = '李凤莲', name_key = ${token}`),
  giveNumber: set('persons', ({ token }) => sql`number_token = ${token * 10 + 2}, number_check = 'X'`),
  move: set(
    'persons',
    ({ token }) => sql`household_id = coalesce(${nth('households', token)}, household_id)`,
  ),
  leave: set('persons', ({ until }) => sql`left_on = ${until}::date`),
  relate: set('persons', () => sql`relation = 'other'`),
  moveHousehold: set('households', ({ token }) => sql`region_code = ${village(token)}`),
  endHousehold: set('households', ({ until }) => sql`ended_on = ${until}::date`),
  complete: set('households', ({ token }) => sql`completeness = ${token % 100}`),
  endCategory: set('categories', ({ until }) => sql`valid_until = ${until}::date`),
  changeCategory: set('categories', ({ token }) => sql`category = ${token % 2 ? 'tekun' : 'dibao'}`),
  checkFact: set('facts', () => sql`checker_id = gen_random_uuid()`),
  supersede: set('facts', () => sql`superseded_at = now()`),
  endFact: set('facts', ({ until }) => sql`valid_until = ${until}::date`),
  closeLead: set('leads', ({ token }) => sql`status = ${['registered', 'dismissed', 'open'][token % 3]}`),
  renameLead: set('leads', ({ token }) => sql`name_key = ${token}`),
  removeFact: remove('facts'),
  removeCategory: remove('categories'),
  removeLead: remove('leads'),
  removePerson: remove('persons', 'not exists (select 1 from categories c where c.person_id = persons.id)'),
} satisfies Readonly<Record<string, Change>>

export type ChangeName = keyof typeof changes

/** A transaction that gives up at once where another holds a row. */
export const waitForNobody = (tx: Tx): Promise<unknown> => sql`set local lock_timeout = '20ms'`.execute(tx)

/** Begins a transaction that adds a lead and renames somebody, and leaves it open. */
export const beginLate = async (
  client: { query(text: string): Promise<unknown> },
  at: number,
  token: number,
): Promise<void> => {
  await client.query(`begin; set local doudi.scope_from = '0'; set local doudi.scope_until = '~'`)
  await client.query(`insert into leads (id, lead_key, region_code, name, name_key, number_token, number_check, feed_kinds, first_feed_id, first_seen_at)
    select gen_random_uuid(), uuid_send(gen_random_uuid()), '532901001001', '王', ${token}, ${token * 10 + 7}, '3', '{students}', gen_random_uuid(), now()`)
  await client.query(`with taken as (select id from persons order by id offset ${at % 20} limit 1 for update skip locked)
    update persons set name_key = ${token} where id in (select id from taken)`)
}

/** Rows of one table that another lacks. */
export const rowsWithout = (table: string, other: string): string =>
  `select * from ${table} except all select * from ${other}`
