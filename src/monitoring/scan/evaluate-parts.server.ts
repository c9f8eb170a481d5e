import type { RegionCode } from '#base'
import type { Engine } from '#lake/server'
import type { PackInForce } from '#policy'
import { type Evaluation, evaluate } from './evaluate.server.ts'
import { beginParts, endParts, showPart, subjectRegions } from './parts.queries.server.ts'

const nothing: Evaluation = { firings: [], outcomes: 0, unknown: 0, checksum: '0' }

/**
 * Judges everybody by what is in force where they live: each part of the region by its own versions and values, on both
 * engines. `regions` gives `id` and `region` of every subject.
 */
export const evaluateParts = async (
  engine: Engine,
  parts: readonly RegionCode[],
  forceOf: (part: RegionCode) => PackInForce,
  regions = subjectRegions,
): Promise<Evaluation> => {
  const [only, ...more] = parts
  if (only !== undefined && more.length === 0) return evaluateAny(engine, forceOf(only))
  await beginParts(engine, parts, regions)
  let total = nothing
  for (const part of parts) {
    await showPart(engine, part)
    total = joined(total, await evaluateAny(engine, forceOf(part)))
  }
  await endParts(engine)
  return total
}

const evaluateAny = (engine: Engine, force: PackInForce): Promise<Evaluation> =>
  force.rules.length > 0 ? evaluate(engine, force) : Promise.resolve(nothing)

/** The checksum is made of every outcome's own, so that it does not matter in which part an outcome was found. */
const joined = (a: Evaluation, b: Evaluation): Evaluation => ({
  firings: [...a.firings, ...b.firings],
  outcomes: a.outcomes + b.outcomes,
  unknown: a.unknown + b.unknown,
  checksum: String(BigInt(a.checksum) ^ BigInt(b.checksum)),
})
