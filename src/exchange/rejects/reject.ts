import { zhCN } from './zh-CN.ts'

/** Why a row was not accepted; texts in the catalogs beside this file. */
export type RejectReason = keyof typeof zhCN

export const rejectReasons = Object.keys(zhCN) as readonly RejectReason[]

/** One thing wrong with one cell. */
export type RowProblem = {
  /** The header of the column as the file has it; the field's Chinese label where no column stands for it. */
  readonly column: string
  readonly reason: RejectReason
  /** What the cell holds, unreadable as a person's identity. */
  readonly maskedValue: string
}

/** A row that was not accepted, complete enough to be mended and sent again. */
export type Reject = RowProblem & {
  readonly file: string
  /** Name of the worksheet; '' for a text file. */
  readonly sheet: string
  /** Line in the text file or row of the worksheet, from 1. */
  readonly line: number
  readonly reasonZh: string
  readonly reasonEn: string
  /** Problems of the same row beyond the first. */
  readonly further: readonly RowProblem[]
  /** The row as it came, not masked: for the sender's error sheet only, never for a log or a page. */
  readonly originalCells: readonly OriginalCell[]
}

export type OriginalCell = { readonly header: string; readonly text: string }
