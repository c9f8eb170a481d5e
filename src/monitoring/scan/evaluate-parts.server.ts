import type { RegionCode } from '#base'
import type { Engine } from '#lake/server'
import type { PackInForce } from '#policy'
import { type Evaluation, evaluate } from './evaluate.server.ts'
import { beginParts, endParts, showPart, subjectRegions } from './parts.queries.server.ts'

const nothing: Evaluation = { firings: [], outcomes: 0, unknown: 0, compared: 0, checksum: '0' }

/** How everybody is judged. */
export interface Judging {
  /** Gives `id` and `region` of every subject. */
  readonly regions?: string
  /** Of whom the interpreter is asked too: the ids of this table; of everybody when left out. */
  readonly only?: string
  /** Called for each part with what was found in it, while its facts and outcomes stand. */
  readonly onPart?: (force: PackInForce, evaluation: Evaluation) => Promise<void>
}

/**
 * Judges everybody by what is in force where they live: each part of the region by its own versions and values, in SQL,
 * held against the interpreter.
 */
export const evaluateParts = async (
  engine: Engine,
  parts: readonly RegionCode[],
  forceOf: (part: RegionCode) => PackInForce,
  judging: Judging = {},
): Promise<Evaluation> => {
  const [only, ...more] = parts
  if (only !== undefined && more.length === 0) return evaluateAny(engine, forceOf(only), judging)
  await beginParts(engine, parts, judging.regions ?? subjectRegions)
  let total = nothing
  for (const part of parts) {
    await showPart(engine, part)
    total = joined(total, await evaluateAny(engine, forceOf(part), judging))
  }
  await endParts(engine)
  return total
}

const evaluateAny = async (
  engine: Engine,
  force: PackInForce,
  { only, onPart }: Judging,
): Promise<Evaluation> => {
  if (force.rules.length === 0) return nothing
  const evaluation = await evaluate(engine, force, only)
  await onPart?.(force, evaluation)
  return evaluation
}

/** The checksum is made of every outcome's own, so that it does not matter in which part an outcome was found. */
const joined = (a: Evaluation, b: Evaluation): Evaluation => ({
  firings: [...a.firings, ...b.firings],
  outcomes: a.outcomes + b.outcomes,
  unknown: a.unknown + b.unknown,
  compared: a.compared + b.compared,
  checksum: String(BigInt(a.checksum) ^ BigInt(b.checksum)),
})
