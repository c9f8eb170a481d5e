import { type Fen, Refusal, yuanTextOf } from '#base'
import { type CanonicalRow, fieldsOf } from '../feeds.ts'
import { cleanText } from '../parse/cells/clean.ts'
import type { ParseFileInput } from '../parse/parse-file.server.ts'
import type { AcceptedRow, ParsedFile } from '../parse/parsed-file.ts'
import { maskCell, maskCode } from '../rejects/mask.ts'
import type { Reject, RowProblem } from '../rejects/reject.ts'
import type { TryReport } from './contract.ts'
import type { Layout } from './layout.ts'

export type Parse = (input: ParseFileInput) => Promise<ParsedFile>

const triedRowsAtMost = 2_000
const rejectsShown = 20
const acceptedShown = 10
const codesShown = 50

/**
 * Reads the beginning of a file by a layout and tells what would come of it. Keeps nothing. Refuses what parseFile
 * refuses.
 */
export const tryOnFile = async (
  parse: Parse,
  file: { readonly path: string; readonly fileName: string },
  layout: Layout,
): Promise<TryReport> => {
  const trial = startTrial(layout)
  const stop = new AbortController()
  const count = (row: () => void) => {
    if (trial.isFull()) stop.abort()
    else row()
  }
  try {
    await parse({
      path: file.path,
      fileName: file.fileName,
      layouts: [layout],
      signal: stop.signal,
      onRow: (row) => count(() => trial.accept(row)),
      onReject: (reject) => count(() => trial.reject(reject)),
    })
  } catch (error) {
    // Stopped by ourselves: enough rows were read.
    if (!(error instanceof Refusal && error.code === 'exchange.cancelled' && stop.signal.aborted)) throw error
  }
  return { ...trial.report(), more: stop.signal.aborted }
}

const startTrial = (layout: Layout) => {
  let rowsAccepted = 0
  let rowsRejected = 0
  const accepted: TryReport['accepted'] = []
  const rejects: TryReport['rejects'] = []
  const unknown = new Map<string, Set<string>>()
  const noteCode = ({ column, reason }: RowProblem, { originalCells }: Reject) => {
    if (reason !== 'code-unknown' && reason !== 'flag-unknown') return
    const written = originalCells.find(({ header }) => header === column)?.text ?? ''
    const values = unknown.get(column) ?? new Set()
    unknown.set(column, values)
    if (values.size <= codesShown) values.add(maskCode(cleanText(written)))
  }
  return {
    isFull: () => rowsAccepted + rowsRejected >= triedRowsAtMost,
    accept: ({ line, rows }: AcceptedRow) => {
      rowsAccepted += 1
      const [row] = rows
      if (row && accepted.length < acceptedShown) accepted.push({ line, values: valuesOf(layout, row) })
    },
    reject: (reject: Reject) => {
      rowsRejected += 1
      for (const problem of [reject, ...reject.further]) noteCode(problem, reject)
      if (rejects.length < rejectsShown) rejects.push(shown(reject))
    },
    report: (): Omit<TryReport, 'more'> => ({
      rowsIn: rowsAccepted + rowsRejected,
      rowsAccepted,
      rowsRejected,
      accepted,
      rejects,
      // So many different texts are no codes but likely names, in a column mapped by mistake: they stay covered.
      unknownCodes: [...unknown]
        .filter(([, values]) => values.size <= codesShown)
        .map(([column, values]) => ({ column, values: [...values] })),
    }),
  }
}

const shown = ({ sheet, line, column, reason, reasonZh, reasonEn, maskedValue }: Reject) => ({
  sheet,
  line,
  column,
  reason,
  text: { zh: reasonZh, en: reasonEn },
  maskedValue,
})

/** A canonical row as people may see it, in the order of the kind's fields; codes and flags stay as they are. */
const valuesOf = (layout: Layout, row: CanonicalRow) =>
  fieldsOf(layout.kind).flatMap(({ id, field }) => {
    const value = row[id]
    if (value === undefined) return []
    if (field.type === 'fen') return [{ field: id, text: yuanTextOf(value as Fen) }]
    return [{ field: id, text: maskCell(field.type, String(value)) }]
  })
