import type { OriginalCell, RowProblem } from '../rejects/reject.ts'

/** What `identity_cipher` holds, as JSON. */
export interface Identity {
  readonly number?: string | undefined
  readonly name?: string | undefined
  readonly birthDate?: string | undefined
  /** What stood in the place of the number and is none: compared with care, never a key. */
  readonly writtenNumber?: string | undefined
}

/** What `cells_cipher` holds, as JSON: the row as it came, and its problems beyond the first. */
export interface KeptCells {
  readonly cells: readonly OriginalCell[]
  readonly further: readonly RowProblem[]
}

export const identityContext = 'unmatched_rows.identity_cipher'
export const cellsContext = 'feed_rejects.cells_cipher'
