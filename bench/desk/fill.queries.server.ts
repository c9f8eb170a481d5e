/**
 * Fills the tables that the console reads, inside PostgreSQL, by hashes of running numbers: the same size always gives the same rows. Indexes
 * are built afterwards. Runs as the owner, who is let past row-level security here, so that the same statements can be timed without it.
 */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Database } from '#store/server'
import { nameLists } from './names.ts'

/** How much there is: one province of six cities, 100 counties, 1,000 townships, 10,000 villages. */
export interface Size {
  readonly persons: number
  readonly households: number
  readonly openAlerts: number
  readonly closedAlerts: number
}

export const sizeOf = (persons: number): Size => ({
  persons,
  households: Math.round(persons / 2.57),
  openAlerts: Math.round(persons * 0.03),
  closedAlerts: Math.round(persons * 0.06),
})

/** The day on which everything is asked. */
export const today = '2026-06-15'

/** The key of the n-th household (member 0) or of one of its members, as the fill makes them. */
export const keyOf = (n: number, member = 0): string => {
  const key = n * 16 + member
  const tail = createHash('md5').update(String(key)).digest('hex').slice(0, 12)
  const head = key.toString(16).padStart(12, '0')
  return `${head.slice(0, 8)}-${head.slice(8)}-7000-8000-${tail}`
}

/** The blind index that the fill gives a member: no number exists behind it. */
export const indexOf = (n: number, member: number): Buffer =>
  createHash('sha256')
    .update(`member ${n * 16 + member}`)
    .digest()

const protectedTables = [
  'households',
  'persons',
  'categories',
  'labels',
  'facts',
  'leads',
  'events',
  'alerts',
  'name_pieces',
]

const helpers = (size: Size): string => `
create schema bench;
create function bench.draw(n bigint, salt int) returns bigint language sql immutable parallel safe
  as 'select hashint8extended(n, salt) & 9223372036854775807';
create function bench.key(n bigint) returns uuid language sql immutable parallel safe
  as $$select (lpad(to_hex(n), 12, '0') || '70008000' || substr(md5(n::text), 1, 12))::uuid$$;
create function bench.village(v bigint) returns text language sql immutable parallel safe
  as $$select '99' || lpad((1 + v / 1700)::text, 2, '0') || lpad((1 + v / 100 % 17)::text, 2, '0')
    || lpad((1 + v / 10 % 10)::text, 3, '0') || lpad((1 + v % 10)::text, 3, '0')$$;
create function bench.village_of(household bigint) returns text language sql immutable parallel safe
  as 'select bench.village((household - 1) * 10000 / ${size.households})';
create function bench.members(household bigint) returns int language sql immutable parallel safe
  as 'select case when d < 22 then 1 when d < 52 then 2 when d < 78 then 3 when d < 91 then 4 else 5 end
    from (select bench.draw(household, 1) % 100 as d) as drawn';
create table bench.names (list text not null, at int not null, text text not null, initials text not null, primary key (list, at));`

const places = `
insert into regions (code, name, level, parent_code) values ('990000000000', '试验省', 'province', null);
insert into regions (code, name, level, parent_code)
  select distinct left(c, 4) || '00000000', '第' || left(c, 4) || '市', 'city', '990000000000'
  from generate_series(0, 9999) v, bench.village(v) c;
insert into regions (code, name, level, parent_code)
  select distinct left(c, 6) || '000000', '第' || left(c, 6) || '县', 'county', left(c, 4) || '00000000'
  from generate_series(0, 9999) v, bench.village(v) c;
insert into regions (code, name, level, parent_code)
  select distinct left(c, 9) || '000', '第' || left(c, 9) || '镇', 'township', left(c, 6) || '000000'
  from generate_series(0, 9999) v, bench.village(v) c;
insert into regions (code, name, level, parent_code)
  select c, '第' || c || '村', 'village', left(c, 9) || '000' from generate_series(0, 9999) v, bench.village(v) c;
insert into organisations (id, name, kind, region_code)
  select bench.key(700000000000 + row_number() over ()), name || '民政', case level when 'township' then 'township' else 'civil-affairs' end, code
  from regions where level in ('city', 'county', 'township') and code like '99%';`

