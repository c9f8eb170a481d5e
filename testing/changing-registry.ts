import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fc } from '@fast-check/vitest'
import pg from 'pg'
import { type BusinessDate, businessDate } from '#base'
import { copyIn, type Engine, openEngine } from '#lake/server'
import { everywhere } from '#store'
import { type Database, inScope, inSharedSnapshot, openDatabase } from '#store/server'
import { type CopiedRegistry, copyRegistry } from '../src/registry/snapshot/copy-registry.server.ts'
import { snapshotTables } from '../src/registry/snapshot/snapshot.queries.server.ts'
import {
  beginLate,
  type ChangeName,
  changes,
  type Happening,
  rowsWithout,
  waitForNobody,
} from '../src/registry/testing/changing.queries.server.ts'
import { testClock } from '../src/registry/testing/registry.server.ts'

const days = [
  '2026-06-01',
  '2026-06-14',
  '2026-06-15',
  '2026-06-16',
  '2026-06-17',
  '2026-06-20',
  '2026-07-01',
]
const names = Object.keys(changes) as ChangeName[]

/** A step in the life of a registry: something happens, in a transaction that ends how; or another day comes. */
export const steps = fc.array(
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({
        change: fc.constantFrom(...names),
        at: fc.nat(10_000),
        day: fc.constantFrom(...days),
        until: fc.option(fc.constantFrom(...days), { freq: 2 }),
        ends: fc.constantFrom('committed', 'committed', 'committed', 'rolled back', 'open'),
      }),
    },
    { weight: 2, arbitrary: fc.record({ today: fc.constantFrom(...days) }) },
    { weight: 3, arbitrary: fc.constant('copy' as const) },
    { weight: 2, arbitrary: fc.constant('commit' as const) },
  ),
  { minLength: 6, maxLength: 25 },
)
export type Step = typeof steps extends fc.Arbitrary<readonly (infer One)[]> ? One : never

/** A registry that changes, and a lake that follows it. */
export interface ChangingRegistry {
  readonly lakeDir: string
  readonly database: Database
  /** The day of the next copy. */
  today: BusinessDate
  change(name: ChangeName, happening?: Partial<Happening>): Promise<void>
  step(step: Step): Promise<void>
  /** Commits what is still open. */
  settle(): Promise<void>
  copy(): Promise<CopiedRegistry>
  /** Rows of the last copy that the record does not have, and the other way round. */
  differences(): Promise<string[]>
  close(): Promise<void>
}

class RolledBack extends Error {}

// What an open transaction holds is not waited for, and what would break a rule of the tables is left out.
const leftOut = ['55P03', '40P01', '23505', '23503']

/** Transactions that stay open until their turn comes. */
const lateTransactions = (appUrl: string) => {
  const open: pg.Client[] = []
  const end = async (): Promise<void> => {
    const client = open.shift()
    await client?.query('commit')
    await client?.end()
  }
  return {
    hasRoom: () => open.length < 3,
    begin: async (at: number, token: number): Promise<void> => {
      const client = new pg.Client({ connectionString: appUrl })
      await client.connect()
      await beginLate(client, at, token)
      open.push(client)
    },
    end,
    endAll: async (): Promise<void> => {
      while (open.length) await end()
    },
  }
}

/** Rows of the engine that the record does not have, and the other way round. */
const differencesOn = async (engine: Engine, database: Database, today: BusinessDate): Promise<string[]> => {
  const tables = snapshotTables(today)
  await inSharedSnapshot(database, everywhere, 1, async ([client]) => {
    for (const { table, columns, select } of tables)
      await copyIn(client as never, select, engine, `true_${table}`, columns)
  })
  const found: string[] = []
  const tell = async (sign: string, table: string, from: string, but: string): Promise<void> => {
    const rows = await engine.rows(rowsWithout(from, but), [], { exact: true })
    found.push(...rows.map((row) => `${sign} ${table} ${Object.values(row).join(' ')}`))
  }
  for (const { table } of tables) {
    await tell('+', table, table, `true_${table}`)
    await tell('-', table, `true_${table}`, table)
  }
  return found
}

const changeIn = async (
  database: Database,
  name: ChangeName,
  happening: Happening,
  rollBack: boolean,
): Promise<void> => {
  try {
    await inScope(database, everywhere, async (tx) => {
      await waitForNobody(tx)
      await changes[name](tx, happening)
      if (rollBack) throw new RolledBack()
    })
  } catch (error) {
    if (!(error instanceof RolledBack) && !leftOut.includes((error as { code?: string }).code ?? ''))
      throw error
  }
}

/**
 * Opens one over a database of the test's own; as the owner, for rows that only an administrator removes. Changes are copied
 * alone up to one in `share` of what is kept.
 */
export const openChanging = async (
  { ownerUrl, appUrl }: { readonly ownerUrl: string; readonly appUrl: string },
  share: number,
): Promise<ChangingRegistry> => {
  const lakeDir = mkdtempSync(join(tmpdir(), 'doudi-copies-'))
  const owner = openDatabase(ownerUrl, 2)
  const database = openDatabase(appUrl, 4)
  const tempDir = join(lakeDir, 'tmp')
  const engine = await openEngine({ tempDir, directories: [lakeDir], memoryMiB: 256, threads: 1 })
  const late = lateTransactions(appUrl)
  let token = 1000
  const change = (name: ChangeName, given: Partial<Happening> = {}, rollBack = false): Promise<void> => {
    token += 1
    const happening = { at: 0, day: '2026-06-01', until: null, token, ...given }
    return changeIn(name.startsWith('remove') ? owner : database, name, happening, rollBack)
  }
  const self: ChangingRegistry = {
    lakeDir,
    database,
    today: businessDate('2026-06-15'),
    change,
    settle: late.endAll,
    step: async (step) => {
      if (step === 'commit') await late.end()
      else if (step === 'copy') await self.copy()
      else if ('today' in step) self.today = businessDate(step.today)
      else if (step.ends === 'open' && late.hasRoom()) await late.begin(step.at, ++token)
      else await change(step.change, step, step.ends === 'rolled back')
    },
    copy: () => {
      const clock = { now: testClock.now, today: () => self.today }
      return copyRegistry(engine, { database, clock, lakeDir, share })
    },
    differences: () => differencesOn(engine, database, self.today),
    close: async () => {
      await late.endAll()
      engine.close()
      await owner.close()
      await database.close()
      rmSync(lakeDir, { recursive: true, force: true })
    },
  }
  return self
}
