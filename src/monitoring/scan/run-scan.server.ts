import { type Clock, Refusal, regionCode as readRegion } from '#base'
import type { Engine, FactParameters } from '#lake/server'
import type { Passed, PassFigures } from '#registry/server'
import { type CheckedPack, packOn } from '#rulebook/server'
import { everywhere } from '#store'
import { type Database, inScope, inScopeCopying, type Tx } from '#store/server'
import type { DueDays } from '../routing.ts'
import { dropFactsBut, keepFacts } from '../trial/kept-facts.queries.server.ts'
import { chooseCompared, comparedTable } from './compared.queries.server.ts'
import { refuseDisagreement } from './evaluate.server.ts'
import { evaluateParts } from './evaluate-parts.server.ts'
import type { FeedTitles } from './evidence.ts'
import { compareFindings } from './findings/compare.server.ts'
import { beginFindings, draftFindings, type FindingRule } from './findings/draft.queries.server.ts'
import { factParameters, stoppedAt, withScanEngine } from './on-one-day.server.ts'
import { subjectRegions } from './parts.queries.server.ts'
import { partsOf } from './parts.ts'
import { whilePassing } from './pass-lock.queries.server.ts'
import { type RaiseFigures, type RaiseInput, raiseFindings } from './raise.server.ts'
import { beginScan, endScan, type ScanProgress, saveProgress } from './scans.queries.server.ts'

export interface ScanServices {
  readonly database: Database
  readonly clock: Clock
  readonly lakeDir: string
  readonly pack: CheckedPack
  readonly regionCode: string
  readonly days: DueDays
  /** Of how many subjects a scan asks the interpreter too; five thousand when left out. */
  readonly comparedSubjects?: number
  /**
   * Brings matched rows and facts of everybody up to the accepted files, on the clock's day; leaves both in the engine. They
   * are in force once `keep` was called in the transaction that keeps what is found; what they replace is then forgotten.
   */
  readonly match: (
    engine: Engine,
    clock: Clock,
    parameters: FactParameters,
  ) => Promise<Passed & { readonly titles: FeedTitles }>
}

export interface ScanFigures extends PassFigures {
  readonly outcomes: number
  readonly unknown: number
  /** Subjects whose outcomes and findings the interpreter confirmed. */
  readonly checked: number
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
  /** Holds every subject against the interpreter, not a sample. */
  readonly all?: boolean
}

/** Five thousand subjects take the interpreter some seconds, and find an error in one of a thousand with near certainty. */
const usualSample = 5000

const stages = ['match', 'facts', 'evaluate', 'raise'] as const
type Stage = (typeof stages)[number]

const stageKeeper = (services: ScanServices, scanId: string, { onProgress, signal }: ScanOptions) => {
  const seconds: Record<string, number> = {}
  let started = 0
  const soFar = () => Math.round(performance.now() - started) / 1000
  return {
    /** Seconds by stage, the one under way included. */
    secondsWith: (stage: Stage) => ({ ...seconds, [stage]: soFar() }),
    run: async <T>(stage: Stage, work: () => Promise<T>): Promise<T> => {
      if (signal?.aborted) throw new Refusal('monitoring.scan-cancelled')
      const progress = { stage, done: stages.indexOf(stage), total: stages.length }
      onProgress?.(progress)
      await inScope(services.database, everywhere, (tx) => saveProgress(tx, scanId, progress))
      started = performance.now()
      const result = await work()
      seconds[stage] = soFar()
      return result
    },
  }
}

/** Raises what was found. Alerts and the end of the run are kept together: a kill leaves those of before or of now, never half. */
const raise = (
  { database, clock, pack, days }: ScanServices,
  scanId: string,
  found: Pick<RaiseInput, 'engine' | 'narrow' | 'rules' | 'titles'>,
  finish: (tx: Tx, raised: RaiseFigures) => Promise<ScanFigures>,
): Promise<ScanFigures> =>
  inScopeCopying(database, everywhere, async (tx, client) =>
    finish(tx, await raiseFindings(tx, client, clock, { scanId, pack, days, ...found })),
  )

/**
 * Judges everybody in SQL, holds a sample of them (or all) against the interpreter, and drafts the findings. Where a county
 * has versions or values of its own, its people are judged by them.
 */
const judge = async (
  { pack, clock, regionCode, comparedSubjects = usualSample }: ScanServices,
  scanId: string,
  engine: Engine,
  all: boolean,
) => {
  const rules: FindingRule[] = []
  await beginFindings(engine)
  if (!all) await chooseCompared(engine, scanId, comparedSubjects)
  const evaluation = await evaluateParts(
    engine,
    partsOf(pack.pack, readRegion(regionCode)),
    (part) => packOn(pack, clock.today(), part),
    {
      ...(!all && { only: comparedTable }),
      onPart: async (force, { firings }) => {
        const drafted = await draftFindings(engine, force, subjectRegions, rules.length + 1)
        rules.push(...drafted)
        refuseDisagreement(await compareFindings(engine, drafted, firings))
      },
    },
  )
  return { evaluation, rules }
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
  const {
    figures: pass,
    titles,
    narrow,
    keep,
    forget,
  } = await stage.run('match', () => services.match(engine, clock, factParameters(force)))
  await stage.run('facts', () => keepFacts(engine, services.lakeDir, scanId))
  const { evaluation, rules } = await stage.run('evaluate', () =>
    judge(services, scanId, engine, options.all === true),
  )
  const { outcomes, unknown, compared: checked, checksum } = evaluation
  const finish = async (tx: Tx, { byGrade: alerts, raised, merged, unchanged }: RaiseFigures) => {
    const counts = { outcomes, unknown, checked, alerts, raised, merged, unchanged, checksum }
    const figures = { ...pass, ...counts, seconds: stage.secondsWith('raise') }
    await keep(tx)
    await endScan(tx, clock, scanId, { status: 'done', figures })
    return figures
  }
  const figures = await stage.run('raise', () =>
    raise(services, scanId, { engine, narrow, rules, titles }, finish),
  )
  dropFactsBut(services.lakeDir, scanId)
  await forget()
  return figures
}

/** What a run that failed keeps: the refusal's code, and what fills the gaps of its text. */
const failureOf = (error: unknown) => {
  if (!(error instanceof Refusal)) return { status: 'failed', failure: 'monitoring.scan-failed' } as const
  const { code, details } = error
  const status = code === 'monitoring.scan-cancelled' ? 'cancelled' : 'failed'
  return { status, failure: code, figures: { details } } as const
}

/**
 * Runs one scan that was asked for: match, facts, rules on both engines, alerts. Everything it raises is committed in
 * one transaction with the end of the run. A failure is written into the run and thrown. Refuses with
 * `monitoring.scan-over` a run that is not waiting.
 */
export const runScan = async (
  services: ScanServices,
  scanId: string,
  options: ScanOptions = {},
): Promise<ScanFigures> => {
  const { database, lakeDir, pack } = services
  const clock = stoppedAt(services.clock)
  await inScope(database, everywhere, (tx) => beginScan(tx, clock, scanId, pack.hash))
  try {
    return await whilePassing(database, () =>
      withScanEngine(lakeDir, (engine) => work({ ...services, clock }, scanId, engine, options)),
    )
  } catch (error) {
    await inScope(database, everywhere, (tx) => endScan(tx, clock, scanId, failureOf(error)))
    throw error
  }
}
