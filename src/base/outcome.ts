/** The fact is known and has this value. */
export type Known<T> = { readonly outcome: 'known'; readonly value: T }
/** It is known that there is nothing. */
export type Absent = { readonly outcome: 'absent' }
/** Nobody knows yet; `missing` names the facts that would tell. */
export type Unknown = { readonly outcome: 'unknown'; readonly missing: readonly string[] }
/** What can be said of a fact. Unknown never turns into absent, nor into "not eligible". */
export type Outcome<T> = Known<T> | Absent | Unknown

/** A fact with its value. */
export const known = <T>(value: T): Known<T> => ({ outcome: 'known', value })

/** The fact that there is nothing. */
export const absent: Absent = { outcome: 'absent' }

/** A gap, with the names of the missing facts, each once and in order. */
export const unknown = (...missing: readonly string[]): Unknown => ({
  outcome: 'unknown',
  missing: [...new Set(missing)].toSorted(),
})

/** Whether there is a value. */
export const isKnown = <T>(outcome: Outcome<T>): outcome is Known<T> => outcome.outcome === 'known'

/** Whether somebody still has to find out. */
export const isUnknown = <T>(outcome: Outcome<T>): outcome is Unknown => outcome.outcome === 'unknown'
