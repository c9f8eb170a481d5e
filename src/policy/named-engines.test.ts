import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { businessDate, regionCode } from '#base'
import { cloneDatabase } from '#testing/postgres.ts'
import { openSql, type PlainSql } from '#testing/sql.ts'
import { type PackInForce, packInForce } from './pack/in-force.ts'
import { loadPack } from './pack/load.server.ts'
import type { Pack } from './pack/pack.ts'
import { readyProgrammeCases } from './pack/programme-cases.ts'
import { compileNamedSql } from './sql/compile.ts'
import { openQueries, type Queries } from './sql/try-out.server.ts'
import { drawFrom, type Near, subjectNear } from './testing/households.ts'
import {
  compiledRules,
  differencesOf,
  fillPostgres,
  interpretedRules,
  rulesOf,
} from './testing/named-engines.server.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const pack = loadPack('policies/cn-national').pack as Pack
const on = businessDate('2024-06-15')
const region = regionCode('150202000000')
const near: Near = {
  on,
  amounts: [0, 1, 20_000, 79_999, 80_000, 90_000, 120_000, 160_000, 240_000, 360_000, 960_000, 1_500_000],
  years: [2, 3, 8, 16, 18, 19, 40, 60, 62, 75],
}
const [someCase] = readyProgrammeCases(pack)
const plain = someCase?.case.parameters ?? {}

// The standards and options the rules may meet, some of them open.
const forces: readonly PackInForce[] = [
  { ...plain },
  {
    ...plain,
    employmentCostPercent: 30,
    employmentCostInMargin: true,
    basePensionCounted: true,
    illnessDeductionPercent: 50,
  },
  { ...plain, labourBaseFen: 150_001, labourCoefficientPercent: 50, dibaoStandardRuralFen: null },
  {},
].map((given) => packInForce(pack, { on, region, given }))

const draw = drawFrom(20261122)
const subjects = [
  ...Array.from({ length: 10_000 }, (_, index) => subjectNear(pack, 'household', `h${index}`, near, draw)),
  ...readyProgrammeCases(pack).map(({ subject }) => subject),
]
const entities = ['household', 'member'] as const
const fewer = subjects.slice(-2000)

const answers = new Map<string, Set<string>>()

let tables: Queries
let sql: PlainSql
beforeAll(async () => {
  tables = await openQueries(pack, { household: subjects })
  sql = await openSql((await cloneDatabase()).ownerUrl)
  await sql.query('create schema "policy_trial"')
  await sql.query('set search_path to "policy_trial"')
  await fillPostgres(sql, pack, 'household', fewer)
})
afterAll(async () => {
  tables.close()
  await sql.close()
})

test.for(forces.map((force, index) => [index, force] as const))(
  'interpreter and DuckDB agree on every named rule, value and missing facts, with values %i',
  async ([, force]) => {
    for (const entity of entities) {
      const rules = rulesOf(pack, entity)
      const left = interpretedRules(force, 'household', entity, rules, subjects)
      const right = await compiledRules(force, entity, rules, 'duckdb', (text, values) =>
        tables.query(text, values),
      )
      expect(left.size).toBeGreaterThan(10_000 * rules.length)
      expect(differencesOf(left, right).slice(0, 5)).toEqual([])
      for (const [key, value] of left) {
        const rule = key.slice(key.indexOf(' ') + 1)
        answers.set(rule, (answers.get(rule) ?? new Set()).add(value))
      }
    }
  },
)

test('every rule was seen to give different answers', () => {
  const constant = [...answers].filter(([, seen]) => seen.size < 2).map(([rule]) => rule)
  expect(constant).toEqual([])
})

test('more names may be missing than a statement has bits', async () => {
  const force = forces[3] ?? packInForce(pack, { on, region })
  const rules = rulesOf(pack, 'member')
  const whole = await compiledRules(force, 'member', rules, 'duckdb', tables.query)
  const parts = await compiledRules(force, 'member', rules, 'duckdb', tables.query, 7)
  expect(compileNamedSql(force, 'member', rules, { bits: 7 }).more.length).toBeGreaterThan(3)
  expect(differencesOf(whole, parts).slice(0, 5)).toEqual([])
})

test('PostgreSQL agrees too', async () => {
  for (const force of forces) {
    for (const entity of entities) {
      const rules = rulesOf(pack, entity)
      const left = interpretedRules(force, 'household', entity, rules, fewer)
      const right = await compiledRules(force, entity, rules, 'postgres', (text, values) =>
        sql.query(text, values),
      )
      expect(differencesOf(left, right).slice(0, 5)).toEqual([])
    }
  }
})

test('nothing leaves whole numbers in either dialect', () => {
  for (const force of forces) {
    for (const entity of entities) {
      for (const dialect of ['duckdb', 'postgres'] as const) {
        const { sql: text } = compileNamedSql(force, entity, rulesOf(pack, entity), { dialect })
        const outside = text.replaceAll(/'[^']*'|"[^"]*"/gu, '')
        expect(outside).not.toMatch(/%|\bavg\b|\bDOUBLE\b|\bFLOAT\b|\bREAL\b|\bDECIMAL\b|\bNUMERIC\b/iu)
        // DuckDB's single slash is a DOUBLE; PostgreSQL's of two BIGINTs is the whole quotient.
        const slashes = dialect === 'duckdb' ? outside.replaceAll(' // ', '') : outside.replaceAll(' / ', '')
        expect(slashes).not.toContain('/')
        expect(
          [...outside.matchAll(/(.{14})\bsum\(/gu)].every(([, before]) =>
            /CAST\((COALESCE\()?$/u.test(before ?? ''),
          ),
        ).toBe(true)
      }
    }
  }
})
