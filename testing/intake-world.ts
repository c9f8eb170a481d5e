import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { businessDate } from '#base'
import { type IntakeServices, readFeed } from '#exchange/server'
import { loadRegistry } from '#registry/server'
import type { World } from '#sandbox'
import { makeUploadSample, makeWorld, type UploadSample } from '#sandbox/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { registryImportOf } from '../src/app/demo/registry-import.ts'
import { type Installation, openInstallation } from '../src/app/installation/open.server.ts'
import { type Background, startBackground } from '../src/app/run/background.server.ts'
import { endpointsOf, makeServices, refusalSpecs, type Services } from '../src/app/services.server.ts'
import { cloneDatabase } from './postgres.ts'
import { startTestServer, type TestClient, type TestServer } from './server.ts'

export const intakeRegion = '532900000000'
const today = businessDate('2026-06-15')

/** An installation with a registry and without any file, behind its HTTP server. */
export interface IntakeWorld {
  readonly dataDir: string
  readonly installation: Installation
  readonly services: Services
  readonly intake: IntakeServices
  readonly world: World
  readonly server: TestServer
  /** Where a test may write the files it sends. */
  readonly folder: string
  /** A file of deaths with so many rows, so many of them bad. */
  sample(rows: number, bad: number): Promise<UploadSample>
  /** Sends a file as somebody. */
  send(
    client: TestClient,
    path: string,
    fields?: Readonly<Record<string, string>>,
  ): Promise<{
    readonly status: number
    readonly body: { id: string; known: boolean; code: string; detail: string }
  }>
  /** Reads a received file, as the job does. */
  read(feedId: string): Promise<string>
  /** Starts what works in the background of an installation; what was interrupted is taken up. */
  startBackground(log?: (entry: unknown) => void, scanAt?: string): Promise<Background>
  close(): Promise<void>
}

/** The installation of a data folder on its day, with its services. */
export const openIntake = async (dataDir: string, ownerUrl: string) => {
  const installation = await openInstallation(dataDir, ownerUrl)
  installation.clock.moveTo(today)
  const services = makeServices(installation, intakeRegion)
  return { installation, services, intake: services.intake }
}

/** Makes an installation with a registry of so many people. Call it in `beforeAll`; some 8 s for 2,000. */
export const makeIntakeWorld = async (persons: number): Promise<IntakeWorld> => {
  const { ownerUrl } = await cloneDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'doudi-intake-'))
  const folder = mkdtempSync(join(tmpdir(), 'doudi-files-'))
  const { installation, services, intake } = await openIntake(dataDir, ownerUrl)
  const { database, secrecy, clock } = installation
  const world = makeWorld({ region: '5329', persons, seed: 7, businessDate: today })
  await inScope(database, everywhere, async (tx) => {
    await loadRegistry(tx, { secrecy, clock }, registryImportOf(world.registry))
  })
  const server = await startTestServer({
    appUrl: installation.appUrl,
    endpoints: () => endpointsOf(services),
    refusals: refusalSpecs,
  })
  return {
    dataDir,
    installation,
    services,
    intake,
    world,
    server,
    folder,
    sample: (rows, bad) => makeUploadSample(world, { rows, bad }, folder),
    send: (client, path, fields = {}) =>
      client.upload('/api/v1/exchange/feeds', basename(path), readFileSync(path), fields),
    read: (feedId) => readFeed(intake, feedId),
    startBackground: (log = () => undefined, scanAt) => {
      const told = (...entry: unknown[]) => log(entry)
      return startBackground(services, installation.appUrl, { info: told, error: told } as never, scanAt)
    },
    close: async () => {
      await server.close()
      await installation.close()
      for (const path of [dataDir, folder]) rmSync(path, { recursive: true, force: true })
    },
  }
}
