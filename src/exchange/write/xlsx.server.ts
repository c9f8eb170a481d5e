import {
  contentTypes,
  inlineText,
  rootRels,
  rowXml,
  sheetEnd,
  sheetStart,
  styles,
  type WrittenCell,
  workbookRels,
  workbookXml,
} from './xlsx-xml.ts'
import { zipWriter } from './zip-writer.server.ts'

export { columnLetters, type WrittenCell } from './xlsx-xml.ts'

export type WrittenSheet = {
  readonly name: string
  readonly rows: AsyncIterable<readonly WrittenCell[]> | Iterable<readonly WrittenCell[]>
  /** Merged ranges such as `A1:T1`. */
  readonly merges?: readonly string[]
  /** Row numbers (from 1) that are hidden. */
  readonly hiddenRows?: ReadonlySet<number>
}

/**
 * Writes a workbook in bounded memory. Text cells carry the text format, so that a number typed over one stays text;
 * the same content always gives the same bytes.
 */
export const writeXlsx = async (path: string, sheets: readonly WrittenSheet[]): Promise<void> => {
  const zip = zipWriter(path)
  await zip.entry('[Content_Types].xml', [contentTypes(sheets.length)])
  await zip.entry('_rels/.rels', [rootRels])
  await zip.entry('xl/workbook.xml', [workbookXml(sheets.map(({ name }) => name))])
  await zip.entry('xl/_rels/workbook.xml.rels', [workbookRels(sheets.length)])
  await zip.entry('xl/styles.xml', [styles])
  for (const [i, sheet] of sheets.entries())
    await zip.entry(`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet))
  await zip.end()
}

async function* sheetXml(sheet: WrittenSheet): AsyncIterable<string> {
  let line = 0
  let buffer = sheetStart
  for await (const row of sheet.rows) {
    line += 1
    buffer += rowXml(row, { line, isHidden: sheet.hiddenRows?.has(line), textCell: inlineText })
    if (buffer.length < 1 << 16) continue
    yield buffer
    buffer = ''
  }
  yield buffer + sheetEnd(sheet.merges)
}
