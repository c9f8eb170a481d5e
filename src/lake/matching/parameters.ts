import type { BirthLevel, RegionLevel } from './dates-and-places.ts'
import type { NameLevel } from './names.ts'
import type { NumberLevel } from './numbers.ts'

/**
 * How often a level is seen between a row and the person it speaks of (`m`) and between a row and anybody else (`u`).
 * Where a level depends on how frequent the name is, `u` is the part of that frequency.
 */
export type Odds = { readonly m: number; readonly u: number }

/** The levels that count, best first. What is missing is no level: it tells nothing. */
export const fieldLevels = {
  name: [
    'exact',
    'separators',
    'variant',
    'placeholder',
    'homophone',
    'one-character',
    'close',
    'surname',
    'different',
  ],
  'birth-date': ['exact', 'number-slip', 'swapped', 'one-digit', 'same-month', 'same-year', 'different'],
  region: ['village', 'township', 'county-whole', 'county', 'elsewhere'],
  number: [
    'equal',
    'check-differs',
    'one-digit',
    'swapped',
    'wrong-length',
    'one-in-ending',
    'two-digits',
    'all-but-birth',
    'two-in-ending',
    'birth-part',
    'far',
  ],
} as const satisfies {
  readonly name: readonly NameLevel[]
  readonly 'birth-date': readonly (BirthLevel | 'number-slip')[]
  readonly region: readonly RegionLevel[]
  readonly number: readonly NumberLevel[]
}

export type MatchField = keyof typeof fieldLevels
export const matchFields = Object.keys(fieldLevels) as MatchField[]
export type LevelOf<Field extends MatchField> = (typeof fieldLevels)[Field][number]

export type FieldOdds = {
  readonly [Field in MatchField]: { readonly [Level in LevelOf<Field>]: Odds }
}

/** What scored matching goes by. Weights are binary logarithms of `m / u`; thresholds are in the same unit. */
export type MatchParameters = {
  readonly odds: FieldOdds
  /** How likely the person of a row is in the registry at all. */
  readonly registeredShare: number
  /** People of the place who are not registered: a name is not rare because few are. */
  readonly peopleOutside: number
  /** How many of them bear a name nobody in the registry has, and how many one that sounds like it. */
  readonly namesakesOutside: number
  readonly soundalikesOutside: number
  /** From here on a row may be given to the person; 10 is one error in a thousand by the figures above. */
  readonly acceptFromBits: number
  /** From here on an officer is asked; 0 is even odds. Below it is nobody. */
  readonly askFromBits: number
  /** How far behind the second must be, on either side. */
  readonly marginBits: number
}

/**
 * Set by hand from what is known of how files are typed and people are named, and in force until somebody accepts an estimate.
 * A number's levels are given that birth date and county agree, which are counted in their own fields: an unbroken
 * ending (sequence and check character) fits another of that birthday in one of ten thousand.
 */
export const handSet: MatchParameters = {
  odds: {
    name: {
      exact: { m: 0.67, u: 1 },
      separators: { m: 0.03, u: 0.05 },
      variant: { m: 0.04, u: 0.05 },
      placeholder: { m: 0.02, u: 0.001 },
      homophone: { m: 0.12, u: 1 },
      'one-character': { m: 0.06, u: 0.0007 },
      close: { m: 0.02, u: 0.001 },
      surname: { m: 0.02, u: 0.03 },
      different: { m: 0.02, u: 0.96 },
    },
    'birth-date': {
      exact: { m: 0.9, u: 0.00004 },
      'number-slip': { m: 0.45, u: 0.0015 },
      swapped: { m: 0.015, u: 0.0003 },
      'one-digit': { m: 0.03, u: 0.0012 },
      'same-month': { m: 0.01, u: 0.0012 },
      'same-year': { m: 0.01, u: 0.013 },
      different: { m: 0.02, u: 0.98 },
    },
    region: {
      village: { m: 0.5, u: 0.0002 },
      township: { m: 0.3, u: 0.001 },
      'county-whole': { m: 0.9, u: 0.05 },
      county: { m: 0.06, u: 0.05 },
      elsewhere: { m: 0.1, u: 0.94 },
    },
    number: {
      equal: { m: 0.001, u: 0.000_000_001 },
      'check-differs': { m: 0.1, u: 0.000_15 },
      'one-digit': { m: 0.34, u: 0.000_002 },
      swapped: { m: 0.12, u: 0.000_001 },
      'wrong-length': { m: 0.2, u: 0.000_002 },
      'one-in-ending': { m: 0.15, u: 0.0004 },
      'two-digits': { m: 0.02, u: 0.000_02 },
      'all-but-birth': { m: 0.02, u: 0.000_1 },
      'two-in-ending': { m: 0.02, u: 0.03 },
      'birth-part': { m: 0.01, u: 0.25 },
      far: { m: 0.02, u: 0.7 },
    },
  },
  registeredShare: 0.5,
  peopleOutside: 1_000_000,
  namesakesOutside: 5,
  soundalikesOutside: 50,
  acceptFromBits: 10,
  askFromBits: 0,
  marginBits: 7,
}
