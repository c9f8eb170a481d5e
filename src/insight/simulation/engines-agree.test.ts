import { afterAll, expect, test } from 'vitest'
import { openPack } from '#rulebook/server'
import { compareEngines } from '../testing/agreement.queries.server.ts'
import { aQuestion, frozen, openTestLake, testDay } from '../testing/frozen.server.ts'
import { inventedHouseholds } from '../testing/invented.server.ts'

const { lakeDir, remove } = openTestLake()
afterAll(remove)
const { pack } = openPack('demo')

test('the interpreter and the engine say the same of every household, month, programme and side', async () => {
  const { hash } = await frozen(lakeDir, inventedHouseholds(150, testDay, 11))
  const { compared, differences } = await compareEngines(lakeDir, hash, pack, aQuestion({ months: 2 }))
  expect(differences.slice(0, 5)).toEqual([])
  expect(compared).toBeGreaterThan(2000)
}, 90_000)

test('they agree too where little is taken for granted', async () => {
  const { hash } = await frozen(lakeDir, inventedHouseholds(60, testDay, 12))
  const question = aQuestion({ assumptions: ['incomeAsWage', 'noOtherIncome', 'healthAsUsual'] })
  const { differences } = await compareEngines(lakeDir, hash, pack, question)
  expect(differences.slice(0, 5)).toEqual([])
}, 90_000)

test('they agree of every programme, those paid by the year or once among them', async () => {
  const { hash } = await frozen(lakeDir, inventedHouseholds(80, testDay, 13))
  for (const assumptions of [undefined, ['incomeAsWage', 'noOtherIncome', 'healthAsUsual'] as const]) {
    const question = aQuestion({ changes: [], ...(assumptions ? { assumptions: [...assumptions] } : {}) })
    const { compared, differences } = await compareEngines(lakeDir, hash, pack, question)
    expect(differences.slice(0, 5)).toEqual([])
    // Sixteen programmes and more, two sides.
    expect(compared).toBeGreaterThan(80 * 2 * 16)
  }
}, 90_000)
