import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { businessDate, newId } from '#base'
import { tokensOf } from '#lake'
import { inputTables, registryFacts } from '#lake/server'
import { type Database, openDatabase } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { factCatalogue } from '../facts/catalogue.ts'
import { recordLeads } from '../leads/record-leads.server.ts'
import { aHousehold, aMember, aNumber } from '../testing/builders.ts'
import { load, look, openTestSecrecy, testClock } from '../testing/registry.server.ts'
import { plainFacts, snapshotTables } from './snapshot.queries.server.ts'

const { secrecy, remove } = openTestSecrecy()
let database: Database
const today = businessDate('2026-06-15')
const agreement = { from: '2025-01-01', until: null }

beforeAll(async () => {
  database = openDatabase((await cloneDatabase()).appUrl, 2)
  await load(
    database,
    secrecy,
    aHousehold({
      categories: [
        { category: 'dibaoMargin', validFrom: '2023-01-01', validUntil: '2024-05-01' },
        { category: 'dibao', validFrom: '2024-05-01' },
      ],
      members: [
        aMember({
          number: aNumber(1),
          facts: [
            { kind: 'workStatus', value: 'none', validFrom: '2024-05-01', validUntil: '2026-06-15' },
            { kind: 'workStatus', value: 'employed', validFrom: '2026-06-15' },
            { kind: 'pensionDeclared', value: true },
          ],
        }),
        aMember({
          number: aNumber(2),
          relation: 'son',
          categories: [{ category: 'singlePersonDibao', validFrom: '2025-01-01' }],
          facts: [{ kind: 'workStatus', value: 'none', provenance: 'declared', validFrom: '2026-06-16' }],
        }),
      ],
      facts: [
        { kind: 'annualIncomeFen', value: 960_000, validFrom: '2024-05-01' },
        { kind: 'annualIncomeFen', value: 1, provenance: 'compared', validFrom: '2026-01-01' },
        { kind: 'homes', value: 1 },
      ],
    }),
    aHousehold({
      number: 'H2901000002',
      categories: [{ category: 'tekun', validFrom: '2024-05-01' }],
      members: [aMember({ number: aNumber(3), facts: [{ kind: 'careAgreement', value: agreement }] })],
    }),
    aHousehold({
      number: 'H2901000003',
      categories: [{ category: 'tekun', validFrom: '2024-05-01' }],
      members: [
        aMember({
          number: aNumber(4),
          categories: [{ category: 'tekun', validFrom: '2024-05-01' }],
          facts: [{ kind: 'careAgreement', value: null }],
        }),
        aMember({ name: undefined, number: undefined, relation: 'spouse' }),
      ],
    }),
    aHousehold({
      number: 'H2901000004',
      registeredOn: '2026-06-16',
      categories: [{ category: 'dibao', validFrom: '2026-06-16' }],
      members: [aMember({ number: aNumber(5) })],
    }),
  )
})
afterAll(async () => {
  await database.close()
  remove()
})

const rowsOf = (table: string, on = today) =>
  look(database, async (tx) => {
    const found = snapshotTables(on).find((one) => one.table === table)
    const names = found?.columns.map(({ name }) => name).join(', ')
    const { rows } = await sql<Record<string, unknown>>`
      select * from (${sql.raw(found?.select ?? '')}) as given (${sql.raw(names ?? '')})`.execute(tx)
    return rows
  })

/** Household number or last four of the person, for rows that name ids. */
const nameOf = () =>
  look(database, async (tx) => {
    const households = await tx.selectFrom('households').select(['id', 'number']).execute()
    const persons = await tx.selectFrom('persons').select(['id', 'number_last4']).execute()
    return new Map<unknown, string | null>([
      ...households.map(({ id, number }) => [id, number] as const),
      ...persons.map(({ id, number_last4 }) => [id, number_last4] as const),
    ])
  })
const factsOn = async (on = today) => {
  const name = await nameOf()
  const rows = await rowsOf('registry_fact', on)
  return rows.map(({ subject_id, fact, value }) => `${name.get(subject_id)} ${fact} ${value}`).toSorted()
}
const end = (serial: number): string => aNumber(serial).slice(-4)

test('the selects have the columns of the lake’s input tables, in their order', () => {
  const expected = inputTables('UUID')
  for (const { table, columns } of snapshotTables(today)) expect(columns, table).toEqual(expected[table])
})

