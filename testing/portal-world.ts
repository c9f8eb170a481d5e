import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { businessDate, fixedClock } from '#base'
import { everywhere } from '#store'
import { inScope, openDatabase } from '#store/server'
import { buildServer } from '../src/app/http/server.server.ts'
import type { Portal } from '../src/app/portal/mount.server.ts'
import { refusalSpecs } from '../src/app/services.server.ts'
import { cloneDatabase } from './postgres.ts'

/** The residents' pages as an installation serves them, with what the log was told. */
export interface PortalWorld {
  readonly url: string
  readonly log: readonly Readonly<Record<string, unknown>>[]
  readonly trouble: readonly string[]
  /** Every row of every table, as text. */
  rows(): Promise<string>
  close(): Promise<void>
}

const places = [
  { code: '530000000000', name: '云南省', level: 'province', parent_code: null },
  { code: '532900000000', name: '大理白族自治州', level: 'city', parent_code: '530000000000' },
  { code: '532901000000', name: '大理市', level: 'county', parent_code: '532900000000' },
  { code: '532922000000', name: '漾濞彝族自治县', level: 'county', parent_code: '532900000000' },
]

/** Starts the server with the portal over a database of its own and the given packs. */
export const startPortal = async (rulebook: Portal['rulebook']): Promise<PortalWorld> => {
  const { appUrl } = await cloneDatabase()
  const database = openDatabase(appUrl, 3)
  const clock = fixedClock(businessDate('2026-06-15'))
  const folder = mkdtempSync(join(tmpdir(), 'doudi-portal-'))
  const log: Record<string, unknown>[] = []
  const trouble: string[] = []
  await inScope(database, everywhere, (tx) => tx.insertInto('regions').values(places).execute())
  const app = await buildServer({
    database,
    clock,
    endpoints: [],
    refusals: refusalSpecs,
    uploadFolder: join(folder, 'uploads'),
    portal: {
      database,
      clock,
      rulebook,
      regionCode: '532900000000',
      onTrouble: (what) => trouble.push(what),
    },
    version: '0.0.0',
    log: {
      info: (entry, message) => log.push({ ...entry, message }),
      error: (entry, message) => log.push({ ...entry, message }),
    },
    isReady: () => true,
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    log,
    trouble,
    rows: () =>
      inScope(database, everywhere, async (tx) =>
        JSON.stringify([
          await tx.selectFrom('audit_entries').selectAll().execute(),
          await tx.selectFrom('events').selectAll().execute(),
          await tx.selectFrom('trials').selectAll().execute(),
          await tx.selectFrom('idempotency_keys').selectAll().execute(),
          await tx.selectFrom('sessions').selectAll().execute(),
        ]),
      ),
    close: async () => {
      await app.close()
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
