import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkCharacterOf, prefixOf, regionCode } from '#base'
import { type DepartmentRow, loadLayouts, parseFile, writeDepartmentFile } from '#exchange/server'
import type { ScanFigures } from '#monitoring/server'
import type { ImportHousehold } from '#registry'
import { loadRegistry } from '#registry/server'
import { everywhere } from '#store'
import { inScope, type Tx } from '#store/server'
import { officesOf } from '../src/app/demo/offices.server.ts'
import { insertOrganisations } from '../src/app/installation/installation.queries.server.ts'
import type { Installation } from '../src/app/installation/open.server.ts'
import { type ImportedFile, importFile } from '../src/app/run/import-file.server.ts'
import { scanNow } from '../src/app/run/scan-now.server.ts'
import { makeServices, type Services } from '../src/app/services.server.ts'
import { silent } from '../src/app/tell.ts'
import { assembleInstallation } from './installation.ts'
import { cloneDatabase } from './postgres.ts'

/** An installation with the people and files a test gives it: everything joined as in the program, read in this process. */
export interface SmallWorld {
  readonly dataDir: string
  readonly installation: Installation
  readonly services: Services
  /** Writes a file as a sender with this layout does, receives it and reads it. */
  send(layout: string, rows: readonly DepartmentRow[], options?: SendOptions): Promise<ImportedFile>
  scan(change?: Partial<Services['scan']>): Promise<ScanFigures>
  /** Looks at rows, or changes them, with sight of everything. */
  look<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface SendOptions {
  readonly regionCode?: string
  /** The month that still runs unless told otherwise: its files come in parts and are not judged by their volume. */
  readonly period?: string
}

const place = regionCode('532900000000')

/** A valid number of an area that was never given out; `serial` 0 to 499 tells people born on one day apart. */
export const aNumber = (serial = 0, birthDate = '1956-03-12'): string => {
  const body = `992901${birthDate.replaceAll('-', '')}${String(serial * 2 + 2).padStart(3, '0')}`
  return body + checkCharacterOf(body)
}

/** A person living alone with dibao, in a village of 大理市 unless told otherwise. */
export const aHousehold = (
  serial: number,
  {
    name = '杨秀英',
    regionCode: village = '532901001001',
    birthDate = '1956-03-12',
    numbered = true,
  }: {
    readonly name?: string
    readonly regionCode?: string
    readonly birthDate?: string
    readonly numbered?: boolean
  } = {},
): ImportHousehold => ({
  number: `H29010${String(serial).padStart(5, '0')}`,
  regionCode: village,
  areaType: 'rural',
  registeredOn: '2024-05-01',
  categories: [{ category: 'dibao', validFrom: '2024-05-01' }],
  members: [
    { name, relation: 'head', birthDate, ...(numbered ? { number: aNumber(serial, birthDate) } : {}) },
  ],
})

/** Makes an installation of 大理州 on 2026-06-15 and registers the households. Call it in `beforeAll`. */
export const makeSmallWorld = async (households: readonly ImportHousehold[]): Promise<SmallWorld> => {
  const { ownerUrl, appUrl } = await cloneDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'doudi-small-'))
  const installation = assembleInstallation(dataDir, ownerUrl, appUrl)
  const { database, secrecy, clock, regions } = installation
  const look = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inScope(database, everywhere, work)
  const usual = makeServices(installation, place)
  const services: Services = { ...usual, intake: { ...usual.intake, parse: parseFile } }
  // The villages' own offices take no part: a village never gets an alert by itself.
  const offices = officesOf(regions, place).filter(({ kind }) => kind !== 'village')
  await look((tx) => insertOrganisations(tx, offices))
  await look((tx) => loadRegistry(tx, { secrecy, clock }, { households }))
  const layouts = await loadLayouts()
  let sent = 0
  return {
    dataDir,
    installation,
    services,
    look,
    send: async (id, rows, { regionCode: covers = '532901000000', period = '2026-06' } = {}) => {
      const layout = layouts.find((one) => one.id === id)
      if (!layout) throw new Error(`no layout ${id}`)
      sent += 1
      const fileName = `${sent}-${prefixOf(regionCode(covers))}.${layout.carrier.format === 'xlsx' ? 'xlsx' : 'csv'}`
      const path = join(dataDir, fileName)
      await writeDepartmentFile(path, layout, rows, { county: '大理市', year: '2026', month: '5', period })
      return importFile(services, { path, fileName, kind: layout.kind, regionCode: covers, period })
    },
    scan: (change = {}) => scanNow({ ...services, scan: { ...services.scan, ...change } }, null, silent),
    close: async () => {
      await installation.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
