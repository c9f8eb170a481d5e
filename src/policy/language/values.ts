import { type BusinessDate, type Unknown, unknown } from '#base'

/**
 * A value while a rule runs. `null` is FEEL's null: known to be absent. An unknown carries the facts that are missing.
 * Dates are `YYYY-MM-DD`, months `YYYY-MM`, durations whole months or days as numbers; the type says which is which.
 */
export type Scalar = boolean | string | number | null
export type Value = Scalar | Unknown | readonly Scalar[]

/** The facts of one subject or member by name. Every fact the rules use must be there, were it null or unknown. */
export type Facts = Readonly<Record<string, Value>>

/** What a rule is run on: one row of its entity with what belongs to it, by the lists of facts.yaml. */
export interface Subject {
  readonly id: string
  readonly facts: Facts
  /** The list named `members`; every other list stands in `lists`. */
  readonly members?: readonly Subject[]
  readonly lists?: Readonly<Record<string, readonly Subject[]>>
}

export type Member = Subject

export const isUnknownValue = (value: Value): value is Unknown =>
  typeof value === 'object' && value !== null && 'outcome' in value

/** The unknown that misses what either of them misses. */
export const mergeUnknown = (a: Value, b: Value): Unknown => {
  if (!isUnknownValue(a)) return b as Unknown
  if (!isUnknownValue(b) || a === b) return a
  return unknown(...a.missing, ...b.missing)
}

export const asDate = (value: Value): BusinessDate => value as BusinessDate
