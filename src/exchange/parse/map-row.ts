import type { BusinessDate } from '#base'
import type { CanonicalRow } from '../feeds.ts'
import { maskCell } from '../rejects/mask.ts'
import type { RejectReason, RowProblem } from '../rejects/reject.ts'
import type { CellKind, CellMark, CellValue } from './cells/cell.ts'
import { cleanText } from './cells/clean.ts'
import type { CompiledColumn, CompiledTable } from './compile.ts'
import { applyTransform } from './transforms.ts'

/** A remark on an accepted value: which field, and what. */
export type Mark = `${string}:${CellMark}`

export type MappedRow =
  | { readonly ok: true; readonly rows: readonly CanonicalRow[]; readonly marks: readonly Mark[] }
  | {
      readonly ok: false
      readonly problems: readonly [RowProblem, ...RowProblem[]]
      /** The row all the same, where nothing but its number is wrong and it has a name and a birth date. */
      readonly aside?: AsideRow | undefined
    }

/** A row whose number is none: its person is still to be found by name and birth date, and by what was written. */
export type AsideRow = { readonly row: CanonicalRow; readonly writtenNumber: string }

type Values = Record<string, CellValue>
type Draft = { readonly values: Values; readonly problems: RowProblem[]; readonly marks: Mark[] }

/** The canonical rows one row of a table stands for, or everything that is wrong with it. */
export const mapRow = (
  table: CompiledTable,
  cells: readonly string[],
  kinds?: readonly CellKind[],
): MappedRow => {
  if (saysNoRecord(table, cells)) return { ok: true, rows: [], marks: [] }
  const draft: Draft = { values: { ...table.constants }, problems: [], marks: [] }
  const fromCell = new Set<string>()
  for (const column of table.columns) {
    // The first column of a field that says something wins; the next ones are its fallbacks.
    if (fromCell.has(column.field)) continue
    const value = readCell(draft, column, cells[column.place] ?? '', kinds?.[column.place] ?? 'text')
    if (value === undefined) continue
    draft.values[column.field] = value
    fromCell.add(column.field)
  }
  for (const transform of table.layout.transforms) {
    const { values, problems } = applyTransform(transform, table, cells)
    for (const [field, value] of Object.entries(values)) draft.values[field] ??= value
    draft.problems.push(...problems)
  }
  for (const [field, value] of table.defaults) draft.values[field] ??= value
  checkDoubles(draft, table, cells)
  const people = table.lists.length > 0 ? peopleOf(draft, table, cells) : [draft.values]
  const rows = table.arms.length > 0 ? people.flatMap((p) => armRows(draft, table, p, cells, kinds)) : people
  for (const row of rows) checkRow(draft, table, row)
  const [first, ...further] = draft.problems
  if (!first) return { ok: true, rows, marks: draft.marks }
  return { ok: false, problems: [first, ...further], aside: asideRow(draft, table, rows, cells) }
}

const asideRow = (
  { problems }: Draft,
  table: CompiledTable,
  rows: readonly CanonicalRow[],
  cells: readonly string[],
): AsideRow | undefined => {
  const [row, another] = rows
  if (!row || another || row.number !== undefined || !row.name || !row.birthDate) return undefined
  const column = table.columns.find(
    ({ field, header }) => field === 'number' && header === problems[0]?.column,
  )
  const writtenNumber = column && cleanText(cells[column.place] ?? '')
  if (!writtenNumber || writtenNumber.length > longestWritten) return undefined
  const isOfNumber = ({ column: header, reason }: RowProblem) =>
    header === column.header && reason.startsWith('number-')
  return problems.every(isOfNumber) ? { row, writtenNumber } : undefined
}

/** What is longer was never meant for a number. */
const longestWritten = 30

const saysNoRecord = (table: CompiledTable, cells: readonly string[]): boolean =>
  table.noRecord.some(({ place, values }) => values.has(cleanText(cells[place] ?? '')))

