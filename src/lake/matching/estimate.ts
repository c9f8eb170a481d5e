import { assert } from '#base'
import { fieldLevels, type MatchField, type MatchParameters, matchFields, type Odds } from './parameters.ts'
import type { Comparison } from './score.ts'

/** How often a comparison occurred among the pairs of a registry and its rows. */
export type Pattern = { readonly comparison: Comparison; readonly count: number }

/** Per field and level, in the order of `fieldLevels`: how often it is seen among pairs of one class. */
type Shares = { readonly [Field in MatchField]: readonly number[] }

export type Estimate = {
  /** The part of the pairs that are a row and its person. */
  readonly share: number
  readonly m: Shares
  readonly u: Shares
  /** The logarithm of the likelihood before each round and after the last; it never falls. */
  readonly likelihoods: readonly number[]
}

export type EstimateOptions = {
  readonly start: { readonly share: number; readonly m: Shares; readonly u: Shares }
  readonly rounds: number
  /** Stops when the likelihood rises by less than this, in nats a pair. */
  readonly tolerance: number
}

const roundsAtMost = 200

/**
 * Estimates by expectation and maximisation how often each level is seen between a row and its person, and between a row
 * and somebody else, without being told which pair is which (Winkler 1988). What is missing takes no part.
 */
export const estimate = (patterns: readonly Pattern[], options: EstimateOptions): Estimate => {
  const total = patterns.reduce((sum, { count }) => sum + count, 0)
  assert(total > 0, 'no pairs to estimate from')
  let state = options.start
  const likelihoods: number[] = []
  for (let round = 0; round <= Math.min(options.rounds, roundsAtMost); round += 1) {
    const { likelihood, next } = improve(patterns, state)
    const before = likelihoods.at(-1)
    likelihoods.push(likelihood)
    const isLast = round === Math.min(options.rounds, roundsAtMost)
    if (isLast || (before !== undefined && likelihood - before < options.tolerance * total)) break
    state = next
  }
  return { ...state, likelihoods }
}

type State = EstimateOptions['start']
type Sums = Record<MatchField, number[]>

const noSums = (): Sums => ({
  name: fieldLevels.name.map(() => 0),
  'birth-date': fieldLevels['birth-date'].map(() => 0),
  region: fieldLevels.region.map(() => 0),
  number: fieldLevels.number.map(() => 0),
})

const improve = (
  patterns: readonly Pattern[],
  { share, m, u }: State,
): { likelihood: number; next: State } => {
  const [same, other] = [noSums(), noSums()]
  let likelihood = 0
  let matches = 0
  let total = 0
  for (const { comparison, count } of patterns) {
    const asSame = share * chanceOf(m, comparison)
    const asOther = (1 - share) * chanceOf(u, comparison)
    likelihood += count * Math.log(asSame + asOther)
    const part = count * (asSame / (asSame + asOther))
    matches += part
    total += count
    for (const field of matchFields) {
      const at = comparison[field] - 1
      if (at < 0) continue
      same[field][at] = (same[field][at] ?? 0) + part
      other[field][at] = (other[field][at] ?? 0) + count - part
    }
  }
  return { likelihood, next: { share: matches / total, m: sharesOf(same, m), u: sharesOf(other, u) } }
}

const chanceOf = (shares: Shares, comparison: Comparison): number => {
  let chance = 1
  for (const field of matchFields) {
    if (comparison[field] > 0) chance *= shares[field][comparison[field] - 1] ?? 0
  }
  return chance
}

// A field that no pair shows tells nothing new.
const sharesOf = (sums: Sums, before: Shares): Shares => {
  const ofField = (field: MatchField): readonly number[] => {
    const total = sums[field].reduce((sum, each) => sum + each, 0)
    return total > 0 ? sums[field].map((each) => each / total) : before[field]
  }
  return {
    name: ofField('name'),
    'birth-date': ofField('birth-date'),
    region: ofField('region'),
    number: ofField('number'),
  }
}

/** Where an estimate begins: `m` as the parameters have it, `u` as the levels occur among all pairs. */
export const startFrom = (parameters: MatchParameters, patterns: readonly Pattern[]): State => {
  const seen = noSums()
  for (const { comparison, count } of patterns)
    for (const field of matchFields) {
      const at = comparison[field] - 1
      // One more than was seen: what never occurs would never be believed.
      if (at >= 0) seen[field][at] = (seen[field][at] ?? 1) + count
    }
  const given = noSums()
  for (const field of matchFields)
    for (const [at, odds] of oddsIn(parameters, field).entries()) given[field][at] = odds.m
  for (const field of matchFields) seen[field] = seen[field].map((each) => Math.max(each, 1))
  return { share: 0.5, m: sharesOf(given, given), u: sharesOf(seen, seen) }
}

const oddsIn = ({ odds }: MatchParameters, field: MatchField): Odds[] => {
  const levels = odds[field] as Readonly<Record<string, Odds>>
  return fieldLevels[field].map((level) => levels[level] ?? { m: 0, u: 1 })
}

/** Below this a level is not believed never to occur between a row and its person. */
const leastM = 0.0005

/**
 * Parameters with the estimated `m`. The estimated `u` is that of pairs which met in a block, where much agrees because
 * that is how they met; how often strangers agree stays as it was set.
 */
export const withEstimate = (parameters: MatchParameters, { m }: Estimate): MatchParameters => {
  const ofField = (field: MatchField): Record<string, Odds> =>
    Object.fromEntries(
      fieldLevels[field].map((level, at) => [
        level,
        { m: Math.max(leastM, m[field][at] ?? 0), u: oddsIn(parameters, field)[at]?.u ?? 1 },
      ]),
    )
  const odds = Object.fromEntries(matchFields.map((field) => [field, ofField(field)]))
  return { ...parameters, odds: odds as unknown as MatchParameters['odds'] }
}
