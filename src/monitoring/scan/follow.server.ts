import { packOn } from '#rulebook/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { factParameters, stoppedAt, withScanEngine } from './on-one-day.server.ts'
import { whilePassing } from './pass-lock.queries.server.ts'
import type { ScanServices } from './run-scan.server.ts'
import { isScanOpen } from './scans.queries.server.ts'

/**
 * Brings matched rows, facts, leads, questions and what departments say up to the files that came or went, as soon as that
 * happens: officers see it the same hour, and the night has little left to do. Judges nobody and raises nothing. A scan that
 * waits or runs does the same; then nothing is done and the answer is undefined. Gives how many rows belong to somebody.
 */
export const followFiles = async (services: ScanServices): Promise<number | undefined> => {
  const { database, lakeDir, pack, regionCode } = services
  const clock = stoppedAt(services.clock)
  const parameters = factParameters(packOn(pack, clock.today(), regionCode))
  return whilePassing(database, async () => {
    if (await inScope(database, everywhere, isScanOpen)) return undefined
    return withScanEngine(lakeDir, async (engine) => {
      const { figures, keep, forget } = await services.match(engine, clock, parameters)
      await inScope(database, everywhere, keep)
      await forget()
      return figures.matched
    })
  })
}
