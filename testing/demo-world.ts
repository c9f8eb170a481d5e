import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TrueOutcomes } from '#sandbox'
import type { WrittenFile } from '#sandbox/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { usualDemo } from '../src/app/demo/make-demo.server.ts'
import type { Installation } from '../src/app/installation/open.server.ts'
import { openOrMake } from '../src/app/run/first-start.server.ts'
import { makeServices, type Services } from '../src/app/services.server.ts'
import { silent } from '../src/app/tell.ts'
import { emptyDatabase } from './postgres.ts'

/** A demo made for a test: open, scanned once, with the truth that its generator wrote. */
export interface DemoWorld {
  readonly dataDir: string
  readonly installation: Installation
  readonly services: Services
  readonly truth: { readonly outcomes: TrueOutcomes; readonly files: readonly Omit<WrittenFile, 'path'>[] }
  close(): Promise<void>
}

/** Makes a demo of so many people in a database of the test's own. Call it in `beforeAll`; about 15 s for 6,000. */
export const makeDemoWorld = async (persons: number): Promise<DemoWorld> => {
  const { ownerUrl } = await emptyDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'doudi-demo-'))
  const record = { ownerUrl, own: false, stop: async () => undefined }
  const { installation } = await openOrMake(dataDir, record, { ...usualDemo, persons }, silent)
  return {
    dataDir,
    installation,
    services: makeServices(installation, `${usualDemo.region}00000000`),
    truth: readTruth(join(dataDir, 'demo')),
    close: async () => {
      await installation.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** The truth list beside generated files. */
export const readTruth = (folder: string): DemoWorld['truth'] =>
  JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as DemoWorld['truth']

/** Alerts as the truth list writes them: household number or lead's resident number, indicator, grade; sorted. */
export const alertsInRecord = ({ installation }: DemoWorld): Promise<string[]> =>
  inScope(installation.database, everywhere, async (tx) => {
    const rows = await tx
      .selectFrom('alerts')
      .leftJoin('households', 'households.id', 'alerts.household_id')
      .leftJoin('leads', 'leads.id', 'alerts.lead_id')
      .select(['households.number', 'leads.number_cipher', 'leads.name', 'indicator', 'grade'])
      .where('alerts.status', '<>', 'withdrawn')
      .execute()
    return rows
      .map((row) => {
        const lead = row.number_cipher
          ? installation.secrecy.decryptText(row.number_cipher, 'leads.number_cipher')
          : row.name
        return `${row.number ?? lead} ${row.indicator} ${row.grade}`
      })
      .sort()
  })

/** The same of a truth list. */
export const alertsInTruth = ({ outcomes }: DemoWorld['truth']): string[] =>
  outcomes.alerts.map(({ subject, indicator, grade }) => `${subject} ${indicator} ${grade}`).sort()
