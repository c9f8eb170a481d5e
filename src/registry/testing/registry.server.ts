import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSecrecy, type Secrecy } from '#access/server'
import { businessDate, fixedClock } from '#base'
import { everywhere } from '#store'
import { type Database, inScope, type Tx } from '#store/server'
import type { ImportHousehold } from '../load/import.ts'
import { loadRegistry } from '../load/load.server.ts'

/** Fixed for tests. */
export const testClock = fixedClock(businessDate('2026-06-15'))

/** Keys of a test file's own; `remove` when it is done. */
export const openTestSecrecy = (): { readonly secrecy: Secrecy; readonly remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-registry-'))
  return { secrecy: openSecrecy(folder), remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Loads households and keeps them. */
export const load = (database: Database, secrecy: Secrecy, ...households: readonly ImportHousehold[]) =>
  inScope(database, everywhere, (tx) => loadRegistry(tx, { secrecy, clock: testClock }, { households }))

/** Looks at rows with a scope over everything. */
export const look = <T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inScope(database, everywhere, work)
