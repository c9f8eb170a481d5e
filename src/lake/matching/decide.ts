import { compareNumbers } from './numbers.ts'
import type { MatchParameters } from './parameters.ts'
import { type Comparison, levelIn, type Prepared, type Scored } from './score.ts'
import { fits, hasNearNumber } from './vetoes.ts'

/** An earlier decision of a person about this row. */
export type Remembered = { readonly personId: string; readonly same: boolean }

export type Verdict =
  | { readonly outcome: 'accept'; readonly match: Scored; readonly remembered: boolean }
  | { readonly outcome: 'ask'; readonly candidates: readonly Scored[] }
  | { readonly outcome: 'none' }

/** A row beside one person, compared and weighed. */
export type Pair = {
  readonly comparison: Comparison
  readonly scored: Scored
}

const candidatesShown = 8

/**
 * Decides about one row from all pairs it makes. Earlier decisions come first: a `same` is accepted, a `not-same` removes
 * the candidate. It is accepted when the best reaches the threshold, nothing vetoes it, the second is far behind, and
 * either the number is theirs but for a slip, or there is none to compare and name and birth date fit exactly one person of all, in the same
 * township or nearer. Whoever else is worth a look is asked about.
 */
export const decide = (
  pairs: readonly Pair[],
  parameters: MatchParameters,
  remembered: readonly Remembered[] = [],
): Verdict => {
  const refused = new Set(remembered.filter(({ same }) => !same).map(({ personId }) => personId))
  const chosen = remembered.find(({ same }) => same)?.personId
  const decided = pairs.find(({ scored }) => scored.personId === chosen)
  if (decided !== undefined) return { outcome: 'accept', match: decided.scored, remembered: true }
  const open = pairs
    .filter(({ scored }) => !refused.has(scored.personId))
    .toSorted((a, b) => byScore(a.scored, b.scored))
  const [best] = open
  if (best !== undefined && isClear(best, open.slice(1), parameters))
    return { outcome: 'accept', match: best.scored, remembered: false }
  return askAbout(open, parameters)
}

/** Asks about those worth a look, best first. */
export const askAbout = (pairs: readonly Pair[], { askFromBits }: MatchParameters): Verdict => {
  const candidates = pairs
    .map(({ scored }) => scored)
    .filter(({ bits }) => bits >= askFromBits)
    .toSorted(byScore)
    .slice(0, candidatesShown)
  return candidates.length === 0 ? { outcome: 'none' } : { outcome: 'ask', candidates }
}

const byScore = (a: Scored, b: Scored): number => b.bits - a.bits || (a.personId < b.personId ? -1 : 1)

const isClear = (best: Pair, others: readonly Pair[], parameters: MatchParameters): boolean => {
  const { scored, comparison } = best
  if (scored.bits < parameters.acceptFromBits || scored.vetoes.length > 0) return false
  const limit = scored.bits - parameters.marginBits
  if (others.some(({ scored: { bits, vetoes } }) => vetoes.length === 0 && bits > limit)) return false
  if (hasNearNumber(comparison)) return true
  // A number that is quite another speaks of another. Without one, two of one name and birthday both fit, even if one of
  // them lives nearer.
  if (levelIn(comparison, 'number') !== undefined) return false
  return fits(comparison) && isNear(comparison) && !others.some((other) => fits(other.comparison))
}

const isNear = (comparison: Comparison): boolean =>
  ['village', 'township'].includes(levelIn(comparison, 'region') ?? '')

/** Which row was given to a person, and how sure that is. */
export type Claim = {
  readonly row: number
  readonly prepared: Prepared
  readonly bits: number
  /** Its number is the person's, written wrongly; see `isSpellingOf`. */
  readonly isSpelling: boolean
}

/**
 * The other side of one-to-one: of the rows accepted for one person, those that must be asked after all. Several wrong
 * spellings of one number are one person's; rows that contradict each other cannot all be, and only one that is clearly
 * better than the other stays.
 */
export const losersAmong = (claims: readonly Claim[], { marginBits }: MatchParameters): Set<number> => {
  const losers = new Set<number>()
  for (const a of claims) {
    for (const b of claims) {
      if (a.row === b.row || !contradict(a, b)) continue
      if (a.bits < b.bits + marginBits) losers.add(a.row)
    }
  }
  return losers
}

const contradict = (a: Claim, b: Claim): boolean => {
  if (a.isSpelling && b.isSpelling) return false
  const [left, right] = [a.prepared, b.prepared]
  if (left.birthDate !== undefined && right.birthDate !== undefined && left.birthDate !== right.birthDate)
    return true
  if (left.form.letters.join('') !== right.form.letters.join('')) return true
  const number = compareNumbers(left.number, right.number)
  return number === 'far' || number === 'birth-part'
}
