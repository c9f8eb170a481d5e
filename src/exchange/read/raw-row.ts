import type { CellKind } from '../parse/cells/cell.ts'

/** One row as the file has it. */
export type RawRow = {
  /** Line of a text file (its first line, where a quoted cell spans several) or row of a worksheet, from 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** Absent in text files, where every cell is text. */
  readonly kinds?: readonly CellKind[]
  /** A quotation mark in this line has no partner; the cells are split without regard to quotes. */
  readonly broken?: true
}

/** Characters a row may have: what is longer is no table, and would be held whole by whoever takes it. */
export const rowCharsAtMost = 1 << 20

export type SheetSource = {
  /** '' for a text file. */
  readonly name: string
  readonly date1904: boolean
  /** Rows in their order, in batches; to be read once. */
  readonly batches: () => AsyncIterable<readonly RawRow[]>
}

export type TextEncodingName = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

export type TableSource = {
  readonly format: 'xlsx' | 'csv' | 'tsv' | 'pipe' | 'semicolon'
  readonly encoding?: TextEncodingName
  readonly sheets: readonly SheetSource[]
  /** Bytes of the file (for a workbook: of its sheets, inflated) read so far, of `bytesTotal`. */
  readonly progress: () => { readonly bytes: number; readonly bytesTotal: number }
  readonly close: () => Promise<void>
}
