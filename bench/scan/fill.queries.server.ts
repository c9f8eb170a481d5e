/** Fills an installation's registry with the households of a province that are registered, by COPY, indexes made afterwards. */
import type pg from 'pg'
import { type BusinessDate, prefixOf, type RegionTree, regionCode } from '#base'
import { type Engine, quoteText } from '#lake/server'
import { strip } from '../desk/fill.queries.server.ts'
import { fillFrom } from '../pass/commit.ts'
import { counties } from '../province/places.ts'

export const place = regionCode('532900000000')
const categories = ['dibao', 'dibaoMargin', 'tekun', 'rigidExpenditure', 'otherHardship']
const filled = ['households', 'persons', 'categories', 'facts', 'unmatched_rows']

/** Each county of the province becomes part of one that exists, and its households live in the villages there. */
const settle = async (engine: Engine, tree: RegionTree, provinceDir: string): Promise<void> => {
  const codes = (level: string) =>
    tree.all.flatMap((one) =>
      one.level === level && one.code.startsWith(prefixOf(place)) ? [one.code as string] : [],
    )
  const real = codes('county')
  const villages = codes('village').filter((code) =>
    real.some((county) => code.startsWith(county.slice(0, 6))),
  )
  const values = Array.from(
    { length: counties },
    (_, county) => `(${county}, ${quoteText(real[Math.floor((county * real.length) / counties)] ?? '')})`,
  )
  await engine.run(
    `create or replace table county_code as select * from (values ${values.join(', ')}) v(county, code)`,
  )
  await engine.run(
    `create or replace table village as select unnest([${villages.map(quoteText).join(', ')}]) as village`,
  )
  await engine.run(`create or replace table home as
    with placed as (select h.*, c.code, row_number() over w - 1 as at, count(*) over (partition by c.code) as size
        from read_parquet(${quoteText(`${provinceDir}/registry/household.parquet`)}) h join county_code c on c.county = h.county
        window w as (partition by c.code order by h.hid)),
      village_at as (select village, left(village, 6) as area, row_number() over w - 1 as at,
        count(*) over (partition by left(village, 6)) as size from village window w as (partition by left(village, 6) order by village))
    select p.hid, v.village as region, p.urban, p.category, p.annual_income_fen from placed p
    join village_at v on v.area = left(p.code, 6) and v.at = p.at * v.size // p.size`)
}

const key = (no: string, sort: number): string =>
  `format('{:08x}-{:04x}-7000-8000-', ${sort} * 268435456 + (${no}) // 65536, (${no}) % 65536) || substr(md5(cast(${sort} as varchar) || '/' || cast(${no} as varchar)), 1, 12)`

const household = key('hid', 1)
const person = key('pid', 2)
const drawn = (id: string, label: string, size: number) => `hash(${id}, ${quoteText(label)}) % ${size}`
const since = "date '2024-01-01'"

/** What is copied: a table with its columns, and the engine's query. */
const portions = (today: BusinessDate): readonly (readonly [string, string])[] => {
  const fact = (no: string, sort: number, kind: string, subject: string, value: string, from: string) =>
    [
      'facts (id, subject_kind, subject_id, household_id, region_code, kind, value, provenance, valid_from, valid_until, recorded_at)',
      `select ${key(no, sort)}, ${quoteText(subject)}, ${subject === 'person' ? person : household}, ${household}, region, ${quoteText(kind)}, ${value},
        'declared', date '2026-01-01', ${kind === 'annualIncomeFen' ? "date '2027-01-01'" : 'null'}, '2026-01-02 00:00:00Z' from ${from}`,
    ] as const
  const age = `date_diff('year', birth, ${`date '${today}'`})`
  return [
    [
      'households (id, number, region_code, area_type, head_person_id, registered_on)',
      `select ${household}, 'S' || hid, region, case when urban then 'urban' else 'rural' end, ${key('head', 2)}, ${since}
       from home join (select hid, min(pid) as head from member group by hid) using (hid)`,
    ],
    [
      'persons (id, household_id, region_code, name, name_key, sex, birth_date, relation, number_cipher, number_index, number_last4, number_token, number_check, joined_on)',
      `select ${person}, ${household}, region, name, "key", case sex when 1 then 'male' else 'female' end, birth,
        case when pid = min(pid) over (partition by hid) then 'head' else 'other' end, '\\x' || sha256(number) || sha256(name),
        '\\x' || sha256(number), right(number, 4), token, check_char, ${since} from member join home using (hid)`,
    ],
    [
      'categories (id, household_id, region_code, category, valid_from, recorded_at)',
      `select ${key('hid', 3)}, ${household}, region, [${categories.map(quoteText).join(', ')}][category + 1], ${since}, '2024-01-02 00:00:00Z' from home`,
    ],
    fact('hid', 4, 'annualIncomeFen', 'household', 'annual_income_fen', 'home'),
    fact(
      'pid',
      5,
      'workStatus',
      'person',
      `case when ${drawn('pid', 'work', 10)} < 3 then '"none"' when ${drawn('pid', 'work', 10)} < 7 then '"farming"' else '"flexible"' end`,
      `member join home using (hid) where ${age} between 16 and 64`,
    ),
    fact(
      'pid',
      6,
      'pensionDeclared',
      'person',
      "'true'",
      `member join home using (hid) where ${age} >= 58 and ${drawn('pid', 'declared', 10)} < 8`,
    ),
    fact(
      'pid',
      7,
      'careAgreement',
      'person',
      `'{"from":"2025-01-01","until":"2027-01-01"}'`,
      `member join home using (hid) where category = 2 and ${drawn('hid', 'agreement', 14)} > 0`,
    ),
  ]
}

/** Fills the registry; leaves `county_code`, `known_number` and `home` in the engine, for the files. */
export const fillRegistry = async (
  engine: Engine,
  client: pg.PoolClient,
  tree: RegionTree,
  provinceDir: string,
  today: BusinessDate,
  onceCopied: () => Promise<void>,
): Promise<void> => {
  await settle(engine, tree, provinceDir)
  const read = (name: string) => `read_parquet(${quoteText(`${provinceDir}/${name}.parquet`)})`
  await engine.run(`create or replace table known_number as select r.token, r.check_char, m."key"
    from ${read('registry/person')} r join name_map m on m.old = r.name_key`)
  await engine.run(`create or replace view member as select r.pid, r.hid, r.sex, r.birth, r.token, r.check_char, p.number, p.name, m."key"
    from ${read('registry/person')} r join ${read('clear/person')} p on p.pid = r.pid and p.registered join name_map m on m.old = r.name_key`)
  await client.query(
    "set statement_timeout = 0; set synchronous_commit = off; set maintenance_work_mem = '512MB'",
  )
  for (const table of filled)
    await client.query(
      `alter table ${table} no force row level security; alter table ${table} disable trigger user`,
    )
  const indexes = await strip(client, filled)
  for (const [table, sql] of portions(today))
    await fillFrom(engine, sql, client as unknown as pg.Client, table)
  await onceCopied()
  for (const statement of indexes) await client.query(statement)
  for (const table of filled)
    await client.query(
      `alter table ${table} enable trigger user; alter table ${table} force row level security`,
    )
  await client.query('vacuum analyze')
}
