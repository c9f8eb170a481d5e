import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tokensOf } from '#lake'
import { everywhere } from '#store'
import { type Database, inScope, openDatabase, type Tx } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { aHousehold, aMember, aNumber } from '../testing/builders.ts'
import { testClock as clock, openTestSecrecy } from '../testing/registry.server.ts'
import type { ImportHousehold } from './import.ts'
import { loadRegistry } from './load.server.ts'

const { secrecy, remove } = openTestSecrecy()
let database: Database
beforeAll(async () => {
  database = openDatabase((await cloneDatabase()).appUrl, 2)
})
afterAll(async () => {
  await database.close()
  remove()
})

class Undo extends Error {}
/** Loads in a transaction that is rolled back after the look. */
const loaded = async <T>(
  households: readonly ImportHousehold[],
  look: (tx: Tx) => Promise<T>,
): Promise<T> => {
  let seen: T | undefined
  await inScope(database, everywhere, async (tx) => {
    await loadRegistry(tx, { secrecy, clock }, { households })
    seen = await look(tx)
    throw new Undo()
  }).catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error
  })
  return seen as T
}

test('a number is kept as ciphertext, blind index, last four, token and check character, never in the clear', async () => {
  const number = aNumber(7)
  const [row, everything] = await loaded([aHousehold({ members: [aMember({ number })] })], async (tx) => {
    const { rows } = await sql<{ all: string }>`
      select string_agg(t.x, ' ') as all from (
        select households::text as x from households union all select persons::text from persons
        union all select facts::text from facts union all select events::text from events) t`.execute(tx)
    return [await tx.selectFrom('persons').selectAll().executeTakeFirstOrThrow(), rows[0]?.all] as const
  })
  expect(secrecy.decryptText(row.number_cipher ?? Buffer.of(), 'persons.number_cipher')).toBe(number)
  expect(row.number_index?.toString('hex')).toBe(secrecy.blindIndex(number))
  const [token] = tokensOf([number], secrecy.encryptBlocks)
  expect({ token: BigInt(row.number_token ?? 0), check: row.number_check }).toEqual(token)
  expect(row.number_last4).toBe(number.slice(-4))
  expect(everything).toContain('H2901000001')
  expect(everything).not.toContain(number)
})

test('a number tells birth date and sex, and 15 digits are lifted to the same person', async () => {
  const number = aNumber(3, '1956-03-12', 'male')
  const old = number.slice(0, 6) + number.slice(8, 17)
  const row = await loaded([aHousehold({ members: [aMember({ number: old })] })], (tx) =>
    tx.selectFrom('persons').selectAll().executeTakeFirstOrThrow(),
  )
  expect(row).toMatchObject({ sex: 'male', birth_date: '1956-03-12' })
  expect(row.number_index?.toString('hex')).toBe(secrecy.blindIndex(number))
})

test('names are kept in one spelling with their pinyin initials, rare characters and middle dots included', async () => {
  const named = ['杨 秀英', '阿苏．木呷', '单晓雪', '张𬍛', undefined].map((name, at) =>
    aMember({ name, number: undefined, relation: at === 0 ? 'head' : 'other' }),
  )
  const rows = await loaded([aHousehold({ members: named })], (tx) =>
    tx.selectFrom('persons').select(['name', 'name_initials', 'name_key']).orderBy('id').execute(),
  )
  expect(rows.map(({ name }) => name)).toEqual(['杨秀英', '阿苏·木呷', '单晓雪', '张𬍛', null])
  expect(rows.map(({ name_initials }) => name_initials?.slice(0, 4))).toEqual([
    'yxy',
    'asmx',
    'sxx',
    expect.stringMatching(/^z/),
    undefined,
  ])
  expect(rows[4]?.name_key).toBe(null)
})

test('completeness is the share of expected facts known, rounded down', async () => {
  const child = aMember({ name: '杨小妹', number: aNumber(1, '2020-01-01'), relation: 'daughter' })
  const rows = await loaded(
    [
      aHousehold({
        members: [aMember({ facts: [{ kind: 'workStatus', value: 'none' }] }), child],
        facts: [
          { kind: 'annualIncomeFen', value: 960_000 },
          { kind: 'homes', value: 1 },
        ],
      }),
    ],
    (tx) => tx.selectFrom('households').select('completeness').execute(),
  )
  // Expected: five of the household, five of an elder, three of a child of six; known: three of thirteen.
  expect(rows).toEqual([{ completeness: 23 }])
})

