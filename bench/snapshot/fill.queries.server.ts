/** Fills households, members, categories and facts inside PostgreSQL by running numbers, and changes some of them. */
import type pg from 'pg'

const tables = ['households', 'persons', 'categories', 'facts', 'leads']

const helpers = `
create schema bench;
create function bench.key(n bigint) returns uuid language sql immutable parallel safe
  as $$select (lpad(to_hex(n), 12, '0') || '70008000' || substr(md5(n::text), 1, 12))::uuid$$;
create function bench.village(n bigint) returns text language sql immutable parallel safe
  as $$select '99' || lpad((1 + n % 6)::text, 2, '0') || lpad((1 + n / 6 % 17)::text, 2, '0') || '001' || lpad((1 + n % 90)::text, 3, '0')$$;`

const statements = (households: number): readonly string[] => [
  `insert into households (id, number, region_code, area_type, registered_on)
   select bench.key(n * 16), 'B' || n, bench.village(n), 'rural', date '2024-01-01' from generate_series(1, ${households}) n`,
  `insert into persons (id, household_id, region_code, name_key, relation, number_token, number_check, joined_on)
   select bench.key(n * 16 + m), bench.key(n * 16), bench.village(n), hashint8extended(n, m), 'other', n * 16 + m, '1', date '2024-01-01'
   from generate_series(1, ${households}) n, generate_series(1, 2 + (n % 2)::int) m`,
  `insert into categories (id, household_id, region_code, category, valid_from, recorded_at)
   select bench.key(100000000000 + n), bench.key(n * 16), bench.village(n), (array['dibao', 'dibao', 'dibaoMargin', 'tekun'])[1 + n % 4],
     date '2024-01-01', '2024-01-02Z' from generate_series(1, ${households}) n`,
  `insert into facts (id, subject_kind, subject_id, household_id, region_code, kind, value, provenance, valid_from, valid_until, recorded_at)
   select bench.key(300000000000 + n), 'household', bench.key(n * 16), bench.key(n * 16), bench.village(n), 'annualIncomeFen',
     to_jsonb(n % 3000000), 'declared', date '2026-01-01', date '2027-01-01', '2026-01-02Z' from generate_series(1, ${households}) n`,
  `insert into facts (id, subject_kind, subject_id, household_id, region_code, kind, value, provenance, valid_from, recorded_at)
   select bench.key(400000000000 + n), 'person', bench.key(n * 16 + 1), bench.key(n * 16), bench.village(n), 'workStatus',
     '"none"', 'declared', date '2026-01-01', '2026-01-02Z' from generate_series(1, ${households}, 2) n`,
]

const switchTriggers = async (client: pg.PoolClient, to: 'enable' | 'disable'): Promise<void> => {
  for (const table of tables) await client.query(`alter table ${table} ${to} trigger user`)
}

/** Fills an empty, migrated database with some two and a half members a household. Gives the seconds of filling. */
export const fillRegistry = async (client: pg.PoolClient, households: number): Promise<number> => {
  await client.query(
    "set statement_timeout = 0; set synchronous_commit = off; set maintenance_work_mem = '256MB'",
  )
  for (const table of [...tables, 'registry_changes'])
    await client.query(`alter table ${table} no force row level security`)
  await client.query(helpers)
  await switchTriggers(client, 'disable')
  const begun = performance.now()
  for (const statement of statements(households)) await client.query(statement)
  await switchTriggers(client, 'enable')
  await client.query('vacuum analyze households, persons, categories, facts')
  return (performance.now() - begun) / 1000
}

/** Changes so many households, half by a member's name and half by a new fact, spread over all. */
export const changeSome = async (
  client: pg.PoolClient,
  households: number,
  count: number,
  round: number,
): Promise<number> => {
  const begun = performance.now()
  const step = Math.floor(households / count)
  const chosen = (odd: 0 | 1) =>
    `(select 1 + (at::bigint * ${step} + ${round}) % ${households} as n from generate_series(1, ${count}) at where at % 2 = ${odd}) c`
  await client.query(
    `update persons set name_key = name_key + 1 from ${chosen(0)} where id = bench.key(c.n * 16 + 1)`,
  )
  await client.query(
    `insert into facts (id, subject_kind, subject_id, household_id, region_code, kind, value, provenance, valid_from, recorded_at)
     select gen_random_uuid(), 'household', bench.key(c.n * 16), bench.key(c.n * 16), bench.village(c.n), 'annualIncomeFen', '5', 'declared',
       date '2026-02-01', '2026-02-02Z' from ${chosen(1)}`,
  )
  return (performance.now() - begun) / 1000
}
