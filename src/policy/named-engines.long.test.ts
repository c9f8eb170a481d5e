import { expect, test } from 'vitest'
import { cloneDatabase } from '#testing/postgres.ts'
import { openSql } from '#testing/sql.ts'
import { openQueries } from './sql/try-out.server.ts'
import { compareEngines, readyFor } from './testing/compare-engines.server.ts'
import { fillPostgres } from './testing/named-engines.server.ts'
import { nationalTrial, partsByProgramme } from './testing/national.server.ts'

// What `npm test` holds for a tenth of the households: named-engines.test.ts.
const { pack, forces, wideForce, households, fromCases } = nationalTrial()
const all = partsByProgramme(pack).flatMap(([, parts]) => parts)

test('interpreter and DuckDB agree on all rules of 100,000 households', async () => {
  for (let seed = 0; seed < 10; seed += 1) {
    const subjects = households(10_000, seed)
    const tables = await openQueries(pack, { household: subjects })
    const ready = readyFor([wideForce, ...forces][seed % 5] ?? wideForce, 'household', subjects)
    for (const { entity, rules } of all) {
      const { differences } = await compareEngines(ready, entity, rules, 'duckdb', tables.query)
      expect(differences).toEqual([])
    }
    tables.close()
  }
}, 3_600_000)

test('PostgreSQL agrees on all rules', async () => {
  const subjects = [...households(1000, 98), ...fromCases]
  const sql = await openSql((await cloneDatabase()).ownerUrl)
  await sql.query('create schema "policy_trial"')
  await sql.query('set search_path to "policy_trial"')
  await fillPostgres(sql, pack, 'household', subjects)
  for (const force of [...forces, wideForce]) {
    const ready = readyFor(force, 'household', subjects)
    for (const { entity, rules } of all) {
      const { differences } = await compareEngines(ready, entity, rules, 'postgres', sql.query)
      expect(differences).toEqual([])
    }
  }
  await sql.close()
}, 3_600_000)
