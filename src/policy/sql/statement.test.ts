import { expect, test } from 'vitest'
import { businessDate, regionCode } from '#base'
import { packInForce } from '../pack/in-force.ts'
import { loadPack } from '../pack/load.server.ts'
import type { Pack } from '../pack/pack.ts'
import { compileSql, ruledEntities } from './compile.ts'

const pack = loadPack('policies/indicators').pack as Pack
const force = packInForce(pack, { on: businessDate('2026-06-15'), region: regionCode('532901000000') })
const statements = (['duckdb', 'postgres'] as const).flatMap((dialect) =>
  ruledEntities(force).map((entity) => ({ dialect, ...compileSql(force, entity, { dialect }) })),
)

test('there is one statement for each entity, with all its rules', () => {
  expect(
    statements
      .filter(({ dialect }) => dialect === 'duckdb')
      .map(({ entity, rules }) => [entity, rules.length]),
  ).toEqual([
    ['household', 14],
    ['lead', 2],
  ])
})

// Divisions give DOUBLE, avg too, sums grow to HUGEINT, `//` truncates: none may reach an engine.
test('no statement holds an operation that leaves whole numbers', () => {
  for (const { sql } of statements) {
    const outside = sql.replaceAll(/'[^']*'|"[^"]*"/gu, '')
    expect(outside).not.toMatch(/\/|%|\bavg\b|\bDOUBLE\b|\bFLOAT\b|\bDECIMAL\b/iu)
    expect([...outside.matchAll(/(.{5})\bsum\(/gu)].every(([, before]) => before === 'CAST(')).toBe(true)
  }
})

test('every name is quoted and today is the only open place', () => {
  for (const { sql } of statements) {
    const bare = sql.replaceAll(/'[^']*'|"[^"]*"/gu, '')
    const words = new Set([...bare.matchAll(/[A-Za-z_]\w*/gu)].map(([word]) => word))
    expect(
      [...words].filter(
        (word) =>
          !/^[A-Z]+$/u.test(word) &&
          !/^(?:bool_or|bit_or|sum|min|max|count|strftime|to_char|to_months|make_interval|months)$/u.test(
            word,
          ),
      ),
    ).toEqual([])
    expect([...new Set([...bare.matchAll(/\$\d+/gu)].map(([place]) => place))]).toEqual(
      sql.includes('$1') ? ['$1'] : [],
    )
  }
})

test('the members are read once however many rules there are', () => {
  const [household] = statements
  expect(household?.sql.match(/FROM "member"/gu)).toHaveLength(1)
  expect(household?.sql.match(/FROM "household"/gu)).toHaveLength(1)
})

test('a layer is copied only where more than one place reads it, and in PostgreSQL always', () => {
  for (const { sql, dialect } of statements) {
    const written = [...sql.matchAll(/("[^"]+") AS (NOT )?MATERIALIZED/gu)]
    expect(written.length).toBeGreaterThan(0)
    for (const [, table = '', flowing] of written) {
      const reads = sql.split(`FROM ${table}`).length + sql.split(`JOIN ${table}`).length - 2
      expect([table, flowing !== undefined]).toEqual([table, dialect === 'duckdb' && reads < 2])
    }
  }
})
