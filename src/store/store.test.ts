import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { businessDate, fixedClock, newId } from '#base'
import { cloneDatabase, emptyDatabase } from '#testing/postgres.ts'
import { tablesText } from '../../scripts/generate-tables.ts'
import { type Database, inScope, openDatabase } from './connect.server.ts'
import { recordEvent } from './events.server.ts'
import { everywhere } from './index.ts'
import { openJobs } from './jobs.server.ts'
import { listShippedMigrations, migrate, migrationsFolder } from './migrate.server.ts'
import { prepared } from './prepared.server.ts'
import { startRelay } from './relay.server.ts'
import { appRoleFor, proveScope, provisionRole } from './roles.server.ts'

const opened = (url: string, max = 4): Database => {
  const database = openDatabase(url, max)
  onTestFinished(() => database.close())
  return database
}

const clock = fixedClock(businessDate('2026-06-15'))
const county = { from: '532901000000', until: '532902000000', extra: [] }

test('the types of tables are those of the migrated database', async () => {
  const { ownerUrl } = await cloneDatabase()
  expect(await tablesText(ownerUrl)).toBe(
    readFileSync(new URL('./tables.generated.ts', import.meta.url), 'utf8'),
  )
})

test('every table and every column says what it is', async () => {
  const { ownerUrl } = await cloneDatabase()
  const { rows } = await sql<{ place: string }>`
    select c.relname || coalesce('.' || a.attname, '') as place
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname = 'public' and c.relkind = 'r' and c.relname not like 'kysely%'
      and (col_description(c.oid, a.attnum) is null or obj_description(c.oid) is null)`.execute(
    opened(ownerUrl).kysely,
  )
  expect(rows).toEqual([])
})

test('the application sees nothing without a scope, its own county in it, and the next user starts with none', async () => {
  const { appUrl } = await cloneDatabase()
  const database = opened(appUrl, 1)
  await inScope(database, everywhere, async (tx) => {
    for (const regionCode of ['532901101001', '532922100001'])
      await recordEvent(tx, clock, { kind: 'test.happened', regionCode })
  })
  const codes = (scope: typeof county) =>
    inScope(database, scope, async (tx) =>
      (await tx.selectFrom('events').select('region_code').execute()).map((row) => row.region_code),
    )
  expect(await codes(county)).toEqual(['532901101001'])
  expect(
    await codes({
      ...county,
      from: '532923000000',
      until: '532924000000',
      extra: ['532922100001'] as never[],
    }),
  ).toEqual(['532922100001'])
  expect((await database.kysely.selectFrom('events').selectAll().execute()).length).toBe(0)
})

