import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#base'
import { everywhere } from '#store'
import { type Database, inScope, openDatabase } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { findKept, nameKept } from './kept.queries.server.ts'

let database: Database
beforeAll(async () => {
  database = openDatabase((await cloneDatabase()).appUrl, 3)
})
afterAll(() => database.close())

const at = '2026-06-15T00:00:00.000Z'
const name = (before: string | undefined, now: string) =>
  inScope(database, everywhere, (tx) => nameKept(tx, { before, now }, at))
const inForce = () => inScope(database, everywhere, findKept)

test('a state follows only the one in force: of two made from the same, one is kept and the other keeps nothing', async () => {
  const [first, second, third, fourth] = [newId(), newId(), newId(), newId()]
  const begun = await Promise.allSettled([name(undefined, first), name(undefined, second)])
  expect(begun.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const before = await inForce()
  const followed = await Promise.allSettled([name(before, third), name(before, fourth)])
  expect(followed.filter(({ status }) => status === 'rejected')).toMatchObject([
    { reason: { code: 'registry.pass-overtaken' } },
  ])
  expect([third, fourth]).toContain(await inForce())
  await expect(name(undefined, newId())).rejects.toMatchObject({ code: 'registry.pass-overtaken' })
})
