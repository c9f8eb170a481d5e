import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSecrecy } from '#access/server'
import { businessDate, fixedClock } from '#base'
import type { SnapshotHousehold } from '#insight/server'
import { loadRegistry } from '#registry/server'
import { everywhere } from '#store'
import { type Database, inScope, openDatabase } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { readHouseholds } from './household-reader.server.ts'

const on = businessDate('2026-06-15')
const keys = mkdtempSync(join(tmpdir(), 'doudi-reader-'))
let database: Database

const household = (number: string, regionCode: string) => ({
  number,
  regionCode,
  areaType: 'rural' as const,
  registeredOn: '2024-01-01',
  categories: [{ category: 'dibao' as const, validFrom: '2024-01-01' }],
  facts: [{ kind: 'annualIncomeFen' as const, value: 600_000, validFrom: '2025-01-01' }],
  members: [
    {
      name: '段小莲',
      birthDate: '1960-02-03',
      relation: 'head' as const,
      facts: [{ kind: 'monthlyIncomeFen' as const, value: 12_300, validFrom: '2025-01-01' }],
    },
  ],
})

beforeAll(async () => {
  database = openDatabase((await cloneDatabase()).appUrl, 2)
  const services = { secrecy: openSecrecy(keys), clock: fixedClock(on) }
  await inScope(database, everywhere, (tx) =>
    loadRegistry(tx, services, {
      households: [household('H1', '532901001001'), household('H2', '532922001001')],
    }),
  )
})
afterAll(async () => {
  await database.close()
  rmSync(keys, { recursive: true, force: true })
})

const read = (scope: typeof everywhere, region: string): Promise<SnapshotHousehold[]> =>
  inScope(database, scope, async (tx) => {
    const found: SnapshotHousehold[] = []
    for await (const part of readHouseholds(tx, { on, region })) found.push(...part)
    return found
  })

test('registered households come in the words of the dictionary, with declared incomes and without names', async () => {
  const [first, ...more] = await read(everywhere, '532901000000')
  expect(more).toEqual([])
  expect(first).toMatchObject({
    regionCode: '532901001001',
    facts: { residence: 'rural' },
    declaredYearFen: 600_000,
    members: [
      {
        facts: { relation: 'applicant', bornOn: '1960-02-03', tekunPerson: false },
        declaredMonthFen: 12_300,
      },
    ],
  })
  expect(JSON.stringify(first)).not.toContain('段')
})

test('whoever may see one county only gets its households, whatever region is asked', async () => {
  const county = { from: '532922000000', until: '532923000000', extra: [] }
  const found = await read(county, '532900000000')
  expect(found.map(({ regionCode }) => regionCode)).toEqual(['532922001001'])
})
