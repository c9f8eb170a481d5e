import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cloneDatabase } from '#testing/postgres.ts'
import { type Database, inScope, openDatabase } from './connect.server.ts'
import { everywhere } from './index.ts'
import { inPortions } from './portions.server.ts'

let database: Database
beforeAll(async () => {
  database = openDatabase((await cloneDatabase()).appUrl, 1)
})
afterAll(() => database.close())

const numbers = (count: number) =>
  sql<{ n: number }>`select n from generate_series(1, ${count}::integer) as n order by n`

test.each([
  [0, []],
  [1, [1]],
  [3, [3]],
  [4, [3, 1]],
  [6, [3, 3]],
])('%i rows, three at a time, come in portions of %j, each row once and in order', async (count, sizes) => {
  await inScope(database, everywhere, async (tx) => {
    const portions: (readonly { n: number }[])[] = []
    for await (const rows of inPortions(tx, numbers(count), 3)) portions.push(rows)
    expect(portions.map(({ length }) => length)).toEqual(sizes)
    expect(portions.flat().map(({ n }) => n)).toEqual(Array.from({ length: count }, (_, at) => at + 1))
  })
})

test('two queries may be read side by side, and what is written meanwhile is not among their rows', async () => {
  await inScope(database, everywhere, async (tx) => {
    await sql`create temporary table seen (n integer) on commit drop`.execute(tx)
    await sql`insert into seen select n from generate_series(1, 4) as n`.execute(tx)
    const found: number[] = []
    for await (const outer of inPortions(tx, sql<{ n: number }>`select n from seen order by n`, 2)) {
      for await (const inner of inPortions(tx, numbers(3), 2)) found.push(...inner.map(({ n }) => -n))
      await sql`insert into seen values (5)`.execute(tx)
      found.push(...outer.map(({ n }) => n))
    }
    expect(found).toEqual([-1, -2, -3, 1, 2, -1, -2, -3, 3, 4])
  })
})

test('a query that fails says why, and what was left unfinished hinders nothing', async () => {
  const unfinished = inScope(database, everywhere, async (tx) => {
    for await (const _ of inPortions(tx, numbers(9), 2)) break
    for await (const _ of inPortions(
      tx,
      sql<{ n: number }>`select 1 / (3 - n) as n from generate_series(1, 9) as n`,
      2,
    ));
  })
  await expect(unfinished).rejects.toThrow('division by zero')
})
