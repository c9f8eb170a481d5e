import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#base'
import { type Identity, rowIdentityContext } from '#exchange'
import { type Database, openDatabase } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { aHousehold, aMember, aNumber } from '../testing/builders.ts'
import { load, look, openTestSecrecy, testClock } from '../testing/registry.server.ts'
import { resolveIdentities } from './identities.server.ts'

const { secrecy, remove } = openTestSecrecy()
const feedId = newId()
let database: Database
let rows = 0

beforeAll(async () => {
  database = openDatabase((await cloneDatabase()).appUrl)
  await load(
    database,
    secrecy,
    aHousehold({ members: [aMember({ name: '杨秀英', number: aNumber(1) })] }),
    aHousehold({ number: 'H2901000002', members: [aMember({ name: '杨秀兰', number: aNumber(40) })] }),
  )
  await look(database, (tx) =>
    tx
      .insertInto('feeds')
      .values({
        id: feedId,
        kind: 'vehicles',
        region_code: '532901000000',
        status: 'accepted',
        file_name: 'x.csv',
        sha256: feedId,
        size_bytes: 1,
        received_at: testClock.now(),
      })
      .execute(),
  )
})
afterAll(async () => {
  await database.close()
  remove()
})

const resolve = async (identity: Identity) => {
  rows += 1
  await look(database, async (tx) => {
    await tx.deleteFrom('unmatched_rows').execute()
    await tx
      .insertInto('unmatched_rows')
      .values({
        feed_id: feedId,
        row_no: rows,
        region_code: '532901000000',
        kind: 'vehicles',
        role: 'self',
        row_key: Buffer.from(`p:${rows}`),
        identity_cipher: Buffer.from(secrecy.encryptText(JSON.stringify(identity), rowIdentityContext)),
        has_number: false,
      })
      .execute()
  })
  const services = { secrecy, clock: testClock }
  return look(database, (tx) => resolveIdentities(tx, services, [feedId]))
}
const spoiled = (number: string): string =>
  `${number.slice(0, 9)}${(Number(number[9]) + 1) % 10}${number.slice(10)}`

test('a number with a slip leads to its member, whose name sounds the same, and to nobody else of that birthday', async () => {
  const found = await resolve({ writtenNumber: spoiled(aNumber(1)), name: '杨秀瑛', birthDate: '1956-03-12' })
  expect(found).toMatchObject({ scored: 1, questions: [] })
  const person = await look(database, (tx) =>
    tx
      .selectFrom('persons')
      .select('name')
      .where('id', '=', found.given[0]?.personId ?? '')
      .execute(),
  )
  expect(person).toEqual([{ name: '杨秀英' }])
})

test('without the number the same row is asked about, with what speaks for each and against', async () => {
  const found = await resolve({ name: '杨秀瑛', birthDate: '1956-03-12' })
  expect(found).toMatchObject({ scored: 0, given: [] })
  const [candidate] = found.questions[0]?.candidates ?? []
  expect(candidate?.score).toBeLessThan(100)
  expect(candidate?.vetoes).toEqual([])
  expect(candidate?.reasons.map(({ field, agrees }) => `${field} ${agrees}`)).toEqual([
    'name homophone',
    'birth-date exact',
    'region county-whole',
  ])
})
