import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#base'
import { openPack } from '#rulebook/server'
import { everywhere } from '#store'
import { type Database, inScope, openDatabase } from '#store/server'
import { cloneDatabase } from '#testing/postgres.ts'
import { findInCases, raiseFound } from '../testing/raised.server.ts'
import type { Firing } from './evaluate.server.ts'

let database: Database
let homes: Firing
const pack = openPack('indicators')

beforeAll(async () => {
  database = openDatabase((await cloneDatabase()).appUrl, 2)
  homes = (await findInCases(pack)).find(({ rule }) => rule.id === 'second-home') as Firing
})
afterAll(() => database.close())

/** A household of its own, with alerts as they stood before the scan. */
const beside = async (alerts: readonly Before[]) => {
  const subject = newId()
  const firing: Firing = { ...homes, subjectId: subject, explanation: { ...homes.explanation, subject } }
  for (const alert of alerts) {
    await raiseFound(database, pack, [firing])
    await inScope(database, everywhere, (tx) =>
      sql`update alerts set status = ${alert.status ?? 'new'}, period = ${alert.period ?? '2026'},
          source_withdrawn = ${alert.sourceWithdrawn ?? false},
          fingerprint = case when ${alert.other ?? false} then gen_random_uuid()::text else fingerprint end, last_scan_id = null
        where household_id = ${subject} and last_scan_id is not null`.execute(tx),
    )
  }
  const { raised, merged } = await raiseFound(database, pack, [firing])
  const [row] = await inScope(database, everywhere, (tx) =>
    tx
      .selectFrom('alerts')
      .selectAll()
      .where('household_id', '=', subject)
      .where('repeats', '>', 1)
      .execute(),
  )
  return { found: raised ? 'new' : merged ? 'merge' : 'same', row }
}

interface Before {
  readonly status?: string
  readonly period?: string
  readonly sourceWithdrawn?: boolean
  /** Raised on other evidence. */
  readonly other?: boolean
}

test.each([
  ['nothing there', [], 'new'],
  ['the same, open', [{}], 'same'],
  ['the same, disposed of', [{ status: 'disposed' }], 'same'],
  ['the same, disposed of in an earlier year', [{ status: 'disposed', period: '2024' }], 'same'],
  ['the same, withdrawn', [{ status: 'withdrawn' }], 'new'],
  ['other evidence, open', [{ other: true }], 'merge'],
  ['other evidence, being verified', [{ other: true, status: 'verifying' }], 'merge'],
  ['other evidence, open from an earlier year', [{ other: true, period: '2025' }], 'new'],
  ['other evidence, disposed of', [{ other: true, status: 'disposed' }], 'new'],
  ['the same, its file taken back', [{ sourceWithdrawn: true, status: 'verifying' }], 'merge'],
  ['the same, its file taken back and disposed of', [{ sourceWithdrawn: true, status: 'disposed' }], 'same'],
  [
    'the same, disposed of, beside an open one',
    [{ other: true, status: 'disposed' }, { status: 'disposed' }],
    'same',
  ],
] as const)('a finding beside %s', async (_what, alerts, kind) => {
  expect((await beside(alerts)).found).toBe(kind)
})

test('what joins an alert is counted once, renews what it says, and keeps its grade, holder and day', async () => {
  const { row } = await beside([{ other: true, sourceWithdrawn: true, status: 'verifying' }])
  expect(row).toMatchObject({
    repeats: 2,
    version: 2,
    source_withdrawn: false,
    status: 'verifying',
    grade: 'orange',
  })
  const steps = await inScope(database, everywhere, (tx) =>
    tx
      .selectFrom('alert_steps')
      .select('step')
      .where('alert_id', '=', row?.id ?? '')
      .orderBy('id')
      .execute(),
  )
  expect(steps.map(({ step }) => step)).toEqual(['raised', 'merged'])
  const events = await inScope(database, everywhere, (tx) =>
    tx
      .selectFrom('events')
      .select(['kind', 'data'])
      .where('subject_id', '=', row?.id ?? '')
      .orderBy('seq')
      .execute(),
  )
  const data = { number: Number(row?.number), indicator: 'second-home', grade: 'orange' }
  expect(events).toEqual([
    { kind: 'monitoring.alert-raised', data },
    { kind: 'monitoring.alert-merged', data },
  ])
})
