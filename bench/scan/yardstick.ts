import { join } from 'node:path'
import { type Scan, sumOf } from '../province/raw-scan.server.ts'
import { openSession, quoted } from '../province/session.server.ts'

const measuredRuns = 3

/** Three scans of every column of the files that the lake keeps, after one that warms them, on two threads; the best counts. */
export const scanFeeds = async (lakeDir: string, kinds: readonly string[]): Promise<readonly Scan[]> => {
  const session = await openSession(':memory:', join(lakeDir, 'scan-spill'), 2048)
  try {
    const statements: string[] = []
    for (const kind of kinds) {
      const source = `read_parquet(${quoted(join(lakeDir, 'feeds', kind, '*.parquet'))})`
      const columns = await session.rows(`DESCRIBE SELECT * FROM ${source}`)
      const sums = columns.map(({ column_name, column_type }) =>
        sumOf(`"${column_name}"`, String(column_type)),
      )
      statements.push(`SELECT ${sums.join(', ')} FROM ${source}`)
    }
    const scans: Scan[] = []
    for (let run = 0; run <= measuredRuns; run += 1) {
      const [wall, cpu] = [performance.now(), process.cpuUsage()]
      for (const statement of statements) await session.rows(statement)
      const { user, system } = process.cpuUsage(cpu)
      if (run > 0)
        scans.push({
          wallMs: Math.round(performance.now() - wall),
          cpuMs: Math.round((user + system) / 1000),
        })
    }
    return scans
  } finally {
    session.close()
  }
}
