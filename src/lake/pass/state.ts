import type { BusinessDate } from '#base'
import { parquetRelation } from '../engine/dialect.ts'
import type { Month } from './plan.ts'

/** Households in a row, by their dense numbers: `[from, until)`. Parts end where a county ends. */
export type Part = { readonly from: number; readonly until: number }

/** What is kept by households, by members; the facts of the day; what was judged. */
export const keptTables = ['household', 'member', 'facts', 'outcome'] as const
export type KeptTable = (typeof keptTables)[number]

/**
 * A list of files that never change. A later list names the files of an earlier one wherever nothing changed, so that what
 * it stands for is there as soon as the list is, and the earlier one until somebody sweeps it.
 */
export type FileList<Table extends string> = {
  readonly generation: number
  readonly parts: readonly Part[]
  /** Of what is kept of everybody one file a part, in the order of `parts`. */
  readonly files: Readonly<Record<Table, readonly string[]>>
  /** Rows that stand in place of those of `files` with the same number; one file for all parts. */
  readonly changed: Readonly<Partial<Record<Table, string>>>
  /** Matched rows of each kind, in the order of households: those of the full pass, then what each later day added. */
  readonly matched: Readonly<Record<string, readonly string[]>>
  /** Files of what else is kept, by what they hold. */
  readonly beside?: Readonly<Record<string, string>>
}

/** One state of the lake. */
export type State = FileList<KeptTable> & {
  /** The day of the facts, on which everybody was judged. */
  readonly today: BusinessDate
  /** The month that windows of what is kept end with. */
  readonly month: Month
  /** The month from which bits are counted. */
  readonly base: Month
}

/** By what a kept table's rows are replaced. */
export const keyOf = {
  household: 'hid',
  member: 'pid',
  facts: 'hid',
  outcome: 'hid',
  subject: 'hid',
  person: 'pid',
} as const satisfies Readonly<Record<KeptTable | 'subject' | 'person', 'hid' | 'pid'>>

/** Gives the place of a file of a state. */
export type PathOf = (file: string) => string

const inPart = ({ from, until }: Part): string => `hid >= ${from} and hid < ${until}`

/** SQL of a kept table as it is now, of one part or of all. */
export const keptRelation = <Table extends keyof typeof keyOf>(
  state: Omit<FileList<Table>, 'matched'>,
  table: Table,
  path: PathOf,
  part?: number,
): string => {
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
export const filesOf = ({ files, changed, matched, beside }: FileList<string>): Set<string> =>
  new Set([
    ...Object.values(beside ?? {}),
    ...Object.values(files).flat(),
    ...Object.values(changed).filter((file) => file !== undefined),
    ...Object.values(matched).flat(),
  ])
