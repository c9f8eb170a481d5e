import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { businessDate, regionCode } from '#base'
import { loadRegistry } from '#registry/server'
import { planChanges } from '#sandbox'
import { makeWorld, writeChangeFiles, writeFeedFiles } from '#sandbox/server'
import { everywhere } from '#store'
import { appRoleFor, inScope, migrate, provisionRole, purgeCluster, startCluster } from '#store/server'
import { demoIds } from '../../src/app/demo/demo-ids.server.ts'
import { officesOf } from '../../src/app/demo/offices.server.ts'
import { registryImportOf } from '../../src/app/demo/registry-import.ts'
import { insertOrganisations } from '../../src/app/installation/installation.queries.server.ts'
import type { Installation } from '../../src/app/installation/open.server.ts'
import { assembleInstallation } from '../installation.ts'
import { type LifeInput, lifeSteps, numberScans, type Step } from './steps.ts'

/** The PostgreSQL of a life. */
export interface LifeRecord {
  readonly ownerUrl: string
  readonly appUrl: string
  /** Kills it, where it is the life's own. */
  readonly kill?: () => void
  /** Starts it again after a kill. */
  readonly restart?: () => Promise<LifeRecord>
  readonly close: () => Promise<void>
}

/** What all lives of a test have in common. */
export interface LifePlan {
  readonly folder: string
  readonly steps: readonly Step[]
  /** Loads the people that are registered from the beginning. */
  readonly populate: (installation: Installation) => Promise<void>
}

/** An installation that lives the steps of a plan. */
export interface Life {
  readonly dataDir: string
  record: LifeRecord
  installation: Installation
}

const region = '5329'

/**
 * Writes the files of a life and says who is registered when; the same people and files each time. Of its steps those of some
 * names, or all.
 */
export const planLife = async (
  persons: number,
  changes: number,
  only: (name: string) => boolean = () => true,
): Promise<LifePlan> => {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-kills-'))
  const input = { region, persons, seed: 7 }
  const world = makeWorld({ ...input, businessDate: businessDate('2026-06-15') })
  mkdirSync(join(folder, 'files'))
  const first = await writeFeedFiles(world, join(folder, 'files'))
  const later = await writeChangeFiles(world, planChanges(world, changes), join(folder, 'files'))
  const all = [...(registryImportOf(world.registry).households as Iterable<NewHousehold>)]
  const isNew = (_one: NewHousehold, at: number): boolean => at % 20 === 7
  const newcomers = all.filter(isNew)
  return {
    folder,
    steps: numberScans(lifeSteps({ first, later, newcomers }).filter(({ name }) => only(name))),
    populate: async ({ database, regions, secrecy, clock }) => {
      const makeId = demoIds(input)
      const households = all.filter((one, at) => !isNew(one, at))
      await inScope(database, everywhere, async (tx) => {
        const offices = officesOf(regions, regionCode(`${region}00000000`))
        await insertOrganisations(
          tx,
          offices.filter(({ kind }) => kind !== 'village'),
        )
        await loadRegistry(tx, { secrecy, clock, makeId }, { households })
      })
    },
  }
}

type NewHousehold = LifeInput['newcomers'][number]

/** Begins a life before its first step; with the keys of another one, so that both say the same of the same people. */
export const beginLife = async (
  plan: LifePlan,
  name: string,
  openRecord: (dataDir: string) => Promise<LifeRecord>,
  keysOf?: Life,
): Promise<Life> => {
  const dataDir = join(plan.folder, name)
  mkdirSync(dataDir, { mode: 0o700 })
  const keys = keysOf && join(keysOf.dataDir, 'keys')
  if (keys && existsSync(keys)) cpSync(keys, join(dataDir, 'keys'), { recursive: true })
  const record = await openRecord(dataDir)
  const installation = assembleInstallation(dataDir, record.ownerUrl, record.appUrl)
  await plan.populate(installation)
  return { dataDir, record, installation }
}

/** Ends a life and removes what it left. */
export const endLife = async (life: Life): Promise<void> => {
  await life.installation.close()
  await life.record.close()
  rmSync(life.dataDir, { recursive: true, force: true })
}

/** Kills the PostgreSQL of a life and starts it again. */
export const restartRecord = async (life: Life): Promise<void> => {
  await life.installation.close()
  if (life.record.restart) life.record = await life.record.restart()
  life.installation = assembleInstallation(life.dataDir, life.record.ownerUrl, life.record.appUrl)
}

/** Opens a PostgreSQL of the life's own, migrated, that may be killed. */
export const openOwnRecord = async (dataDir: string): Promise<LifeRecord> => {
  const role = appRoleFor('kills', 'a-password-of-kills')
  const open = async (): Promise<LifeRecord> => {
    const cluster = await startCluster({ dataDir })
    const restart = async (): Promise<LifeRecord> => {
      await cluster.stop()
      return open()
    }
    const close = async (): Promise<void> => {
      await cluster.stop()
      await purgeCluster(dataDir, { keepPrograms: true })
    }
    await migrate(cluster.url)
    const appUrl = await provisionRole(cluster.url, role)
    return { ownerUrl: cluster.url, appUrl, kill: () => process.kill(cluster.pid, 'SIGKILL'), restart, close }
  }
  return open()
}
