/** Reads the people of a province, and the identities set aside with whose they really are. Never on disk: no spill. */
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { Candidate, ScoredRow } from '#lake/server'
import type { Province } from '../province/generate.server.ts'

export interface SetAside extends ScoredRow {
  /** The person it speaks of; undefined for somebody who is not registered. */
  readonly truth: string | undefined
  readonly defect: string
}

export interface World {
  readonly asides: readonly SetAside[]
  /** Everybody registered, some thousand at a time. */
  people(): AsyncIterable<readonly Candidate[]>
  close(): void
}

const texts = (value: unknown): string | undefined => (value === null ? undefined : String(value))

/** SQL of the twelve digits of a county of the province. */
export const areaOf = (county: string): string => `CAST(${countyOf(county)} AS VARCHAR) || '000000'`

/** … and of its first six, as a whole number. */
export const countyOf = (county: string): string =>
  `(990000 + (${county} // 10 + 1) * 100 + ${county} % 10 + 1)`

const asidesSql = (clear: string): string => `
  SELECT "a"."number", "a"."name", strftime("a"."birth", '%Y-%m-%d'), ${areaOf('"a"."county"')}, "a"."defect",
    CASE WHEN "p"."registered" THEN CAST("p"."pid" AS VARCHAR) END
  FROM read_parquet('${clear}/aside.parquet') "a"
  LEFT JOIN read_parquet('${clear}/person.parquet') "p" ON "p"."n" = "a"."truth_n" ORDER BY "a"."aside_id"`

/** The people registered, as matching over a relation takes them. */
export const peopleRelation = (clear: string): string => `(
  SELECT "pid" AS "person_id", "name", "birth" AS "birth_date", "number",
    CAST(${countyOf('"county"')} AS BIGINT) * 1000000 AS "region"
  FROM read_parquet('${clear}/person.parquet') WHERE "registered")`

const peopleSql = (clear: string): string => `
  SELECT CAST("pid" AS VARCHAR), "number", "name", strftime("birth", '%Y-%m-%d'), ${areaOf('"county"')}
  FROM read_parquet('${clear}/person.parquet') WHERE "registered"`

async function* columnsOf(connection: DuckDBConnection, sql: string, count: number) {
  for await (const chunk of await connection.stream(sql)) {
    const columns = Array.from({ length: count }, (_, at) => chunk.getColumnValues(at))
    yield { rows: chunk.rowCount, columns }
  }
}

/** Opens the clear part of a province, which stands for PostgreSQL. */
export const openWorld = async ({ dir }: Province): Promise<World> => {
  const clear = join(dir, 'clear')
  const options = { temp_directory: '', memory_limit: '400MB', threads: '2' }
  const connection = await (await DuckDBInstance.create(':memory:', options)).connect()
  const asides: SetAside[] = []
  for await (const { rows, columns } of columnsOf(connection, asidesSql(clear), 6)) {
    for (let at = 0; at < rows; at += 1) {
      const [number, name, birthDate, regionCode, defect, truth] = columns.map((column) => texts(column[at]))
      asides.push({ number, name: name ?? '', birthDate, regionCode, defect: defect ?? '', truth })
    }
  }
  return {
    asides,
    people: () => peopleIn(connection, peopleSql(clear)),
    close: () => connection.closeSync(),
  }
}

async function* peopleIn(connection: DuckDBConnection, sql: string): AsyncGenerator<readonly Candidate[]> {
  for await (const { rows, columns } of columnsOf(connection, sql, 5)) {
    const [ids = [], numbers = [], names = [], births = [], regions = []] = columns
    yield Array.from({ length: rows }, (_, at) => ({
      personId: ids[at] as string,
      number: numbers[at] as string,
      name: names[at] as string,
      birthDate: births[at] as string,
      regionCode: regions[at] as string,
    }))
  }
}
