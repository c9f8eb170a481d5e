import { addFen, type Fen } from '#base'
import type { LayoutTransform } from '../layouts/layout.ts'
import { maskCell } from '../rejects/mask.ts'
import type { RowProblem } from '../rejects/reject.ts'
import type { CellResult, CellValue } from './cells/cell.ts'
import { cleanText } from './cells/clean.ts'
import { readCount } from './cells/count.ts'
import { readMoney } from './cells/money.ts'
import type { CompiledTable } from './compile.ts'

export type Transformed = {
  readonly values: Readonly<Record<string, CellValue>>
  readonly problems: readonly RowProblem[]
}

/** The values a transform makes of one row. */
export const applyTransform = (
  transform: LayoutTransform,
  table: CompiledTable,
  cells: readonly string[],
): Transformed =>
  transform.use === 'sum' ? sum(transform, table, cells) : worstDamage(transform, table, cells)

/** Absent parts add nothing; where all are absent, so is the sum. */
const sum = (
  transform: Extract<LayoutTransform, { use: 'sum' }>,
  table: CompiledTable,
  cells: readonly string[],
): Transformed => {
  const problems: RowProblem[] = []
  const parts: Fen[] = []
  for (const header of transform.headers) {
    const column = { header, field: transform.into }
    const read = readNamed(table, cells, header, (text) =>
      readMoney(text, { kind: 'text', column, unit: table.moneyOf(header), date1904: false }),
    )
    if (read.problem) problems.push(read.problem)
    else if (read.value !== undefined) parts.push(read.value as Fen)
  }
  return { values: parts.length > 0 ? { [transform.into]: addFen(...parts) } : {}, problems }
}

const worstDamage = (
  transform: Extract<LayoutTransform, { use: 'worst-damage' }>,
  table: CompiledTable,
  cells: readonly string[],
): Transformed => {
  const problems: RowProblem[] = []
  const roomsOf = (header: string): number => {
    const column = { header, field: 'rooms' }
    const read = readNamed(table, cells, header, (text) =>
      readCount(text, { kind: 'text', column, unit: 'yuan', date1904: false }),
    )
    if (read.problem) problems.push(read.problem)
    return Number(read.value ?? 0)
  }
  const collapsed = roomsOf(transform.headers.collapsed)
  const severe = roomsOf(transform.headers.severe)
  const general = roomsOf(transform.headers.general)
  const damage = collapsed > 0 ? 'collapsed' : severe > 0 ? 'severe' : general > 0 ? 'general' : 'none'
  return { values: { damage, rooms: collapsed + severe + general }, problems }
}

const readNamed = (
  table: CompiledTable,
  cells: readonly string[],
  header: string,
  read: (text: string) => CellResult,
): { value?: CellValue; problem?: RowProblem } => {
  const place = table.named.get(header)
  const text = place === undefined ? '' : cleanText(cells[place] ?? '')
  if (text === '') return {}
  const result = read(text)
  return result.ok
    ? { value: result.value }
    : { problem: { column: header, reason: result.reason, maskedValue: maskCell('fen', text) } }
}
