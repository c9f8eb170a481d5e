import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordAudit } from '#access/server'
import { businessDate, fixedClock, newId } from '#base'
import { everywhere } from '#store'
import { inScope, openDatabase } from '#store/server'
import { emptyDatabase } from '#testing/postgres.ts'
import { insertInstallation } from '../../installation/installation.queries.server.ts'
import { openInstallation } from '../../installation/open.server.ts'
import { readSettings, type Settings } from '../../settings.server.ts'
import { lookAtFolder, lookAtNode, lookAtSecrets } from './machine.server.ts'
import { lookAtRecord } from './record.server.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'doudi-doctor-'))
let ownerUrl: string
let settings: Settings

const states = async () => {
  const findings = await lookAtRecord(settings, ownerUrl)
  return Object.fromEntries(findings.map(({ id, state, values }) => [id, { state, ...values }]))
}

const asOwner = async (statement: string, values: readonly unknown[] = []): Promise<void> => {
  const database = openDatabase(ownerUrl, 1)
  await database.pool.query(
    `select set_config('doudi.scope_from', '0', false), set_config('doudi.scope_until', '~', false)`,
  )
  await database.pool.query(statement, [...values])
  await database.close()
}

beforeAll(async () => {
  ownerUrl = (await emptyDatabase()).ownerUrl
  settings = readSettings({ DOUDI_DATA: dataDir, DATABASE_URL: ownerUrl })
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

test('before the first start there is nothing to find fault with', async () => {
  expect(await states()).toMatchObject({ database: { state: 'good' }, record: { state: 'open' } })
  expect(lookAtSecrets(dataDir).state).toBe('open')
  expect(lookAtNode().state).toBe('good')
  expect(lookAtFolder(join(dataDir, 'nowhere')).state).toBe('open')
  expect(lookAtFolder(dataDir).state).toBe('good')
})

test('an installation that is well is found well', async () => {
  const installation = await openInstallation(dataDir, ownerUrl)
  const clock = fixedClock(businessDate('2026-06-15'))
  await inScope(installation.database, everywhere, async (tx) => {
    await insertInstallation(tx, { demo: true, businessDate: '2026-06-15', regionCode: '532900000000' })
    for (const action of ['one', 'two', 'three']) await recordAudit(tx, clock, { action })
  })
  await installation.close()
  const found = await states()
  expect(new Set(Object.values(found).map(({ state }) => state))).toEqual(new Set(['good']))
  expect(Object.keys(found)).toEqual(
    expect.arrayContaining(['database', 'migrations', 'scope', 'audit', 'lake', 'calendar', 'clock']),
  )
  expect(lookAtSecrets(dataDir).state).toBe('good')
})

test('each thing that is not well is found', async () => {
  chmodSync(join(dataDir, 'secrets.json'), 0o644)
  expect(lookAtSecrets(dataDir)).toMatchObject({ state: 'bad', values: { names: 'secrets.json' } })
  await asOwner("update audit_entries set action = 'something else' where seq = 2")
  await asOwner(
    `insert into feeds (id, kind, region_code, file_name, sha256, size_bytes, received_at, status)
     values ($1, 'deaths', '532900000000', 'lost.csv', 'x', 1, now(), 'accepted')`,
    [newId()],
  )
  await asOwner("update installation set business_date = '2039-01-02'")
  await asOwner("insert into kysely_migration (name, timestamp) values ('9999_later', '')")
  await asOwner('alter table persons no force row level security')
  expect(await states()).toMatchObject({
    audit: { state: 'bad', seq: 2 },
    lake: { state: 'bad', count: 1 },
    calendar: { state: 'bad' },
    migrations: { state: 'bad', names: '9999_later' },
    scope: { state: 'bad' },
  })
})
