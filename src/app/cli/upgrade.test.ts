import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { listShippedMigrations, openDatabase } from '#store/server'
import { emptyDatabase } from '#testing/postgres.ts'
import { migrateTo } from '../backup/migrations.server.ts'
import { fingerprintOf, inOneInstant, listMigrations, listTables } from '../backup/tables.queries.server.ts'
import { killRest, runDoudi, startDoudi } from './testing/child.server.ts'

const folder = mkdtempSync(join(tmpdir(), 'doudi-upgrade-'))
afterAll(async () => {
  await killRest()
  rmSync(folder, { recursive: true, force: true })
})

const stateOf = async (ownerUrl: string) => {
  const database = openDatabase(ownerUrl, 1)
  try {
    return await inOneInstant(database, async (ask) => {
      const tables: Record<string, unknown> = { migrations: await listMigrations(ask) }
      for (const table of await listTables(ask)) tables[table.name] = await fingerprintOf(ask, table)
      tables.indexes = await ask(`select indexname from pg_indexes where schemaname = 'public' order by 1`)
      return tables
    })
  } finally {
    await database.close()
  }
}

const inDatabase = async (ownerUrl: string, statement: string): Promise<void> => {
  const database = openDatabase(ownerUrl, 1)
  await database.pool.query(statement)
  await database.close()
}

test('a migration that fails in the middle: the data are as before, one sentence, code 1', async () => {
  const { ownerUrl } = await emptyDatabase()
  const at = listShippedMigrations().indexOf('0008_registry_search')
  await migrateTo(ownerUrl, listShippedMigrations().slice(0, at))
  await inDatabase(
    ownerUrl,
    `insert into regions (code, name, level) values ('530000000000', '云南省', 'province');
     create index leads_desk on leads (status)`, // what the fifth statement of the migration wants to make
  )
  const before = await stateOf(ownerUrl)
  const dataDir = join(folder, 'failing')
  const { code, out, err } = await runDoudi(['up', '--no-console'], {
    dataDir,
    env: { DATABASE_URL: ownerUrl },
  })
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err.trimEnd().split('\n')).toEqual([
    expect.stringMatching(
      /^数据库升级失败，数据保持原样：0008_registry_search.* · The database could not be upgraded/,
    ),
  ])
  expect(await stateOf(ownerUrl)).toEqual(before)
  expect(before.indexes).not.toContainEqual({ indexname: 'persons_by_name' })
}, 60_000)

test('with DATABASE_URL a first start makes one administrator; a demo only when asked for, and only where nobody is', async () => {
  const { ownerUrl } = await emptyDatabase()
  const dataDir = join(folder, 'real')
  const env = { DATABASE_URL: ownerUrl }
  const up = startDoudi(['up', '--no-console'], { dataDir, env })
  await up.sees(/Doudi runs at/)
  await up.sees(/^admin +\S+ +administrator/m)
  const clock = await runDoudi(['clock', '+1d', '--json'], { dataDir, env })
  expect(clock).toMatchObject({ code: 1, json: { ok: false, error: { code: 'app.clock-real' } } })
  up.process.kill('SIGTERM')
  expect((await up.ended).code).toBe(0)
  const demo = await runDoudi(['up', '--demo', '--no-console', '--json'], { dataDir, env })
  expect(demo).toMatchObject({ code: 1, json: { ok: false, error: { code: 'app.demo-not-empty' } } })
}, 60_000)

test('what stands in the way of a start is told in one sentence, never as a stack', async () => {
  const dataDir = join(folder, 'none')
  const sentence = async (env: Record<string, string>) => {
    const { code, out, err } = await runDoudi(['up', '--no-console'], { dataDir, env })
    expect({ code, out, lines: err.trimEnd().split('\n').length }).toEqual({ code: 1, out: '', lines: 1 })
    return err
  }
  const [setting, url, nobody, folderText] = await Promise.all([
    sentence({ PORT: 'eighty' }),
    sentence({ DATABASE_URL: 'mysql://x' }),
    sentence({ DATABASE_URL: 'postgres://a:secret@127.0.0.1:1/b' }),
    sentence({ DOUDI_DATA: '/dev/null/data' }),
  ])
  expect(setting).toMatch(/PORT.*65535/)
  expect(url).toMatch(/DATABASE_URL/)
  expect(nobody).toMatch(/连接不上数据库：ECONNREFUSED.*cannot be reached: ECONNREFUSED/)
  expect(nobody).not.toContain('secret')
  expect(folderText).toMatch(/ENOTDIR/)
}, 60_000)

test('wrong words end with code 2 and say where the right ones are', async () => {
  const dataDir = join(folder, 'none')
  const wrong = await Promise.all(
    [
      ['nonsense'],
      [],
      ['feed'],
      ['scan', '--fast'],
      ['feed', 'take-back', 'x'],
      ['chain'],
      ['feed', 'list', '--limit', '0'],
    ].map((args) => runDoudi(args, { dataDir })),
  )
  expect(wrong.map(({ code, out }) => ({ code, out }))).toEqual(wrong.map(() => ({ code: 2, out: '' })))
  expect(wrong[3]?.err).toBe('wrong usage: there is no option --fast. See doudi scan --help\n')
  const help = await runDoudi(['feed', 'import', '--help', '--lang', 'zh'], { dataDir })
  expect(help).toMatchObject({
    code: 0,
    out: expect.stringContaining('用法: doudi feed import [options] <FILE>'),
  })
}, 30_000)