test('null, false and unknown stay three things', async () => {
  const rows = await loaded(
    [
      aHousehold({
        members: [
          aMember({
            facts: [
              { kind: 'disability', value: null },
              { kind: 'pensionDeclared', value: false },
              { kind: 'careAgreement', value: { from: '2025-01-01', until: null } },
            ],
          }),
        ],
      }),
    ],
    (tx) =>
      tx
        .selectFrom('facts')
        .select(['kind', 'value', sql<boolean>`value is null`.as('sql_null')])
        .orderBy('kind')
        .execute(),
  )
  expect(rows).toEqual([
    { kind: 'careAgreement', value: { from: '2025-01-01', until: null }, sql_null: false },
    { kind: 'disability', value: null, sql_null: false },
    { kind: 'pensionDeclared', value: false, sql_null: false },
  ])
})

test('a registered number is refused and nothing of the load is kept', async () => {
  const twice = [aHousehold(), aHousehold({ number: 'H2901000002', members: [aMember({ name: '李 芳' })] })]
  await expect(loaded(twice, async () => undefined)).rejects.toMatchObject({ code: 'registry.number-taken' })
  const left = await inScope(database, everywhere, (tx) => tx.selectFrom('households').select('id').execute())
  expect(left).toEqual([])
})

const faults: readonly (readonly [string, Partial<ImportHousehold>])[] = [
  ['regionCode', { regionCode: '5329' }],
  ['members', { members: [] }],
  ['categories', { categories: [{ category: 'returnPovertyWatch', validFrom: '2025-01-01' }] }],
  ['members[0].number', { members: [aMember({ number: '992901195603120027' })] }],
  ['facts[0].kind', { facts: [{ kind: 'workStatus', value: 'none' }] }],
  ['facts[0].value', { facts: [{ kind: 'homes', value: -1 }] }],
  ['members[0].facts[0].value', { members: [aMember({ facts: [{ kind: 'workStatus', value: 'child' }] })] }],
]
test.each(faults)('a household with a wrong %s is refused by its number', async (fault, wrong) => {
  await expect(loaded([aHousehold(wrong)], async () => undefined)).rejects.toMatchObject({
    code: 'registry.import-invalid',
    details: { household: 'H2901000001', fault },
  })
})

test('an open lead becomes registered when its number is loaded, and the chain says so', async () => {
  const number = aNumber(9)
  const lead = '01890000-0000-7000-8000-000000000001'
  await inScope(database, everywhere, (tx) =>
    tx
      .insertInto('leads')
      .values({
        id: lead,
        lead_key: Buffer.from('k'),
        region_code: '532901001001',
        number_index: Buffer.from(secrecy.blindIndex(number), 'hex'),
        feed_kinds: ['students'],
        first_feed_id: lead,
        first_seen_at: clock.now(),
      })
      .execute(),
  )
  const [status, events] = await loaded([aHousehold({ members: [aMember({ number })] })], async (tx) => [
    await tx.selectFrom('leads').select(['status', 'version']).execute(),
    await tx.selectFrom('events').select(['kind', 'relayed_at']).orderBy('seq').execute(),
  ])
  expect(status).toEqual([{ status: 'registered', version: 2 }])
  expect(events).toEqual([
    { kind: 'registry.household-registered', relayed_at: clock.now() },
    { kind: 'registry.lead-registered', relayed_at: null },
  ])
})

test('a connection in another county sees nothing of the load', async () => {
  const elsewhere = { from: '532922000000', until: '532923000000', extra: [] }
  await inScope(database, everywhere, (tx) =>
    loadRegistry(tx, { secrecy, clock }, { households: [aHousehold()] }),
  )
  const seen = await inScope(database, elsewhere, (tx) => tx.selectFrom('persons').select('id').execute())
  expect(seen).toEqual([])
})
