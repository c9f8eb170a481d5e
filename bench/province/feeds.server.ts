/** Writes what departments deliver: `feeds/`, and two small deliveries after it, `delta1/` and `delta12/`. */
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { drawOf } from './draw.ts'
import { type FileToWrite, fileQuery, pickedRows } from './feed-sql.ts'
import { deltaMonth, type Kind, kinds, months } from './kinds.ts'
import { lastDay } from './person-sql.ts'
import { type Session, toParquet } from './session.server.ts'

/** The two deliveries after the first: what part of the households each speaks of. */
export const deltas = [
  { name: 'delta1', share: 0.01 },
  { name: 'delta12', share: 0.12 },
] as const

// A household of a delta has one row for certain and two more on average.
const rowsBeside = 2

export const writeFeeds = async (
  session: Session,
  folder: string,
  seed: number,
  persons: number,
): Promise<void> => {
  await makeParties(session, seed)
  const eligible = await eligibleParties(session)
  const files = [
    ...filesOf({ series: 'feed', source: 'party', seed, persons, scale: 1, slipShare: 0.08 }, eligible),
    ...deltas.flatMap(({ name }) =>
      filesOf({ series: name, source: name, seed, persons, scale: deltaScale(), slipShare: 0.08 }, eligible),
    ),
  ]
  await numberSlips(session, files)
  for (const file of files) {
    const path = join(folder, pathOf(file))
    mkdirSync(dirname(path), { recursive: true })
    await session.run(toParquet(fileQuery(file, 'numbered_slip'), path))
  }
  await writeAsides(session, folder)
}

/** Where a file stands, from the province's folder. */
const pathOf = ({ series, kind, month }: FileToWrite): string => {
  const folder = series === 'feed' ? 'feeds' : series
  return kind.monthly ? `${folder}/${kind.name}/${month}.parquet` : `${folder}/${kind.name}.parquet`
}

type Series = Pick<FileToWrite, 'series' | 'source' | 'seed' | 'persons' | 'slipShare'> & {
  readonly scale: number
}

const filesOf = (series: Series, eligible: ReadonlyMap<string, number>): FileToWrite[] =>
  kinds.flatMap((kind) => {
    const { scale, ...rest } = series
    const probability = (scale * kind.rate * series.persons) / (eligible.get(kind.name) || 1)
    const all =
      kind.monthly && series.series === 'feed' ? months : [series.series === 'feed' ? lastMonth : deltaMonth]
    return all.map((month) => ({ ...rest, kind, month, probability }))
  })

const lastMonth = months.at(-1) ?? 0

const deltaScale = (): number => {
  const rowsOfHousehold = kinds.reduce((sum, { rate }) => sum + rate, 0) * 2.55
  return rowsBeside / rowsOfHousehold
}

const makeParties = async (session: Session, seed: number): Promise<void> => {
  await session.run(`CREATE TABLE "party" AS WITH "habits" AS (SELECT "n", CAST(count(*) AS INTEGER) AS "slips" FROM "slip" GROUP BY "n")
    SELECT "p"."n", "p"."token", "p"."check_char", "p"."name_key", "p"."birth", "p"."county", "p"."h", "p"."j" = 0 AS "head",
      CAST(datediff('month', "p"."birth", DATE '${lastDay}') // 12 AS INTEGER) AS "age", "p"."urban", "p"."disabled_grade", coalesce("s"."slips", 0) AS "slips"
    FROM "person" "p" LEFT JOIN "habits" "s" ON "s"."n" = "p"."n"
    UNION ALL SELECT "t"."n", NULL, NULL, NULL, NULL, "t"."county", -"t"."n", false, 40, true, 0, "s"."slips" FROM "stranger" "t" JOIN "habits" "s" ON "s"."n" = "t"."n"`)
  await session.run('CREATE TABLE "slipping" AS SELECT * FROM "party" WHERE "slips" > 0')
  const { chance } = drawOf(seed, '"h"')
  for (const { name, share } of deltas) {
    await session.run(
      `CREATE TABLE "${name}" AS SELECT * FROM "party" WHERE ${chance(`touched/${name}`, share)}`,
    )
  }
}

const eligibleParties = async (session: Session): Promise<ReadonlyMap<string, number>> => {
  const counts = kinds.map(({ name, eligible }) => `count(*) FILTER (WHERE ${eligible}) AS "${name}"`)
  const [row = {}] = await session.rows(`SELECT ${counts.join(', ')} FROM "party"`)
  return new Map(kinds.map(({ name }: Kind) => [name, Number(row[name])]))
}

// A wrong number is an aside only once it came in; those of the deltas follow those of the feeds.
const numberSlips = async (session: Session, files: readonly FileToWrite[]): Promise<void> => {
  await session.run('CREATE TABLE "used" ("slip" BIGINT, "round" INTEGER)')
  for (const file of files) {
    const round = ['feed', 'delta1', 'delta12'].indexOf(file.series)
    const source = file.series === 'feed' ? 'slipping' : file.series
    await session.run(
      `INSERT INTO "used" SELECT DISTINCT "slip", ${round} FROM (${pickedRows({ ...file, source })}) "r" WHERE "slip" IS NOT NULL`,
    )
  }
  await session.run(`CREATE TABLE "numbered_slip" AS WITH
    "first" AS (SELECT "slip", min("round") AS "round" FROM "used" GROUP BY "slip"),
    "malformed" AS (SELECT "f"."slip", "f"."round", CAST(row_number() OVER (ORDER BY "f"."round", "f"."slip") - 1 AS INTEGER) AS "aside_id"
      FROM "first" "f" JOIN "slip" "s" ON CAST("s"."n" AS BIGINT) * 8 + "s"."v" = "f"."slip" WHERE "s"."candidate" IS NOT NULL)
    SELECT CAST("s"."n" AS BIGINT) * 8 + "s"."v" AS "key", "s".*, "m"."aside_id", "m"."round" FROM "slip" "s" LEFT JOIN "malformed" "m" ON "m"."slip" = CAST("s"."n" AS BIGINT) * 8 + "s"."v"`)
}

const writeAsides = async (session: Session, folder: string): Promise<void> => {
  for (const [round, series] of ['', ...deltas.map(({ name }) => name)].entries()) {
    const path = join(folder, 'clear', series, 'aside.parquet')
    mkdirSync(dirname(path), { recursive: true })
    // What both deltas bring first is in the files of both: each comes after the feeds alone.
    const rounds =
      round === 2
        ? '"s"."key" IN (SELECT "slip" FROM "used" WHERE "round" = 2) AND "s"."round" > 0'
        : `"s"."round" = ${round}`
    await session.run(
      toParquet(
        `SELECT "s"."aside_id", "c"."number", "c"."name", "c"."birth", CAST("c"."county" AS SMALLINT) AS "county", CAST("c"."truth_n" AS INTEGER) AS "truth_n", "c"."defect"
          FROM "numbered_slip" "s" JOIN "candidate" "c" ON "c"."candidate" = "s"."candidate" WHERE ${rounds} ORDER BY "s"."aside_id"`,
        path,
      ),
    )
  }
}
