import {
  contentTypes,
  type HeldCell,
  rootRels,
  rowXml,
  sharedStrings,
  sheetEnd,
  sheetStart,
  styles,
  type TextCell,
  workbookRels,
  workbookXml,
} from './xlsx-xml.ts'
import { storedZip, type ZipPart } from './zip-stored.server.ts'

/** A sheet that is held in memory. */
export interface HeldSheet {
  readonly name: string
  readonly rows: readonly (readonly HeldCell[])[]
  /** Merged ranges such as `A1:T1`. */
  readonly merges?: readonly string[]
}

/**
 * A workbook in memory as spreadsheets save it: the texts in a part of their own, behind the sheets that use them. The same
 * sheets give the same bytes on every machine.
 */
export const workbook = (sheets: readonly HeldSheet[]): Buffer => storedZip(workbookParts(sheets))

/** The parts of a workbook, for whoever wants to put other ones in their place. */
export const workbookParts = (sheets: readonly HeldSheet[]): ZipPart[] => {
  const texts = new Map<string, number>()
  const textCell: TextCell = (ref, text) => {
    const index = texts.get(text) ?? texts.size
    texts.set(text, index)
    return `<c r="${ref}" t="s"><v>${index}</v></c>`
  }
  const bodies = sheets.map(({ rows, merges }) => {
    const lines = rows.map((cells, i) => rowXml(cells, { line: i + 1, textCell }))
    return `${sheetStart}${lines.join('')}${sheetEnd(merges)}`
  })
  const parts: (readonly [string, string])[] = [
    ['[Content_Types].xml', contentTypes(sheets.length, true)],
    ['_rels/.rels', rootRels],
    ['xl/workbook.xml', workbookXml(sheets.map(({ name }) => name))],
    ['xl/_rels/workbook.xml.rels', workbookRels(sheets.length, true)],
    ['xl/styles.xml', styles],
    ...bodies.map((body, i) => [`xl/worksheets/sheet${i + 1}.xml`, body] as const),
    ['xl/sharedStrings.xml', sharedStrings([...texts.keys()])],
  ]
  return parts.map(([name, text]) => ({ name, content: Buffer.from(text) }))
}
