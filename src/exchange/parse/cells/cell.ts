import type { LayoutColumn } from '../../layouts/layout.ts'
import type { RejectReason } from '../../rejects/reject.ts'
import type { CodeTable } from './code.ts'

/** What kind of cell the text came from; `merged` repeats the cell it is merged with. Text files only have text. */
export type CellKind = 'text' | 'number' | 'date' | 'error' | 'merged'

/** What the cell rule is told besides the text. */
export type CellContext = {
  readonly kind: CellKind
  readonly column: LayoutColumn
  /** Unit of money of this column in this table. */
  readonly unit: 'yuan' | 'wan'
  readonly date1904: boolean
  readonly codes?: CodeTable
}

export type CellValue = string | number | boolean

/** Something worth knowing about an accepted value, for whoever matches it to a person. */
export type CellMark = 'lifted-from-15' | 'unreadable-character' | 'masked' | 'rounded' | 'unreadable'

export type CellResult =
  | { readonly ok: true; readonly value?: CellValue; readonly mark?: CellMark }
  | { readonly ok: false; readonly reason: RejectReason }

/** Reads one cleaned, non-empty text. */
export type CellRule = (text: string, context: CellContext) => CellResult

export const absentCell: CellResult = { ok: true }
export const found = (value: CellValue): CellResult => ({ ok: true, value })
export const bad = (reason: RejectReason): CellResult => ({ ok: false, reason })
