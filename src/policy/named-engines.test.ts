import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { cloneDatabase } from '#testing/postgres.ts'
import { openSql, type PlainSql } from '#testing/sql.ts'
import type { PackInForce } from './pack/in-force.ts'
import { compileNamedSql } from './sql/compile.ts'
import { openQueries, type Queries } from './sql/try-out.server.ts'
import { compareEngines, readyFor } from './testing/compare-engines.server.ts'
import {
  compiledRules,
  differencesOf,
  fillPostgres,
  interpretedRules,
  rulesOf,
} from './testing/named-engines.server.ts'
import { nationalTrial, partOf, partsByProgramme, rulesBehind } from './testing/national.server.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const { pack, forces, wideForce, drawnForce, households, fromCases } = nationalTrial()
const [plainForce = wideForce] = forces
const openForce = forces[3] ?? wideForce
const many = [...households(10_000, 20261122), ...fromCases]
const some = [...households(300, 7), ...fromCases.slice(0, 100)]

/** The programmes of basic living, which every household meets. */
const basic = rulesBehind(pack, ['dibao', 'dibaoMargin', 'singlePersonDibao'])

const answers = new Map<string, Set<string>>()
const keep = (found: ReadonlyMap<string, string>): void => {
  for (const [key, value] of found) {
    const rule = key.slice(key.indexOf(' ') + 1)
    answers.set(rule, (answers.get(rule) ?? new Set()).add(value))
  }
}

let manyTables: Queries
let someTables: Queries
let sql: PlainSql
beforeAll(async () => {
  manyTables = await openQueries(pack, { household: many })
  someTables = await openQueries(pack, { household: some })
  sql = await openSql((await cloneDatabase()).ownerUrl)
  await sql.query('create schema "policy_trial"')
  await sql.query('set search_path to "policy_trial"')
  await fillPostgres(sql, pack, 'household', some)
})
afterAll(async () => {
  manyTables.close()
  someTables.close()
  await sql.close()
})

test('interpreter and DuckDB agree on 10,000 households for basic living', async () => {
  const ready = readyFor(plainForce, 'household', many)
  for (const { entity, rules } of partOf(pack, basic)) {
    const compared = await compareEngines(ready, entity, rules, 'duckdb', manyTables.query)
    expect(compared.differences).toEqual([])
    expect(compared.answers).toBeGreaterThan(5000 * rules.length)
  }
})

test.for(forces.map((force, index) => [index, force] as const))(
  'interpreter, DuckDB and PostgreSQL agree on basic living, value and missing facts, with values %i',
  async ([, force]) => {
    for (const { entity, rules } of partOf(pack, basic)) {
      const left = interpretedRules(force, 'household', entity, rules, some)
      const duckdb = await compiledRules(force, entity, rules, 'duckdb', someTables.query)
      expect(differencesOf(left, duckdb).slice(0, 5)).toEqual([])
      const postgres = await compiledRules(force, entity, rules, 'postgres', sql.query)
      expect(differencesOf(left, postgres).slice(0, 5)).toEqual([])
      keep(left)
    }
  },
)

test('every rule behind dibao was seen to give different answers', () => {
  expect(basic.size).toBeGreaterThan(30)
  expect([...basic].filter((rule) => (answers.get(rule)?.size ?? 0) < 2)).toEqual([])
})

const manyReady = readyFor(wideForce, 'household', many)
const constant = new Map<string, string>()

test.for(partsByProgramme(pack))(
  'interpreter and DuckDB agree on 10,000 households on all rules behind %s',
  async ([, parts]) => {
    for (const { entity, rules } of parts) {
      const compared = await compareEngines(manyReady, entity, rules, 'duckdb', manyTables.query)
      expect(compared.differences).toEqual([])
      expect(compared.answers).toBeGreaterThanOrEqual(2000 * rules.length)
      for (const [rule, said] of compared.constant) constant.set(rule, said)
    }
  },
)

// What hangs on options alone says the same of everybody: under other options it says something else.
test('every rule of the pack was seen to give different answers', async () => {
  for (let seed = 1; seed <= 12 && constant.size > 0; seed += 1) {
    const ready = readyFor(drawnForce(seed), 'household', some)
    for (const { entity, rules } of partOf(pack, new Set(constant.keys()))) {
      const compared = await compareEngines(ready, entity, rules, 'duckdb', someTables.query)
      expect(compared.differences).toEqual([])
      for (const rule of rules) if (compared.constant.get(rule) !== constant.get(rule)) constant.delete(rule)
    }
  }
  expect([...constant]).toEqual([])
})

test('more names may be missing than a statement has bits', async () => {
  const rules = ['counted', 'incomeYearFen', 'singlePersonDibao']
  const whole = await compiledRules(openForce, 'member', rules, 'duckdb', someTables.query)
  const parts = await compiledRules(openForce, 'member', rules, 'duckdb', someTables.query, 7)
  expect(compileNamedSql(openForce, 'member', rules, { bits: 7 }).more.length).toBeGreaterThan(3)
  expect(differencesOf(whole, parts).slice(0, 5)).toEqual([])
})

const expectWholeNumbers = (force: PackInForce, entity: string, dialect: 'duckdb' | 'postgres'): void => {
  const { sql: text } = compileNamedSql(force, entity, rulesOf(pack, entity), { dialect })
  const outside = text.replaceAll(/'[^']*'|"[^"]*"/gu, '')
  expect(outside).not.toMatch(/%|\bavg\b|\bDOUBLE\b|\bFLOAT\b|\bREAL\b|\bDECIMAL\b|\bNUMERIC\b/iu)
  // DuckDB's single slash is a DOUBLE; PostgreSQL's of two BIGINTs is the whole quotient.
  const slashes = dialect === 'duckdb' ? outside.replaceAll(' // ', '') : outside.replaceAll(' / ', '')
  expect(slashes).not.toContain('/')
  const sums = [...outside.matchAll(/(.{14})\bsum\(/gu)]
  expect(sums.every(([, before]) => /CAST\((COALESCE\()?$/u.test(before ?? ''))).toBe(true)
}

test('nothing leaves whole numbers in either dialect', () => {
  for (const force of [plainForce, wideForce])
    for (const entity of ['household', 'member'])
      for (const dialect of ['duckdb', 'postgres'] as const) expectWholeNumbers(force, entity, dialect)
})

// `if` repeats its arms: without columns for long operands the members' rules were 2.1 MB, one of them 1.2 MB.
test('a statement grows with its rules, not with how deep they are nested', () => {
  for (const entity of Object.keys(pack.entities)) {
    const rules = rulesOf(pack, entity)
    if (rules.length === 0) continue
    const { sql: text } = compileNamedSql(openForce, entity, rules)
    expect(text.length).toBeLessThan(20_000 + 4000 * rules.length)
    for (const rule of rules)
      expect([rule, compileNamedSql(openForce, entity, [rule]).sql.length < 200_000]).toEqual([rule, true])
  }
})
