import { createCipheriv } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, openEngine } from '../engine/engine.server.ts'
import { numbersOf } from '../tokens/tokens.ts'
import { type FeedFields, lakeColumnsOf } from './columns.ts'
import { feedView, listFeeds, removeFeed, sweepFeeds, writeFeed } from './feed-files.server.ts'
import { hasFeedParts, listFeedsInParts, removeFeedParts } from './feed-parts.server.ts'
import type { FeedRow, Tokenising } from './tokenise.ts'

let root = ''
let lakeDir = ''
let engine: Engine
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'doudi-feeds-'))
  lakeDir = join(root, 'lake')
  engine = await openEngine({
    tempDir: join(lakeDir, 'tmp'),
    directories: [lakeDir],
    memoryMiB: 128,
    threads: 2,
  })
})
afterAll(() => {
  engine.close()
  rmSync(root, { recursive: true, force: true })
})

const cipher = createCipheriv('sm4-ecb', Buffer.alloc(16, 3), null).setAutoPadding(false)
const secrets: Tokenising = {
  encryptBlocks: (blocks) => cipher.update(blocks),
  nameKey: (name) => (name === '' ? undefined : BigInt(name.length) * 1_000_003n),
  hashKey: (kind, text) => BigInt(kind.length * 1000 + text.length),
}

const fields: FeedFields = {
  number: { type: 'number' },
  name: { type: 'name' },
  birthDate: { type: 'date' },
  countyName: { type: 'text' },
  event: { type: 'code' },
  eventOn: { type: 'date' },
  period: { type: 'month' },
  amountFen: { type: 'fen' },
  reversed: { type: 'flag' },
  spouseNumber: { type: 'number' },
  spouseName: { type: 'name' },
  certificate: { type: 'text' },
}
const columns = lakeColumnsOf('marriages', fields)

const planted = [
  '990101199001010011',
  '990102198502020022',
  '杨金花密',
  '段阿鹏密',
  '大理市下关镇密',
  'J532901-2026-0077密',
]
const rows: FeedRow[] = [
  {
    rowNo: 2,
    regionCode: '532901001000',
    values: {
      number: planted[0],
      name: planted[2],
      birthDate: '1990-01-01',
      countyName: planted[4],
      event: 'marriage',
      eventOn: '2026-05-20',
      period: '2026-05',
      amountFen: -12_345,
      reversed: false,
      spouseNumber: planted[1],
      spouseName: planted[3],
      certificate: planted[5],
    },
  },
  { rowNo: 3, values: { name: '', event: 'revoked' } },
]
async function* batches(all: readonly FeedRow[]) {
  for (const row of all) yield [row]
}
const write = (feedId: string, all = rows) =>
  writeFeed(engine, lakeDir, { kind: 'marriages', feedId, columns, rows: batches(all) }, secrets)

test('a feed comes back row by row, tokenised, under its number', async () => {
  expect(await write('f-1')).toMatchObject({ rows: 2 })
  expect(statSync(join(lakeDir, 'feeds/marriages/f-1.parquet')).mode & 0o777).toBe(0o600)
  await write('f-2', rows.slice(1))
  const view = feedView(lakeDir, 'marriages', columns, [
    { feedId: 'f-1', feedNo: 4 },
    { feedId: 'f-2', feedNo: 5 },
  ])
  const back = await engine.rows(`select * from (${view}) order by feed_no, row_no`, [], { exact: true })
  expect(back).toEqual([
    {
      feed_no: 4,
      row_no: 2,
      region_code: '532901001000',
      token: expect.any(BigInt),
      check_char: '1',
      name_key: 4n * 1_000_003n,
      birth_date: '1990-01-01',
      event: 'marriage',
      event_on: '2026-05-20',
      period: 202605,
      amount_fen: -12_345n,
      reversed: false,
      spouse_token: expect.any(BigInt),
      spouse_check_char: '2',
      spouse_name_key: 4n * 1_000_003n,
      certificate_key: BigInt('marriages.certificate'.length * 1000 + (planted[5]?.length ?? 0)),
    },
    expect.objectContaining({
      feed_no: 4,
      row_no: 3,
      token: null,
      check_char: null,
      name_key: null,
      event: 'revoked',
    }),
    expect.objectContaining({ feed_no: 5, row_no: 3 }),
  ])
  const token = { token: back[0]?.spouse_token as bigint, check: '2' }
  expect(numbersOf([token], secrets.encryptBlocks)).toEqual([planted[1]])
})

