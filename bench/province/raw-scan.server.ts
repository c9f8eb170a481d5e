/** The yardstick of the bench: reading every column of the raw department rows, and nothing else. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Province } from './generate.server.ts'
import { kinds } from './kinds.ts'
import { openSession, quoted, type Session } from './session.server.ts'

export interface Scan {
  readonly wallMs: number
  /** Of this process, while the scan ran. */
  readonly cpuMs: number
}

const measuredRuns = 3

/**
 * Three scans of all columns of `raw/`, the rows as departments send them (or of `feeds/`, the same tokenised), after one that warms the files, each on two threads: sums of numbers and of
 * dates as days, and of the bytes of texts. Nothing of it can be answered from statistics. The best of them counts.
 */
export const scanRaw = async (
  province: Pick<Province, 'dir'>,
  folder: 'raw' | 'feeds' = 'raw',
): Promise<readonly Scan[]> => {
  const session = await openSession(':memory:', join(province.dir, '..', 'scan-spill'), 2048)
  try {
    const statements: string[] = []
    for (const { name, monthly } of kinds)
      statements.push(await scanOf(session, join(province.dir, folder), name, monthly))
    const scans: Scan[] = []
    for (let run = 0; run <= measuredRuns; run += 1) {
      const scan = await timed(session, statements)
      if (run > 0) scans.push(scan)
    }
    return scans
  } finally {
    session.close()
  }
}

const timed = async (session: Session, statements: readonly string[]): Promise<Scan> => {
  const [wall, cpu] = [performance.now(), process.cpuUsage()]
  for (const statement of statements) await session.rows(statement)
  const { user, system } = process.cpuUsage(cpu)
  return { wallMs: Math.round(performance.now() - wall), cpuMs: Math.round((user + system) / 1000) }
}

const scanOf = async (session: Session, dir: string, kind: string, monthly: boolean): Promise<string> => {
  const folder = join(dir, kind)
  const paths = monthly
    ? readdirSync(folder)
        .sort()
        .map((file) => join(folder, file))
    : [`${folder}.parquet`]
  const source = `read_parquet([${paths.map(quoted).join(', ')}])`
  const columns = await session.rows(`DESCRIBE SELECT * FROM ${source}`)
  const sums = columns.map(({ column_name, column_type }) => sumOf(`"${column_name}"`, String(column_type)))
  return `SELECT ${sums.join(', ')} FROM ${source}`
}

export const sumOf = (column: string, type: string): string => {
  if (type === 'VARCHAR') return `sum(strlen(${column}))`
  if (type === 'DATE') return `sum(${column} - DATE '1970-01-01')`
  return type === 'BOOLEAN' ? `sum(CAST(${column} AS INTEGER))` : `sum(${column})`
}
