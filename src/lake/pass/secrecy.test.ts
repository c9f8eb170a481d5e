import { createCipheriv, createHmac } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { businessDate } from '#base'
import { watchForPlanted } from '#testing/in-the-clear.ts'
import { type Engine, openEngine } from '../engine/engine.server.ts'
import { type FeedFields, lakeColumnsOf } from '../feeds/columns.ts'
import { feedView, writeFeed } from '../feeds/feed-files.server.ts'
import type { FeedRow, Tokenising } from '../feeds/tokenise.ts'
import { openMatcher } from '../matching/match-rows.ts'
import { tokensOf } from '../tokens/tokens.ts'
import { base, judging, plan } from './pass-fixture.server.ts'
import { spanOf } from './plan.ts'
import { type FullInputs, type Pass, runFullPass, runJudging } from './run-pass.server.ts'
import { stateFiles } from './state-files.server.ts'

vi.setConfig({ testTimeout: 120_000 })

const cipher = createCipheriv('sm4-ecb', Buffer.alloc(16, 7), null).setAutoPadding(false)
const keys = new Map<string, bigint>()
const keyed = (text: string): bigint => {
  const known = keys.get(text)
  if (known !== undefined) return known
  const key = createHmac('sha256', 'key of the test').update(text).digest().readBigInt64LE(0)
  keys.set(text, key)
  return key
}
const secrets: Tokenising = {
  encryptBlocks: (blocks) => cipher.update(blocks),
  nameKey: keyed,
  hashKey: (kind, text) => keyed(`${kind} ${text}`),
}

const plantedCount = 1000
const months = 6
const persons = 20_000
const surnames = ['欧阳', '司马', '诸葛', '上官', '皇甫', '尉迟', '公孙', '慕容']
const given = '密藏隐匿蕴蔽潜遁掩秘'

interface Person {
  readonly number: string
  readonly name: string
  readonly birthDate: string
}

/** Names of four characters, so that finding one is no accident. */
const aPerson = (at: number): Person => ({
  number: `99010119${String(500_000_000 + at * 7919).padStart(9, '0')}${at % 11 === 10 ? 'X' : at % 11}`,
  name: `${surnames[at % surnames.length]}${given[Math.floor(at / 8) % 10]}${given[Math.floor(at / 80) % 10]}`,
  birthDate: `${1940 + (at % 60)}-0${1 + (at % 9)}-${10 + (at % 17)}`,
})
const all = Array.from({ length: persons }, (_, at) => aPerson(at))
const planted = {
  numbers: all.slice(0, plantedCount).map(({ number }) => number),
  names: all.slice(0, plantedCount).map(({ name }) => name),
}

let root = ''
let lakeDir = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'doudi-secrecy-'))
  lakeDir = join(root, 'lake')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const openSmall = (memoryMiB: number): Promise<Engine> =>
  openEngine({ tempDir: join(lakeDir, 'tmp'), directories: [lakeDir], memoryMiB, threads: 1 })

const fields: FeedFields = {
  number: { type: 'number' },
  name: { type: 'name' },
  period: { type: 'month' },
  amountFen: { type: 'fen' },
  employer: { type: 'text' },
}
const columns = lakeColumnsOf('wages', fields)

/** A month's wages as a department sends them. */
async function* wagesOf(period: string) {
  for (let from = 0; from < persons; from += 5000)
    yield all.slice(from, from + 5000).map(
      ({ number, name }, at): FeedRow => ({
        rowNo: from + at + 1,
        values: { number, name, period, amountFen: 1000 + ((from + at) % 977), employer: name },
      }),
    )
}

const writeWages = async (engine: Engine): Promise<string> => {
  const feeds = Array.from({ length: months }, (_, at) => ({
    feedId: `f-${at}`,
    feedNo: at,
    period: `2026-${String((at % 5) + 1).padStart(2, '0')}`,
  }))
  for (const { feedId, period } of feeds)
    await writeFeed(engine, lakeDir, { kind: 'wages', feedId, columns, rows: wagesOf(period) }, secrets)
  return `(select *, null::INTEGER as aside_id from (${feedView(lakeDir, 'wages', columns, feeds)}))`
}