test('no number, name, place or certificate is in the clear in any file of the lake, spill and tables included', async () => {
  await write('f-secret')
  // Held in memory too small for it, so that the engine spills the stored form as well.
  const small = await openEngine({
    tempDir: join(lakeDir, 'tmp'),
    directories: [lakeDir],
    memoryMiB: 64,
    threads: 1,
  })
  const view = feedView(lakeDir, 'marriages', columns, [{ feedId: 'f-secret', feedNo: 0 }])
  await small.run(`create table big as select v.*, r.range from (${view}) v, range(1500000) r(range)`)
  const files = readdirSync(lakeDir, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
  expect(files.length).toBeGreaterThan(1)
  for (const file of files) {
    const bytes = readFileSync(join(file.parentPath, file.name))
    for (const text of [...planted, planted[0]?.slice(0, 17) ?? '', planted[1]?.slice(0, 17) ?? '']) {
      for (const encoding of ['utf8', 'utf16le'] as const) {
        expect(bytes.includes(Buffer.from(text, encoding)), `${file.name}: planted text`).toBe(false)
      }
    }
    for (const number of planted.slice(0, 2)) {
      const body = Buffer.alloc(8)
      body.writeBigInt64LE(BigInt(number.slice(0, 17)))
      expect(bytes.includes(body), `${file.name}: number as an integer`).toBe(false)
    }
  }
  small.close()
})

test('a feed whose rows break off leaves nothing behind', async () => {
  async function* breaking() {
    yield rows
    throw new Error('the sender hung up')
  }
  const feed = { kind: 'marriages', feedId: 'f-broken', columns, rows: breaking() }
  await expect(writeFeed(engine, lakeDir, feed, secrets)).rejects.toThrow('hung up')
  expect(existsSync(join(lakeDir, 'feeds/marriages/f-broken.parquet'))).toBe(false)
  expect(
    await engine.rows(`select table_name from information_schema.tables where table_name like 'writing%'`),
  ).toEqual([])
})

test('a feed written in parts is in the lake when its last part is, and its parts can be removed then', async () => {
  const part = (earlier: number, isLast: boolean, all: readonly FeedRow[]) => {
    const parts = { earlier, isLast: () => isLast }
    return writeFeed(
      engine,
      lakeDir,
      { kind: 'marriages', feedId: 'f-parts', columns, rows: batches(all), parts },
      secrets,
    )
  }
  await part(0, false, rows.slice(0, 1))
  expect(listFeeds(lakeDir).map(({ feedId }) => feedId)).not.toContain('f-parts')
  expect([
    listFeedsInParts(lakeDir),
    hasFeedParts(lakeDir, 'f-parts', 1),
    hasFeedParts(lakeDir, 'f-parts', 2),
  ]).toEqual([['f-parts'], true, false])
  expect(await part(1, true, rows.slice(1))).toMatchObject({ rows: 2 })
  const view = feedView(lakeDir, 'marriages', columns, [{ feedId: 'f-parts', feedNo: 0 }])
  expect(await engine.rows(`select row_no from (${view}) order by row_no`)).toEqual([
    { row_no: 2 },
    { row_no: 3 },
  ])
  removeFeedParts(lakeDir, 'f-parts')
  removeFeed(lakeDir, 'marriages', 'f-parts')
  expect(listFeedsInParts(lakeDir)).toEqual([])
})

test('a half-written file of a crash is not listed, and swept at start', () => {
  writeFileSync(join(lakeDir, 'feeds/marriages/.draft-f-9.parquet-abcdef'), 'PAR1')
  expect(listFeeds(lakeDir).map(({ feedId }) => feedId)).toEqual(['f-1', 'f-2', 'f-secret'])
  expect(sweepFeeds(lakeDir)).toBe(1)
  expect(sweepFeeds(join(root, 'nowhere'))).toBe(0)
})

test('a feed that is taken back is gone, and taking back can be repeated', () => {
  removeFeed(lakeDir, 'marriages', 'f-secret')
  removeFeed(lakeDir, 'marriages', 'f-secret')
  expect(listFeeds(lakeDir).map(({ feedId }) => feedId)).toEqual(['f-1', 'f-2'])
  expect(() => removeFeed(lakeDir, 'marriages', '../../x')).toThrow('not a feed')
})

test('without any feed the view has the columns and no rows; an older file may lack a column', async () => {
  const wider = [...columns, { field: 'addedLater', type: 'fen' as const }]
  expect(await engine.rows(feedView(lakeDir, 'marriages', wider, []))).toEqual([])
  const back = await engine.rows(feedView(lakeDir, 'marriages', wider, [{ feedId: 'f-2', feedNo: 0 }]))
  expect(back).toMatchObject([{ added_later: null, row_no: 3 }])
})

test('files of earlier and later columns are read at once, each row under the number of its file', async () => {
  const wider = [...columns, { field: 'addedLater', type: 'fen' as const }]
  const later = rows.map((row) => ({ ...row, values: { ...row.values, addedLater: 77 } }))
  await writeFeed(
    engine,
    lakeDir,
    { kind: 'marriages', feedId: 'f-later', columns: wider, rows: batches(later) },
    secrets,
  )
  const numbers = { 'f-2': 9, 'f-later': 3, 'f-1': 12 }
  const feeds = Object.entries(numbers).map(([feedId, feedNo]) => ({ feedId, feedNo }))
  for (const order of [feeds, feeds.toReversed()]) {
    const view = feedView(lakeDir, 'marriages', wider, order)
    const back = await engine.rows<{ n: number; rows: number; later: number }>(
      `select feed_no as n, count(*) as rows, count(added_later) as later from (${view}) group by n order by n`,
    )
    expect(back.map(({ n, rows: all, later: some }) => [n, Number(all), Number(some)])).toEqual([
      [3, 2, 2],
      [9, 1, 0],
      [12, 2, 0],
    ])
    const plan = (await engine.rows<Record<string, string>>(`explain ${view}`)).map((row) =>
      Object.values(row).join(' '),
    )
    expect(plan.join(' ').match(/Function:/gu)).toHaveLength(1)
  }
  removeFeed(lakeDir, 'marriages', 'f-later')
})

test('a value of the wrong kind is our mistake and stops the feed', async () => {
  await expect(write('f-wrong', [{ rowNo: 2, values: { number: '99010119900101001x' } }])).rejects.toThrow(
    'canonical',
  )
  await expect(write('f-wrong', [{ rowNo: 2, values: { amountFen: 0.5 } }])).rejects.toThrow('whole number')
  await expect(write('f-wrong', [{ rowNo: 2, values: { eventOn: '2026-02-30' } }])).rejects.toThrow(
    'business date',
  )
})
