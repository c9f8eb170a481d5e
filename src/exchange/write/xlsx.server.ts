import { type BusinessDate, businessDate, daysBetween } from '#base'
import { zipWriter } from './zip-writer.server.ts'

/** A cell to write. A string is always written as text: no program that opens the file takes it for a formula. */
export type WrittenCell = string | number | boolean | { readonly date: BusinessDate } | undefined

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
  await zip.entry('xl/workbook.xml', [workbook(sheets)])
  await zip.entry('xl/_rels/workbook.xml.rels', [workbookRels(sheets.length)])
  await zip.entry('xl/styles.xml', [styles])
  for (const [i, sheet] of sheets.entries())
    await zip.entry(`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet))
  await zip.end()
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const sheetMime = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const contentTypes = (count: number): string =>
  `${head}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetMime}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${sheetMime}.styles+xml"/>${numbered(count, (n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${sheetMime}.worksheet+xml"/>`)}</Types>`

const rootRels = `${head}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`

const workbook = (sheets: readonly WrittenSheet[]): string =>
  `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.map((s, i) => `<sheet name="${escapeXml(s.name.slice(0, 31))}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`

const workbookRels = (count: number): string =>
  `${head}<Relationships xmlns="${packaged}/relationships">${numbered(count, (n) => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId${count + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`

const numbered = (count: number, xml: (n: number) => string): string =>
  Array.from({ length: count }, (_, i) => xml(i + 1)).join('')

// Style 0 general, 1 text (format 49), 2 day (format 14).
const styles = `${head}<styleSheet xmlns="${main}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`

async function* sheetXml(sheet: WrittenSheet): AsyncIterable<string> {
  yield `${head}<worksheet xmlns="${main}"><sheetData>`
  let line = 0
  let buffer = ''
  for await (const row of sheet.rows) {
    line += 1
    const hidden = sheet.hiddenRows?.has(line) ? ' hidden="1"' : ''
    buffer += `<row r="${line}"${hidden}>${row.map((cell, i) => cellXml(cell, `${columnLetters(i)}${line}`)).join('')}</row>`
    if (buffer.length < 1 << 16) continue
    yield buffer
    buffer = ''
  }
  const merges = sheet.merges ?? []
  const merged =
    merges.length === 0
      ? ''
      : `<mergeCells count="${merges.length}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
  yield `${buffer}</sheetData>${merged}</worksheet>`
}

const cellXml = (cell: WrittenCell, ref: string): string => {
  if (cell === undefined || cell === '') return ''
  if (typeof cell === 'number') return `<c r="${ref}"><v>${cell}</v></c>`
  if (typeof cell === 'boolean') return `<c r="${ref}" t="b"><v>${cell ? 1 : 0}</v></c>`
  if (typeof cell === 'object') return `<c r="${ref}" s="2"><v>${daysBetween(dayZero, cell.date)}</v></c>`
  return `<c r="${ref}" s="1" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`
}

const dayZero = businessDate('1899-12-30')

/** 0 → 'A', 26 → 'AA'. */
export const columnLetters = (index: number): string =>
  index < 26
    ? String.fromCharCode(65 + index)
    : columnLetters(Math.floor(index / 26) - 1) + String.fromCharCode(65 + (index % 26))

// XML has no way to write most control characters and half surrogates: they become a visible replacement.
const unwritable = /[^\P{Cc}\t\n\r]|\p{Surrogate}|[\ufffe\uffff]/gu

const escapeXml = (text: string): string =>
  text
    .replace(unwritable, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
