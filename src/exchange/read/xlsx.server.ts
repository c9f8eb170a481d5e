import { Refusal } from '#base'
import type { CellKind } from '../parse/cells/cell.ts'
import { type RawRow, rowCharsAtMost, type SheetSource, type TableSource } from './raw-row.ts'
import { readWorkbook, type Workbook } from './xlsx-book.server.ts'
import { columnIndex, type Merge, readMerges } from './xlsx-merges.server.ts'
import { dateText, numberText } from './xlsx-number.ts'
import { parseXml } from './xlsx-parts.server.ts'
import type { Zip } from './zip.server.ts'

const columnsAtMost = 2_000
/** Groups of a two-row header are merged sideways; further down only merging downwards repeats a value. */
const headerRowsAtMost = 25

/** An XLSX workbook as tables, hidden rows and sheets included. */
export const openXlsx = async (zip: Zip): Promise<TableSource> => {
  const book = await readWorkbook(zip)
  const bytesTotal = book.sheets.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0)
  let bytes = 0
  const counted = async function* (chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    for await (const chunk of chunks) {
      bytes += chunk.length
      yield chunk
    }
  }
  const sheets = book.sheets.map(({ name, entry }): SheetSource => {
    const batches = async function* () {
      const merges = await readMerges(zip.read(entry))
      yield* readRows(counted(zip.read(entry)), name, book, merges)
    }
    return { name, date1904: book.date1904, batches }
  })
  return {
    format: 'xlsx',
    sheets,
    progress: () => ({ bytes, bytesTotal }),
    close: async () => zip.close(),
  }
}

async function* readRows(
  chunks: AsyncIterable<Buffer>,
  sheet: string,
  book: Workbook,
  merges: readonly Merge[],
): AsyncIterable<readonly RawRow[]> {
  let rows: RawRow[] = []
  const fill = mergeFiller(merges)
  const collector = rowCollector(sheet, book, (row) => rows.push(fill(row)))
  for await (const _ of parseXml(chunks, collector)) {
    if (rows.length === 0) continue
    yield rows
    rows = []
  }
}

type BuiltRow = { line: number; cells: string[]; kinds: CellKind[] }

/** Hears the tags of a sheet and builds its rows. */
const rowCollector = (sheet: string, book: Workbook, done: (row: BuiltRow) => void) => {
  let row: BuiltRow = { line: 0, cells: [], kinds: [] }
  let place = -1
  let type = ''
  let style = 0
  let text = ''
  let listening = false
  let phonetic = false
  let chars = 0
  const put = (): void => {
    const [value, kind] = cellOf(type, style, text, book)
    if (value === '') return
    chars += value.length
    if (chars > rowCharsAtMost) throw new Refusal('exchange.unreadable')
    if (place >= columnsAtMost) throw new Refusal('exchange.too-wide', { sheet, limit: columnsAtMost })
    while (row.cells.length < place) {
      row.cells.push('')
      row.kinds.push('text')
    }
    row.cells[place] = value
    row.kinds[place] = kind
  }
  return {
    open: (name: string, attributes: Readonly<Record<string, string>>): void => {
      if (name === 'row') {
        row = { line: attributes.r === undefined ? row.line + 1 : Number(attributes.r), cells: [], kinds: [] }
        place = -1
        chars = 0
      } else if (name === 'c') {
        const letters = /^[A-Z]+/u.exec(attributes.r ?? '')?.[0]
        place = letters === undefined ? place + 1 : columnIndex(letters)
        type = attributes.t ?? ''
        style = Number(attributes.s ?? 0)
        text = ''
      } else if (name === 'v' || name === 't') listening = !phonetic
      else if (name === 'rPh') phonetic = true
    },
    text: (piece: string): void => {
      if (listening) text += piece
    },
    close: (name: string): void => {
      if (name === 'v' || name === 't') listening = false
      else if (name === 'rPh') phonetic = false
      else if (name === 'c') put()
      else if (name === 'row') done(row)
    },
  }
}

const cellOf = (type: string, style: number, text: string, book: Workbook): readonly [string, CellKind] => {
  switch (type) {
    case 's':
      return [book.strings.at(Number(text)), 'text']
    case 'inlineStr':
    case 'str':
      return [text, 'text']
    case 'b':
      return [text, 'text']
    case 'e':
      return [text, 'error']
    case 'd':
      return [text, 'date']
    default: {
      if (text === '') return ['', 'text']
      const day = book.dateStyles[style] ? dateText(text, book.date1904) : undefined
      return day === undefined ? [numberText(text), 'number'] : [day, 'date']
    }
  }
}

/** Repeats the value of a merged range in its other cells: downwards anywhere, sideways in the rows of the header. */
const mergeFiller = (merges: readonly Merge[]) => {
  let next = 0
  let active: { merge: Merge; value: string }[] = []
  return (row: BuiltRow): RawRow => {
    active = active.filter(({ merge }) => merge.bottom >= row.line)
    for (; next < merges.length && (merges[next]?.top ?? 0) <= row.line; next += 1) {
      const merge = merges[next]
      if (merge && merge.bottom >= row.line && merge.left < columnsAtMost)
        active.push({ merge, value: merge.top === row.line ? (row.cells[merge.left] ?? '') : '' })
    }
    for (const { merge, value } of active) {
      if (value === '') continue
      const right = row.line <= headerRowsAtMost ? Math.min(merge.right, columnsAtMost - 1) : merge.left
      for (let place = merge.left; place <= right; place += 1) {
        while (row.cells.length <= place) {
          row.cells.push('')
          row.kinds.push('text')
        }
        if (row.cells[place] !== '') continue
        row.cells[place] = value
        row.kinds[place] = 'merged'
      }
    }
    return row
  }
}