const readCell = (
  draft: Draft,
  column: CompiledColumn,
  raw: string,
  kind: CellKind,
): CellValue | undefined => {
  const text = cleanText(raw)
  if (text === '') return undefined
  // An amount merged over several rows is said once, for all of them: repeating it would count it again and again.
  if (kind === 'merged' && (column.type === 'fen' || column.type === 'count')) return undefined
  const result = kind === 'error' ? ({ ok: false, reason: 'cell-error' } as const) : column.read(text, kind)
  if (result.ok) {
    if (result.mark) draft.marks.push(`${column.field}:${result.mark}`)
    return result.value
  }
  if (column.column.whenUnreadable === 'absent') draft.marks.push(`${column.field}:unreadable`)
  else draft.problems.push(problem(column, result.reason, text))
  return undefined
}

const problem = (column: CompiledColumn, reason: RejectReason, text: string): RowProblem => ({
  column: column.header,
  reason,
  maskedValue: maskCell(column.type, text),
})

const checkDoubles = (draft: Draft, table: CompiledTable, cells: readonly string[]): void => {
  for (const { place, of } of table.doubles) {
    const other = cleanText(cells[place] ?? '')
    if (other === '' || other === cleanText(cells[of] ?? '')) continue
    draft.problems.push({
      column: table.header[place] ?? '',
      reason: 'columns-differ',
      maskedValue: maskCell('number', other),
    })
  }
}

/** Several people in one cell: the n-th name belongs to the n-th number. */
const peopleOf = (draft: Draft, table: CompiledTable, cells: readonly string[]): Values[] => {
  const split = table.lists.map((column) => {
    const separators = new Set(column.column.list)
    const texts: string[] = ['']
    for (const c of cleanText(cells[column.place] ?? ''))
      if (separators.has(c)) texts.push('')
      else texts[texts.length - 1] += c
    return { column, texts: texts.map((t) => t.trim()).filter((t) => t !== '') }
  })
  const most = Math.max(1, ...split.map((s) => s.texts.length))
  const uneven = split.find((s) => s.texts.length > 0 && s.texts.length !== most)
  if (uneven) {
    draft.problems.push(problem(uneven.column, 'people-differ', uneven.texts.join(' ')))
    return []
  }
  return Array.from({ length: most }, (_, i) => {
    const person: Values = { ...draft.values }
    for (const { column, texts } of split) {
      const value = readCell(draft, column, texts[i] ?? '', 'text')
      if (value !== undefined) person[column.field] = value
    }
    return person
  })
}

const armRows = (
  draft: Draft,
  table: CompiledTable,
  values: Values,
  cells: readonly string[],
  kinds: readonly CellKind[] | undefined,
): Values[] =>
  table.arms.flatMap((arm) => {
    const row: Values = { ...values, ...arm.constants }
    for (const column of arm.columns) {
      const value = readCell(draft, column, cells[column.place] ?? '', kinds?.[column.place] ?? 'text')
      if (value !== undefined) row[column.field] = value
    }
    return row[arm.when] === undefined || row[arm.when] === 0 ? [] : [row]
  })

const checkRow = (draft: Draft, table: CompiledTable, row: Values): void => {
  checkPerson(draft, table, row)
  for (const { field, header } of table.required) {
    if (row[field] !== undefined || draft.problems.some((p) => p.column === header)) continue
    draft.problems.push({ column: header, reason: 'required-missing', maskedValue: '' })
  }
  const bornOn = row.number === undefined ? row.birthDate : birthIn(String(row.number))
  if (bornOn === undefined) return
  for (const field of table.dates) {
    const date = row[field]
    if (date === undefined || String(date) >= String(bornOn)) continue
    const column = [...table.columns].find((c) => c.field === field)?.header ?? field
    draft.problems.push({ column, reason: 'date-before-birth', maskedValue: String(date) })
  }
}

const checkPerson = (draft: Draft, table: CompiledTable, row: Values): void => {
  if (row.number !== undefined || row.name !== undefined) return
  if (row.spouseNumber !== undefined || row.spouseName !== undefined) return
  const columns = [...table.columns, ...table.lists].filter((c) => c.field === 'number' || c.field === 'name')
  // An unreadable number has been reported already; a second problem would only repeat it.
  if (draft.problems.some((p) => columns.some((c) => c.header === p.column))) return
  const masked = draft.marks.includes('name:masked')
  draft.problems.push({
    column: columns.find((c) => c.field === (masked ? 'name' : 'number'))?.header ?? columns[0]?.header ?? '',
    reason: masked ? 'name-masked' : 'no-person',
    maskedValue: '',
  })
}

const birthIn = (number: string): BusinessDate =>
  `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}` as BusinessDate
