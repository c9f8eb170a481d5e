import { afterAll, expect, test } from 'vitest'
import { openPack } from '#rulebook/server'
import { compareEngines } from '../testing/agreement.queries.server.ts'
import { aQuestion, frozen, openTestLake, testDay } from '../testing/frozen.server.ts'
import { inventedHouseholds } from '../testing/invented.server.ts'

const { lakeDir, remove } = openTestLake()
afterAll(remove)
const { pack } = openPack('demo')

test('interpreter and engine agree on 1,000 households through a year, a birthday and a new year', async () => {
  const { hash } = await frozen(lakeDir, inventedHouseholds(1000, testDay, 21))
  const { compared, differences } = await compareEngines(lakeDir, hash, pack, aQuestion({ months: 12 }))
  expect(differences.slice(0, 5)).toEqual([])
  expect(compared).toBeGreaterThan(100_000)
}, 900_000)
