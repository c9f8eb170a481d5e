import { DuckDBInstance } from '@duckdb/node-api'
import { type FactColumn, type Facts, factColumns, factsFromRow, type Pack } from '#policy'

/** Invented households in one wide table, thresholds by county and day beside it; `household` joins the two. */
export interface World {
  run(sql: string, values?: readonly string[]): Promise<void>
  rows(sql: string, values?: readonly string[]): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** The facts of the first so many, as plain objects of one shape, each with its key. */
  facts(count: number): Promise<readonly { readonly id: string; readonly facts: Facts }[]>
  close(): void
}

const counties = 100
const isThreshold = ({ from }: Pack['facts'][string][string]): boolean =>
  'registry' in from && from.registry.startsWith('threshold')

/** So many different whole numbers for a place of a row. */
const drawn = (salt: number, size: number): string =>
  `CAST(hash("n" * 1009 + ${salt}) % ${Math.max(1, Math.round(size))} AS BIGINT)`

// Most amounts are nothing; a few are far above every line, or no household would ever cross one.
const amount = (salt: number): string =>
  `CASE ${drawn(salt, 8)} WHEN 0 THEN ${drawn(salt + 500, 400_000)} WHEN 1 THEN ${drawn(salt + 500, 40_000)} WHEN 2 THEN CASE WHEN ${drawn(salt + 600, 10)} = 0 THEN ${drawn(salt + 500, 30_000_000)} ELSE 0 END ELSE 0 END`

const wideColumn = (pack: Pack, { fact, name }: FactColumn, salt: number): string => {
  const entry = pack.facts.household?.[fact]
  const [low = 0, high = 1] = entry?.range ?? []
  const quoted = `AS "${name}"`
  if (entry?.type === 'boolean') return `${drawn(salt, 5)} = 0 ${quoted}`
  if (entry?.unit === 'fen') return `${amount(salt)} ${quoted}`
  const isLong = high - low > 20
  const size = isLong ? Math.min(800, high - low + 1) : Math.min(6, high - low + 1)
  return `${low} + CASE WHEN ${drawn(salt + 700, 3)} = 0 THEN ${drawn(salt, size)} ELSE ${drawn(salt, 2)} END ${quoted}`
}

/** What a county asks on a day: two periods, each county its own values. */
const thresholdColumns: Readonly<Record<string, string>> = {
  standardFen: `60000 + ${drawn(1, 40)} * 1000`,
  marginPercent: `150 + ${drawn(2, 2)} * 50`,
  rigidPercent: `200 + ${drawn(3, 2)} * 50`,
  depositPerPersonFen: `1000000 + ${drawn(4, 20)} * 50000`,
  vehicleLimitFen: `${drawn(5, 10)} * 100000`,
  medicalLineFen: `${drawn(6, 30)} * 1000`,
  tuitionLineFen: `${drawn(7, 30)} * 1000`,
  heatingAidFen: `${drawn(8, 20)} * 1000`,
}

export const openWorld = async (pack: Pack, households: number): Promise<World> => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  const columns = factColumns(pack, 'household')
  const facts = pack.facts.household ?? {}
  const own = columns.filter(({ fact }) => !isThreshold(facts[fact] as Pack['facts'][string][string]))
  const limits = columns.filter((column) => !own.includes(column))
  const wide = own.map((column, index) => wideColumn(pack, column, index + 10))
  await connection.run(
    `CREATE TABLE "wide" AS SELECT "n" AS "household_id", "n" % ${counties} AS "county", ${wide.join(', ')} FROM range(${households}) AS "r"("n")`,
  )
  const values = limits.map(({ name }) => `${thresholdColumns[name]} AS "${name}"`)
  await connection.run(
    `CREATE TABLE "thresholds" AS SELECT "n" // 2 AS "county", CASE "n" % 2 WHEN 0 THEN DATE '2024-07-01' ELSE DATE '2025-07-01' END AS "since", CASE "n" % 2 WHEN 0 THEN DATE '2025-07-01' ELSE DATE '2026-07-01' END AS "until", ${values.join(', ')} FROM range(${2 * counties}) AS "r"("n")`,
  )
  const limitNames = limits.map(({ name }) => `"t"."${name}"`).join(', ')
  await connection.run(
    `CREATE VIEW "household" AS SELECT "w".*, ${limitNames} FROM "wide" "w" JOIN "thresholds" "t" ON "t"."county" = "w"."county" AND "t"."since" <= DATE '2026-06-15' AND DATE '2026-06-15' < "t"."until"`,
  )
  const rows: World['rows'] = async (sql, parameters = []) =>
    (await connection.runAndReadAll(sql, [...parameters])).getRowObjectsJS()
  return {
    run: async (sql, parameters = []) => {
      await connection.run(sql, [...parameters])
    },
    rows,
    facts: async (count) =>
      (await rows(`SELECT * FROM "household" WHERE "household_id" < ${count} ORDER BY "household_id"`)).map(
        (row) => ({ id: String(row.household_id), facts: factsFromRow(pack, 'household', row) }),
      ),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
