import { join } from 'node:path'
import { namePlaces } from '#access/server'
import { type BusinessDate, type RegionCode, type RegionRange, rangeOf, regionCode } from '#base'
import { type Engine, openEngine } from '#lake/server'
import { type Pack, type PackInForce, packInForce, sentenceOf, versionOn } from '#policy'
import { listRelations } from '#registry/server'
import type { IndicatorTrial, TriedIndicator } from '#rulebook/server'
import type { Tx } from '#store/server'
import type { Evaluation, Firing } from '../scan/evaluate.server.ts'
import { evaluateParts } from '../scan/evaluate-parts.server.ts'
import { memberLabelOf } from '../scan/member-label.ts'
import { partsOf } from '../scan/parts.ts'
import { findLastScan, loadedRegions, loadFacts, regionsLoaded } from './kept-facts.queries.server.ts'

interface TrialServices {
  readonly lakeDir: string
  /** The region that scans cover. */
  readonly regionCode: string
}

const mostExamples = 5

/**
 * What a version of an indicator would find among the facts of the last scan, beside what holds without it, on both
 * engines; of the subjects in the scope alone. Undefined where no scan has kept its facts. Raises nothing. Refuses with
 * `monitoring.engines-disagree` where the engines differ.
 */
export const tryIndicator = async (
  { lakeDir, regionCode: root }: TrialServices,
  tx: Tx,
  tried: TriedIndicator,
): Promise<IndicatorTrial | undefined> => {
  const scan = await findLastScan(tx)
  if (!scan) return undefined
  const engine = await openEngine({
    tempDir: join(lakeDir, 'tmp'),
    directories: [lakeDir],
    memoryMiB: 1024,
    threads: 1,
  })
  try {
    if (!(await loadFacts(engine, lakeDir, scan.id, rangesOf(tried)))) return undefined
    const [before, after] = [
      await judged(engine, tried.before, tried, scan.on, root),
      await judged(engine, tried.after, tried, scan.on, root),
    ]
    return await compared(tx, tried, { on: scan.on, before, after, regions: await regionsLoaded(engine) })
  } finally {
    engine.close()
  }
}

/** What both the reader's scope and the version's region hold. */
const rangesOf = ({ scope, region }: TriedIndicator): readonly RegionRange[] => {
  const own = rangeOf(regionCode(region))
  const all = [scope, ...scope.extra.map((code: string) => rangeOf(regionCode(code)))]
  return all.map(({ from, until }) => ({
    from: [from, own.from].toSorted()[1] ?? from,
    until: [until, own.until].toSorted()[0] ?? until,
  }))
}

/** Everybody by the version that holds where they live on the tried day, with the facts and values of the scan's day. */
const judged = (
  engine: Engine,
  pack: Pack,
  { indicator, from }: TriedIndicator,
  on: string,
  root: string,
): Promise<Evaluation> => {
  const versions = pack.rules.filter(({ id }) => id === indicator)
  const forceOf = (part: RegionCode): PackInForce => {
    const rule = versionOn(versions, { on: from, region: part })
    return { ...packInForce(pack, { on: on as BusinessDate, region: part }), rules: rule ? [rule] : [] }
  }
  return evaluateParts(engine, partsOf(pack, regionCode(root)), forceOf, { regions: loadedRegions })
}

interface Judged {
  readonly on: string
  readonly before: Evaluation
  readonly after: Evaluation
  readonly regions: ReadonlyMap<string, string>
}

const countyOf = (region: string): string => `${region.slice(0, 6)}000000`

const compared = async (
  tx: Tx,
  tried: TriedIndicator,
  { on, before, after, regions }: Judged,
): Promise<IndicatorTrial> => {
  const [was, is] = [idsOf(before), idsOf(after)]
  const newly = after.firings.filter(({ subjectId }) => !was.has(subjectId))
  const noLonger = before.firings.filter(({ subjectId }) => !is.has(subjectId))
  const countyIn = ({ subjectId }: Firing) => countyOf(regions.get(subjectId) ?? '')
  const count = (firings: readonly Firing[], code: string) =>
    firings.filter((firing) => countyIn(firing) === code).length
  const codes = [...new Set([...before.firings, ...after.firings].map(countyIn))].toSorted()
  const examples = [...newly.slice(0, mostExamples), ...noLonger.slice(0, mostExamples)]
  const placeOf = await namePlaces(tx, [
    ...codes,
    ...examples.map(({ subjectId }) => regions.get(subjectId) ?? ''),
  ])
  const members = new Set(examples.flatMap(({ explanation }) => explanation.members))
  const labelOf = memberLabelOf(await listRelations(tx, [...members]))
  const said = (pack: Pack, { rule, explanation }: Firing) => ({
    zh: sentenceOf(pack, rule, explanation, 'zh-CN', labelOf('zh-CN')),
    en: sentenceOf(pack, rule, explanation, 'en', labelOf('en')),
  })
  return {
    on,
    subjects: regions.size === 0 ? 0 : Math.max(before.outcomes, after.outcomes),
    before: before.firings.length,
    after: after.firings.length,
    newly: newly.length,
    noLonger: noLonger.length,
    open: after.unknown,
    counties: codes.map((code) => ({
      ...placeOf(code),
      before: count(before.firings, code),
      after: count(after.firings, code),
      newly: count(newly, code),
      noLonger: count(noLonger, code),
    })),
    examples: examples.map((firing) => ({
      kind: is.has(firing.subjectId) ? ('newly' as const) : ('noLonger' as const),
      place: placeOf(regions.get(firing.subjectId) ?? '').name,
      sentence: said(is.has(firing.subjectId) ? tried.after : tried.before, firing),
    })),
  }
}

const idsOf = ({ firings }: Evaluation): ReadonlySet<string> =>
  new Set(firings.map(({ subjectId }) => subjectId))
