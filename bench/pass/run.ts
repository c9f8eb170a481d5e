import { join } from 'node:path'
import type { State } from '#lake'
import {
  type Engine,
  keptRelation,
  openEngine,
  type Pass,
  runAggregation,
  runFullPass,
  runIncrement,
  runJudging,
  stateFiles,
} from '#lake/server'
import type { Province } from '../province/generate.server.ts'
import { type Scan, scanRaw } from '../province/raw-scan.server.ts'
import { scoreAsides } from './asides.ts'
import { feedOf, inputsOf } from './inputs.ts'
import { bytesIn, watchMemory } from './measure.ts'
import { yardstickPlan } from './plan.ts'
import { runOnPostgres } from './postgres.ts'
import { openOwnRecord, type PassRecord } from './record.ts'
import {
  alerting,
  checksumSql,
  judgingOf,
  loadThresholds,
  rejudgingOf,
  span,
  yardstickForce,
} from './setting.ts'
import { type PassRunner, runnerOf, type Stages, total } from './stages.ts'

export interface PassFigures {
  readonly rows: number
  readonly scan: readonly Scan[]
  /** The same rows tokenised, as the passes read them. */
  readonly scanTokenised: readonly Scan[]
  /** The scans before and after differ too much for their ratios to mean anything. */
  readonly void: boolean
  readonly stages: Readonly<Record<string, Stages>>
  readonly ratios: Readonly<Record<string, number>>
  readonly peakRssMiB: number
  readonly stateMiB: number
  readonly checksum: string
  /** Households whose outcome after new rows is not that of a full pass. */
  readonly incrementDiffers: number
}

const memoryMiB = 2300
const policyShiftFen = 2000
const mostDrift = 0.2
const deltas = ['delta1', 'delta12'] as const

const best = (scans: readonly Scan[]): Scan => scans.reduce((a, b) => (a.wallMs <= b.wallMs ? a : b))

/** Both the rows of before and the new ones. */
const feedsTogether = (dir: string, folder: string) => (kind: string) =>
  `(select * from ${feedOf(dir, 'feeds')(kind)} union all by name select * from ${feedOf(dir, folder)(kind)})`

interface Passed {
  /** After the pass from matched rows. */
  readonly base: State
  /** After each delta, on top of it. */
  readonly deltas: readonly State[]
}

/** Every pass once, in the order of a province's life. */
const runAll = async (
  engine: Engine,
  pass: Pass,
  province: Province,
  { run, stage }: PassRunner,
): Promise<Passed> => {
  const clear = join(province.dir, 'clear')
  const inputs = inputsOf(province.dir)
  const known = new Set<number>()
  const first = await run('full', async (onStage) => {
    await stage('score', () => scoreAsides(engine, clear, 'aside.parquet', known))
    return runFullPass({ ...pass, onStage }, inputs, 1)
  })
  // As if the pass had been yesterday's: facts are made anew.
  const yesterday = { ...first, today: '2026-06-14' as State['today'] }
  const night = await run('nightly', (onStage) => runJudging({ ...pass, onStage }, 2, yesterday))
  const base = await run('aggregation', (onStage) => runAggregation({ ...pass, onStage }, inputs, 3, night))
  await runPolicyChange(engine, pass, base, run)
  const after: State[] = []
  for (const [at, folder] of deltas.entries())
    after.push(
      await run(folder, async (onStage) => {
        await stage('score', () => scoreAsides(engine, clear, `${folder}/aside.parquet`, known, true))
        const added = { ...inputs, feed: feedOf(province.dir, folder) }
        return runIncrement({ ...pass, onStage }, yardstickPlan.feeds, added, 6 + at, base)
      }),
    )
  return { base, deltas: after }
}

/** Another standard in every county, and back: only the rules that rest on it are judged. */
const runPolicyChange = async (
  engine: Engine,
  pass: Pass,
  base: State,
  run: PassRunner['run'],
): Promise<void> => {
  const force = yardstickForce()
  const shifted = await loadThresholds(engine, policyShiftFen, 'thresholds_shifted')
  const change = async (name: string, generation: number, from: State, before: string, now: string) =>
    run(name, async (onStage) => {
      const changed = await rejudgingOf(engine, force, pass.judging, pass.plan, { before, now })
      return runJudging({ ...pass, thresholds: now, onStage }, generation, from, changed)
    })
  const changed = await change('policyChange', 4, base, pass.thresholds, shifted)
  const whole = await runJudging({ ...pass, thresholds: shifted }, 9, base)
  const outcome = (state: State): string => keptRelation(state, 'outcome', pass.files.path)
  const differs = await differing(engine, outcome(changed), outcome(whole))
  if (differs > 0) throw new Error(`${differs} households are judged otherwise than by every rule`)
  await change('policyBack', 5, changed, shifted, pass.thresholds)
}

const differing = async (engine: Engine, one: string, other: string): Promise<number> => {
  const [row] = await engine.rows<{ n: number }>(
    `select count(*) as n from (select hash(a) as h, hid from ${one} a) x
     full join (select hash(b) as h, hid from ${other} b) y using (hid) where x.h is distinct from y.h`,
  )
  return Number(row?.n)
}

