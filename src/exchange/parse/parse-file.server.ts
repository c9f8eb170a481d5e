import { assert, Refusal } from '#base'
import type { FeedKind } from '../feeds.ts'
import type { Layout } from '../layouts/layout.ts'
import {
  findTable,
  holdsPeople,
  likelyHeader,
  looksLikeStatistics,
  preambleRows,
  statedUnit,
} from '../read/find-table.ts'
import { openTable } from '../read/open.server.ts'
import type { RawRow, SheetSource, TableSource } from '../read/raw-row.ts'
import { classifyRow } from '../read/row-class.ts'
import { en } from '../rejects/en.ts'
import type { Reject, RowProblem } from '../rejects/reject.ts'
import { zhCN } from '../rejects/zh-CN.ts'
import { type CompiledTable, compileTable } from './compile.ts'
import { type AsideRow, mapRow } from './map-row.ts'
import type { AcceptedRow, ParsedFile, Progress, SetAside, SheetReport } from './parsed-file.ts'
import { seenRows } from './seen-rows.server.ts'
import { statsCollector } from './stats.ts'

export type ParseFileInput = {
  readonly path: string
  /** The name the sender gave the file; stands in rejects. */
  readonly fileName: string
  /** The layouts it may have; all of one kind when the kind is known. */
  readonly layouts: readonly Layout[]
  /** Data rows, counted from the first, that an earlier reading handed on: they are read and judged, and not handed on again. */
  readonly handedOn?: number
  readonly onRow?: (row: AcceptedRow) => void | Promise<void>
  /** `aside`: the row all the same, where only its number is wrong; one that came before is not given again. */
  readonly onReject?: (reject: Reject, aside?: SetAside) => void | Promise<void>
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
}

/**
 * Reads a department file row by row. Every data row is either accepted or rejected, and each is handed on once, in the
 * order of the file. What is wrong with the file as a whole is thrown as a Refusal of this room; one may come after
 * rows have been handed on (damage near the end), and nothing of such a file is to be kept.
 */
export const parseFile = async (input: ParseFileInput): Promise<ParsedFile> => {
  assert(input.layouts.length > 0, 'no layout to read the file by')
  const source = await openTable(input.path)
  try {
    const reading: Reading = { input, source, isNew: seenRows(), reports: [] }
    for (const sheet of source.sheets) await readSheet(reading, sheet)
    const { kind, collector } = reading
    if (!kind || !collector) throw reading.refusal ?? new Refusal('exchange.empty')
    const { format, encoding } = source
    return { kind, format, encoding, sheets: reading.reports, stats: collector.stats() }
  } finally {
    await source.close()
  }
}

type Reading = {
  readonly input: ParseFileInput
  readonly source: TableSource
  readonly isNew: (text: string) => boolean
  readonly reports: SheetReport[]
  kind?: FeedKind
  collector?: ReturnType<typeof statsCollector>
  /** What will be refused if no sheet turns out to hold a table. */
  refusal?: Refusal
}

const readSheet = async (reading: Reading, sheet: SheetSource): Promise<void> => {
  let waiting: RawRow[] | undefined = []
  let filled = 0
  let body: Body | undefined
  const begin = async (rows: readonly RawRow[]): Promise<void> => {
    body = startBody(reading, sheet, rows.filter(isFilled))
    waiting = undefined
    const { headerLine = 0 } = body ?? {}
    if (body)
      await readRows(
        reading,
        body,
        rows.filter((row) => row.line > headerLine),
      )
  }
  for await (const batch of sheet.batches()) {
    if (reading.input.signal?.aborted) throw new Refusal('exchange.cancelled')
    if (waiting) {
      waiting.push(...batch)
      filled += batch.filter(isFilled).length
      if (filled < preambleRows * 2) continue
      await begin(waiting)
      if (!body) return
    } else if (body) await readRows(reading, body, batch)
  }
  if (waiting) await begin(waiting)
  if (body) endBody(reading, body)
}

const isFilled = (row: RawRow): boolean => row.cells.some((c) => c.trim() !== '')

type Body = {
  readonly sheet: string
  readonly table: CompiledTable
  readonly headerLine: number
  received: number
  readonly ignored: { blank: number; footer: number; repeatedHeader: number }
  /** The last value of each column that is filled downwards. */
  readonly carried: Map<number, string>
}

/** The table of a sheet; undefined (with a reason kept) where it has none. */
const startBody = (reading: Reading, sheet: SheetSource, rows: readonly RawRow[]): Body | undefined => {
  const { kind } = reading
  const layouts = kind ? reading.input.layouts.filter((l) => l.kind === kind) : reading.input.layouts
  const found = findTable(rows, layouts)
  if (!found || found.match.missing.length > 0) {
    const complaint = complaintOf(sheet, rows, found)
    const isTable = complaint.code === 'exchange.columns-missing' || holdsPeople(rows)
    // Beside a sheet that could be read, one that holds people and could not is a loss; a cover sheet is not.
    if (isTable && kind) throw complaint
    if (!reading.refusal || isTable) reading.refusal = complaint
    reading.reports.push(emptyReport(sheet.name))
    return undefined
  }
  if (reading.refusal && !kind && reading.refusal.details.people === true) throw reading.refusal
  const unit = statedUnit(rows.filter((row) => row.line < found.line))
  if (typeof unit === 'object')
    throw new Refusal('exchange.unknown-unit', { sheet: sheet.name, unit: unit.other })
  reading.kind = found.match.layout.kind
  reading.collector ??= statsCollector(found.match.layout.kind)
  return {
    sheet: sheet.name,
    table: compileTable(found.match, found.header, { date1904: sheet.date1904, unit }),
    headerLine: found.line,
    received: 0,
    ignored: { blank: 0, footer: 0, repeatedHeader: 0 },
    carried: new Map(),
  }
}