const register = async (engine: Engine): Promise<Pick<FullInputs, 'person' | 'household'>> => {
  const tokens = tokensOf(
    all.map(({ number }) => number),
    secrets.encryptBlocks,
  )
  async function* rows() {
    yield all.map(({ name, birthDate }, at) => [
      at,
      Math.floor(at / 2),
      tokens[at]?.token,
      tokens[at]?.check,
      keyed(name),
      birthDate,
    ])
  }
  const types = [
    'pid INTEGER',
    'hid INTEGER',
    'token BIGINT',
    'check_char VARCHAR',
    'name_key BIGINT',
    'birth DATE',
  ]
  const shape = types.map((one) => {
    const [name = '', type] = one.split(' ')
    return { name, type: type as 'INTEGER' }
  })
  await engine.appendRows('person_row', shape, rows())
  await engine.run(`create table household_row as
    select hid, cast(1 + hid // 5000 as smallint) as county, 100::BIGINT as declared from person_row group by hid`)
  await engine.run('create table line as select distinct county, 1000::BIGINT as line from household_row')
  return { person: 'person_row', household: 'household_row' }
}

/** Gives identities that were set aside to people, as they stand in the clear, in memory. */
const scoreAsides = async (engine: Engine): Promise<string> => {
  const asides = all.slice(0, 300).map(({ number, name, birthDate }) => ({
    number: `${number.slice(0, 16)}00`,
    ...{ name, birthDate },
    regionCode: '990101001001',
  }))
  const matcher = openMatcher(asides)
  for (const [at, person] of all.entries())
    matcher.offer({ ...person, personId: String(at), regionCode: '990101001001' })
  await engine.run('create table aside_match (aside_id INTEGER, pid INTEGER)')
  for (const [at, verdict] of matcher.verdicts().entries())
    if (verdict.outcome === 'accept')
      await engine.run(`insert into aside_match values (${at}, ${verdict.match.personId})`)
  return 'aside_match'
}

test('no number and no name of a thousand planted people is in any file of the lake, what the engine spills included, while a pass runs and after', async () => {
  mkdirSync(lakeDir, { recursive: true })
  const watch = watchForPlanted([lakeDir], planted, 100)
  const engine = await openSmall(24)
  const wages = await writeWages(engine)
  // More than fits, so that whatever the pass holds is spilled beside it.
  await engine.run(`create table held as select w.* from ${wages} w, range(4)`)
  const registry = await register(engine)
  const aside = await scoreAsides(engine)
  const empty = '(select token, check_char, name_key, aside_id from {wages} where false)'.replace(
    '{wages}',
    wages,
  )
  const files = stateFiles(lakeDir)
  const passOf = (today: string): Pass => ({
    ...{ engine, files, plan, judging, thresholds: 'line' },
    span: spanOf(businessDate(today), base),
    alerting: ['poor', 'housed', 'young'],
  })
  const feed = (kind: string) => (kind === 'wage' ? wages : empty)
  const state = await runFullPass(passOf('2026-06-15'), { ...registry, aside, feed }, 1)
  await runJudging(passOf('2026-06-16'), 2, state)
  await engine.writeCsv('select * from flag_change', 'flag_change')
  const leaks = await watch.stop()
  engine.close()
  expect(leaks).toEqual([])
  expect(watch.spilledBytes()).toBeGreaterThan(1_000_000)
})

test('a planted person is found in whatever form: as text, as a whole number, in what is spilled, inside Parquet', async () => {
  const [{ number, name }, other] = [all[500] as Person, all[900] as Person]
  const folder = join(root, 'leaky')
  mkdirSync(folder)
  const body = Buffer.alloc(8)
  body.writeBigInt64LE(BigInt(other.number.slice(0, 17)))
  writeFileSync(join(folder, 'a-digits'), `${'0'.repeat(1001)}${number}\n`)
  writeFileSync(join(folder, 'b-utf8'), `一${name}二`)
  writeFileSync(join(folder, 'c-gb18030'), iconv.encode(`一${name}二`, 'gb18030'))
  writeFileSync(join(folder, 'd-whole'), Buffer.concat([Buffer.alloc(1003, 1), body]))
  const [engine, tempDir] = [
    await openEngine({ tempDir: folder, memoryMiB: 24, threads: 1, directories: [folder] }),
    folder,
  ]
  const watch = watchForPlanted([tempDir], planted)
  await engine.run(
    `create table clear as select '${name}' || r as "name", hash(r) as h from range(1500000) t(r)`,
  )
  await engine.writeParquet(`select '${other.name}' as "name" from range(100000)`, join(folder, 'e.parquet'))
  const leaks = await watch.stop()
  engine.close()
  const forms = leaks.map(
    ({ path, form }) => `${path.slice(folder.length + 1).replace(/^engine.*/, 'spill')}: ${form}`,
  )
  expect(forms).toEqual(
    expect.arrayContaining([
      'a-digits: UTF-8',
      'b-utf8: UTF-8',
      'c-gb18030: GB18030',
      'd-whole: whole number',
      'spill: UTF-8',
      'e.parquet: UTF-8, inside Parquet',
    ]),
  )
})
