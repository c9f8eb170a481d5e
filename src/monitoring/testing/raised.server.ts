import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { businessDate, fixedClock, newId } from '#base'
import { openEngine } from '#lake/server'
import { readyCases } from '#policy'
import { type CheckedPack, packOn } from '#rulebook/server'
import { everywhere } from '#store'
import { type Database, inScope } from '#store/server'
import { evaluate, type Firing } from '../scan/evaluate.server.ts'
import { raiseFindings } from '../scan/raise.server.ts'
import { fillCases } from './case-tables.server.ts'

const on = businessDate('2026-06-15')
const wholeRegion = '532900000000'
const village = '532901101001'

const idAt = (at: number): string => `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`

/** What the indicators of a pack, as they hold in a region, find among the subjects of their own cases; each has an identity of its own. */
export const findInCases = async (pack: CheckedPack, region = wholeRegion): Promise<readonly Firing[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-raised-'))
  const engine = await openEngine({ tempDir: folder, memoryMiB: 256, threads: 1 })
  try {
    const cases = readyCases(pack.pack).filter((one) => one.case.today === on)
    await fillCases(engine, pack.pack, cases, (_, at) => idAt(at))
    return (await evaluate(engine, packOn(pack, on, region))).firings
  } finally {
    engine.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Raises what was found as a scan does; of members it is known that they are the head of their household. */
export const raiseFound = (database: Database, pack: CheckedPack, firings: readonly Firing[]) =>
  inScope(database, everywhere, (tx) =>
    raiseFindings(tx, fixedClock(on), {
      ...{ scanId: newId(), pack, firings, evidence: new Map() },
      regions: new Map(firings.map(({ subjectId }) => [subjectId, village])),
      memberLabel: (language) => () => (language === 'en' ? 'head' : '户主'),
      days: () => ({ red: 5, orange: 10, yellow: 15 }),
    }),
  )
