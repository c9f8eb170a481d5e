import { type BusinessDate, businessDate, daysBetween } from '#base'

// The parts of a workbook as text. They are read by programs, so they say no more than spreadsheets need.

/** A cell to write. A string is always written as text: no program that opens the file takes it for a formula. */
export type WrittenCell = string | number | boolean | { readonly date: BusinessDate } | undefined

/** A cell as some sender left it: also a number in the digits given, a day as spreadsheets count days, a broken formula. */
export type HeldCell =
  | WrittenCell
  | { readonly number: string }
  | { readonly serial: string }
  | { readonly error: string }

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const sheetMime = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** `isShared`: the texts are in a part of their own. */
export const contentTypes = (count: number, isShared = false): string =>
  `${head}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetMime}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${sheetMime}.styles+xml"/>${numbered(count, (n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${sheetMime}.worksheet+xml"/>`)}${isShared ? `<Override PartName="/xl/sharedStrings.xml" ContentType="${sheetMime}.sharedStrings+xml"/>` : ''}</Types>`

export const rootRels = `${head}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`

export const workbookXml = (names: readonly string[]): string =>
  `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${names.map((name, i) => `<sheet name="${escapeXml(name.slice(0, 31))}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`

export const workbookRels = (count: number, isShared = false): string =>
  `${head}<Relationships xmlns="${packaged}/relationships">${numbered(count, (n) => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId${count + 1}" Type="${office}/styles" Target="styles.xml"/>${isShared ? `<Relationship Id="rId${count + 2}" Type="${office}/sharedStrings" Target="sharedStrings.xml"/>` : ''}</Relationships>`

/** The texts of the cells by number. */
export const sharedStrings = (texts: readonly string[]): string =>
  `${head}<sst xmlns="${main}" count="${texts.length}" uniqueCount="${texts.length}">${texts.map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`).join('')}</sst>`

const numbered = (count: number, xml: (n: number) => string): string =>
  Array.from({ length: count }, (_, i) => xml(i + 1)).join('')

// Style 0 general, 1 text (format 49), 2 day (format 14).
export const styles = `${head}<styleSheet xmlns="${main}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`

export const sheetStart = `${head}<worksheet xmlns="${main}"><sheetData>`

export const sheetEnd = (merges: readonly string[] = []): string => {
  const list = merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')
  const merged = list && `<mergeCells count="${merges.length}">${list}</mergeCells>`
  return `</sheetData>${merged}</worksheet>`
}

/** How a text stands in its cell: in place, or as the number of a shared text. */
export type TextCell = (ref: string, text: string) => string

export const inlineText: TextCell = (ref, text) =>
  `<c r="${ref}" s="1" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`

interface RowOptions {
  /** From 1. */
  readonly line: number
  readonly isHidden?: boolean
  readonly textCell: TextCell
}

export const rowXml = (
  cells: readonly HeldCell[],
  { line, isHidden = false, textCell }: RowOptions,
): string => {
  let xml = `<row r="${line}"${isHidden ? ' hidden="1"' : ''}>`
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]
    if (cell === undefined || cell === '') continue
    const ref = `${columnLetters(i)}${line}`
    xml += typeof cell === 'string' ? textCell(ref, cell) : valueXml(cell, ref)
  }
  return `${xml}</row>`
}

const valueXml = (cell: Exclude<HeldCell, string | undefined>, ref: string): string => {
  if (typeof cell === 'number') return `<c r="${ref}"><v>${cell}</v></c>`
  if (typeof cell === 'boolean') return `<c r="${ref}" t="b"><v>${cell ? 1 : 0}</v></c>`
  if ('number' in cell) return `<c r="${ref}"><v>${cell.number}</v></c>`
  if ('error' in cell) return `<c r="${ref}" t="e"><v>${cell.error}</v></c>`
  const days = 'date' in cell ? daysBetween(dayZero, cell.date) : cell.serial
  return `<c r="${ref}" s="2"><v>${days}</v></c>`
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
