import { test } from '@fast-check/vitest'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test as it } from 'vitest'
import type { Secrecy } from '#access/server'
import { type Database, openDatabase } from '#store/server'
import { anyHistory, expectAsAnew } from '#testing/matching-histories.ts'
import { cloneDatabase } from '#testing/postgres.ts'
import { emptyRegistry } from '../testing/matching-world.queries.server.ts'
import { openMatchingWorld } from '../testing/matching-world.server.ts'
import { look, openTestSecrecy, testClock } from '../testing/registry.server.ts'
import { resolveIdentities } from './identities.server.ts'

const { secrecy, remove } = openTestSecrecy()
let database: Database
beforeAll(async () => {
  database = openDatabase((await cloneDatabase()).appUrl)
})
afterAll(async () => {
  await database.close()
  remove()
})

/** Secrecy that counts what it opens. */
const counting = (): { readonly secrecy: Secrecy; readonly opened: () => number } => {
  let opened = 0
  const decryptText: Secrecy['decryptText'] = (...given) => {
    opened += 1
    return secrecy.decryptText(...given)
  }
  return { secrecy: { ...secrecy, decryptText }, opened: () => opened }
}

const openedBy = async (files: readonly string[]): Promise<number> => {
  const { secrecy: own, opened } = counting()
  await look(database, (tx) => resolveIdentities(tx, { secrecy: own, clock: testClock }, files))
  return opened()
}

test.prop([anyHistory(6)], { numRuns: 5 })(
  'whatever came, went or was decided: what is kept says what scoring everything anew says',
  async (history) => {
    await emptyRegistry(database)
    const world = openMatchingWorld(database, secrecy)
    for (const steps of history) {
      for (const step of steps) await world.take(step)
      await expectAsAnew(database, secrecy, world.files())
    }
  },
)

const woman = { name: '杨秀英', birthDate: '1956-03-12', regionCode: '532901001001' }
const said = { kind: 'vehicles', ...woman, number: 'none' } as const

it('an identity is opened once, and again only when somebody changes who may be it', async () => {
  await emptyRegistry(database)
  const world = openMatchingWorld(database, secrecy)
  await world.take({ do: 'come', ...woman, hasNumber: true })
  const stranger = { ...said, name: '刘德华', birthDate: '1990-01-01', regionCode: '532923001001' }
  await world.take({ do: 'file', rows: [said, { ...stranger, kind: 'disability' }] })
  expect(await openedBy(world.files())).toBeGreaterThan(0)
  expect(await openedBy(world.files())).toBe(0)
  await world.take({ do: 'come', ...woman, name: '赵铁柱', birthDate: '1999-09-09', hasNumber: true })
  expect(await openedBy(world.files())).toBe(0)
  await world.take({ do: 'move', who: 0, regionCode: '532901002001' })
  expect(await openedBy(world.files())).toBe(1)
  await world.take({ do: 'file', rows: [said] })
  expect(await openedBy(world.files())).toBe(1)
})

it('a written number leads to whom the registry knows under another birth date, though only the date in the number agrees', async () => {
  await emptyRegistry(database)
  const world = openMatchingWorld(database, secrecy)
  await world.take({ do: 'come', ...woman, hasNumber: true })
  await world.take({ do: 'file', rows: [{ ...said, kind: 'disability' }] })
  await openedBy(world.files())
  await world.take({ do: 'be-born', who: 0, birthDate: '1987-04-12' })
  await openedBy(world.files())
  const another = { name: '杨秀兰', birthDate: undefined }
  await world.take({ do: 'file', rows: [{ ...said, ...another, number: { spoiled: 0, at: 15 } }] })
  await expectAsAnew(database, secrecy, world.files())
  const { scored } = await look(database, (tx) =>
    resolveIdentities(tx, { secrecy, clock: testClock }, world.files()),
  )
  expect(scored).toBe(1)
})

it('a file that is taken back takes what was found about its rows with it', async () => {
  await emptyRegistry(database)
  const world = openMatchingWorld(database, secrecy)
  await world.take({ do: 'come', ...woman, hasNumber: true })
  const own = { ...said, name: '杨秀瑛' }
  await world.take({ do: 'file', rows: [said, own] })
  await world.take({ do: 'file', rows: [said] })
  const [first = ''] = world.files()
  await openedBy(world.files())
  const count = (table: 'match_rows' | 'match_identities' | 'match_pairs' | 'match_blocks') =>
    look(database, async (tx) => {
      const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(tx)
      return Number(rows[0]?.n)
    })
  const before = [await count('match_rows'), await count('match_identities'), await count('match_pairs')]
  await world.take({ do: 'take-back', file: 0 })
  const after = [await count('match_rows'), await count('match_identities'), await count('match_pairs')]
  // The identity that only this file knew is gone, the other one stays with the other file.
  expect(after).toEqual([(before[0] ?? 0) - 2, (before[1] ?? 0) - 1, (before[2] ?? 0) - 1])
  expect(world.files()).not.toContain(first)
})

it('a scan that is broken off leaves what the next one goes by', async () => {
  await emptyRegistry(database)
  const world = openMatchingWorld(database, secrecy)
  await world.take({ do: 'come', ...woman, hasNumber: true })
  await world.take({ do: 'file', rows: [said, { ...said, name: '杨秀瑛', kind: 'disability' }] })
  await openedBy(world.files())
  await world.take({ do: 'rename', who: 0, name: '张三丰' })
  const broken = look(database, async (tx) => {
    await resolveIdentities(tx, { secrecy, clock: testClock }, world.files())
    throw new Error('killed')
  })
  await expect(broken).rejects.toThrow('killed')
  await expectAsAnew(database, secrecy, world.files())
})

it('another shape of matching compares everything again', async () => {
  await emptyRegistry(database)
  const world = openMatchingWorld(database, secrecy)
  await world.take({ do: 'come', ...woman, hasNumber: true })
  await world.take({ do: 'file', rows: [said] })
  await openedBy(world.files())
  await look(database, (tx) => tx.updateTable('match_state').set({ shape: 'of before' }).execute())
  await look(database, (tx) => tx.deleteFrom('match_pairs').execute())
  await expectAsAnew(database, secrecy, world.files())
})

it('what is kept holds no name, date or number, and is seen by nobody outside its regions', async () => {
  await emptyRegistry(database)
  const world = openMatchingWorld(database, secrecy)
  await world.take({ do: 'come', ...woman, hasNumber: true })
  await world.take({ do: 'file', rows: [said, { ...said, number: { spoiled: 0, at: 15 } }] })
  await openedBy(world.files())
  const tables = ['match_identities', 'match_rows', 'match_blocks', 'match_pairs', 'match_names']
  for (const table of tables) {
    const listed = sql<{ text: string }>`select t::text as text from ${sql.table(table)} t`
    const seen = await look(database, (tx) => listed.execute(tx))
    expect(seen.rows.length).toBeGreaterThan(0)
    const text = seen.rows.map((row) => row.text).join('\n')
    for (const clear of ['杨秀英', '1956-03-12', '195603', Buffer.from('杨秀英').toString('hex')])
      expect(text).not.toContain(clear)
    expect((await listed.execute(database.kysely)).rows).toEqual([])
  }
})
