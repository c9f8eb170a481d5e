import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deltas } from './feeds.server.ts'
import { generateProvince, type Province } from './generate.server.ts'
import { makeHouseholds } from './households.server.ts'
import { generatorVersion } from './manifest.server.ts'
import { makePeople } from './people.server.ts'
import { checkOf } from './person-sql.ts'
import { scanRaw } from './raw-scan.server.ts'
import { openSession, quoted, type Session } from './session.server.ts'

const persons = 20_000
const generating = { timeout: 120_000 }
const roots: string[] = []
const newRoot = (): string => {
  const root = mkdtempSync(join(tmpdir(), 'province-'))
  roots.push(root)
  return root
}
let province: Province
let session: Session

beforeAll(async () => {
  province = await generateProvince({ persons, seed: 1, dir: newRoot() })
  session = await openSession(':memory:', join(roots[0] ?? '', 'spill'))
}, generating.timeout)
afterAll(() => {
  session.close()
  for (const root of roots) rmSync(root, { recursive: true, force: true })
})

const of = (path: string): string => `read_parquet(${quoted(join(province.dir, path))}, union_by_name = true)`
const feeds = () => of('feeds/**/*.parquet')

const one = async (sql: string): Promise<Readonly<Record<string, unknown>>> =>
  (await session.rows(sql))[0] ?? {}

test('the same seed gives the same province elsewhere, where a half-made one lay', generating, async () => {
  const root = newRoot()
  const half = join(root, `v${generatorVersion}-${persons}-1`)
  mkdirSync(half)
  writeFileSync(join(half, 'manifest.json'), '{"version":')
  mkdirSync(join(root, `making-${2 ** 31 - 1}-killed`))
  const again = await generateProvince({ persons, seed: 1, dir: root })
  expect(readdirSync(root)).toEqual([`v${generatorVersion}-${persons}-1`])
  expect(again.fresh).toBe(true)
  expect(again.manifest.files).toEqual(province.manifest.files)
  expect(again.manifest.checksum).toBe(province.manifest.checksum)
  const kept = await generateProvince({ persons, seed: 1, dir: root })
  expect(kept).toEqual({ ...again, fresh: false })
})

// A change of what a seed gives changes every figure: then raise the generator's version, and this with it.
test('the generator of this version gives the province that was measured', () => {
  expect([generatorVersion, province.manifest.checksum]).toEqual([3, '2922ac955cd5e42b'])
})

test('another seed gives other people', async () => {
  const tokensOfSeed = async (seed: number) => {
    const other = await openSession(':memory:', join(newRoot(), 'spill'))
    await makePeople(other, seed, await makeHouseholds(other, seed, 500))
    const tokens = await other.rows('SELECT CAST("token" AS VARCHAR) AS "token" FROM "person" ORDER BY "n"')
    other.close()
    return tokens.map(({ token }) => token)
  }
  const [first, second] = [await tokensOfSeed(1), await tokensOfSeed(2)]
  expect([first.length, second.length]).toEqual([500, 500])
  expect(new Set([...first, ...second]).size).toBe(1000)
})

test('the registry is numbered without gaps, in the order of the regions', async () => {
  const person = await one(
    `SELECT count(*) AS "n", min("pid") AS "low", max("pid") AS "high", count(DISTINCT "pid") AS "pids", count(DISTINCT "hid") AS "hids", max("hid") AS "last" FROM ${of('registry/person.parquet')}`,
  )
  const n = Number(person.n)
  expect([person.low, person.high, Number(person.pids)]).toEqual([0, n - 1, n])
  const household = await one(
    `SELECT count(*) AS "n", min("hid") AS "low", max("hid") AS "high" FROM ${of('registry/household.parquet')}`,
  )
  expect([household.low, household.high]).toEqual([0, Number(household.n) - 1])
  expect([Number(person.hids), person.last]).toEqual([Number(household.n), household.high])
  const inOrder = (file: string, key: string) =>
    session.count(
      `SELECT count(*) FROM read_parquet(${quoted(join(province.dir, file))}, file_row_number = true) WHERE "${key}" <> "file_row_number"`,
    )
  expect(await inOrder('registry/household.parquet', 'hid')).toBe(0)
  expect(await inOrder('registry/person.parquet', 'pid')).toBe(0)
  expect(await inOrder('clear/person.parquet', 'n')).toBe(0)
  const disorder = await session.count(
    `SELECT count(*) FROM (SELECT "region" < lag("region") OVER (ORDER BY "hid") AS "back" FROM ${of('registry/household.parquet')}) "r" WHERE "back"`,
  )
  const strayed = await session.count(
    `SELECT count(*) FROM (SELECT "hid" < lag("hid") OVER (ORDER BY "pid") AS "back" FROM ${of('registry/person.parquet')}) "r" WHERE "back"`,
  )
  expect([disorder, strayed]).toEqual([0, 0])
})

