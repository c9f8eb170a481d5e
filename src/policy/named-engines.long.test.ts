import { expect, test } from 'vitest'
import { cloneDatabase } from '#testing/postgres.ts'
import { openSql } from '#testing/sql.ts'
import { openQueries } from './sql/try-out.server.ts'
import {
  compiledRules,
  differencesOf,
  fillPostgres,
  interpretedRules,
} from './testing/named-engines.server.ts'
import { nationalTrial, partOf, partsByProgramme, rulesBehind } from './testing/national.server.ts'

// What `npm test` holds for fewer households and fewer rules: named-engines.test.ts.
const { pack, forces, wideForce, households, fromCases } = nationalTrial()
const [plainForce = wideForce] = forces
const all = partsByProgramme(pack).flatMap(([, parts]) => parts)

test('interpreter and DuckDB agree on 100,000 households for basic living', async () => {
  const basic = partOf(pack, rulesBehind(pack, ['dibao', 'dibaoMargin', 'singlePersonDibao']))
  for (let seed = 0; seed < 10; seed += 1) {
    const subjects = households(10_000, seed)
    const tables = await openQueries(pack, { household: subjects })
    for (const { entity, rules } of basic) {
      const left = interpretedRules(plainForce, 'household', entity, rules, subjects)
      const right = await compiledRules(plainForce, entity, rules, 'duckdb', tables.query)
      expect(differencesOf(left, right).slice(0, 5)).toEqual([])
    }
    tables.close()
  }
}, 1_200_000)

test('interpreter and DuckDB agree on all rules of 5,000 households', async () => {
  const subjects = [...households(5000, 99), ...fromCases]
  const tables = await openQueries(pack, { household: subjects })
  for (const force of [wideForce, plainForce])
    for (const { entity, rules } of all) {
      const left = interpretedRules(force, 'household', entity, rules, subjects)
      const right = await compiledRules(force, entity, rules, 'duckdb', tables.query)
      expect(differencesOf(left, right).slice(0, 5)).toEqual([])
    }
  tables.close()
}, 1_200_000)

test('PostgreSQL agrees on all rules', async () => {
  const subjects = [...households(500, 98), ...fromCases]
  const sql = await openSql((await cloneDatabase()).ownerUrl)
  await sql.query('create schema "policy_trial"')
  await sql.query('set search_path to "policy_trial"')
  await fillPostgres(sql, pack, 'household', subjects)
  for (const force of [...forces, wideForce])
    for (const { entity, rules } of all) {
      const left = interpretedRules(force, 'household', entity, rules, subjects)
      const right = await compiledRules(force, entity, rules, 'postgres', sql.query)
      expect(differencesOf(left, right).slice(0, 5)).toEqual([])
    }
  await sql.close()
}, 1_200_000)
