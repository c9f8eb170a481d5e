import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test as property } from '@fast-check/vitest'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { businessDate } from '#base'
import { openDatabase } from '#store/server'
import { type ChangingRegistry, openChanging, steps } from '#testing/changing-registry.ts'
import { cloneDatabase } from '#testing/postgres.ts'
import { look } from '../testing/registry.server.ts'

let registry: ChangingRegistry
let urls: Awaited<ReturnType<typeof cloneDatabase>>
beforeAll(async () => {
  urls = await cloneDatabase()
  registry = await openChanging(urls, 3)
  for (let at = 0; at < 12; at += 1) await registry.change('addHousehold', { at })
  for (let at = 0; at < 12; at += 1) await registry.change('addFact', { at })
})
afterAll(() => registry.close())
beforeEach(async () => {
  await registry.settle()
  registry.today = businessDate('2026-06-15')
})

const countChanges = () =>
  look(registry.database, async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from registry_changes`.execute(tx)
    return rows[0]?.n
  })
const lists = () => readdirSync(join(registry.lakeDir, 'registry')).filter((name) => name.endsWith('.json'))
const files = () => readdirSync(join(registry.lakeDir, 'registry', 'files')).toSorted()

property.prop([steps], { numRuns: 3, seed: 20261122, endOnFailure: true })(
  'after whatever happened, a copy of the changes is the registry, row by row',
  async (life) => {
    for (const step of life) {
      await registry.step(step)
      if (step === 'copy') expect(await registry.differences()).toEqual([])
    }
    await registry.copy()
    expect(await registry.differences()).toEqual([])
  },
)

test('only what changed is copied, and nothing of it is asked for again', async () => {
  await registry.copy()
  expect(await registry.copy()).toEqual({ copied: 'changes', subjects: 0 })
  await registry.change('rename', { at: 3 })
  expect(await registry.copy()).toMatchObject({ copied: 'changes' })
  expect(await registry.differences()).toEqual([])
  // What is noted is forgotten once no transaction of the server is as old; what counts is that nobody is asked for again.
  expect(await registry.copy()).toEqual({ copied: 'changes', subjects: 0 })
  expect(lists()).toHaveLength(1)
})

test('what no copy holds is not noted: completeness, relation, what departments say', async () => {
  await registry.copy()
  const noted = await countChanges()
  await registry.change('complete', { at: 1 })
  await registry.change('relate', { at: 1 })
  await registry.change('addFact', { at: 1, token: 4003 })
  expect(await countChanges()).toBe(noted)
})

test('a transaction that was begun before a copy and committed after it is not missed', async () => {
  await registry.step({ change: 'rename', at: 2, day: '2026-06-01', until: null, ends: 'open' })
  await registry.change('addLead')
  await registry.copy()
  expect(await registry.differences()).toEqual([])
  await registry.step('commit')
  expect((await registry.differences()).length).toBeGreaterThan(0)
  await registry.copy()
  expect(await registry.differences()).toEqual([])
})

test('a day that passes changes the registry by itself, forwards and back', async () => {
  await registry.change('addCategory', { at: 4, day: '2026-06-18', token: 4000 })
  await registry.change('endHousehold', { at: 5, until: '2026-06-19' })
  await registry.copy()
  registry.today = businessDate('2026-06-20')
  expect(await registry.copy()).toMatchObject({ copied: 'changes' })
  expect(await registry.differences()).toEqual([])
  registry.today = businessDate('2026-06-15')
  await registry.copy()
  expect(await registry.differences()).toEqual([])
})

test('a copy is used only where PostgreSQL names it, its files are there and it is of this database', async () => {
  const again = async (spoil: () => unknown) => {
    await registry.copy()
    await spoil()
    expect(await registry.copy()).toEqual({ copied: 'everything' })
    expect(await registry.differences()).toEqual([])
    expect(lists()).toHaveLength(1)
  }
  const folder = join(registry.lakeDir, 'registry')
  await again(() => rmSync(folder, { recursive: true }))
  await again(() => rmSync(join(folder, 'files', files()[0] ?? '')))
  await again(() => {
    const [name = ''] = lists()
    const list = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    writeFileSync(join(folder, name), JSON.stringify({ ...list, place: 'another server/5' }))
  })
  await again(() =>
    look(registry.database, (tx) =>
      tx.updateTable('registry_snapshots').set({ id: crypto.randomUUID() }).execute(),
    ),
  )
})

test('a copy that broke off, or was never named, leaves the old one in force', async () => {
  await registry.copy()
  const before = lists()
  await registry.change('rename', { at: 6 })
  const owner = openDatabase(urls.ownerUrl, 1)
  const breaking = (how: string) =>
    sql.raw(
      `${how} function forget_registry_changes() ${how === 'revoke execute on' ? 'from' : 'to'} doudi_application`,
    )
  await breaking('revoke execute on').execute(owner.kysely)
  await expect(registry.copy()).rejects.toThrow('permission denied')
  expect(lists()).toEqual(expect.arrayContaining(before))
  await breaking('grant execute on').execute(owner.kysely)
  await owner.close()
  expect(await registry.copy()).toMatchObject({ copied: 'changes' })
  expect(await registry.differences()).toEqual([])
  expect(lists()).toHaveLength(1)
})

test('rows that are emptied all at once leave no copy in force', async () => {
  await registry.copy()
  const owner = openDatabase(urls.ownerUrl, 1)
  await sql`truncate leads`.execute(owner.kysely)
  await owner.close()
  expect(await registry.copy()).toEqual({ copied: 'everything' })
  expect(await registry.differences()).toEqual([])
})

test('the application reads changes in its scope, and cannot add, alter or remove any', async () => {
  await registry.change('rename', { at: 7 })
  const { kysely } = registry.database
  expect((await sql`select 1 from registry_changes`.execute(kysely)).rows).toEqual([])
  for (const statement of [
    'delete from registry_changes',
    "update registry_changes set region_code = ''",
    "insert into registry_changes (subject_id, region_code) values (gen_random_uuid(), '532901001001')",
  ])
    await expect(sql.raw(statement).execute(kysely)).rejects.toThrow('permission denied')
})

test('no name stands in the files of a copy', async () => {
  await registry.copy()
  expect(existsSync(join(registry.lakeDir, 'registry', lists()[0] ?? ''))).toBe(true)
  const bytes = files().map((file) => readFileSync(join(registry.lakeDir, 'registry', 'files', file)))
  for (const name of ['段晓雪', '李凤莲']) expect(bytes.some((file) => file.includes(name))).toBe(false)
})
