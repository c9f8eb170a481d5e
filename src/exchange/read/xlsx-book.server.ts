import type { Entry } from 'yauzl'
import { Refusal } from '#base'
import { type TextTable, textTable } from './text-table.server.ts'
import { isDateFormat } from './xlsx-number.ts'
import { readXml } from './xlsx-parts.server.ts'
import type { Zip } from './zip.server.ts'

export type Workbook = {
  readonly date1904: boolean
  readonly sheets: readonly { readonly name: string; readonly entry: Entry }[]
  readonly strings: Pick<TextTable, 'at'>
  /** By style index: whether numbers of this style are days. */
  readonly dateStyles: readonly boolean[]
}

const workbookPath = 'xl/workbook.xml'

/** Everything a sheet refers to. The parts may lie anywhere in the archive: they are found by its directory. */
export const readWorkbook = async (zip: Zip): Promise<Workbook> => {
  const listed: { name: string; rel: string }[] = []
  let date1904 = false
  await readXml(zip.read(part(zip, workbookPath)), {
    open: (name, attributes) => {
      if (name === 'workbookPr') date1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
      if (name === 'sheet')
        listed.push({ name: attributes.name ?? '', rel: attributes['r:id'] ?? relOf(attributes) })
    },
  })
  const targets = await readTargets(zip)
  const sheets = listed.flatMap(({ name, rel }) => {
    const target = targets.get(rel)
    // Chart sheets have no rows.
    return target?.includes('worksheets/') ? [{ name, entry: part(zip, target) }] : []
  })
  return { date1904, sheets, strings: await readStrings(zip), dateStyles: await readStyles(zip) }
}

const relOf = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? ''

const part = (zip: Zip, path: string): Entry => {
  const entry = zip.entries.get(path.toLowerCase())
  if (!entry) throw new Refusal('exchange.unreadable')
  return entry
}

const readTargets = async (zip: Zip): Promise<Map<string, string>> => {
  const targets = new Map<string, string>()
  await readXml(zip.read(part(zip, 'xl/_rels/workbook.xml.rels')), {
    open: (name, { Id = '', Target = '' }) => {
      if (name === 'Relationship') targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`)
    },
  })
  return targets
}

const readStrings = async (zip: Zip): Promise<TextTable> => {
  const entry = zip.entries.get('xl/sharedstrings.xml')
  const strings = textTable()
  if (!entry) return strings
  let text = ''
  let inText = false
  let inPhonetic = false
  await readXml(zip.read(entry), {
    open: (name) => {
      if (name === 'si') text = ''
      else if (name === 't') inText = true
      else if (name === 'rPh') inPhonetic = true
    },
    text: (piece) => {
      if (inText && !inPhonetic) text += piece
    },
    close: (name) => {
      if (name === 't') inText = false
      else if (name === 'rPh') inPhonetic = false
      else if (name === 'si') strings.add(text)
    },
  })
  return strings
}

const readStyles = async (zip: Zip): Promise<boolean[]> => {
  const entry = zip.entries.get('xl/styles.xml')
  if (!entry) return []
  const codes = new Map<number, string>()
  const styles: boolean[] = []
  let inCells = false
  await readXml(zip.read(entry), {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) {
        const id = Number(attributes.numFmtId ?? 0)
        styles.push(isDateFormat(id, codes.get(id)))
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
    },
  })
  return styles
}
