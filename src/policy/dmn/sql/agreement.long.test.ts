import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyDatabase } from '#testing/postgres.ts'
import { openSql, type PlainSql } from '#testing/sql.ts'
import { agreementOf } from '../samples/engines.server.ts'
import { generatedSample } from '../samples/generated.ts'
import { openDmnDuckdb } from './duckdb.server.ts'

let duckdb: Awaited<ReturnType<typeof openDmnDuckdb>>
let postgres: PlainSql
beforeAll(async () => {
  duckdb = await openDmnDuckdb()
  postgres = await openSql((await emptyDatabase()).ownerUrl)
})
afterAll(async () => {
  duckdb.close()
  await postgres.close()
})

test.each(Array.from({ length: 25 }, (_, at) => 100 + at))(
  'generated decisions answer alike in the interpreter, DuckDB and PostgreSQL: seed %i',
  async (seed) => {
    const sample = generatedSample(seed, { decisions: 50, lines: 40 })
    const first = await agreementOf(sample, 'duckdb', duckdb.query)
    const second = await agreementOf(sample, 'postgres', postgres.query)
    expect(first.differences).toEqual([])
    expect(second).toEqual(first)
    // Most are inside the profile; the rest grow beyond 34 digits.
    expect(first.compared).toBeGreaterThan(1_200)
  },
  120_000,
)
