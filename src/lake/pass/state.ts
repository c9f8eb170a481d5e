import type { BusinessDate } from '#base'
import { parquetRelation } from '../engine/dialect.ts'
import type { Month } from './plan.ts'

/** Households in a row, by their dense numbers: `[from, until)`. Parts end where a county ends. */
export type Part = { readonly from: number; readonly until: number }

/** What is kept by households, by members; the facts of the day; what was judged. */
export const keptTables = ['household', 'member', 'facts', 'outcome'] as const
export type KeptTable = (typeof keptTables)[number]

/**
 * One state of the lake: a list of files that never change. A later state names the files of an earlier one wherever
 * nothing changed, so that it is there as soon as its list is, and the earlier one until somebody sweeps it.
 */
export type State = {
  readonly generation: number
  /** The day of the facts, on which everybody was judged. */
  readonly today: BusinessDate
  /** The month that windows of what is kept end with. */
  readonly month: Month
  /** The month from which bits are counted. */
  readonly base: Month
  readonly parts: readonly Part[]
  /** One file a part, in the order of `parts`. */
  readonly files: Readonly<Record<KeptTable, readonly string[]>>
  /** Rows that stand in place of those of `files` with the same number; one file for all parts. */
  readonly changed: Readonly<Partial<Record<KeptTable, string>>>
  /** Matched rows of each kind, in the order of households: those of the full pass, then what each later day added. */
  readonly matched: Readonly<Record<string, readonly string[]>>
}

/** By what a kept table's rows are replaced. */
export const keyOf: Readonly<Record<KeptTable, 'hid' | 'pid'>> = {
  household: 'hid',
  member: 'pid',
  facts: 'hid',
  outcome: 'hid',
}

/** Gives the place of a file of a state. */
export type PathOf = (file: string) => string

const inPart = ({ from, until }: Part): string => `hid >= ${from} and hid < ${until}`

/** SQL of a kept table as it is now, of one part or of all. */
export const keptRelation = (state: State, table: KeptTable, path: PathOf, part?: number): string => {
  const files = part === undefined ? state.files[table] : state.files[table].slice(part, part + 1)
  const whole = `select * from ${parquetRelation(files.map(path))}`
  const file = state.changed[table]
  if (file === undefined) return `(${whole})`
  const changes = parquetRelation([path(file)])
  const range = part === undefined ? undefined : state.parts[part]
  return `(${whole} anti join ${changes} changes using (${keyOf[table]})
    union all by name select * from ${changes}${range ? ` where ${inPart(range)}` : ''})`
}

/** SQL of the matched rows of a kind that count, of one part or of all. Files lie in the order of households: a part reads its own stretch. */
export const matchedRelation = (
  { matched, parts }: Pick<State, 'matched' | 'parts'>,
  kind: string,
  path: PathOf,
  part?: number,
): string => {
  const range = part === undefined ? undefined : parts[part]
  const within = range ? ` and ${inPart(range)}` : ''
  return `(select * exclude (same) from ${parquetRelation((matched[kind] ?? []).map(path))} where same${within})`
}

/** All files that a state names. */
export const filesOf = ({ files, changed, matched }: State): Set<string> =>
  new Set([...Object.values(files).flat(), ...Object.values(changed), ...Object.values(matched).flat()])