const complaintOf = (
  sheet: SheetSource,
  rows: readonly RawRow[],
  found: ReturnType<typeof findTable>,
): Refusal => {
  const people = holdsPeople(rows)
  if (rows.length === 0) return new Refusal('exchange.empty')
  const header = likelyHeader(rows)?.header
  if (header && looksLikeStatistics(header))
    return new Refusal('exchange.statistics-table', { headers: header })
  // A layout that knows half of the sender's columns is the one meant; the rest of them is what is missing.
  if (found && found.match.likeness >= 500)
    return new Refusal('exchange.columns-missing', {
      sheet: sheet.name,
      columns: found.match.missing.join('、'),
      layoutId: found.match.layout.id,
      people,
    })
  return header
    ? new Refusal('exchange.unknown-layout', { sheet: sheet.name, headers: header, people })
    : new Refusal('exchange.no-header', { sheet: sheet.name, rows: preambleRows, people })
}

const readRows = async (reading: Reading, body: Body, rows: readonly RawRow[]): Promise<void> => {
  for (const row of rows) {
    // A line whose cells are not certain is never left out as a footer or a blank.
    const cls = row.broken ? 'data' : classifyRow(body.table, row.cells)
    if (cls === 'blank') body.ignored.blank += 1
    else if (cls === 'footer') body.ignored.footer += 1
    else if (cls === 'repeated-header') body.ignored.repeatedHeader += 1
    else {
      body.received += 1
      // Awaiting only what is asynchronous keeps a million rows from a million turns of the event loop.
      const handled = readRow(reading, body, fillDown(body, row))
      if (handled) await handled
    }
  }
  const counts = reading.collector?.counts()
  if (counts) reading.input.onProgress?.({ ...reading.source.progress(), ...counts })
}

/** Regions merged downwards: an empty cell repeats the one above, but nothing below a larger region that has changed. */
const fillDown = ({ table, carried }: Body, row: RawRow): RawRow => {
  if (table.fillDown.length === 0) return row
  const cells = [...row.cells]
  for (const [i, place] of table.fillDown.entries()) {
    const text = (cells[place] ?? '').trim()
    const above = carried.get(place)
    if (text === '') {
      while (cells.length <= place) cells.push('')
      cells[place] = above ?? ''
    } else if (text !== above) {
      carried.set(place, text)
      for (const smaller of table.fillDown.slice(i + 1)) carried.delete(smaller)
    }
  }
  return { ...row, cells }
}

/** Whether the row before us, which is not counted yet, was handed on by an earlier reading. */
const isHandedOn = ({ input: { handedOn = 0 }, collector }: Reading): boolean =>
  handedOn > 0 && (collector?.counts().received ?? 0) < handedOn

const readRow = (reading: Reading, body: Body, row: RawRow): void | Promise<void> => {
  const { table, sheet } = body
  if (row.broken) return reject(reading, body, row, [wholeRow('broken-quote')])
  const overflow = reading.source.format !== 'xlsx' && row.cells.length > table.width
  if (overflow && row.cells.slice(table.width).some((c) => c.trim() !== ''))
    return reject(reading, body, row, [wholeRow('too-many-cells')])
  const mapped = mapRow(table, row.cells, row.kinds)
  if (!mapped.ok)
    return reject(reading, body, row, mapped.problems, asideOf(reading, body, row, mapped.aside))
  if (mapped.rows.length > 0 && !reading.isNew(JSON.stringify(mapped.rows)))
    return reject(reading, body, row, [wholeRow('duplicate-row')])
  const isKnown = isHandedOn(reading)
  reading.collector?.accept(mapped.rows, mapped.marks)
  if (isKnown) return
  return reading.input.onRow?.({
    kind: table.kind,
    sheet,
    line: row.line,
    rows: mapped.rows,
    marks: mapped.marks,
  })
}

const asideOf = (
  reading: Reading,
  { table }: Body,
  { line }: RawRow,
  aside: AsideRow | undefined,
): SetAside | undefined => {
  if (!aside || !reading.isNew(JSON.stringify([aside.writtenNumber, aside.row]))) return undefined
  return { ...aside, kind: table.kind, line }
}

const wholeRow = (reason: RowProblem['reason']): RowProblem => ({ column: '', reason, maskedValue: '' })

const reject = (
  reading: Reading,
  body: Body,
  row: RawRow,
  [first, ...further]: readonly RowProblem[],
  aside?: SetAside,
): void | Promise<void> => {
  assert(first, 'a rejected row has a problem')
  const isKnown = isHandedOn(reading)
  reading.collector?.reject(first.reason, aside !== undefined)
  if (isKnown) return
  const { header } = body.table
  const originalCells = Array.from({ length: Math.max(header.length, row.cells.length) }, (_, i) => ({
    header: header[i] ?? '',
    text: row.cells[i] ?? '',
  }))
  const place = { file: reading.input.fileName, sheet: body.sheet, line: row.line }
  const texts = { reasonZh: zhCN[first.reason], reasonEn: en[first.reason] }
  return reading.input.onReject?.({ ...first, ...place, ...texts, further, originalCells }, aside)
}

const endBody = (reading: Reading, { sheet, table, headerLine, received, ignored }: Body): void => {
  reading.reports.push({
    sheet,
    layoutId: table.layout.id,
    header: table.header,
    headerLine,
    duplicateHeaders: [...new Set(table.doubles.map(({ place }) => table.header[place] ?? ''))],
    received,
    ignored,
  })
}

const emptyReport = (sheet: string): SheetReport => ({
  sheet,
  header: [],
  duplicateHeaders: [],
  received: 0,
  ignored: { blank: 0, footer: 0, repeatedHeader: 0 },
})
