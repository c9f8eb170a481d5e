import {
  askAbout,
  type Claim,
  decide,
  losersAmong,
  type Pair,
  type Remembered,
  type Verdict,
} from './decide.ts'
import type { MatchParameters } from './parameters.ts'
import { type Comparison, explain, type Frequency, type Prepared, type Veto, weightsOf } from './score.ts'
import { isSpellingOf, ownsNumber } from './vetoes.ts'

/** A person who may be meant by an identity: what was seen, and what of it forbids to give the row to them. */
export type Compared = {
  readonly personId: string
  readonly comparison: Comparison
  /** But that the number is another's: this depends on who else may be meant. */
  readonly against: readonly Veto[]
}

/** An identity before it is decided about. */
export type Undecided = {
  readonly pairs: readonly Compared[]
  readonly decisions: readonly Remembered[]
  readonly frequency: Frequency
}

type Decided = {
  readonly verdicts: Verdict[]
  /** Identities accepted for one person, by person, where they are several: what they say must be compared. */
  readonly contested: readonly (readonly number[])[]
}

/** Decides about each identity as if there were no other. */
export const decideEach = (identities: readonly Undecided[], parameters: MatchParameters): Decided => {
  const weigh = weigher(parameters)
  const verdicts = identities.map((identity) => decide(weigh(identity), parameters, identity.decisions))
  const claims = new Map<string, number[]>()
  for (const [at, verdict] of verdicts.entries()) {
    if (verdict.outcome !== 'accept' || verdict.remembered) continue
    const { personId } = verdict.match
    claims.set(personId, [...(claims.get(personId) ?? []), at])
  }
  return { verdicts, contested: [...claims.values()].filter(({ length }) => length > 1) }
}

/** Verdicts once what contested identities say is known: those that cannot be one person with another are asked about. */
export const settle = (
  { verdicts, contested }: Decided,
  identities: readonly Undecided[],
  preparedOf: (at: number) => Prepared,
  parameters: MatchParameters,
): Verdict[] => {
  const weigh = weigher(parameters)
  const settled = [...verdicts]
  for (const several of contested) {
    const claims = several.flatMap((row): Claim[] => {
      const verdict = verdicts[row]
      if (verdict?.outcome !== 'accept') return []
      const { match } = verdict
      return [{ row, prepared: preparedOf(row), bits: match.bits, isSpelling: isSpellingOf(match) }]
    })
    for (const row of losersAmong(claims, parameters)) {
      const identity = identities[row]
      if (identity === undefined) continue
      const refused = new Set(identity.decisions.map(({ personId }) => personId))
      settled[row] = askAbout(
        weigh(identity).filter(({ scored }) => !refused.has(scored.personId)),
        parameters,
      )
    }
  }
  return settled
}

const weigher = (parameters: MatchParameters): ((identity: Undecided) => Pair[]) => {
  const weights = weightsOf(parameters)
  return ({ pairs, frequency }) => {
    const isAnothers = pairs.some(({ comparison }) => ownsNumber(comparison))
    return pairs.map(({ personId, comparison, against }) => {
      const vetoes: Veto[] =
        isAnothers && !ownsNumber(comparison) ? ['number-of-another', ...against] : [...against]
      return { comparison, scored: explain(weights, personId, comparison, frequency, vetoes) }
    })
  }
}
