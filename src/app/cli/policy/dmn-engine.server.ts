import {
  compileDmnSql,
  type DmnAnswer,
  type DmnLine,
  type DmnProgram,
  type DmnQuery,
  type DmnSource,
  openDmnDuckdb,
} from '#policy/server'
import { openDatabase } from '#store/server'
import type { Context } from '../context.server.ts'

export type EngineName = 'interpreter' | 'duckdb' | 'postgres'

/** Answers some lines, in order. */
export type Answering = (lines: readonly DmnLine[]) => Promise<readonly DmnAnswer[]>

/** What was read, compiled for the interpreter: that also shows whether it can be linked. */
export interface Models {
  readonly main: DmnSource
  readonly imports: readonly DmnSource[]
  readonly program: DmnProgram
}

type Cell = string | null

const withUrl = async <T>(url: string, work: (query: DmnQuery) => Promise<T>): Promise<T> => {
  const database = openDatabase(url, 1)
  try {
    return await work(async (text) => {
      const { rows } = await database.pool.query<Cell[]>({ text, rowMode: 'array' })
      return rows.map((row) => row.map((cell) => (cell === null ? null : String(cell))))
    })
  } finally {
    await database.close()
  }
}

/** Asks the database that DATABASE_URL names, else the installation's own one. */
const withPostgres = async <T>(context: Context, work: (query: DmnQuery) => Promise<T>): Promise<T> => {
  const { databaseUrl } = context.settings
  if (databaseUrl) return withUrl(databaseUrl, work)
  const { withRecord } = await import('../session.server.ts')
  return withRecord(context, ({ record }) => withUrl(record.ownerUrl, work))
}

/**
 * Gives the work what answers lines by an engine, for the time of the work. The interpreter and DuckDB need no installation; PostgreSQL
 * refuses `app.not-made-yet` where there is neither DATABASE_URL nor an installation.
 */
export const withEngine = async <T>(
  context: Context,
  engine: EngineName,
  { main, imports, program }: Models,
  work: (answer: Answering) => Promise<T>,
): Promise<T> => {
  if (engine === 'interpreter') return work(async (lines) => lines.map(program.answer))
  const compile = (query: DmnQuery): Answering => compileDmnSql(main, imports, { engine, query }).answer
  if (engine === 'postgres') return withPostgres(context, (query) => work(compile(query)))
  const duckdb = await openDmnDuckdb()
  try {
    return await work(compile(duckdb.query))
  } finally {
    duckdb.close()
  }
}
