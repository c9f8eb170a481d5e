import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { type IntakeWorld, intakeRegion, makeIntakeWorld } from '#testing/intake-world.ts'
import type { TestClient } from '#testing/server.ts'
import { numberOf } from '../fixtures.server.ts'
import { identityContext } from './kept.ts'
import { feedsPath, whatIsKept } from './reading-world.server.ts'

let world: IntakeWorld
let officer: TestClient

beforeAll(async () => {
  world = await makeIntakeWorld(200)
  officer = await world.server.as('supervisor', { regionCode: intakeRegion })
}, 120_000)
afterAll(() => world.close())

const wrong = (n: number): string => {
  const number = numberOf(n)
  return number.slice(0, 17) + (number.endsWith('1') ? '2' : '1')
}

/** Deaths: thirty sound rows, then those given, as 姓名, 公民身份号码, 出生日期. */
const receive = async (
  name: string,
  rows: readonly (readonly [string, string, string])[],
): Promise<string> => {
  const sound = Array.from({ length: 30 }, (_, n) => ['赵三', numberOf(n), ''] as const)
  const lines = [...sound, ...rows].map((cells) => `${cells.join(',')},20260605,否`)
  const path = join(world.folder, `${name}.csv`)
  await writeFile(path, ['姓名,公民身份号码,出生日期,死亡日期,冲销标志', ...lines].join('\n'))
  const { body } = await world.send(officer, path, { kind: 'deaths' })
  expect(await world.read(body.id)).toBe('accepted')
  return body.id
}

const identitiesOf = (id: string) =>
  inScope(world.installation.database, everywhere, async (tx) => {
    const rows = await tx
      .selectFrom('unmatched_rows')
      .selectAll()
      .where('feed_id', '=', id)
      .orderBy('row_no')
      .execute()
    const { secrecy } = world.intake
    return rows.map((row) => ({
      line: row.row_no,
      key: row.row_key.toString().slice(0, 2),
      hasNumber: row.has_number,
      ...JSON.parse(secrecy.decryptText(row.identity_cipher, identityContext)),
    }))
  })

test('a row whose number fails its check is listed for the sender, and its person set aside by name and birth date', async () => {
  const id = await receive('deaths-aside', [
    ['钱四', wrong(101), '19500102'],
    ['孙五', '5.33E+17', '19500103'],
    ['李六', wrong(102), ''],
    ['周七', wrong(103), '1950-13-45'],
  ])
  const { feed, rejects, lake } = await whatIsKept(world, id)
  expect(feed).toMatchObject({ rows_in: 34, rows_accepted: 30, rows_rejected: 4 })
  const shown = await officer.get<{ rowsRejected: number; rowsSetAside: number }>(`${feedsPath}/${id}`)
  expect([shown.body.rowsRejected, shown.body.rowsSetAside]).toEqual([4, 2])
  expect(rejects.map(({ line, reason }) => [line, reason])).toEqual([
    [32, 'number-checksum'],
    [33, 'number-scientific'],
    [34, 'number-checksum'],
    [35, 'number-checksum'],
  ])
  const aside = { key: 'b:', hasNumber: false }
  expect(await identitiesOf(id)).toEqual([
    { ...aside, line: 32, name: '钱四', birthDate: '1950-01-02', writtenNumber: wrong(101) },
    { ...aside, line: 33, name: '孙五', birthDate: '1950-01-03', writtenNumber: '5.33E+17' },
  ])
  expect(lake).toHaveLength(32)
  expect(lake.slice(30)).toMatchObject([
    { row_no: 32, token: null, birth_date: '1950-01-02', died_on: '2026-06-05' },
    { row_no: 33, token: null, birth_date: '1950-01-03' },
  ])
}, 60_000)

test('a decision about a bad number is remembered by number, name and birth date together', async () => {
  const rows = [
    ['钱四', wrong(101), '19500102'],
    ['钱四', wrong(101), '19500103'],
    ['钱五', wrong(101), '19500102'],
    ['钱四', wrong(104), '19500102'],
    ['钱四', wrong(101), '19500102'],
  ] as const
  const keysOf = async (id: string) =>
    (await whatIsKept(world, id)).identities.map(({ row_key }) => row_key.toString())
  const first = await keysOf(await receive('keys-1', rows))
  // The fifth is the first again: listed, and set aside once.
  expect(new Set(first).size).toBe(4)
  expect(first).toHaveLength(4)
  expect(await keysOf(await receive('keys-2', rows.slice(0, 1)))).toEqual(first.slice(0, 1))
}, 60_000)
