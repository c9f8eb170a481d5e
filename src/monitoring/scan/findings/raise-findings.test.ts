import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CheckedPack, openPack } from '#rulebook/server'
import { everywhere } from '#store'
import { type Database, inScope, openDatabase } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { findExplanation } from '../../alerts/alert-list.queries.server.ts'
import { alertExplainer } from '../../alerts/explain.server.ts'
import { explainAsBefore, findInCases, raiseFound } from '../../testing/raised.server.ts'
import type { Firing } from '../evaluate.server.ts'

let database: Database
let pack: CheckedPack
let firings: readonly Firing[]

beforeAll(async () => {
  database = openDatabase((await cloneDatabase()).appUrl, 2)
  pack = openPack('indicators')
  firings = await findInCases(pack)
})
afterAll(() => database.close())

const alerts = () =>
  inScope(database, everywhere, (tx) => tx.selectFrom('alerts').selectAll().orderBy('number').execute())
const count = (table: 'alert_steps' | 'events', column: 'step' | 'kind') =>
  inScope(database, everywhere, async (tx) => {
    const rows = await tx
      .selectFrom(table)
      .select(column as never)
      .execute()
    return Object.fromEntries(
      [...Map.groupBy(rows, (row) => (row as Record<string, string>)[column] ?? '')].map(([key, all]) => [
        key,
        all.length,
      ]),
    )
  })

test('the same findings twice raise nothing the second time and touch no alert', async () => {
  expect(await raiseFound(database, pack, firings)).toMatchObject({
    raised: firings.length,
    merged: 0,
    unchanged: 0,
  })
  const before = await alerts()
  expect(before).toHaveLength(firings.length)
  expect(await raiseFound(database, pack, firings)).toMatchObject({
    raised: 0,
    merged: 0,
    unchanged: firings.length,
  })
  expect(await alerts()).toEqual(before)
  expect(await count('alert_steps', 'step')).toEqual({ raised: firings.length })
  expect(await count('events', 'kind')).toMatchObject({ 'monitoring.alert-raised': firings.length })
})

/** What is said of every alert when it is opened, by its number. */
const opened = () =>
  inScope(database, everywhere, async (tx) => {
    const explain = alertExplainer(
      () => pack,
      (kind) => kind,
    )
    const said = new Map<unknown, Awaited<ReturnType<typeof explain>>>()
    for (const { id, number } of await tx.selectFrom('alerts').select(['id', 'number']).execute())
      said.set(number, await explain(tx, await findExplanation(tx, id), 'en'))
    return said
  })

test('an alert is explained when it is opened, with the conditions that an earlier program would have kept', async () => {
  const computed = await opened()
  const kept = (await alerts()).map(({ explanation }) => explanation)
  for (const explanation of kept) expect(explanation).not.toHaveProperty('trace')
  await inScope(database, everywhere, (tx) => explainAsBefore(tx, pack, firings))
  for (const explanation of (await alerts()).map((alert) => alert.explanation))
    expect(explanation).toHaveProperty('trace')
  const before = await opened()
  expect(computed.size).toBe(firings.length)
  for (const [number, { conditions, doubt }] of computed) {
    expect(conditions.length).toBeGreaterThan(0)
    expect({ conditions, doubt }).toEqual({ conditions: before.get(number)?.conditions, doubt: null })
  }
})

test('alerts that an earlier program raised and explained are found again and left alone', async () => {
  await inScope(database, everywhere, (tx) => explainAsBefore(tx, pack, firings))
  const before = await alerts()
  expect(await raiseFound(database, pack, firings)).toMatchObject({
    raised: 0,
    merged: 0,
    unchanged: firings.length,
  })
  expect(await alerts()).toEqual(before)
})

test('an alert whose sentence or facts were changed says so when it is opened', async () => {
  const [one] = await alerts()
  const doubtAfter = async (change: { summary?: string; explanation?: string }) => {
    await inScope(database, everywhere, (tx) =>
      tx
        .updateTable('alerts')
        .set(change)
        .where('id', '=', one?.id ?? '')
        .execute(),
    )
    return (await opened()).get(one?.number)?.doubt
  }
  const { summary = '', explanation } = one ?? {}
  const kept = explanation as { frozen: { facts: object } }
  const facts = { ...kept.frozen.facts, planted: 1 }
  expect(await doubtAfter({ summary: `${summary}。` })).toBe('differs')
  const other = JSON.stringify({ ...kept, frozen: { ...kept.frozen, facts } })
  expect(await doubtAfter({ summary, explanation: other })).toBe('facts-broken')
  expect(await doubtAfter({ explanation: JSON.stringify(kept) })).toBe(null)
})