const households = ({ households }: Size): string => `
insert into households (id, number, region_code, address, area_type, head_person_id, registered_on, completeness)
select bench.key(n * 16), 'H' || (9900000000 + n), bench.village_of(n), '第' || (n % 90 + 1) || '号',
  case when bench.draw(n, 2) % 3 = 0 then 'urban' else 'rural' end, bench.key(n * 16 + 1), date '2019-01-01' + (n % 2500)::int, 40 + (n % 60)::int
from generate_series(1, ${households}) n`

const persons = ({ households }: Size): string => `
insert into persons (id, household_id, region_code, name, name_initials, name_key, sex, birth_date, relation, number_cipher, number_index,
  number_last4, number_token, number_check, joined_on, left_on)
select bench.key(p), bench.key(n * 16), bench.village_of(n), drawn.name, drawn.initials, bench.draw(p, 30),
  case when bench.draw(p, 31) % 2 = 0 then 'male' else 'female' end, date '1930-01-01' + (bench.draw(p, 32) % 34000)::int,
  case m when 1 then 'head' when 2 then 'spouse' else 'son' end, sha256(p::text::bytea) || sha256(p::text::bytea),
  sha256(('member ' || p)::bytea), lpad((bench.draw(p, 33) % 10000)::text, 4, '0'), bench.draw(p, 34), '1',
  date '2019-01-01' + (n % 2500)::int, case when m = 5 and n % 10 = 0 then date '2025-01-01' end
from generate_series(1, ${households}) n
cross join lateral generate_series(1, bench.members(n)) m
cross join lateral (select n * 16 + m as p) as numbered
cross join lateral (
  select case when kind.d < 10 then dotted.text when kind.d < 160 then surname.text || common.text
      when kind.d < 280 then surname.text || second.text else surname.text || first.text || second.text end as name,
    case when kind.d < 10 then dotted.initials when kind.d < 160 then surname.initials || common.initials
      when kind.d < 280 then surname.initials || second.initials else surname.initials || first.initials || second.initials end as initials
  from (select bench.draw(p, 10) % 1000 as d) as kind
  join bench.names surname on surname.list = 'surname' and surname.at = bench.draw(p, 11) % (select count(*) from bench.names where list = 'surname')
  join bench.names common on common.list = 'common' and common.at = bench.draw(p, 12) % (select count(*) from bench.names where list = 'common')
  join bench.names first on first.list = 'first' and first.at =
    least(bench.draw(p, 13), bench.draw(p, 14)) % (select count(*) from bench.names where list = 'first')
  join bench.names second on second.list = 'second' and second.at = bench.draw(p, 15) % (select count(*) from bench.names where list = 'second')
  join bench.names dotted on dotted.list = 'dotted' and dotted.at = bench.draw(p, 16) % (select count(*) from bench.names where list = 'dotted')
) as drawn`

