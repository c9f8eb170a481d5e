import { expect, test } from 'vitest'
import { dialectStatements } from '../engine/dialect.ts'
import type { Engine } from '../engine/engine.server.ts'
import { openFixture } from '../facts/facts-fixture.server.ts'

// What another engine over the same Parquet must know, beside the dialect's own file: docs/decisions/2026-11-22-states-of-the-lake.md.
const functions = [
  ...[
    'abs',
    'cast',
    'coalesce',
    'count',
    'greatest',
    'hash',
    'least',
    'left',
    'max',
    'min',
    'nullif',
    'row_number',
  ],
  ...['bool_or', 'split_part', 'starts_with', 'substr', 'sum', 'translate'],
]
const words = [
  ...[
    'as',
    'by',
    'distinct',
    'exclude',
    'exists',
    'filter',
    'from',
    'in',
    'join',
    'materialized',
    'on',
    'over',
    'select',
    'using',
  ],
  'values',
]

/** Every statement that is run while the fixture brings everybody up, without what stands in quotes. */
const statementsOf = async (): Promise<readonly string[]> => {
  const facts = await openFixture()
  await facts.reset()
  const seen: string[] = []
  const { run, rows, writeParquet } = facts.engine
  const telling: Pick<Engine, 'run' | 'rows' | 'writeParquet'> = {
    run: (sql, ...more) => {
      seen.push(sql)
      return run(sql, ...more)
    },
    rows: (sql, ...more) => {
      seen.push(sql)
      return rows(sql, ...more)
    },
    writeParquet: (sql, ...more) => {
      seen.push(sql)
      return writeParquet(sql, ...more)
    },
  }
  Object.assign(facts.engine, telling)
  try {
    await facts.build()
  } finally {
    facts.close()
  }
  return seen.map((sql) => sql.replaceAll(/'[^']*'/gu, "''").replaceAll(/"[^"]*"/gu, 'name'))
}

test('what runs over everybody uses the functions of the seam and no others', async () => {
  const macros = dialectStatements().map((text) => /macro (\w+)\(/u.exec(text)?.[1] ?? '')
  const ofDialect = ['read_parquet', 'struct_pack', ...macros]
  const used = new Set(
    (await statementsOf()).flatMap((sql) =>
      [...sql.matchAll(/\b([a-z_]+)\s*\(/giu)].map(([, name = '']) => name.toLowerCase()),
    ),
  )
  expect(used).toContain('number_key')
  const known = new Set([...functions, ...words, ...ofDialect])
  // Aliases of value lists and tables with their columns.
  const aliases = /^(f|live_feed|question_now)$/u
  expect([...used].filter((name) => !known.has(name) && !aliases.test(name))).toEqual([])
})
