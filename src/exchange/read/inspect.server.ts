import { maskCell } from '../rejects/mask.ts'
import { likelyHeader, preambleRows } from './find-table.ts'
import { openTable } from './open.server.ts'
import type { RawRow } from './raw-row.ts'

export type InspectedSheet = {
  readonly sheet: string
  /** The row most like a header; empty where none is. */
  readonly headers: readonly string[]
  /** A few rows below it, masked: enough to recognise a column by. */
  readonly samples: readonly (readonly string[])[]
}

const samplesAtMost = 5

/** The header row and a few masked rows of each sheet of a file whose layout is not known yet. Reads only its beginning. */
export const inspectFile = async (path: string): Promise<InspectedSheet[]> => {
  const source = await openTable(path)
  try {
    const sheets: InspectedSheet[] = []
    for (const { name, batches } of source.sheets) sheets.push(inspect(name, await firstRows(batches())))
    return sheets
  } finally {
    await source.close()
  }
}

const firstRows = async (batches: AsyncIterable<readonly RawRow[]>): Promise<RawRow[]> => {
  const rows: RawRow[] = []
  for await (const batch of batches) {
    for (const row of batch) if (row.cells.some((c) => c.trim() !== '')) rows.push(row)
    if (rows.length >= preambleRows + samplesAtMost) break
  }
  return rows
}

const inspect = (sheet: string, rows: readonly RawRow[]): InspectedSheet => {
  const found = likelyHeader(rows)
  if (!found) return { sheet, headers: [], samples: [] }
  const samples = rows
    .slice(found.used, found.used + samplesAtMost)
    .map(({ cells }) => found.header.map((_, i) => maskCell('text', cells[i] ?? '')))
  return { sheet, headers: found.header, samples }
}
