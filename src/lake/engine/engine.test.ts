import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fc, test } from '@fast-check/vitest'
import { afterAll, beforeAll, expect } from 'vitest'
import { addMonths, businessDate } from '#base'
import { type Engine, openEngine } from './engine.server.ts'
import { removeDrafts } from './files.server.ts'
import type { TableColumn, Value } from './types.ts'

let root = ''
let engine: Engine
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'doudi-engine-'))
  mkdirSync(join(root, 'lake'))
  engine = await openEngine({
    tempDir: join(root, 'tmp'),
    directories: [join(root, 'lake')],
    memoryMiB: 256,
    threads: 2,
  })
})
afterAll(() => {
  engine.close()
  rmSync(root, { recursive: true, force: true })
})

const columns: TableColumn[] = [
  { name: 'token', type: 'BIGINT' },
  { name: 'check', type: 'VARCHAR' },
  { name: 'on', type: 'DATE' },
  { name: 'month', type: 'INTEGER' },
  { name: 'flag', type: 'BOOLEAN' },
  { name: 'id', type: 'UUID' },
]
async function* once(rows: readonly (readonly Value[])[]) {
  yield rows
}

test.prop([
  fc.array(
    fc.record({
      token: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
      check: fc.option(fc.string({ unit: 'grapheme' })),
      on: fc.option(
        fc
          .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
          .map((date) => date.toISOString().slice(0, 10)),
      ),
      month: fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
      flag: fc.option(fc.boolean()),
      id: fc.option(fc.uuid()),
    }),
    { maxLength: 30 },
  ),
])('appended rows come back unchanged', async (rows) => {
  const count = await engine.appendRows('t', columns, once(rows.map((row) => Object.values(row))))
  expect(count).toBe(rows.length)
  const back = await engine.rows('select * from t', [], { exact: true })
  const text = (row: unknown) =>
    JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? `${value}` : value))
  expect(back.map(text).sort()).toEqual(rows.map(text).sort())
})

test('a whole number is a number as long as it is safe, a bigint beyond, always one if asked', async () => {
  const sql =
    'select 9007199254740991::bigint as safe, 9007199254740992::bigint as beyond, 1::bigint as small'
  expect(await engine.rows(sql)).toEqual([{ safe: 9007199254740991, beyond: 9007199254740992n, small: 1 }])
  expect(await engine.rows(sql, [], { exact: true })).toMatchObject([{ small: 1n }])
})

test('results are typed: sums, decimals, lists and structs', async () => {
  expect(
    await engine.rows(`select sum(x) as total, 1.50::decimal(5, 2) as d, [1, null] as l, {'a': date '2026-06-15'} as s
                       from (values (1::bigint), (2)) v(x)`),
  ).toEqual([{ total: 3, d: '1.50', l: [1, null], s: { a: '2026-06-15' } }])
})

test('parameters bind by place and by name, whole numbers as integers', async () => {
  expect(await engine.rows('select ? + 1 as n, typeof(?) as t', [1, 2])).toEqual([{ n: 2, t: 'BIGINT' }])
  const named = await engine.rows('select cast($today as date) as d', { today: '2026-06-15' })
  expect(named).toEqual([{ d: '2026-06-15' }])
  await expect(engine.rows('select ?', [0.5])).rejects.toThrow('whole number')
})

test('CSV tells an empty text from nothing, and keeps commas, quotes and line breaks', async () => {
  const csv = '5,"a,""b""\nc",2026-06-15,202606,t,0190a5c4-7b1e-7000-8000-000000000001\n,"",,,f,\n,,,,,\n'
  expect(await engine.loadCsv(Readable.from([csv.slice(0, 7), csv.slice(7)]), 'c', columns)).toBe(3)
  expect(await engine.rows('select * from c order by token, "check"')).toEqual([
    {
      token: 5,
      check: 'a,"b"\nc',
      on: '2026-06-15',
      month: 202606,
      flag: true,
      id: '0190a5c4-7b1e-7000-8000-000000000001',
    },
    { token: null, check: '', on: null, month: null, flag: false, id: null },
    { token: null, check: null, on: null, month: null, flag: null, id: null },
  ])
  expect(readdirSync(engine.tempDir).filter((name) => name.startsWith('spool'))).toEqual([])
})

