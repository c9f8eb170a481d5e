import { FeelNumber, type FeelType, type FeelValue, isContext, isNumber, toIso } from '../../feel/index.ts'
import { dateText } from './constants.ts'
import { scalarKindOf } from './declared.ts'
import {
  type ContextTerm,
  dateTerm,
  digitsOf,
  numberTerm,
  outside,
  quotedText,
  type ScalarKind,
  type Term,
  widest,
} from './term.ts'

/** What a line gives for a column: where it lies in the input, and what may stand there. */
export type InputColumn = {
  readonly name: string
  readonly kind: ScalarKind | 'present'
  readonly path: readonly string[]
}

/** An input as columns, one for each scalar inside. */
export type InputColumns = { readonly type: FeelType; readonly columns: readonly InputColumn[] }

const baseOf = (type: FeelType): FeelType => (type.kind === 'named' ? baseOf(type.base) : type)

const membersOf = (type: FeelType): ReadonlyMap<string, FeelType> | undefined => {
  const base = baseOf(type)
  return base.kind === 'context' ? base.members : undefined
}

/** The columns of an input of this type; none where the type has no place in SQL. `prefix` makes their names. */
export const columnsOf = (
  type: FeelType,
  prefix: string,
  path: readonly string[] = [],
): readonly InputColumn[] => {
  const kind = scalarKindOf(type)
  if (kind) return [{ name: prefix, kind, path }]
  // A type that contains itself has no end of columns.
  if (path.length > 5) return []
  const members = [...(membersOf(type) ?? [])]
  if (members.length === 0) return []
  const inside = members.flatMap(([name, member], at) =>
    columnsOf(member, `${prefix}_${at}`, [...path, name]),
  )
  return [{ name: `${prefix}_p`, kind: 'present', path }, ...inside]
}

/** How large the numbers of a batch are, by column. */
export type Sizes = ReadonlyMap<string, { readonly digits: number; readonly scale: number }>

/** An input as a term over its columns. */
export const inputTerm = (
  columns: readonly InputColumn[],
  sizes: Sizes,
  path: readonly string[] = [],
): Term => {
  const own = columns.find((column) => column.path.length === path.length)
  if (!own) return outside('an input whose type SQL has no column for')
  if (own.kind === 'number') {
    const { digits = 0, scale = 0 } = sizes.get(own.name) ?? {}
    // Cast once, where the column is made.
    return { ...numberTerm(own.name, digits, scale), sql: own.name }
  }
  if (own.kind === 'date') return dateTerm(own.name, 0)
  if (own.kind !== 'present') return { kind: own.kind, sql: own.name }
  const names = new Set(
    columns.flatMap((column) => (column.path.length > path.length ? [column.path[path.length] ?? ''] : [])),
  )
  const members = [...names].map((name): readonly [string, Term] => [
    name,
    inputTerm(
      columns.filter((column) => column.path[path.length] === name),
      sizes,
      [...path, name],
    ),
  ])
  const context: ContextTerm = { kind: 'context', present: own.name, members: new Map(members) }
  return context
}

const at = (value: FeelValue, path: readonly string[]): FeelValue =>
  path.reduce((found: FeelValue, name) => (isContext(found) ? (found.get(name) ?? null) : null), value)

const nanosPerDay = 86_400_000_000_000n

/** What a value is in a column, as SQL's text; outside where the engines would not read the same. */
const cellOf = (value: FeelValue, kind: InputColumn['kind']): string | null => {
  if (kind === 'present') return value === null ? 'false' : 'true'
  if (value === null) return null
  if (isNumber(value)) {
    const { digits, scale } = digitsOf(value)
    return digits + scale > widest ? outside('a number of more than 38 digits') : toIso(value)
  }
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'string') {
    quotedText(value)
    return value
  }
  const temporal = value as Exclude<FeelValue, null | boolean | string | FeelNumber>
  if (!('kind' in temporal)) return outside('a value of another kind')
  if (temporal.kind === 'date') return dateText(temporal)
  if (temporal.kind === 'years and months duration') return String(temporal.months)
  if (temporal.kind === 'days and time duration' && temporal.nanos % nanosPerDay === 0n)
    return String(temporal.nanos / nanosPerDay)
  return outside('a duration of parts of a day')
}

/** An input of one line as the cells of its columns. */
export const cellsOf = (value: FeelValue, columns: readonly InputColumn[]): readonly (string | null)[] =>
  columns.map(({ kind, path }) => cellOf(at(value, path), kind))

/** How many digits a cell of a number needs. */
export const sizeOfCell = (cell: string | null): { readonly digits: number; readonly scale: number } =>
  cell === null ? { digits: 0, scale: 0 } : digitsOf(new FeelNumber(cell))
