import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Clock, Refusal } from '#base'
import { buildFacts, type Engine, type FactParameters, openEngine } from '#lake/server'
import type { PackInForce } from '#policy'
import { listRelations, type PassFigures } from '#registry/server'
import { type CheckedPack, packOn } from '#rulebook/server'
import { everywhere } from '#store'
import { type Database, inScope } from '#store/server'
import type { DueWorkdays } from '../routing.ts'
import { type Evaluation, evaluate } from './evaluate.server.ts'
import { collectEvidence, type FeedTitles } from './evidence.server.ts'
import { memberLabelOf } from './member-label.ts'
import { regionsOf } from './outcomes.queries.server.ts'
import { type RaiseFigures, raiseFindings } from './raise.server.ts'
import { beginScan, endScan, type ScanProgress, saveProgress } from './scans.queries.server.ts'

export interface ScanServices {
  readonly database: Database
  readonly clock: Clock
  readonly lakeDir: string
  readonly pack: CheckedPack
  readonly regionCode: string
  readonly days: DueWorkdays
  /** Matches the rows of the accepted files; leaves the tables of the pass in the engine. */
  readonly match: (engine: Engine) => Promise<{ readonly figures: PassFigures; readonly titles: FeedTitles }>
}

export interface ScanFigures extends PassFigures {
  readonly outcomes: number
  readonly unknown: number
  readonly alerts: RaiseFigures['byGrade']
  readonly raised: number
  readonly merged: number
  readonly unchanged: number
  readonly checksum: string
  readonly seconds: Readonly<Record<string, number>>
}

export interface ScanOptions {
  readonly onProgress?: (progress: ScanProgress) => void
  readonly signal?: AbortSignal
}

const stages = ['match', 'facts', 'evaluate', 'raise'] as const
type Stage = (typeof stages)[number]

const listOf = (force: PackInForce, name: string): string[] => {
  const value = force.parameters.get(name)?.value
  return Array.isArray(value) ? value.map(String) : []
}

const factParameters = (force: PackInForce): FactParameters => ({
  vehicleTypesNotCounted: listOf(force, 'vehicleTypesNotCounted'),
  vehicleStatusesNotCounted: listOf(force, 'vehicleStatusesNotCounted'),
  businessKindsCounted: listOf(force, 'businessKindsCounted'),
  businessRolesCounted: listOf(force, 'businessRolesCounted'),
  employeeInsuranceCodes: listOf(force, 'employeeInsuranceCodes'),
  medicalWindowMonths: Number(force.parameters.get('medicalWindowMonths')?.value ?? 12),
})

const stageKeeper = (services: ScanServices, scanId: string, { onProgress, signal }: ScanOptions) => {
  const seconds: Record<string, number> = {}
  return {
    seconds,
    run: async <T>(stage: Stage, work: () => Promise<T>): Promise<T> => {
      if (signal?.aborted) throw new Refusal('monitoring.scan-cancelled')
      const progress = { stage, done: stages.indexOf(stage), total: stages.length }
      onProgress?.(progress)
      await inScope(services.database, everywhere, (tx) => saveProgress(tx, scanId, progress))
      const started = performance.now()
      const result = await work()
      seconds[stage] = Math.round(performance.now() - started) / 1000
      return result
    },
  }
}

const raise = async (
  services: ScanServices,
  scanId: string,
  engine: Engine,
  { firings }: Evaluation,
  titles: FeedTitles,
): Promise<(finish: (figures: RaiseFigures) => object) => Promise<RaiseFigures>> => {
  const { database, clock, pack, days } = services
  const evidence = await collectEvidence(engine, firings, titles)
  const regions = await regionsOf(engine)
  return (finish) =>
    inScope(database, everywhere, async (tx) => {
      const relations = await listRelations(tx, [
        ...new Set(firings.flatMap(({ explanation }) => explanation.members)),
      ])
      const memberLabel = memberLabelOf(relations)
      const figures = await raiseFindings(tx, clock, {
        scanId,
        pack: pack.pack,
        firings,
        evidence,
        regions,
        memberLabel,
        days,
      })
      // Alerts and the end of the run are kept together: a kill leaves yesterday's alerts or today's, never half.
      await endScan(tx, clock, scanId, { status: 'done', figures: finish(figures) })
      return figures
    })
}

const work = async (
  services: ScanServices,
  scanId: string,
  engine: Engine,
  options: ScanOptions,
): Promise<ScanFigures> => {
  const { pack, clock, regionCode } = services
  const stage = stageKeeper(services, scanId, options)
  const force = packOn(pack, clock.today(), regionCode)
  const { figures: pass, titles } = await stage.run('match', () => services.match(engine))
  await stage.run('facts', () =>
    buildFacts(engine, { today: clock.today(), parameters: factParameters(force) }),
  )
  const evaluation = await stage.run('evaluate', () => evaluate(engine, force))
  const figuresOf = (raised: RaiseFigures): ScanFigures => ({
    ...pass,
    outcomes: evaluation.outcomes,
    unknown: evaluation.unknown,
    alerts: raised.byGrade,
    raised: raised.raised,
    merged: raised.merged,
    unchanged: raised.unchanged,
    checksum: evaluation.checksum,
    seconds: stage.seconds,
  })
  const raised = await stage.run('raise', async () =>
    (await raise(services, scanId, engine, evaluation, titles))(figuresOf),
  )
  return figuresOf(raised)
}

/**
 * Runs one scan that was asked for: match, facts, rules on both engines, alerts. Everything it raises is committed in
 * one transaction with the end of the run. A failure is written into the run and thrown.
 */
export const runScan = async (
  services: ScanServices,
  scanId: string,
  options: ScanOptions = {},
): Promise<ScanFigures> => {
  const { database, clock, lakeDir, pack } = services
  await inScope(database, everywhere, (tx) => beginScan(tx, clock, scanId, pack.hash))
  const engine = await openEngine({
    tempDir: join(lakeDir, 'tmp'),
    directories: [lakeDir],
    memoryMiB: 2048,
    threads: 2,
  })
  try {
    return await work(services, scanId, engine, options)
  } catch (error) {
    const failure = error instanceof Refusal ? error.code : 'access.internal'
    const status = failure === 'monitoring.scan-cancelled' ? 'cancelled' : 'failed'
    await inScope(database, everywhere, (tx) => endScan(tx, clock, scanId, { status, failure }))
    throw error
  } finally {
    engine.close()
    rmSync(engine.tempDir, { recursive: true, force: true })
  }
}
