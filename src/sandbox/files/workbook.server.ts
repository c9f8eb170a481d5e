/** The few parts of an XLSX workbook that department exports have: text, numbers, dates, merged cells, several sheets. */
import type { Written } from './cell-text.ts'
import { columnLetters } from './spreadsheet-letters.ts'
import { storedZip, type ZipPart } from './zip.server.ts'

export interface Sheet {
  readonly name: string
  readonly rows: readonly (readonly (Written | undefined)[])[]
  /** Merged areas such as 'A1:F1'. */
  readonly merges?: readonly string[]
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string =>
  /[&<>"]/u.test(text) ? text.replace(/[&<>"]/gu, (c) => escapes[c] as string) : text

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const kindOf = (part: string): string =>
  `application/vnd.openxmlformats-officedocument.spreadsheetml.${part}+xml`

/** The bytes of a workbook; the same sheets always give the same bytes. */
export const workbook = (sheets: readonly Sheet[]): Buffer => storedZip(workbookParts(sheets))

/** The parts of a workbook, for whoever wants to put other ones in their place. */
export const workbookParts = (sheets: readonly Sheet[]): ZipPart[] => {
  const strings = new Map<string, number>()
  const bodies = sheets.map((sheet) => sheetXml(sheet, strings))
  const parts: (readonly [string, string])[] = [
    ['[Content_Types].xml', contentTypes(sheets.length)],
    [
      '_rels/.rels',
      `${head}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    ['xl/workbook.xml', workbookXml(sheets)],
    ['xl/_rels/workbook.xml.rels', workbookRelations(sheets.length)],
    ['xl/styles.xml', styles],
    ...bodies.map((body, i) => [`xl/worksheets/sheet${i + 1}.xml`, body] as const),
    ['xl/sharedStrings.xml', sharedStrings([...strings.keys()])],
  ]
  return parts.map(([name, text]) => ({ name, content: Buffer.from(text, 'utf8') }))
}

const sheetXml = (sheet: Sheet, strings: Map<string, number>): string => {
  const letters: string[] = []
  const rows = sheet.rows.map((cells, r) => {
    let xml = `<row r="${r + 1}">`
    for (let c = 0; c < cells.length; c++) {
      const cell = cells[c]
      if (cell === undefined || cell === '') continue
      letters[c] ??= columnLetters(c)
      xml += cellXml(cell, `${letters[c]}${r + 1}`, strings)
    }
    return `${xml}</row>`
  })
  const merges = sheet.merges ?? []
  const merged = merges.map((area) => `<mergeCell ref="${area}"/>`).join('')
  const mergedCells = merges.length > 0 ? `<mergeCells count="${merges.length}">${merged}</mergeCells>` : ''
  return `${head}<worksheet xmlns="${main}"><sheetData>${rows.join('')}</sheetData>${mergedCells}</worksheet>`
}

const cellXml = (cell: Written, at: string, strings: Map<string, number>): string => {
  if (typeof cell !== 'string') {
    if ('error' in cell) return `<c r="${at}" t="e"><v>${cell.error}</v></c>`
    if ('serial' in cell) return `<c r="${at}" s="1"><v>${cell.serial}</v></c>`
    return `<c r="${at}"><v>${cell.number}</v></c>`
  }
  let index = strings.get(cell)
  if (index === undefined) {
    index = strings.size
    strings.set(cell, index)
  }
  return `<c r="${at}" t="s"><v>${index}</v></c>`
}

const sharedStrings = (texts: readonly string[]): string => {
  const items = texts.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')
  return `${head}<sst xmlns="${main}" count="${texts.length}" uniqueCount="${texts.length}">${items}</sst>`
}

const workbookXml = (sheets: readonly Sheet[]): string => {
  const list = sheets
    .map((s, i) => `<sheet name="${escaped(s.name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
    .join('')
  return `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${list}</sheets></workbook>`
}

const workbookRelations = (sheets: number): string => {
  const list = Array.from(
    { length: sheets },
    (_, i) =>
      `<Relationship Id="rId${i + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
  )
  list.push(
    `<Relationship Id="rId${sheets + 1}" Type="${relations}/styles" Target="styles.xml"/>`,
    `<Relationship Id="rId${sheets + 2}" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/>`,
  )
  return `${head}<Relationships xmlns="${packaged}/relationships">${list.join('')}</Relationships>`
}

const contentTypes = (sheets: number): string => {
  const parts = Array.from(
    { length: sheets },
    (_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${kindOf('worksheet')}"/>`,
  ).join('')
  return `${head}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kindOf('sheet.main')}"/>${parts}<Override PartName="/xl/styles.xml" ContentType="${kindOf('styles')}"/><Override PartName="/xl/sharedStrings.xml" ContentType="${kindOf('sharedStrings')}"/></Types>`
}

/** Style 1 is a day: number format 14. */
const styles = `${head}<styleSheet xmlns="${main}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`