/** How many households have another outcome than a pass over all rows gives them. */
const countDifferences = async (pass: Pass, province: Province, passed: Passed): Promise<number> => {
  const { engine, files } = pass
  const outcome = (state: State): string => keptRelation(state, 'outcome', files.path)
  let count = 0
  for (const [at, folder] of deltas.entries()) {
    const inputs = { ...inputsOf(province.dir), feed: feedsTogether(province.dir, folder) }
    const whole = await runFullPass(pass, inputs, 10 + at)
    count += await differing(engine, outcome(passed.deltas[at] ?? passed.base), outcome(whole))
  }
  return count
}

const measuredPasses = {
  fullPass: 'full',
  nightly: 'nightly',
  aggregation: 'aggregation',
  policyChange: 'policyChange',
  increment1: 'delta1',
  increment12: 'delta12',
} as const

/** Times the wall clock of the best scan, and beside it times its processor time, which others on the machine disturb less. */
const ratiosOf = (all: Readonly<Record<string, Stages>>, scan: Scan): Record<string, number> =>
  Object.fromEntries(
    Object.entries(measuredPasses).flatMap(([name, key]) => {
      const { wallMs, cpuMs } = total(all[key] ?? {})
      return [
        [`${name}ToScan`, Math.round((100 * wallMs) / scan.wallMs) / 100],
        [`${name}ToScanCpu`, Math.round((100 * cpuMs) / scan.cpuMs) / 100],
      ]
    }),
  )

const compareWithPostgres = async (
  pass: Pass,
  record: PassRecord,
  province: Province,
  base: State,
  all: Record<string, Stages>,
) => {
  const { engine, files, judging } = pass
  const [own] = await engine.rows<{ sum: string }>(
    checksumSql(judging, keptRelation(base, 'outcome', files.path)),
  )
  const checksum = own?.sum ?? ''
  const theirs = await runOnPostgres(
    engine,
    record,
    files,
    base,
    inputsOf(province.dir),
    yardstickForce(),
    judging,
  )
  if (theirs.checksum !== checksum) throw new Error('PostgreSQL gives another checksum')
  all.postgres = theirs.stages
  return Math.round((10 * total(theirs.stages).wallMs) / total(all.aggregation ?? {}).wallMs) / 10
}

/** Runs every pass on a province, with folders of its own below `work`. */
export const runPass = async (
  province: Province,
  work: string,
  print: (line: string) => void,
  onPostgres: boolean,
): Promise<PassFigures> => {
  const lakeDir = join(work, 'lake')
  const files = stateFiles(lakeDir)
  const before = await scanRaw(province)
  const told = (scans: readonly Scan[]): string =>
    `${best(scans).wallMs} ms, processor ${best(scans).cpuMs} ms`
  const tokenised = await scanRaw(province, 'feeds')
  print(`scan of the raw files: ${told(before)}; of the same tokenised: ${told(tokenised)}`)
  const record = await openOwnRecord(join(work, 'record'))
  const directories = [province.dir, lakeDir]
  const engine = await openEngine({ tempDir: join(work, 'tmp'), directories, memoryMiB, threads: 2 })
  try {
    const all: Record<string, Stages> = {}
    const stopMemory = watchMemory(record.postmaster)
    const thresholds = await loadThresholds(engine)
    const judging = judgingOf(yardstickForce())
    const pass: Pass = { engine, files, plan: yardstickPlan, span, judging, alerting, thresholds }
    const passed = await runAll(engine, pass, province, runnerOf(engine, record, all, print))
    const peakRssMiB = stopMemory()
    const stateMiB = Math.round(bytesIn(join(lakeDir, 'state')) / 2 ** 20)
    const incrementDiffers = await countDifferences(pass, province, passed)
    print(`households whose outcome after new rows is not that of a full pass: ${incrementDiffers}`)
    const postgresToUs = onPostgres
      ? await compareWithPostgres(pass, record, province, passed.base, all)
      : undefined
    const [sum] = await engine.rows<{ sum: string }>(
      checksumSql(judging, keptRelation(passed.base, 'outcome', files.path)),
    )
    const after = await scanRaw(province)
    print(`scan after: ${told(after)}; peak of memory ${peakRssMiB} MiB`)
    const scan = best([...before, ...after])
    const drift = Math.abs(best(before).wallMs - best(after).wallMs) / scan.wallMs
    const feeds = Object.entries(province.manifest.files).filter(([path]) => path.startsWith('feeds/'))
    return {
      rows: feeds.reduce((count, [, file]) => count + file.rows, 0),
      scan: [...before, ...after],
      scanTokenised: tokenised,
      void: drift > mostDrift,
      stages: all,
      ratios: {
        ...ratiosOf(all, scan),
        fullPassToTokenisedScan:
          Math.round((100 * total(all.full ?? {}).wallMs) / best(tokenised).wallMs) / 100,
        ...(postgresToUs !== undefined && { postgresToUs }),
      },
      peakRssMiB,
      stateMiB,
      checksum: sum?.sum ?? '',
      incrementDiffers,
    }
  } finally {
    engine.close()
    await record.stop()
  }
}