const alongside = ({ households }: Size): readonly string[] => [
  `insert into categories (id, household_id, region_code, category, valid_from, recorded_at)
   select bench.key(100000000000 + n), bench.key(n * 16), bench.village_of(n),
     (array['dibao', 'dibao', 'dibao', 'dibaoMargin', 'tekun', 'rigidExpenditure'])[1 + bench.draw(n, 3) % 6], date '2024-01-01', '2024-01-02Z'
   from generate_series(1, ${households}) n`,
  `insert into labels (id, household_id, person_id, region_code, label_group, label, valid_from, recorded_at)
   select bench.key(200000000000 + n), bench.key(n * 16), bench.key(n * 16 + 1), bench.village_of(n), 'special', 'elderly', date '2024-01-01', '2024-01-02Z'
   from generate_series(1, ${households}, 3) n`,
  `insert into facts (id, subject_kind, subject_id, household_id, region_code, kind, value, provenance, valid_from, valid_until, recorded_at)
   select bench.key(300000000000 + n * 4 + k), 'household', bench.key(n * 16), bench.key(n * 16), bench.village_of(n),
     (array['wageIncomeYearlyFen', 'operatingIncomeYearlyFen', 'transferIncomeYearlyFen'])[k], to_jsonb(bench.draw(n, 40 + k) % 3000000),
     'declared', date '2026-01-01', date '2027-01-01', '2026-01-02Z'
   from generate_series(1, ${households}) n, generate_series(1, 3) k`,
  `insert into events (id, at, business_date, kind, region_code, household_id, data, relayed_at)
   select bench.key(400000000000 + n), '2024-01-02Z', date '2024-01-02', 'registry.household-registered', bench.village_of(n), bench.key(n * 16),
     jsonb_build_object('number', 'H' || (9900000000 + n), 'members', 2), '2024-01-02Z'
   from generate_series(1, ${households}) n`,
  `insert into events (id, at, business_date, kind, region_code, household_id, subject_id, data, relayed_at)
   select bench.key(500000000000 + n * 32 + k), '2024-02-02Z'::timestamptz + k * interval '20 days', date '2024-02-02' + k * 20,
     (array['registry.fact-recorded', 'registry.fact-checked', 'registry.number-revealed'])[1 + k % 3], bench.village_of(n), bench.key(n * 16),
     bench.key(n * 16 + 1), '{"fact": "wageIncomeYearlyFen", "provenance": "declared"}', '2024-02-02Z'
   from generate_series(1, 30) k, generate_series(10, ${households}, 10) n`,
]

const alerts = ({ households, openAlerts, closedAlerts }: Size): string => `
insert into alerts (id, region_code, subject_kind, household_id, indicator, period, grade, route, origin, status, holder_id, raised_on, raised_at,
  due_on, awaiting_calendar, fingerprint, summary, explanation, result, disposed_on)
select bench.key(600000000000 + a), bench.village_of(n), 'household', bench.key(n * 16), indicator, '2026-' || lpad((1 + a % 12)::text, 2, '0') || '#' || a,
  case when indicator < 'indicator-05' then 'red' when indicator < 'indicator-12' then 'orange' else 'yellow' end, 1 + (a % 4)::int, 'scan',
  status, offices.id, date '${today}' - (d % 40)::int, '2026-05-02Z',
  case when d % 97 > 0 then date '${today}' + (d % 36)::int - 6 end, d % 97 = 0, md5(a::text), '该户近三个月的支出与登记的收入不符，请入户核实。',
  jsonb_build_object('sentences', jsonb_build_object('en', 'Spending of the last three months does not agree with the income on record.'), 'trace', repeat(md5(a::text), 30)),
  case when status = 'disposed' then 'confirmed' end, case when status = 'disposed' then date '2026-05-20' end
from generate_series(1, ${openAlerts + closedAlerts}) a
cross join lateral (select 1 + bench.draw(a, 50) % ${households} as n, bench.draw(a, 51) as d, 'indicator-' || lpad((bench.draw(a, 52) % 24)::text, 2, '0') as indicator,
  case when a > ${openAlerts} then 'disposed' else (array['new', 'dispatched', 'verifying'])[1 + bench.draw(a, 53) % 3] end as status) as drawn
left join organisations offices on offices.region_code = case when status = 'new' then left(bench.village_of(n), 6) || '000000'
  else left(bench.village_of(n), 9) || '000' end`

interface Index {
  readonly name: string
  readonly definition: string
}

/** Takes the indexes and foreign keys of these tables away and gives the statements that bring them back. */
export const strip = async (client: pg.PoolClient, tables: readonly string[]): Promise<string[]> => {
  const { rows: indexes } = await client.query<Index>(
    `select i.relname as name, pg_get_indexdef(i.oid) as definition from pg_index x join pg_class i on i.oid = x.indexrelid
     join pg_class t on t.oid = x.indrelid where t.relnamespace = 'public'::regnamespace and t.relname = any ($1)
     and not exists (select 1 from pg_constraint c where c.conindid = i.oid)`,
    [tables],
  )
  const { rows: keys } = await client.query<Index & { table: string }>(
    `select c.conname as name, c.conrelid::regclass::text as table, pg_get_constraintdef(c.oid) as definition from pg_constraint c
     where c.contype = 'f' and c.conrelid::regclass::text = any ($1)`,
    [tables],
  )
  for (const { name } of indexes) await client.query(`drop index public.${name}`)
  for (const { name, table } of keys) await client.query(`alter table ${table} drop constraint ${name}`)
  return [
    ...indexes.map(({ definition }) => definition),
    ...keys.map(
      ({ name, table, definition }) => `alter table ${table} add constraint ${name} ${definition} not valid`,
    ),
  ]
}

