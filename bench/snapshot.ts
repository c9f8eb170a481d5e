/**
 * `npm run bench -- snapshot [--persons 1000000] [--changes 1000] [--json]`: copies a registry from PostgreSQL to the lake, whole and
 * by what changed since, and once table after table over one connection without keeping anything, as the measure of both. Seconds are
 * wall time; beside them our own processor time, PostgreSQL's not included. The last line is one JSON object.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { businessDate, fixedClock } from '#base'
import { copyIn, openEngine } from '#lake/server'
import { everywhere } from '#store'
import {
  appRoleFor,
  inSharedSnapshot,
  migrate,
  openDatabase,
  provisionRole,
  purgeCluster,
} from '#store/server'
import { openRecord } from '../src/app/run/database.server.ts'
import { readWhole } from '../src/registry/snapshot/changes.queries.server.ts'
import { copyRegistry } from '../src/registry/snapshot/copy-registry.server.ts'
import { snapshotTables } from '../src/registry/snapshot/snapshot.queries.server.ts'
import { changeSome, fillRegistry } from './snapshot/fill.queries.server.ts'

const { values } = parseArgs({
  options: {
    persons: { type: 'string', default: '1000000' },
    changes: { type: 'string', default: '1000' },
    json: { type: 'boolean', default: false },
  },
})
const [persons, changes] = [Number(values.persons), Number(values.changes)]
if (![persons, changes].every((value) => Number.isInteger(value) && value > 0)) {
  console.error('--persons and --changes are whole numbers')
  process.exit(1)
}
const households = Math.round(persons / 2.5)
const dataDir = mkdtempSync(join(tmpdir(), 'doudi-bench-snapshot-'))
const figures: Record<string, unknown> = { persons, households, changes }
const tell = (what: string, figure: unknown): void => {
  figures[what] = figure
  if (!values.json) console.log(`${what}: ${JSON.stringify(figure)}`)
}
const hundredth = (seconds: number): number => Math.round(seconds * 100) / 100

const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
  const [begun, cpu] = [performance.now(), process.cpuUsage()]
  const result = await work()
  const { user, system } = process.cpuUsage(cpu)
  tell(what, {
    seconds: hundredth((performance.now() - begun) / 1000),
    ourCpuSeconds: hundredth((user + system) / 1e6),
    result,
  })
  return result
}

const record = await openRecord({ dataDir, databaseUrl: undefined } as Parameters<typeof openRecord>[0])
try {
  await migrate(record.ownerUrl)
  const database = openDatabase(await provisionRole(record.ownerUrl, appRoleFor('bench', 'bench')), 4)
  const owner = openDatabase(record.ownerUrl, 1)
  const client = await owner.pool.connect()
  tell('filledInSeconds', hundredth(await fillRegistry(client, households)))
  const lakeDir = join(dataDir, 'lake')
  const engine = await openEngine({
    tempDir: join(lakeDir, 'tmp'),
    directories: [lakeDir],
    memoryMiB: 2048,
    threads: 2,
  })
  const copyOn = (day: string) => () =>
    copyRegistry(engine, { database, clock: fixedClock(businessDate(day)), lakeDir })
  const plainly = () =>
    inSharedSnapshot(database, everywhere, 1, async ([connection]) => {
      await readWhole(connection as never)
      for (const { table, columns, select } of snapshotTables(businessDate('2026-06-15')))
        await copyIn(connection as never, select, engine, `plain_${table}`, columns)
    })
  await timed('plain', plainly)
  await timed('whole', copyOn('2026-06-15'))
  await timed('nothingChanged', copyOn('2026-06-15'))
  for (const round of [1, 2, 3]) {
    tell(`changing${round}Seconds`, hundredth(await changeSome(client, households, changes, round)))
    await timed(`changed${round}`, copyOn('2026-06-15'))
  }
  await timed('nextDay', copyOn('2026-06-16'))
  await timed('plainAgain', plainly)
  const files = join(lakeDir, 'registry', 'files')
  const bytes = readdirSync(files).reduce((sum, name) => sum + statSync(join(files, name)).size, 0)
  tell('mebibytes', hundredth(bytes / 2 ** 20))
  for (const { table } of snapshotTables(businessDate('2026-06-16'))) {
    const [row] = await engine.rows<{ n: number }>(
      `select count(*) as n from (select * from ${table} except select * from plain_${table})`,
    )
    if (row?.n) throw new Error(`${table}: ${row.n} rows differ`)
  }
  engine.close()
  client.release()
  await owner.close()
  await database.close()
  console.log(JSON.stringify(figures))
} finally {
  await record.stop()
  await purgeCluster(dataDir)
  rmSync(dataDir, { recursive: true, force: true })
}
