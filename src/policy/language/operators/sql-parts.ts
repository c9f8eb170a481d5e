import type { Pair } from './operator.ts'

/** The bits of all pairs together; undefined when none can be unknown. */
export const missingOfAll = (pairs: readonly Pair[]): string | undefined => {
  const parts = [...new Set(pairs.map(({ missing }) => missing).filter((part) => part !== undefined))]
  return parts.length < 2 ? parts[0] : `(${parts.join(' | ')})`
}

/** The expression where nothing is missing, NULL elsewhere. */
export const whenKnown = (missing: string | undefined, expression: string): string =>
  missing === undefined ? expression : `CASE WHEN ${missing} = 0 THEN ${expression} END`

/** An operator that gives NULL by itself whenever an operand is NULL, known or not. */
export const strict = (args: readonly Pair[], expression: string): Pair => ({
  value: expression,
  missing: missingOfAll(args),
  absent: args.some(({ absent }) => absent),
})

/** The operand's value; the compiler gives every operator as many pairs as it has operands. */
export const valueAt = (args: readonly Pair[], index: number): string => args[index]?.value ?? 'NULL'

/** A test, with its `AND`, for the members that pass a filter or whose passing is unknown; nothing without a filter. */
export const mayPass = (filter: Pair | undefined): string => {
  if (!filter) return ''
  return filter.missing ? `(${filter.value} OR ${filter.missing} <> 0) AND ` : `${filter.value} AND `
}
