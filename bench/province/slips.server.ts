/** Numbers that departments wrote wrongly for a person: malformed ones (asides), a relative's, a namesake's. */
import { drawOf } from './draw.ts'
import { givenSlots, rareCharacters, surnameSlots } from './names.ts'
import { nameKeyOf, tokenise } from './people.server.ts'
import { checkOf, swaps } from './person-sql.ts'
import type { Session } from './session.server.ts'

/** Strangers of no record per person of the province: each of their rows bears a number that nobody has. */
export const strangersOf = (persons: number): number => Math.max(1, Math.round(persons * 0.0002))

/**
 * Table `slip`: `n`, `v` (0 and up for each person), the number, name, birth as written, token, check character, name
 * key, `candidate` (null where the number passes its check). One of a person's slips stands in some of its rows.
 */
export const makeSlips = async (session: Session, seed: number, persons: number): Promise<void> => {
  await makeHabits(session, seed)
  await makeStrangers(session, seed, persons)
  const draw = drawOf(seed, '"n"')
  await session.run(`CREATE TABLE "candidate" AS WITH
    "every" AS (SELECT * FROM "habit" UNION ALL SELECT * FROM "stranger"),
    "dated" AS (SELECT "n", "w", "number", "name", "county", "truth_n", "defect", CASE WHEN ${draw.chance('undated', 0.1, '"n" * 2 + "w"')} THEN NULL ELSE "birth" END AS "birth",
      length("number") = 18 AND substr("number", 18) = ${checkOf('TRY_CAST(left("number", 17) AS BIGINT)')} AS "passes" FROM "every")
    SELECT CAST(row_number() OVER (ORDER BY "n", "w") AS INTEGER) AS "candidate", "d".* EXCLUDE ("passes") FROM "dated" "d" WHERE "passes" IS DISTINCT FROM true
    QUALIFY row_number() OVER (PARTITION BY "number", "name", "birth" ORDER BY "n", "w") = 1`)
  await tokenise(
    session,
    `SELECT "candidate" AS "n", "number" FROM "candidate" WHERE length("number") = 18`,
    'candidate_token',
  )
  await makeBorrowed(session, seed)
  await session.run(`CREATE TABLE "slip" AS WITH "every" AS (
      SELECT "c"."n", "c"."w", "t"."token", CASE WHEN "t"."token" IS NULL THEN NULL ELSE substr("c"."number", 18) END AS "check_char", "c"."candidate", ${nameKeyOf('"c"."name"')} AS "name_key", "c"."birth"
        FROM "candidate" "c" LEFT JOIN "candidate_token" "t" ON "t"."n" = "c"."candidate"
      UNION ALL SELECT "n", "w", "token", "check_char", NULL, "name_key", "birth" FROM "borrowed")
    SELECT "n", CAST(row_number() OVER (PARTITION BY "n" ORDER BY "w") - 1 AS INTEGER) AS "v", "token", "check_char", "candidate", "name_key", "birth" FROM "every"`)
}

const makeHabits = async (session: Session, seed: number): Promise<void> => {
  const { below, chance } = drawOf(seed, '"k"')
  const personal = drawOf(seed, '"n"')
  await session.run(`CREATE TABLE "habit" AS WITH
    "some" AS (SELECT "n", "number", "name", "birth", "county", unnest(CASE WHEN ${personal.chance('two-habits', 0.3)} THEN [0, 1] ELSE [0] END) AS "w"
      FROM "person" WHERE ${personal.chance('habit', 0.05)}),
    "keyed" AS (SELECT *, "n" * 2 + "w" AS "k" FROM "some"),
    "decided" AS (SELECT *, ${below('defect', 100)} AS "d", 1 + ${below('place', 17)} AS "at", 1 + ${below('pair', 16)} AS "pair" FROM "keyed"),
    "named" AS (SELECT *, CASE WHEN "d" < 30 THEN 'digit' WHEN "d" < 50 THEN 'swap' WHEN "d" < 60 THEN 'missing' WHEN "d" < 70 THEN 'doubled'
      WHEN "d" < 80 THEN 'check' WHEN "d" < 90 THEN 'day' ELSE 'month' END AS "defect" FROM "decided"),
    "wrong" AS (SELECT *, CASE "defect"
      WHEN 'digit' THEN left("number", "at" - 1) || (CAST(substr("number", "at", 1) AS INTEGER) + 1 + ${below('digit', 9)}) % 10 || substr("number", "at" + 1)
      WHEN 'swap' THEN left("number", "pair" - 1) || substr("number", "pair" + 1, 1) || substr("number", "pair", 1) || substr("number", "pair" + 2)
      WHEN 'missing' THEN left("number", "at" - 1) || substr("number", "at" + 1)
      WHEN 'doubled' THEN left("number", "at") || substr("number", "at")
      WHEN 'check' THEN left("number", 17) || substr('0123456789X', (strpos('0123456789X', substr("number", 18)) + ${below('check', 10)}) % 11 + 1, 1)
      WHEN 'day' THEN left("number", 6) || strftime("birth" + CASE ${below('sign', 2)} WHEN 0 THEN -1 ELSE 1 END, '%Y%m%d') || substr("number", 15)
      ELSE left("number", 6) || strftime("birth" + CASE ${below('sign', 2)} WHEN 0 THEN INTERVAL (-1) MONTH ELSE INTERVAL 1 MONTH END, '%Y%m%d') || substr("number", 15) END AS "written" FROM "named")
    SELECT "n", "w", CASE WHEN ${chance('collision', 0.01)} THEN coalesce(lag("written") OVER (ORDER BY "n", "w"), "written") ELSE "written" END AS "number",
      CASE WHEN ${below('name', 3)} = 0 THEN ${alteredName(below)} ELSE "name" END AS "name", "birth", "county", "n" AS "truth_n",
      CASE WHEN ${chance('collision', 0.01)} THEN 'collision' ELSE "defect" END AS "defect" FROM "wrong"`)
}

