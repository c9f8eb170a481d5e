/** Everybody of the province in one table, `person`, in the order of their numbers `n`. */
import { createCipheriv } from 'node:crypto'
import { tokensOf } from '#lake'
import { type Draw, drawOf } from './draw.ts'
import { dottedTable, givenSlots, givenTable, surnameTable } from './names.ts'
import { checkOf, nameJoins, nameOf, personBase } from './person-sql.ts'
import { type County, countyGroups } from './places.ts'
import type { Session } from './session.server.ts'

// The bench keeps no secret: its key is fixed, so that a seed gives the same tokens everywhere.
const benchKey = Buffer.alloc(16, 0x5d)
const householdsAtOnce = 250_000
// Sequences of one sex on one day in one county; a prime, so that steps of 37 visit each of them.
const places = 499
const tokensAtOnce = 8192

export const nameKeyOf = (name: string): string => `CAST(hash(${name} || '/name') >> 1 AS BIGINT)`

export const makePeople = async (session: Session, seed: number, all: readonly County[]): Promise<void> => {
  const draw = drawOf(seed, '"n"')
  await makeNames(session)
  // Those born in another county take the places of that county and day from the far end.
  await session.run(`CREATE TABLE "elsewhere" AS SELECT "n", CAST(row_number() OVER (PARTITION BY "area_digits", "birth_digits", "sex" ORDER BY "n") AS INTEGER) - 1 AS "place"
    FROM (${personBase(draw, 'true')}) "p" WHERE "elsewhere"`)
  await session.run(`CREATE TABLE "person" ("n" INTEGER, "h" INTEGER, "j" TINYINT, "number" VARCHAR, "name" VARCHAR, "birth" DATE, "county" SMALLINT, "region" VARCHAR,
    "registered" BOOLEAN, "hid" INTEGER, "pid" INTEGER, "sex" TINYINT, "urban" BOOLEAN, "disabled_grade" TINYINT, "token" BIGINT, "check_char" VARCHAR, "name_key" BIGINT)`)
  for (const group of countyGroups(all, householdsAtOnce)) {
    const from = group[0]?.from ?? 0
    const until = group.at(-1)?.until ?? 0
    if (from < until) await addPeople(session, draw, `"h" >= ${from} AND "h" < ${until}`)
  }
  await session.run('DROP TABLE "elsewhere"')
}

const addPeople = async (session: Session, draw: Draw, condition: string): Promise<void> => {
  const { below, chance } = draw
  const start = below('first-sequence', places, '"b"."birth_digits" * 100 + "b"."home"')
  await session.run(`CREATE OR REPLACE TEMP TABLE "base" AS SELECT "b".*, 2 * ((${start} + CASE WHEN "e"."n" IS NULL
      THEN row_number() OVER (PARTITION BY "b"."area_digits", "b"."birth_digits", "b"."sex", "b"."elsewhere" ORDER BY "b"."n") - 1
      ELSE ${places} - 1 - "e"."place" END) * 37 % ${places}) + "b"."sex" AS "sequence"
    FROM (${personBase(draw, condition)}) "b" LEFT JOIN "elsewhere" "e" ON "e"."n" = "b"."n"`)
  await session.run(`CREATE OR REPLACE TEMP TABLE "written" AS SELECT "n", "body", ${checkOf('"body"')} AS "check_char" FROM
    (SELECT "n", CAST("area_digits" AS BIGINT) * 100000000000 + CAST("birth_digits" AS BIGINT) * 1000 + CAST("sequence" AS BIGINT) AS "body" FROM "base") "b" ORDER BY "n"`)
  await tokenise(
    session,
    'SELECT "n", CAST("body" AS VARCHAR) || "check_char" AS "number" FROM "written" ORDER BY "n"',
    'person_token',
  )
  await session.run(`INSERT INTO "person" SELECT "p"."n", "p"."h", "p"."j", CAST("w"."body" AS VARCHAR) || "w"."check_char", ${nameOf(draw)} AS "name", "p"."birth", "p"."county", "p"."region",
      "p"."registered", "p"."hid", CASE WHEN "p"."registered" THEN "p"."first_pid" + "p"."j" ELSE -1 END, "p"."sex", "p"."urban",
      CASE WHEN ${chance('disabled', 0.08)} THEN 1 + ${below('grade', 4)} ELSE 0 END, "t"."token", "w"."check_char", ${nameKeyOf('"name"')}
    FROM (SELECT * FROM "base") "p" JOIN "written" "w" USING ("n") JOIN "person_token" "t" USING ("n") ${nameJoins(draw)} ORDER BY "n"`)
}

/** Table `target` (`n`, `token`) of the numbers a query gives as `n` and `number`. Each has eighteen characters. */
export const tokenise = async (session: Session, sql: string, target: string): Promise<void> => {
  const cipher = createCipheriv('sm4-ecb', benchKey, null).setAutoPadding(false)
  const encrypt = (blocks: Uint8Array) => cipher.update(blocks)
  await session.run(`CREATE OR REPLACE TABLE "${target}" ("n" INTEGER, "token" BIGINT)`)
  const numbers: string[] = []
  const keys: number[] = []
  for await (const chunk of await session.connection.stream(sql)) {
    keys.push(...(chunk.getColumnValues(0) as number[]))
    numbers.push(...(chunk.getColumnValues(1) as string[]))
  }
  const appender = await session.connection.createAppender(target)
  for (let from = 0; from < numbers.length; from += tokensAtOnce) {
    const tokens = tokensOf(numbers.slice(from, from + tokensAtOnce), encrypt)
    for (const [at, token] of tokens.entries()) {
      appender.appendInteger(keys[from + at] ?? 0)
      appender.appendBigInt(token?.token ?? 0n)
      appender.endRow()
    }
  }
  appender.flushSync()
  appender.closeSync()
}

const makeNames = async (session: Session): Promise<void> => {
  const given = givenTable().map(({ generation, sex, slot, text }) => ({
    slot: (generation * 2 + sex - 1) * givenSlots + slot,
    text,
  }))
  await table(
    session,
    'surname',
    surnameTable().map((text, slot) => ({ slot, text })),
  )
  await table(session, 'given', given)
  await table(
    session,
    'dotted',
    dottedTable().map((text, slot) => ({ slot, text })),
  )
}

const table = async (
  session: Session,
  name: string,
  rows: readonly { readonly slot: number; readonly text: string }[],
): Promise<void> => {
  await session.run(`CREATE TABLE "${name}" ("slot" INTEGER, "text" VARCHAR)`)
  const appender = await session.connection.createAppender(name)
  for (const { slot, text } of rows) {
    appender.appendInteger(slot)
    appender.appendVarchar(text)
    appender.endRow()
  }
  appender.flushSync()
  appender.closeSync()
}
