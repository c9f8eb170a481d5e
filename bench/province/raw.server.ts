/** Writes `raw/`: the rows of `feeds/` as departments send them, with numbers and names in the clear. */
import { mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { quoted, type Session, toParquet } from './session.server.ts'

const tokenised = ['token', 'check_char', 'aside_id', 'name_key']

export const writeRaw = async (session: Session, folder: string): Promise<void> => {
  await session.run('CREATE TABLE "clear_number" AS SELECT "token", "check_char", "number" FROM "person"')
  await session.run(`CREATE TABLE "clear_name" AS SELECT "name_key", min("name") AS "name" FROM (
    SELECT "name_key", "name" FROM "person") GROUP BY "name_key"`)
  const aside = `read_parquet(${quoted(join(folder, 'clear/aside.parquet'))})`
  const paths = readdirSync(join(folder, 'feeds'), { recursive: true, encoding: 'utf8' })
  for (const path of paths.filter((one) => one.endsWith('.parquet')).sort()) {
    const to = join(folder, 'raw', path)
    mkdirSync(dirname(to), { recursive: true })
    await session.run(
      toParquet(
        `SELECT coalesce("c"."number", "p"."number") AS "number", coalesce("c"."name", "m"."name") AS "name", "f".* EXCLUDE (${tokenised.map((name) => `"${name}"`).join(', ')})
          FROM read_parquet(${quoted(join(folder, 'feeds', path))}) "f"
          LEFT JOIN ${aside} "c" ON "c"."aside_id" = "f"."aside_id"
          LEFT JOIN "clear_number" "p" ON "p"."token" = "f"."token" AND "p"."check_char" = "f"."check_char"
          LEFT JOIN "clear_name" "m" ON "m"."name_key" = "f"."name_key"`,
        to,
      ),
    )
  }
}