const characters = {
  sound: swaps('sound'),
  look: swaps('look'),
  // Both ways: some names stand in the registry in traditional characters.
  script: [swaps('script').join(''), swaps('script').toReversed().join('')],
  unknown: [rareCharacters.join(''), '?'.repeat(rareCharacters.length)],
} as const

// Where a kind of mistake finds nothing to change, another is made: in the end a character is lost.
const alteredName = (below: (label: string, size: number) => string): string => {
  const swapped = (kind: keyof typeof characters, text = '"name"'): string =>
    `translate(${text}, '${characters[kind][0]}', '${characters[kind][1]}')`
  const changed = (...texts: string[]) => texts.map((text) => `nullif(${text}, "name")`).join(', ')
  const last = `left("name", length("name") - 1) || ${swapped('sound', 'right("name", 1)')}`
  const second = `left("name", 1) || ${swapped('sound', 'substr("name", 2, 1)')} || substr("name", 3)`
  const kept = below('kept', 2)
  const lost = `CASE WHEN length("name") > 2 THEN left("name", 1 + ${kept}) || substr("name", 3 + ${kept}) ELSE left("name", 1) || '某' END`
  const dot = `replace("name", '·', CASE ${below('dot', 4)} WHEN 0 THEN '' WHEN 1 THEN '•' WHEN 2 THEN '.' ELSE '・' END)`
  return `CASE WHEN contains("name", '·') THEN ${dot}
    WHEN ${swapped('unknown')} <> "name" THEN CASE ${below('rare', 2)} WHEN 0 THEN ${swapped('unknown')} ELSE ${swapped('look')} END
    WHEN ${below('how', 10)} < 6 THEN coalesce(${changed(last, second)}, ${lost})
    WHEN ${below('how', 10)} < 8 THEN coalesce(${changed(swapped('script'))}, ${lost}) ELSE ${lost} END`
}

const makeStrangers = async (session: Session, seed: number, persons: number): Promise<void> => {
  const { below } = drawOf(seed, '"n"')
  const digits = `lpad(CAST(990101 + ${below('s-city', 10)} * 100 + ${below('s-county', 10)} AS VARCHAR), 6, '0')`
  await session.run(`CREATE TABLE "stranger" AS WITH
    "drawn" AS (SELECT CAST(${persons} + "range" AS INTEGER) AS "n", CAST(DATE '1950-01-01' + ${below('s-birth', 20_000, `${persons} + "range"`)} AS DATE) AS "birth" FROM range(${strangersOf(persons)})),
    "body" AS (SELECT *, ${digits} || strftime("birth", '%Y%m%d') || lpad(CAST(1 + ${below('s-sequence', 998)} AS VARCHAR), 3, '0') AS "body" FROM "drawn")
    SELECT "b"."n", 0 AS "w", "body" || CASE WHEN ${checkOf('CAST("body" AS BIGINT)')} = '7' THEN '3' ELSE '7' END AS "number", "s"."text" || "g"."text" AS "name", "birth",
      CAST(${below('s-lives', 100)} AS SMALLINT) AS "county", -1 AS "truth_n", 'stranger' AS "defect"
    FROM "body" "b" JOIN "surname" "s" ON "s"."slot" = ${below('s-surname', surnameSlots)} JOIN "given" "g" ON "g"."slot" = ${below('s-given', givenSlots * 8)}`)
}

const makeBorrowed = async (session: Session, seed: number): Promise<void> => {
  const { chance } = drawOf(seed, '"n"')
  await session.run(`CREATE TABLE "borrowed" AS WITH
    "kin" AS (SELECT "p"."n", 2 AS "w", "p"."name_key", "p"."birth", "p"."h", CASE WHEN "p"."j" > 0 THEN "p"."n" - 1 ELSE "p"."n" + 1 END AS "other" FROM "person" "p" WHERE ${chance('kin', 0.0025)}),
    "sample" AS (SELECT "n", "name_key", "birth", "token", "check_char" FROM "person" WHERE ${chance('namesake-pool', 0.05)}),
    "paired" AS (SELECT *, lead("token") OVER "w" AS "other_token", lead("check_char") OVER "w" AS "other_check" FROM "sample" WINDOW "w" AS (PARTITION BY "name_key" ORDER BY "n"))
    SELECT "k"."n", "k"."w", "o"."token", "o"."check_char", "k"."name_key", "k"."birth" FROM "kin" "k" JOIN "person" "o" ON "o"."n" = "k"."other" AND "o"."h" = "k"."h"
    UNION ALL SELECT "n", 3, "other_token", "other_check", "name_key", "birth" FROM "paired" WHERE "other_token" IS NOT NULL AND ${chance('namesake', 0.013)}`)
}
