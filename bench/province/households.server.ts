/** Households in region order: where, how many persons, which of them the registry knows. */
import { drawOf } from './draw.ts'
import { type County, countiesOf } from './places.ts'
import type { Session } from './session.server.ts'

// Out of a thousand households: so many of one person, of two, and so on; 2.55 persons on average.
const sizes = [260, 310, 204, 132, 60, 24, 4, 3, 1, 1, 0.4, 0.3, 0.2, 0.1]
const meanSize = 2.55

/** Table `household`, by `h`; gives the counties. The last household is cut so that the persons come out exactly. */
export const makeHouseholds = async (
  session: Session,
  seed: number,
  persons: number,
): Promise<readonly County[]> => {
  const { below, chance } = drawOf(seed, '"h"')
  let reached = 0
  const bounds = sizes.map((share) => {
    reached += share
    return Math.round(reached * 10)
  })
  const cases = bounds.map((bound, i) => `WHEN "d" < ${bound} THEN ${i + 1}`).join(' ')
  const most = Math.ceil((persons / meanSize) * 1.03) + 300
  await session.run(`CREATE TABLE "sized" AS WITH
    "drawn" AS (SELECT CAST("range" AS INTEGER) AS "h", ${below('size', 10_000, '"range"')} AS "d" FROM range(${most})),
    "cut" AS (SELECT "h", CASE ${cases} ELSE ${sizes.length} END AS "size" FROM "drawn"),
    "summed" AS (SELECT "h", "size", CAST(sum("size") OVER (ORDER BY "h") - "size" AS INTEGER) AS "first_n" FROM "cut")
    SELECT "h", CAST(least("size", ${persons} - "first_n") AS TINYINT) AS "size", "first_n" FROM "summed" WHERE "first_n" < ${persons} ORDER BY "h"`)
  const all = countiesOf(seed, await session.count('SELECT count(*) FROM "sized"'))
  const values = all.map(
    (c) => `(${c.county}, '${c.area}', ${c.from}, ${c.until}, ${c.townships}, ${c.villages})`,
  )
  await session.run(
    `CREATE TABLE "county" AS SELECT * FROM (VALUES ${values.join(', ')}) AS "v"("county", "area", "since", "until", "townships", "villages") WHERE "since" < "until"`,
  )
  await session.run(`CREATE TABLE "household" AS WITH
    "placed" AS (SELECT "s".*, "c"."county", "c"."area", "c"."villages", "c"."until" - "c"."since" AS "all",
      CAST("s"."h" - "c"."since" AS BIGINT) * "c"."townships" AS "t" FROM "sized" "s" ASOF JOIN "county" "c" ON "s"."h" >= "c"."since"),
    "known" AS (SELECT *, NOT (${chance('outside', 0.09)}) AS "registered" FROM "placed"),
    "numbered" AS (SELECT *, sum(CAST("registered" AS INTEGER)) OVER "w" AS "hids", sum(CASE WHEN "registered" THEN "size" ELSE 0 END) OVER "w" AS "pids"
      FROM "known" WINDOW "w" AS (ORDER BY "h"))
    SELECT "h", "size", "first_n", CAST("county" AS SMALLINT) AS "county",
      "area" || lpad(CAST("t" // "all" + 1 AS VARCHAR), 3, '0') || lpad(CAST((("t" % "all") * "villages") // "all" + 1 AS VARCHAR), 3, '0') AS "region",
      "registered", CAST(CASE WHEN "registered" THEN "hids" - 1 ELSE -1 END AS INTEGER) AS "hid",
      CAST(CASE WHEN "registered" THEN "pids" - "size" ELSE -1 END AS INTEGER) AS "first_pid",
      ${chance('urban', 0.56)} AS "urban", ${chance('dotted', 0.015)} AS "dotted",
      "size" > 1 AND NOT (${chance('spouse', 0.78)}) AS "unpaired",
      CAST(CASE WHEN ${below('age', 100)} < 16 THEN 22 + ${below('age-a', 13)} WHEN ${below('age', 100)} < 44 THEN 35 + ${below('age-b', 16)}
        WHEN ${below('age', 100)} < 72 THEN 51 + ${below('age-c', 15)} ELSE 66 + ${below('age-d', 25)} END * 365 + ${below('age-day', 365)} AS INTEGER) AS "head_days"
    FROM "numbered" ORDER BY "h"`)
  await session.run('DROP TABLE "sized"')
  return all
}
