import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { checkCharacterOf } from '#base'
import type { FeedKind } from './feeds.ts'
import type { Layout } from './layouts/layout.ts'
import { loadLayouts } from './layouts/load.server.ts'
import { parseFile } from './parse/parse-file.server.ts'
import type { AcceptedRow, ParsedFile } from './parse/parsed-file.ts'
import type { Reject } from './rejects/reject.ts'
import { zipWriter } from './write/zip-writer.server.ts'

/** Files for the tests of this room, in a folder that goes with them. */
export const makeFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'exchange-'))
  let made = 0
  const path = (extension: string): string => {
    made += 1
    return join(folder, `${made}.${extension}`)
  }
  return {
    path,
    text: async (content: string, encoding: 'utf8' | 'gb18030' | 'utf16le' = 'utf8'): Promise<string> => {
      const at = path('csv')
      await writeFile(at, iconv.encode(content, encoding))
      return at
    },
    bytes: async (content: Uint8Array, extension = 'xlsx'): Promise<string> => {
      const at = path(extension)
      await writeFile(at, content)
      return at
    },
    zip: async (entries: readonly (readonly [string, string | Iterable<string>])[]): Promise<string> => {
      const at = path('xlsx')
      const zip = zipWriter(at)
      for (const [name, content] of entries)
        await zip.entry(name, typeof content === 'string' ? [content] : content)
      await zip.end()
      return at
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** A resident number that no region gave out, valid in form: the n-th person, born 1940 to 1999. */
export const numberOf = (n: number): string => {
  const two = (value: number): string => String(value).padStart(2, '0')
  const body = `999901${1940 + (n % 60)}${two(1 + (n % 12))}${two(1 + (n % 28))}${String(1 + (n % 990)).padStart(3, '0')}`
  return body + checkCharacterOf(body)
}

const shipped = await loadLayouts()

export const layoutOf = (id: string): Layout => {
  const found = shipped.find((l) => l.id === id)
  if (!found) throw new Error(`no layout ${id}`)
  return found
}

export const layoutsOf = (kind: FeedKind): Layout[] => shipped.filter((l) => l.kind === kind)

export const allLayouts = (): readonly Layout[] => shipped

export type Read = ParsedFile & { readonly rows: readonly AcceptedRow[]; readonly rejects: readonly Reject[] }

/** parseFile with everything it hands on gathered. */
export const readAll = async (path: string, layouts: readonly Layout[] = shipped): Promise<Read> => {
  const rows: AcceptedRow[] = []
  const rejects: Reject[] = []
  const parsed = await parseFile({
    path,
    fileName: 'file',
    layouts,
    onRow: (row) => void rows.push(row),
    onReject: (reject) => void rejects.push(reject),
  })
  return { ...parsed, rows, rejects }
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export type HandmadeSheet = {
  readonly name: string
  readonly xml: string
}

/** A workbook part by part, for what a careful writer would never write. The shared strings are stored last. */
export const workbookParts = (
  sheets: readonly HandmadeSheet[],
  {
    strings = [],
    date1904 = false,
    formats = [],
  }: { strings?: string[]; date1904?: boolean; formats?: string[] } = {},
): (readonly [string, string])[] => [
  ...sheets.map(
    ({ xml }, i) => [`xl/worksheets/sheet${i + 1}.xml`, `<worksheet ${main}>${xml}</worksheet>`] as const,
  ),
  [
    'xl/workbook.xml',
    `<workbook ${main} xmlns:r="${rel}"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets>${sheets.map((s, i) => `<sheet name="${s.name}" sheetId="${i + 1}" r:id="r${i + 1}"/>`).join('')}</sheets></workbook>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `<Relationships>${sheets.map((_, i) => `<Relationship Id="r${i + 1}" Type="${rel}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}</Relationships>`,
  ],
  [
    'xl/styles.xml',
    `<styleSheet ${main}><numFmts>${formats.map((code, i) => `<numFmt numFmtId="${200 + i}" formatCode="${code}"/>`).join('')}</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>${formats.map((_, i) => `<xf numFmtId="${200 + i}"/>`).join('')}</cellXfs></styleSheet>`,
  ],
  ['xl/sharedStrings.xml', `<sst ${main}>${strings.map((s) => `<si>${s}</si>`).join('')}</sst>`],
]
