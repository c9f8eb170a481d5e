import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { businessDate, fixedClock } from '#base'
import { cloneDatabase } from '#testing/postgres.ts'
import { type Database, inScope, inScopeCopying, openDatabase, type Tx } from './connect.server.ts'
import { recordEvent } from './events.server.ts'
import { everywhere } from './index.ts'
import { prepared } from './prepared.server.ts'

const clock = fixedClock(businessDate('2026-06-15'))
const here = '532901101001'
const county = { from: '532901000000', until: '532902000000', extra: [] }

const openOne = async (): Promise<Database> => {
  const { appUrl } = await cloneDatabase()
  const database = openDatabase(appUrl, 1)
  onTestFinished(() => database.close())
  return database
}

const happened = { kind: 'test.happened', regionCode: here }
const countEvents = (tx: Tx) =>
  tx
    .selectFrom('events')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()

test('what is asked together is answered in order, behind the scope that was sent with it', async () => {
  const database = await openOne()
  const counts = await inScope(database, county, async (tx) => {
    const [before, , after, number] = await Promise.all([
      countEvents(tx),
      recordEvent(tx, clock, happened),
      countEvents(tx),
      sql<{ n: number }>`select ${7}::int as n ${prepared}`.execute(tx),
    ])
    return [before.count, after.count, number.rows[0]?.n]
  })
  expect(counts).toEqual([0, 1, 7])
})

test('one that fails of those asked together takes the transaction back and leaves the connection usable', async () => {
  const database = await openOne()
  const named = (tx: Tx) => sql`select ${1}::int as first_asked_behind_a_failure ${prepared}`.execute(tx)
  await expect(
    inScope(database, county, (tx) =>
      Promise.all([
        recordEvent(tx, clock, happened),
        sql`select 1 / 0`.execute(tx),
        named(tx),
        countEvents(tx),
      ]),
    ),
  ).rejects.toMatchObject({ code: '22012' })
  const [seen, again] = await inScope(database, county, (tx) => Promise.all([countEvents(tx), named(tx)]))
  expect(seen.count).toBe(0)
  expect(again.rows).toEqual([{ first_asked_behind_a_failure: 1 }])
})

test('a transaction whose failed statement nobody noticed is not taken for a committed one', async () => {
  const database = await openOne()
  await expect(
    inScope(database, county, async (tx) => {
      await recordEvent(tx, clock, happened)
      await sql`select 1 / 0`.execute(tx).catch(() => undefined)
    }),
  ).rejects.toThrow()
  expect((await inScope(database, everywhere, countEvents)).count).toBe(0)
})

test('a statement after the end of its transaction is not asked, whoever has the connection then', async () => {
  const database = await openOne()
  const kept = await inScope(database, county, async (tx) => tx)
  await expect(inScope(database, everywhere, () => countEvents(kept))).rejects.toThrow(/after the end/)
})

test('work that fails before it asked anything gives the connection back', async () => {
  const database = await openOne()
  const failing = inScope(database, county, () => {
    throw new Error('nothing asked')
  })
  await expect(failing).rejects.toThrow('nothing asked')
  expect((await inScope(database, county, countEvents)).count).toBe(0)
})

test('a connection that ends in the middle is not given to the next', async () => {
  const database = await openOne()
  const cut = inScope(database, county, async (tx) => {
    await Promise.all([
      recordEvent(tx, clock, happened),
      sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx),
      countEvents(tx),
    ])
  })
  await expect(cut).rejects.toThrow()
  expect((await inScope(database, everywhere, countEvents)).count).toBe(0)
})

test('beside copying, statements that are given together go one after the other', async () => {
  const database = await openOne()
  const counts = await inScopeCopying(database, county, async (tx, client) => {
    const [before, , after] = await Promise.all([
      countEvents(tx),
      recordEvent(tx, clock, happened),
      countEvents(tx),
    ])
    const { rows } = await client.query('select count(*) as count from events')
    return [before.count, after.count, rows[0]?.count]
  })
  expect(counts).toEqual([0, 1, 1])
})

test('work over everybody lasts as long as it needs, and nothing of that is left to whoever comes next', async () => {
  const database = await openOne()
  const limit = async (tx: Tx) =>
    (await sql<{ limit: string }>`select current_setting('statement_timeout') as limit`.execute(tx)).rows[0]
      ?.limit
  expect(await inScopeCopying(database, everywhere, limit)).toBe('0')
  expect(await inScope(database, everywhere, limit)).toBe('2min')
})

test('a pool that was only asked in transactions is closed with the database', async () => {
  const { appUrl } = await cloneDatabase()
  const database = openDatabase(appUrl, 1)
  await inScope(database, everywhere, countEvents)
  await database.close()
  expect([database.pool.ended, database.pool.totalCount]).toEqual([true, 0])
})