test('every registered household is there with the category in force on the day', async () => {
  const name = await nameOf()
  const on = async (day: string) =>
    (await rowsOf('registry_household', businessDate(day)))
      .map(({ household_id, category }) => `${name.get(household_id)} ${category}`)
      .toSorted()
  expect(await on('2026-06-15')).toEqual(['H2901000001 dibao', 'H2901000002 tekun', 'H2901000003 tekun'])
  expect(await on('2026-06-16')).toContain('H2901000004 dibao')
  expect(await on('2024-04-30')).toEqual([])
})

test('members come with token, check character and key of the name, and nothing in the clear', async () => {
  const rows = await rowsOf('registry_person')
  expect(rows).toHaveLength(5)
  const [token] = tokensOf([aNumber(3)], secrecy.encryptBlocks)
  expect(
    rows.map((row) => [row.token === null ? null : BigInt(row.token as number), row.check_char]),
  ).toContainEqual([token?.token, token?.check])
  expect(rows.filter(({ name_key }) => name_key === null)).toHaveLength(1)
})

test('facts are the newest declared ones in force that day; an agreement gives two, and what nobody told gives none', async () => {
  const expected = [
    'H2901000001 annualIncomeFen 960000',
    `${end(1)} pensionDeclared true`,
    `${end(1)} workStatus employed`,
    `${end(2)} singlePersonDibao true`,
    `${end(3)} careAgreementFrom 2025-01-01`,
    `${end(3)} careAgreementUntil null`,
    `${end(3)} tekunPerson true`,
    `${end(4)} careAgreementFrom null`,
    `${end(4)} careAgreementUntil null`,
    `${end(4)} tekunPerson true`,
  ]
  expect(await factsOn()).toEqual(expected.toSorted())
  expect(await factsOn(businessDate('2026-06-14'))).toContain(`${end(1)} workStatus none`)
})

test('a fact typed in by hand is not told before it is checked', async () => {
  const row = await look(database, (tx) =>
    tx.selectFrom('facts').selectAll().where('kind', '=', 'annualIncomeFen').executeTakeFirstOrThrow(),
  )
  const id = newId()
  const collector = newId()
  await look(database, (tx) =>
    tx
      .insertInto('facts')
      .values({
        ...row,
        id,
        value: '77',
        provenance: 'visited',
        valid_from: '2026-06-01',
        collector_id: collector,
      })
      .execute(),
  )
  expect(await factsOn()).toContain('H2901000001 annualIncomeFen 960000')
  await look(database, async (tx) => {
    await tx.updateTable('facts').set({ checker_id: newId() }).where('id', '=', id).execute()
  })
  expect(await factsOn()).toContain('H2901000001 annualIncomeFen 77')
  await look(database, async (tx) => {
    await tx.updateTable('facts').set({ superseded_at: testClock.now() }).where('id', '=', id).execute()
  })
})

test('open leads are told, dismissed ones are not', async () => {
  const drafts = [61, 62].map((serial) => ({
    number: aNumber(serial),
    name: '段晓雪',
    regionCode: '532901001001',
    feedKind: 'students',
    feedId: newId(),
  }))
  const leads = await look(database, (tx) => recordLeads(tx, { secrecy, clock: testClock }, drafts))
  await look(database, async (tx) => {
    await tx
      .updateTable('leads')
      .set({ status: 'dismissed' })
      .where('id', '=', leads[1]?.id ?? '')
      .execute()
  })
  const rows = await rowsOf('registry_lead')
  expect(rows.map(({ lead_id }) => lead_id)).toEqual([leads[0]?.id])
  expect(rows[0]?.name_key).not.toBe(null)
})

type Words = Readonly<Record<string, { readonly zh: string; readonly en: string }>>

interface Dictionary {
  readonly facts: Readonly<
    Record<string, Readonly<Record<string, { values?: Words; from?: { registry?: string } }>>>
  >
}

test('every fact that the indicators take from the registry is told, with the codes of the dictionary', () => {
  const { facts } = parse(readFileSync('policies/indicators/facts.yaml', 'utf8')) as Dictionary
  const asked = Object.values(facts).flatMap((entity) =>
    Object.entries(entity).flatMap(([fact, { from }]) => (from?.registry ? [fact] : [])),
  )
  const made = ['category', 'singlePersonDibao', 'tekunPerson', 'careAgreementFrom', 'careAgreementUntil']
  expect([...plainFacts, ...made].toSorted()).toEqual(asked.toSorted())
  expect(registryFacts.map(({ fact }) => fact).toSorted()).toEqual(asked.toSorted())
  const words = Object.entries(facts.member?.workStatus?.values ?? {})
  expect(factCatalogue.workStatus.codes).toEqual(words.map(([code, { zh, en }]) => ({ code, zh, en })))
})