test('everybody has a number of their own with its check character', async () => {
  const people = await one(
    `SELECT count(*) AS "n", count(DISTINCT left("number", 17)) AS "bodies", count(*) FILTER (WHERE substr("number", 18) <> ${checkOf('CAST(left("number", 17) AS BIGINT)')}) AS "wrong",
      count(*) FILTER (WHERE strftime("birth", '%Y%m%d') <> substr("number", 7, 8)) AS "misdated", min("n") AS "low", max("n") AS "high",
      avg(CAST("registered" AS INTEGER)) AS "registered", avg(CAST(left("number", 6) <> left("region", 6) AS INTEGER)) AS "elsewhere",
      avg(CAST("name" LIKE '%·%' AS INTEGER)) AS "dotted" FROM ${of('clear/person.parquet')}`,
  )
  expect([Number(people.n), Number(people.bodies), Number(people.wrong), Number(people.misdated)]).toEqual([
    persons, persons, 0, 0,
  ]) // biome-ignore format: one line of figures
  expect([people.low, people.high]).toEqual([0, persons - 1])
  expect(people.registered).toBeCloseTo(0.91, 1.7)
  expect(people.elsewhere).toBeCloseTo(0.02, 2)
  expect(people.dotted).toBeCloseTo(0.015, 2)
})

test('no number that passes its check is among those set aside, and none stands there twice', async () => {
  const asides = of('clear/aside.parquet')
  expect(
    await session.count(
      `SELECT count(*) FROM ${asides} WHERE length("number") = 18 AND substr("number", 18) = ${checkOf('TRY_CAST(left("number", 17) AS BIGINT)')}`,
    ),
  ).toBe(0)
  const row = await one(
    `SELECT count(*) AS "n", count(DISTINCT ("number", "name", "birth")) AS "different", max("aside_id") + 1 AS "ids",
      avg(CAST("birth" IS NULL AS INTEGER)) AS "undated", count(*) FILTER (WHERE "truth_n" = -1) AS "strangers" FROM ${asides}`,
  )
  expect([Number(row.different), row.ids]).toEqual([Number(row.n), Number(row.n)])
  expect(row.undated).toBeCloseTo(0.1, 1)
  expect(Number(row.strangers)).toBeGreaterThan(0)
})

test('each token of a row that was not set aside leads to one person, and each aside to its identity', async () => {
  const row = await one(`WITH "all" AS (SELECT "token", "check_char", "aside_id" FROM ${feeds()}),
    "known" AS (SELECT "token", "check_char" FROM ${of('registry/person.parquet')})
    SELECT count(*) AS "n", count(*) FILTER (WHERE "a"."aside_id" IS NULL AND "a"."token" IS NULL) AS "lost",
      count(*) FILTER (WHERE "a"."aside_id" IS NULL AND "k"."check_char" <> "a"."check_char") AS "wrong",
      count(*) FILTER (WHERE "a"."aside_id" IS NOT NULL) AS "asides", count(*) FILTER (WHERE "a"."aside_id" IS NULL AND "k"."token" IS NULL) AS "outside"
    FROM "all" "a" LEFT JOIN "known" "k" ON "k"."token" = "a"."token"`)
  expect([Number(row.lost), Number(row.wrong)]).toEqual([0, 0])
  expect(Number(row.asides) / Number(row.n)).toBeCloseTo(0.004, 2.5)
  expect(Number(row.outside) / Number(row.n)).toBeCloseTo(0.09, 1.7)
  expect(Number(row.n) / persons).toBeCloseTo(66.2 / 5, 0.7)
  expect(
    await session.count(
      `SELECT count(*) FROM (SELECT DISTINCT "aside_id" FROM ${feeds()} WHERE "aside_id" IS NOT NULL) "f" FULL JOIN ${of('clear/aside.parquet')} "a" USING ("aside_id") WHERE "a"."number" IS NULL OR "f"."aside_id" IS NULL`,
    ),
  ).toBe(0)
})

test.each(deltas)('$name touches its share of the households, three rows each', async ({ name, share }) => {
  const row = await one(
    `SELECT count(*) AS "rows", count(DISTINCT "p"."hid") AS "households" FROM ${of(`${name}/**/*.parquet`)} "f" JOIN ${of('registry/person.parquet')} "p" ON "p"."token" = "f"."token"`,
  )
  const all = await session.count(`SELECT count(*) FROM ${of('registry/household.parquet')}`)
  expect(Math.abs(Number(row.households) / all - share)).toBeLessThan(share < 0.05 ? 0.002 : 0.005)
  expect(Number(row.rows) / Number(row.households)).toBeCloseTo(3, 0)
  const unnamed = await session.count(
    `SELECT count(*) FROM ${of(`${name}/**/*.parquet`)} "f" WHERE "aside_id" IS NOT NULL AND "aside_id" NOT IN (SELECT "aside_id" FROM ${of('clear/aside.parquet')} UNION ALL SELECT "aside_id" FROM ${of(`clear/${name}/aside.parquet`)})`,
  )
  expect(unnamed).toBe(0)
})

test('rows stand in no order of persons', async () => {
  const together = await one(
    `SELECT avg(abs("county" - "before")) AS "apart" FROM (SELECT "county", lag("county") OVER (ORDER BY "row_no") AS "before" FROM ${of('feeds/bank.parquet')}) "f"`,
  )
  expect(Number(together.apart)).toBeGreaterThan(20)
})

test('the yardstick reads every column of every row three times', async () => {
  const scans = await scanRaw(province)
  expect(scans).toHaveLength(3)
  for (const { wallMs, cpuMs } of scans) expect(Math.min(wallMs, cpuMs)).toBeGreaterThan(0)
})