test('a value that does not fit its column is an error, not a null', async () => {
  await expect(engine.loadCsv(Readable.from(['abc,,,,,\n']), 'c', columns)).rejects.toThrow()
})

test('Parquet is written whole or not at all, for the owner only', async () => {
  const path = join(root, 'lake', 'a.parquet')
  const written = await engine.writeParquet('select range as n from range(10000)', path)
  expect(written).toEqual({ rows: 10_000, bytes: statSync(path).size })
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const before = readFileSync(path)
  await expect(
    engine.writeParquet(`select cast('x' || range as integer) from range(9)`, path),
  ).rejects.toThrow()
  expect(readFileSync(path)).toEqual(before)
  expect(readdirSync(join(root, 'lake'))).toEqual(['a.parquet'])
  expect(await engine.rows(`select sum(n) as total from read_parquet('${path}')`)).toEqual([
    { total: 49_995_000 },
  ])
})

test('drafts of a crash are removed and nothing else', () => {
  writeFileSync(join(root, 'lake', '.draft-b.parquet-00'), 'half')
  expect(removeDrafts(join(root, 'lake'))).toBe(1)
  expect(readdirSync(join(root, 'lake'))).toEqual(['a.parquet'])
})

test('statements reach no file outside the given folders and cannot change that', async () => {
  writeFileSync(join(root, 'secret.csv'), 'x\n')
  await expect(engine.rows(`select * from read_csv('${join(root, 'secret.csv')}')`)).rejects.toThrow(
    /Permission/,
  )
  await expect(engine.rows(`select * from read_csv('${root}/lake/../secret.csv')`)).rejects.toThrow(
    /Permission/,
  )
  await expect(engine.run('set enable_external_access = true')).rejects.toThrow()
  await expect(engine.run('install httpfs')).rejects.toThrow()
})

test("a query larger than memory spills into the engine folder, which is the owner's and gone after close", async () => {
  const small = await openEngine({ tempDir: join(root, 'tmp'), memoryMiB: 64, threads: 1 })
  await small.run(`create table big as select range as n, 'text-' || range as s from range(3000000)`)
  const files = readdirSync(small.tempDir, { recursive: true, withFileTypes: true }).filter((f) => f.isFile())
  expect(files.length).toBeGreaterThan(0)
  expect(statSync(small.tempDir).mode & 0o777).toBe(0o700)
  small.close()
  expect(readdirSync(join(root, 'tmp'))).toHaveLength(1)
})

test('large results come in batches', async () => {
  let rows = 0
  let batches = 0
  for await (const batch of engine.batches<{ n: number }>('select range as n from range(10000)')) {
    rows += batch.length
    batches += 1
  }
  expect([rows, batches > 1]).toEqual([10_000, true])
})

const date = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((each) => businessDate(each.toISOString().slice(0, 10)))

test.prop([date, fc.integer({ min: -30, max: 30 })])(
  'months are added as base adds them',
  async (on, months) => {
    const sql = `select add_months(cast($on as date), $months) as d, month_of(cast($on as date)) as m,
    month_from_index(month_index(month_of(cast($on as date))) + $months) as shifted, first_day(month_of(cast($on as date))) as f`
    const expected = addMonths(on, months)
    expect(await engine.rows(sql, { on, months })).toEqual([
      {
        d: expected,
        m: Number(on.slice(0, 7).replace('-', '')),
        shifted: Number(expected.slice(0, 7).replace('-', '')),
        f: `${on.slice(0, 7)}-01`,
      },
    ])
  },
)

test('division floors, regions widen, an empty sum is nothing', async () => {
  expect(
    await engine.rows(`select floor_div(-7, 2) as a, floor_div(7, -2) as b, floor_div(-6, 2) as c, floor_div(7, 2) as d,
      county_of('532901001002') as county, township_of('532901001002') as township, township_of('532901000000') as none,
      county_of('442000001000') as direct, (select sum_fen(x) from (values (1::bigint)) v(x) where x > 1) as empty`),
  ).toEqual([
    {
      a: -4,
      b: -4,
      c: -3,
      d: 3,
      county: '532901000000',
      township: '532901001000',
      none: null,
      direct: '442000000000',
      empty: 0,
    },
  ])
})
