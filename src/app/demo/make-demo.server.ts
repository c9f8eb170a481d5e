import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BusinessDate, businessDate, Refusal, regionCodeOfShort } from '#base'
import { loadRegistry } from '#registry/server'
import { outcomesOf, planChanges, type World } from '#sandbox'
import { makeWorld, type WrittenFile, writeChangeFiles, writeFeedFiles } from '#sandbox/server'
import { everywhere } from '#store'
import { inScope, refreshStatistics } from '#store/server'
import { auditMaking } from '../installation/audit-making.server.ts'
import { insertInstallation } from '../installation/installation.queries.server.ts'
import type { Installation } from '../installation/open.server.ts'
import { importFile } from '../run/import-file.server.ts'
import { scanNow } from '../run/scan-now.server.ts'
import type { Services } from '../services.server.ts'
import type { Teller } from '../tell.ts'
import { type DemoAccount, makeDemoAccounts } from './accounts.server.ts'
import { demoIds } from './demo-ids.server.ts'
import { registryImportOf } from './registry-import.ts'

/** The day a demo speaks of, so that the same seed gives the same world on any day. */
export const demoDate: BusinessDate = businessDate('2026-06-15')

export interface DemoInput {
  /** Four digits of a prefecture. */
  readonly region: string
  readonly persons: number
  readonly seed: number
}

export const usualDemo: DemoInput = { region: '5329', persons: 60_000, seed: 7 }

const busiestPlaces = ({ registry }: World, county: string) => {
  const counts = new Map<string, number>()
  for (const { place } of registry.households) {
    if (!place.village.startsWith(county)) continue
    for (const code of [place.township, place.village]) counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  const most = (codes: readonly string[]) =>
    codes.toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1))[0] ?? ''
  const townships = [...counts.keys()].filter((code) => code.endsWith('000'))
  const township = most(townships)
  return {
    township,
    village: most(
      [...counts.keys()].filter((code) => !code.endsWith('000') && code.startsWith(township.slice(0, 9))),
    ),
  }
}

/** What the generator knows of its own world, written beside its files: for checks, never read by the program. */
const writeTruth = (
  folder: string,
  world: World,
  files: readonly WrittenFile[],
  extra?: Parameters<typeof outcomesOf>[1],
): void => {
  const truth = {
    outcomes: outcomesOf(world, extra),
    files: files.map(({ path: _, ...file }) => file),
  }
  writeFileSync(join(folder, 'truth.json'), JSON.stringify(truth), { mode: 0o600 })
}

export interface SeedFiles {
  readonly folder: string
  readonly files: readonly WrittenFile[]
}

/** Writes a world's department files and its truth list to a folder. */
export const writeWorld = async (world: World, folder: string): Promise<SeedFiles> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const files = await writeFeedFiles(world, folder)
  writeTruth(folder, world, files)
  return { folder, files }
}

/** Writes files that plant exactly so many changes, with their truth. */
export const writeChanges = async (world: World, count: number, folder: string): Promise<SeedFiles> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const plan = planChanges(world, count)
  const files = await writeChangeFiles(world, plan, folder)
  writeTruth(folder, world, files, plan.rows)
  return { folder, files }
}

const importAll = async (services: Services, files: readonly WrittenFile[], tell: Teller): Promise<void> => {
  for (const [at, file] of files.entries()) {
    tell.step('import', at, files.length, file.fileName)
    await importFile(services, {
      path: file.path,
      fileName: file.fileName,
      kind: file.kind,
      regionCode: file.covers,
      period: file.period,
    })
  }
  tell.step('import', files.length, files.length, '')
}

/**
 * Makes the demo: people, offices, accounts, department files, and the main job run on them. The installation's row is
 * written last of the first part; a start that finds none throws away what a kill left and begins again.
 */
export const makeDemo = async (
  installation: Installation,
  makeServices: () => Promise<Services>,
  input: DemoInput,
  tell: Teller,
): Promise<DemoAccount[]> => {
  const place = regionCodeOfShort(input.region)
  if (!place || !installation.regions.byCode(place))
    throw new Refusal('app.unknown-region', { region: input.region })
  installation.clock.moveTo(demoDate)
  tell.step('world', 0, 1, '')
  const world = makeWorld({ ...input, businessDate: demoDate })
  tell.step('world', 1, 1, '')
  const folder = join(installation.dataDir, 'demo')
  rmSync(folder, { recursive: true, force: true })
  const accounts = await makeDemoAccounts(installation, place, busiestPlaces(world, `${input.region}01`))
  tell.step('registry', 0, 1, '')
  await inScope(installation.database, everywhere, async (tx) => {
    await loadRegistry(
      tx,
      { secrecy: installation.secrecy, clock: installation.clock, makeId: demoIds(input) },
      registryImportOf(world.registry),
    )
  })
  await refreshStatistics(installation.database)
  tell.step('registry', 1, 1, '')
  tell.step('files', 0, 1, '')
  const { files } = await writeWorld(world, folder)
  tell.step('files', 1, 1, '')
  const services = await makeServices()
  await importAll(services, files, tell)
  await scanNow(services, null, tell)
  await inScope(installation.database, everywhere, async (tx) => {
    await insertInstallation(tx, { demo: true, businessDate: demoDate, regionCode: place })
    await auditMaking(tx, installation.clock, place, { demo: true, accounts, files: files.length })
  })
  return accounts
}
