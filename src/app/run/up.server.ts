import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Refusal } from '#base'
import { sweepInbox } from '#exchange/server'
import { sweepSimulations } from '#insight/server'
import type { DemoAccount } from '../demo/accounts.server.ts'
import type { DemoInput } from '../demo/make-demo.server.ts'
import { buildServer } from '../http/server.server.ts'
import { lockInstallation } from '../lock.server.ts'
import { openLog } from '../log.server.ts'
import { endpointsOf, makeServices, refusalSpecs } from '../services.server.ts'
import type { Settings } from '../settings.server.ts'
import type { Teller } from '../tell.ts'
import { writeAttachment } from './attach.server.ts'
import { startBackground } from './background.server.ts'
import { startClockWatch } from './clock-watch.server.ts'
import { openRecord } from './database.server.ts'
import { openOrMake } from './first-start.server.ts'
import { keepDemoLocal } from './loopback.server.ts'

/** A running installation. */
export interface Running {
  readonly url: string
  readonly accounts: readonly DemoAccount[]
  readonly demo: boolean
  /** Stops in order: no new requests, those under way finished, jobs finished, connections closed, database stopped. */
  stop(): Promise<void>
}

const consoleFolder = fileURLToPath(new URL('../../../dist/console/', import.meta.url))

/** Runs the given steps from the last to the first; what fails does not keep the others from being done. */
const undoAll = async (steps: (() => unknown)[]): Promise<void> => {
  const failures: unknown[] = []
  for (const step of steps.reverse()) {
    try {
      await step()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length) throw failures[0]
}

const listen = async (
  app: Awaited<ReturnType<typeof buildServer>>,
  { port, host }: Settings,
): Promise<string> => {
  try {
    return await app.listen({ port, host })
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'EADDRINUSE' || code === 'EACCES') throw new Refusal('app.port-taken', { port })
    throw error
  }
}

const shownUrl = (address: string): string => {
  const url = new URL(address)
  return `http://${url.hostname === '127.0.0.1' ? 'localhost' : url.hostname}:${url.port}`
}

/** Starts everything: lock, log, database, first-start data, workers, server. Whatever fails, what was begun is undone. */
export const startUp = async (
  settings: Settings,
  demo: DemoInput | undefined,
  version: string,
  tell: Teller,
): Promise<Running> => {
  const undo: (() => unknown)[] = []
  const { dataDir } = settings
  try {
    const lock = lockInstallation(dataDir)
    undo.push(() => lock.release())
    const log = await openLog(dataDir, { level: settings.logLevel, onLost: (reason) => tell.line(reason) })
    undo.push(() => log.close())
    const record = await openRecord(settings)
    undo.push(() => record.stop())
    // A command that runs meanwhile finds the database here; gone again when we stop.
    undo.push(writeAttachment(dataDir, record.ownerUrl))
    const { installation, accounts } = await openOrMake(dataDir, record, demo, tell, () =>
      keepDemoLocal(settings.host),
    )
    undo.push(() => installation.close())
    await sweepInbox(installation.database, dataDir)
    const services = makeServices(installation, installation.info?.regionCode ?? '')
    await sweepSimulations(installation.database, services.simulations.lakeDir)
    // Files that contradict a released value stop the start here.
    await services.rulebook.refresh(installation.database, installation.clock)
    let ready = false
    const app = await buildServer({
      database: installation.database,
      clock: installation.clock,
      endpoints: endpointsOf(services),
      refusals: refusalSpecs,
      uploadFolder: join(dataDir, 'uploads'),
      consoleFolder: existsSync(join(consoleFolder, 'index.html')) ? consoleFolder : undefined,
      portal: {
        database: installation.database,
        clock: installation.clock,
        rulebook: services.rulebook,
        regionCode: services.scan.regionCode,
        onTrouble: (what) => log.error({ what }, 'self-check failed'),
      },
      version,
      log,
      isReady: () => ready,
    })
    const address = await listen(app, settings)
    undo.push(() => app.close())
    const background = await startBackground(services, installation.appUrl, log, settings.scanAt)
    undo.push(() => background.stop())
    undo.push(startClockWatch(installation, log))
    const { port } = new URL(address)
    lock.announce({ host: settings.host, port: Number(port) })
    ready = true
    return {
      url: shownUrl(address),
      accounts,
      demo: installation.info?.demo ?? false,
      stop: async () => {
        ready = false
        await undoAll(undo)
      },
    }
  } catch (error) {
    await undoAll(undo).catch(() => undefined)
    throw error
  }
}
