/** Writes the people in the clear, and the registry without numbers and names. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { drawOf } from './draw.ts'
import { type Session, toParquet } from './session.server.ts'

// The tables were filled in the order of the regions, and the session keeps the order of a table.
export const writeRegistry = async (session: Session, folder: string, seed: number): Promise<void> => {
  for (const each of ['clear', 'registry']) mkdirSync(join(folder, each), { recursive: true })
  await session.run(
    toParquet(
      'SELECT "n", "number", "name", "birth", "county", "region", "registered", "hid", "pid" FROM "person"',
      join(folder, 'clear/person.parquet'),
    ),
  )
  await session.run(
    toParquet(
      `SELECT "pid", "hid", "token", "check_char", "name_key", "birth", "county", "sex", "disabled_grade" FROM "person" WHERE "registered"`,
      join(folder, 'registry/person.parquet'),
    ),
  )
  await session.run(toParquet(householdQuery(seed), join(folder, 'registry/household.parquet')))
}

const householdQuery = (seed: number): string => {
  const { below, chance } = drawOf(seed, '"h"')
  const before = (label: string, size: number) => `CAST(DATE '2026-05-31' - ${below(label, size)} AS DATE)`
  return `SELECT "hid", "county", "region", "urban",
      CAST(CASE WHEN ${below('category', 100)} < 62 THEN 0 WHEN ${below('category', 100)} < 84 THEN 1 WHEN ${below('category', 100)} < 89 THEN 2
        WHEN ${below('category', 100)} < 97 THEN 3 ELSE 4 END AS TINYINT) AS "category",
      CAST("size" * (CASE WHEN "urban" THEN 600000 ELSE 300000 END + ${below('income', 4_000_000)}) AS BIGINT) AS "annual_income_fen",
      CAST(CASE WHEN ${chance('supported', 0.22)} THEN ${below('support', 1_500_000)} ELSE 0 END AS BIGINT) AS "support_fen",
      ${before('visit', 400)} AS "last_visit", ${before('review', 500)} AS "last_review",
      CASE WHEN ${below('category', 100)} >= 62 THEN ${before('aided', 900)} END AS "aided_on",
      CASE WHEN ${chance('moved', 0.03)} THEN ${before('moved', 700)} END AS "moved_on",
      ${chance('unsafe', 0.015)} AS "unsafe_home", "unpaired" AS "single_parent", ${chance('disaster', 0.004)} AS "in_disaster_area"
    FROM "household" WHERE "registered"`
}
