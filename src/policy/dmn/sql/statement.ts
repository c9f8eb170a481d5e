import type { FeelValue } from '../../feel/index.ts'
import { valueOfText } from './constants.ts'
import type { InputColumn, Sizes } from './input.ts'
import { mostColumns, type Shelf } from './shelf.ts'
import { isScalar, outside, type ScalarTerm, type Term, widest } from './term.ts'

export type Row = readonly (string | null)[]
type Read = (row: Row) => FeelValue

const dateNumber = (sql: string): string =>
  `CAST(EXTRACT(YEAR FROM ${sql}) * 10000 + EXTRACT(MONTH FROM ${sql}) * 100 + EXTRACT(DAY FROM ${sql}) AS INTEGER)`

const asText = ({ kind, sql }: ScalarTerm): string =>
  `CAST(${kind === 'date' ? dateNumber(sql) : sql} AS VARCHAR)`

/** Adds what has to be read for a term to the columns, and gives what reads it from a row. */
export const readerOf = (term: Term, columns: string[]): Read => {
  const column = (sql: string): number => columns.push(sql)
  if (isScalar(term)) {
    const at = column(asText(term))
    return (row) => valueOfText(row[at] ?? null, term.kind)
  }
  const present = column(`CAST(${term.present} AS VARCHAR)`)
  if (term.kind === 'context') {
    const members = [...term.members].map(([name, member]) => [name, readerOf(member, columns)] as const)
    return (row) =>
      row[present] === 'true' ? new Map(members.map(([name, read]) => [name, read(row)])) : null
  }
  const items = term.items.map(({ taken, value }) => ({
    taken: column(`CAST(${taken} AS VARCHAR)`),
    read: readerOf(value, columns),
  }))
  return (row) => {
    if (row[present] !== 'true') return null
    return items.flatMap(({ taken, read }) => (row[taken] === 'true' ? [read(row)] : []))
  }
}

const columnTypes: Readonly<Record<InputColumn['kind'], string>> = {
  number: '',
  string: 'VARCHAR',
  boolean: 'BOOLEAN',
  present: 'BOOLEAN',
  date: 'DATE',
  days: 'BIGINT',
  months: 'BIGINT',
  null: 'VARCHAR',
}

const typeOfColumn = ({ name, kind }: InputColumn, sizes: Sizes): string => {
  if (kind !== 'number') return columnTypes[kind]
  const { digits = 0, scale = 0 } = sizes.get(name) ?? {}
  // Too large for a number: nothing inside the profile asks for it.
  if (digits + scale > widest) return 'VARCHAR'
  return `DECIMAL(${Math.max(1, digits + scale)},${scale})`
}

const cellSql = (cell: string | null): string =>
  cell === null ? 'CAST(NULL AS VARCHAR)' : `'${cell.replaceAll("'", "''")}'`

/** All lines as one statement: their inputs as a table, then a layer of columns over the other, then the results as texts. */
export const statementOf = (
  inputs: readonly InputColumn[],
  sizes: Sizes,
  shelf: Shelf,
  results: readonly string[],
): ((rows: readonly Row[]) => string) => {
  const layers = shelf.layers()
  if (layers.flat().length + inputs.length > mostColumns || results.length > mostColumns)
    return outside('the model needs more columns than a table has')
  const names = ['n', ...inputs.map((_, at) => `v${at}`)]
  const cast = inputs.map((input, at) => `CAST(v${at} AS ${typeOfColumn(input, sizes)}) AS ${input.name}`)
  const above = layers.map(
    (layer, at) =>
      `l${at + 1} AS MATERIALIZED (SELECT *, ${layer.map(({ name, sql }) => `${sql} AS ${name}`).join(', ')} FROM l${at})`,
  )
  const selected = ['n', ...results.map((sql, at) => `${sql} AS r${at}`)].join(', ')
  return (rows) => {
    const values = rows.map((row, at) => `('${at}'${row.map((cell) => `, ${cellSql(cell)}`).join('')})`)
    const first = `l0 AS MATERIALIZED (SELECT ${['n', ...cast].join(', ')} FROM (VALUES ${values.join(', ')}) AS given(${names.join(', ')}))`
    return `WITH ${[first, ...above].join(', ')} SELECT ${selected} FROM l${layers.length}`
  }
}
