import { duckdb as duckdbDates, postgres as postgresDates } from '../../sql/dialects.ts'

/** What the two engines write differently; months are added as the packs' compiler adds them. */
export type DmnDialect = {
  readonly name: 'duckdb' | 'postgres'
  /** A text to be ordered: FEEL orders by code points, a database by its language unless told. */
  readonly ordered: (sql: string) => string
  readonly shiftMonths: (date: string, sign: '+' | '-', months: string) => string
}

export const dialects: Readonly<Record<'duckdb' | 'postgres', DmnDialect>> = {
  duckdb: { name: 'duckdb', ordered: (sql) => sql, shiftMonths: duckdbDates.shiftMonths },
  postgres: {
    name: 'postgres',
    ordered: (sql) => `(${sql} COLLATE "C")`,
    shiftMonths: postgresDates.shiftMonths,
  },
}
