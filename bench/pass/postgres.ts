import type { State } from '#lake'
import {
  type Engine,
  factsSql,
  type Judging,
  judgedSql,
  keptSql,
  matchedRelation,
  ruledSql,
  type StateFiles,
} from '#lake/server'
import { compileNamedSql, type PackInForce } from '#policy'
import { fillFrom } from './commit.ts'
import { type Taken, timed } from './measure.ts'
import { yardstickPlan } from './plan.ts'
import type { PassRecord } from './record.ts'
import { alerting, checksumSql, span } from './setting.ts'

export interface PostgresFigures {
  readonly stages: Record<string, Taken>
  readonly checksum: string
}

// What the lake's macros say, for the same plan.
const functions = `
  create function whole_part(a bigint, b integer) returns bigint language sql immutable parallel safe
    return a / b;
  create function flag_bit(flag boolean, place integer) returns bigint language sql immutable parallel safe
    return case when flag then 1::bigint << place else 0 end;
  create function month_count(m integer) returns integer language sql immutable parallel safe
    return (m / 100) * 12 + (m % 100) - 1;
  create function bit_count(bits bigint) returns bigint language sql immutable parallel safe
    return bit_count(bits::bit(64));
  create schema pass;
  set search_path = pass, public;
  set work_mem = '256MB';
  set maintenance_work_mem = '256MB'`

const typeOf: Readonly<Record<string, string>> = {
  TINYINT: 'smallint',
  UTINYINT: 'smallint',
  HUGEINT: 'numeric',
}

const load = async (
  engine: Engine,
  { client }: PassRecord,
  table: string,
  relation: string,
): Promise<void> => {
  const columns = await engine.rows<{ column_name: string; column_type: string }>(
    `describe select * from ${relation}`,
  )
  const definitions = columns.map(
    ({ column_name, column_type }) => `"${column_name}" ${typeOf[column_type] ?? column_type}`,
  )
  await client.query(`create unlogged table ${table} (${definitions.join(', ')})`)
  await fillFrom(engine, `select * from ${relation}`, client, table)
  await client.query(`analyze ${table}`)
}

/**
 * The stages behind matching on PostgreSQL: aggregates, the wide tables, the rules, the comparison with nothing before and
 * the alerts, by the same plan and the rules compiled for it. Matched rows, registry and thresholds lie in its tables, in
 * the order of households, in cache, before anything is timed.
 */
export const runOnPostgres = async (
  engine: Engine,
  record: PassRecord,
  files: StateFiles,
  state: State,
  registry: { readonly household: string; readonly person: string },
  force: PackInForce,
  judging: Judging,
): Promise<PostgresFigures> => {
  const { client, postmaster } = record
  await client.query(functions)
  for (const { kind } of yardstickPlan.feeds)
    await load(engine, record, `"${kind}"`, matchedRelation(state, kind, files.path))
  await load(engine, record, 'household_row', registry.household)
  await load(
    engine,
    record,
    'person_row',
    `(select * exclude (token, check_char, name_key) from ${registry.person})`,
  )
  await load(engine, record, 'thresholds', 'thresholds')
  const stages: Record<string, Taken> = {}
  const stage = async (name: string, statements: readonly string[]): Promise<void> => {
    const { taken } = await timed(postmaster, async () => {
      for (const statement of statements) await client.query(statement)
    })
    stages[name] = taken
  }
  const kept = (level: 'household' | 'member'): string =>
    keptSql(yardstickPlan.feeds, span, level, {
      registry: level === 'household' ? 'household_row' : 'person_row',
      matched: (kind) => `"${kind}"`,
      joins: 'left',
    })
  const compiled = {
    ...judging,
    sql: compileNamedSql(force, 'household', [...judging.flags, ...judging.values], { dialect: 'postgres' })
      .sql,
  }
  const tables = { household: 'kept_household', member: 'kept_member' }
  await stage('aggregate', [
    `create unlogged table kept_household as ${kept('household')}`,
    `create unlogged table kept_member as ${kept('member')}`,
    'analyze kept_household; analyze kept_member',
  ])
  await stage('judge', [
    `create unlogged table facts as ${factsSql(yardstickPlan, span, tables)}`,
    'analyze facts',
    `create view household as ${ruledSql(yardstickPlan, span, { facts: 'facts', thresholds: 'thresholds' })}`,
    `create unlogged table judged as ${judgedSql(compiled, span)}`,
  ])
  const bits = alerting.map((name) => `(${judging.flags.indexOf(name)})`)
  await stage('alerts', [
    `create table alert_here (hid integer, flag integer, status text not null, primary key (hid, flag))`,
    `insert into alert_here select hid, flag, 'open' from judged, (values ${bits.join(', ')}) as places (flag)
      where flags_0 & (1::bigint << flag) <> 0`,
  ])
  const { rows } = await client.query<{ sum: string }>(checksumSql(judging, 'judged'))
  return { stages, checksum: rows[0]?.sum ?? '' }
}