const drawNames = async (client: pg.PoolClient): Promise<void> => {
  for (const { list, entries } of nameLists())
    await client.query(
      'insert into bench.names select $1, ordinality - 1, text, initials from unnest($2::text[], $3::text[]) with ordinality as given (text, initials)',
      [list, entries.map(({ text }) => text), entries.map(({ initials }) => initials)],
    )
}

/** Fills an empty, migrated database. Tells each step. */
export const fill = async (
  client: pg.PoolClient,
  size: Size,
  tell: (line: string) => void,
): Promise<void> => {
  const run = async (what: string, ...statements: readonly string[]): Promise<void> => {
    const begun = performance.now()
    for (const statement of statements) await client.query(statement)
    tell(`${what}: ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  }
  await client.query(
    "set statement_timeout = 0; set synchronous_commit = off; set work_mem = '128MB'; set maintenance_work_mem = '512MB'",
  )
  for (const table of protectedTables) await client.query(`alter table ${table} no force row level security`)
  await client.query(helpers(size))
  await drawNames(client)
  await run('places', places)
  const indexes = await strip(client, protectedTables)
  // What triggers would keep for every row is made at once below, or no page asks for it.
  for (const table of protectedTables) await client.query(`alter table ${table} disable trigger user`)
  await run('households', households(size))
  await run('persons', 'analyze bench.names', persons(size))
  await run('categories, labels, facts, events', ...alongside(size))
  await run('alerts', 'analyze organisations', alerts(size))
  await run(
    'pieces of names',
    `insert into name_pieces (piece, region_code, person_id)
     select pieces.piece, persons.region_code, persons.id from persons cross join pieces_of_name(persons.name) as pieces
     where persons.left_on is null order by pieces.piece, persons.region_code, persons.id`,
  )
  for (const table of protectedTables) await client.query(`alter table ${table} enable trigger user`)
  await run('indexes', ...indexes)
  await run('statistics', 'vacuum analyze')
  await client.query('create table bench.filled ()')
}

export const isFilled = async (client: pg.PoolClient): Promise<boolean> => {
  const { rows } = await client.query("select to_regclass('bench.filled') is not null as done")
  return rows[0]?.done === true
}

/** The process of PostgreSQL behind a pool of one connection. */
export const processOf = async ({ pool }: Database): Promise<number> => {
  const { rows } = await pool.query('select pg_backend_pid() as pid')
  return Number(rows[0]?.pid)
}

export const bytesOf = async (client: pg.PoolClient): Promise<number> => {
  const { rows } = await client.query('select pg_database_size(current_database()) as bytes')
  return Number(rows[0]?.bytes)
}

/** Where the database has its files. */
export const folderOf = async (client: pg.PoolClient): Promise<string> => {
  const { rows } = await client.query(
    "select current_setting('data_directory') || '/base/' || oid as folder from pg_database where datname = current_database()",
  )
  return String(rows[0]?.folder)
}

/** The civil affairs office of every place. */
export const officesOf = async (client: pg.PoolClient): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await client.query('select region_code, id from organisations')
  return new Map(rows.map(({ region_code, id }) => [region_code, id]))
}

/**
 * Views of the protected tables that hold a scope's rows by a plain condition, in a schema of their own: the same statement under the same names
 * finds the same rows without row-level security.
 */
export const viewsFor = async (
  client: pg.PoolClient,
  scope: { readonly from: string; readonly until: string },
  at: number,
): Promise<string> => {
  const schema = `bench_scope_${at}`
  await client.query(`drop schema if exists ${schema} cascade`)
  await client.query(`create schema ${schema}`)
  for (const table of protectedTables)
    await client.query(
      `create view ${schema}.${table} as select * from public.${table} where region_code >= '${scope.from}' and region_code < '${scope.until}'`,
    )
  return schema
}