test('a marked statement is prepared once for a connection and still sees the scope of each transaction only', async () => {
  const { appUrl } = await cloneDatabase()
  const database = opened(appUrl, 1)
  await inScope(database, everywhere, async (tx) => {
    for (const regionCode of ['532901101001', '532922100001'])
      await recordEvent(tx, clock, { kind: 'test.happened', regionCode })
  })
  const codes = (scope: typeof county) =>
    inScope(database, scope, async (tx) => {
      const query = tx.selectFrom('events').select('region_code').where('kind', '=', 'test.happened')
      const plain = await query.execute()
      const marked = await query.modifyEnd(prepared).execute()
      expect(marked).toEqual(plain)
      return marked.map((row) => row.region_code)
    })
  const neighbour = { ...county, from: '532922000000', until: '532923000000' }
  // Often enough that PostgreSQL keeps one plan for all values.
  for (let turn = 0; turn < 8; turn += 1) {
    expect(await codes(county)).toEqual(['532901101001'])
    expect(await codes(neighbour)).toEqual(['532922100001'])
  }
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from pg_prepared_statements where statement like '%"events"%'`.execute(
    database.kysely,
  )
  expect(rows).toEqual([{ count: 1 }])
})

test('events and steps cannot be changed or deleted by the application', async () => {
  const { appUrl } = await cloneDatabase()
  const database = opened(appUrl)
  for (const table of ['audit_entries', 'alert_steps', 'evidence_files', 'events'] as const) {
    await expect(inScope(database, everywhere, (tx) => tx.deleteFrom(table).execute())).rejects.toMatchObject(
      { code: '42501' },
    )
  }
  await expect(
    inScope(database, everywhere, (tx) => tx.updateTable('alert_steps').set({ note: 'changed' }).execute()),
  ).rejects.toMatchObject({ code: '42501' })
})

test('the proof of scope passes on the migrations and stops on a table without forced row-level security', async () => {
  const { appUrl, ownerUrl } = await cloneDatabase()
  expect(await proveScope(opened(appUrl))).toBeGreaterThan(10)
  await sql`alter table persons no force row level security`.execute(opened(ownerUrl).kysely)
  await expect(proveScope(opened(appUrl))).rejects.toMatchObject({ code: 'store.sees-too-much' })
})

test('the proof of scope stops when a policy lets rows through without a scope', async () => {
  const { appUrl, ownerUrl } = await cloneDatabase()
  await inScope(opened(appUrl), everywhere, (tx) =>
    recordEvent(tx, clock, { kind: 'test.happened', regionCode: '532901101001' }),
  )
  await sql`create policy hole on events for select using (true)`.execute(opened(ownerUrl).kysely)
  await expect(proveScope(opened(appUrl))).rejects.toMatchObject({ code: 'store.sees-too-much' })
})

test('a migration that fails in the middle leaves the data as they were', async () => {
  const { ownerUrl } = await emptyDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'doudi-migrations-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const url = pathToFileURL(`${folder}/`)
  writeFileSync(join(folder, '0001_first.sql'), 'create table first (id int); insert into first values (1);')
  expect(await migrate(ownerUrl, { folder: url })).toEqual(['0001_first'])
  writeFileSync(
    join(folder, '0002_second.sql'),
    'update first set id = 2; create table second (id int); select 1 / 0;',
  )
  await expect(migrate(ownerUrl, { folder: url })).rejects.toMatchObject({
    code: 'store.migration-failed',
    details: { migration: '0002_second' },
  })
  const { rows } = await sql`select id, to_regclass('second') as second from first`.execute(
    opened(ownerUrl).kysely,
  )
  expect(rows).toEqual([{ id: 1, second: null }])
})

test('the relay hands each committed event over once it is committed, and none of a rolled-back change', async () => {
  const { appUrl, ownerUrl } = await cloneDatabase()
  await migrate(ownerUrl, { queues: ['test.queue'] })
  const database = opened(appUrl)
  const jobs = await openJobs(appUrl, () => undefined)
  const handled: string[] = []
  await jobs.serve<{ id: string }>('test.queue', async ({ id }) => void handled.push(id))
  const failures: unknown[] = []
  const relay = startRelay(
    database,
    jobs,
    ({ subjectId }) => ({ queue: 'test.queue', data: { id: subjectId } }),
    (error) => failures.push(error),
  )
  onTestFinished(async () => {
    await relay.stop()
    await jobs.stop()
  })
  const [kept, dropped] = [newId(), newId()]
  const happened = (subjectId: string) => ({ kind: 'test.happened', regionCode: '532901101001', subjectId })
  await inScope(database, everywhere, (tx) => recordEvent(tx, clock, happened(kept)))
  await inScope(database, everywhere, async (tx) => {
    await recordEvent(tx, clock, happened(dropped))
    throw new Error('rolled back')
  }).catch(() => undefined)
  await expect.poll(() => handled, { timeout: 10_000 }).toEqual([kept])
  expect(failures).toEqual([])
})

test('starts that prepare one server at the same moment all get through, on one database and on several', async () => {
  const places = [await cloneDatabase(), await cloneDatabase()].map(({ ownerUrl }) => ownerUrl)
  const role = appRoleFor(newId(), 'a-password')
  const starts = Array.from({ length: 12 }, async (_, at) => {
    const ownerUrl = places[at % 2] ?? ''
    if (at < 4) await migrate(ownerUrl, { queues: ['test.queue'] })
    const urls: string[] = []
    for (let turn = 0; turn < 5; turn++) urls.push(await provisionRole(ownerUrl, role))
    return new Set(urls).size
  })
  try {
    expect(await Promise.all(starts)).toEqual(starts.map(() => 1))
    const [place = ''] = places
    const url = await provisionRole(place, role)
    expect(await proveScope(opened(url, 1))).toBeGreaterThan(10)
  } finally {
    await sql`drop role ${sql.id(role.name)}`.execute(opened(places[0] ?? '', 1).kysely)
  }
})

test('the shipped migrations are listed in order and lie in the folder that is named', async () => {
  const names = listShippedMigrations()
  expect(names[0]).toBe('0001_installation')
  expect(names).toEqual(names.toSorted())
  expect(readFileSync(new URL(`${names.at(-1)}.sql`, migrationsFolder), 'utf8')).not.toBe('')
})
