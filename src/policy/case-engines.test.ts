import { expect, test, vi } from 'vitest'
import { known, unknown } from '#base'
import { cloneDatabase } from '#testing/postgres.ts'
import { openSql } from '#testing/sql.ts'
import { compileRules } from './interpret/evaluate.ts'
import type { Subject } from './language/values.ts'
import { readyCases } from './pack/cases.ts'
import type { PackInForce } from './pack/in-force.ts'
import { loadPack } from './pack/load.server.ts'
import type { Pack } from './pack/pack.ts'
import { type ReadyProgrammeCase, readyProgrammeCases } from './pack/programme-cases.ts'
import type { ExpectedResults } from './pack/schemas.ts'
import { compileSql } from './sql/compile.ts'
import { missingOfBits } from './sql/statement.ts'
import { openQueries, openTryOut, type TryOutRow } from './sql/try-out.server.ts'
import { compareEngines, readyFor } from './testing/compare-engines.server.ts'
import { fillPostgres } from './testing/named-engines.server.ts'
import { partOf } from './testing/national.server.ts'

vi.setConfig({ testTimeout: 180_000 })

const packs = [
  'cn-national',
  'cn-150200-baotou',
  'cn-320682-rugao',
  'cn-440000-guangdong',
  'cn-530000-yunnan',
  'cn-532900-dali',
  'demo',
]

/** The named rules that cases expect something of, wherever in the household. */
const expectedIn = (expected: ExpectedResults): readonly string[] =>
  Object.entries(expected).flatMap(([name, value]) =>
    Array.isArray(value) ? (value as readonly ExpectedResults[]).flatMap(expectedIn) : [name],
  )

interface World {
  readonly force: ReadyProgrammeCase['force']
  readonly rules: ReadonlySet<string>
}

/** The cases by day, region and values: what one statement can answer at once. */
const worldsOf = (cases: readonly ReadyProgrammeCase[]): readonly World[] =>
  [...Map.groupBy(cases, ({ force }) => force)].map(([force, own]) => ({
    force,
    rules: new Set(own.flatMap(({ case: it }) => expectedIn(it.expect))),
  }))

test.for(packs)(
  '%s: interpreter, DuckDB and PostgreSQL agree on every case, under its own day and values',
  async (id) => {
    const pack = loadPack(`policies/${id}`).pack as Pack
    const cases = readyProgrammeCases(pack)
    const subjects = cases.map(({ subject }, index): Subject => ({ ...subject, id: `c${index}` }))
    expect(new Set(cases.map(({ entity }) => entity))).toEqual(new Set(['household']))
    const tables = await openQueries(pack, { household: subjects })
    const sql = await openSql((await cloneDatabase()).ownerUrl)
    try {
      await sql.query('create schema "policy_trial"')
      await sql.query('set search_path to "policy_trial"')
      await fillPostgres(sql, pack, 'household', subjects)
      for (const { force, rules } of worldsOf(cases)) {
        const ready = readyFor(force, 'household', subjects)
        for (const part of partOf(pack, rules)) {
          const duckdb = await compareEngines(ready, part.entity, part.rules, 'duckdb', tables.query)
          const postgres = await compareEngines(ready, part.entity, part.rules, 'postgres', sql.query)
          expect([...duckdb.differences, ...postgres.differences]).toEqual([])
        }
      }
    } finally {
      tables.close()
      await sql.close()
    }
  },
)

test('the indicators: interpreter, DuckDB and PostgreSQL agree on every case, on its own day', async () => {
  const pack = loadPack('policies/indicators').pack as Pack
  const cases = readyCases(pack)
  const sql = await openSql((await cloneDatabase()).ownerUrl)
  for (const [entity, own] of Map.groupBy(cases, ({ rule }) => rule.entity)) {
    const subjects = own.map(({ subject }, index): Subject => ({ ...subject, id: `c${index}` }))
    const tables = await openTryOut(pack, { [entity]: subjects })
    await sql.query(`create schema "policy_trial_${entity}"`)
    await sql.query(`set search_path to "policy_trial_${entity}"`)
    await fillPostgres(sql, pack, entity, subjects)
    for (const [force, today] of Map.groupBy(own, (it) => it.force)) {
      const duckdb = await tables.run(force, compileSql(force, entity))
      const statement = compileSql(force, entity, { dialect: 'postgres' }).sql
      const postgres = await sql.query(statement, statement.includes('$1') ? [force.on] : [])
      expect(textsOf(postgres.map((row) => rowOf(row, force)))).toEqual(textsOf(duckdb))
      for (const { rule, subject } of today) {
        const [compiled] = compileRules({ ...force, rules: [rule] })
        const id = `c${own.findIndex((it) => it.subject === subject)}`
        const answer = duckdb.find((row) => row.rule === rule.id && row.subject === id)
        expect(answer?.outcome).toEqual(compiled?.evaluate(subject))
      }
    }
    tables.close()
  }
  await sql.close()
}, 120_000)

const textsOf = (rows: readonly TryOutRow[]): string[] =>
  rows.map(({ rule, subject, outcome }) => `${rule} ${subject} ${JSON.stringify(outcome)}`).toSorted()

const rowOf = ([rule, subject, value, u]: readonly (string | null)[], force: PackInForce): TryOutRow => ({
  rule: String(rule),
  subject: String(subject),
  outcome:
    u === '0'
      ? known(value === 'true' || value === 't')
      : unknown(...missingOfBits(BigInt(u ?? 0), force.missingNames)),
})
