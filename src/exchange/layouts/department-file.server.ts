import { writeDelimited } from '../write/delimited.server.ts'
import type { WrittenCell } from '../write/xlsx.server.ts'
import { columnLetters, writeXlsx } from '../write/xlsx.server.ts'
import type { Layout } from './layout.ts'

/**
 * Writes a file the way a sender of this layout does: title row, unit row, grouped header, the sender's columns in its
 * order, its footer, its encoding. Each row gives texts (or typed cells, for a workbook) by header; what is missing is
 * left empty. `{name}` in title and footer takes the value of that name.
 */
export const writeDepartmentFile = async (
  path: string,
  layout: Layout,
  rows: AsyncIterable<DepartmentRow> | Iterable<DepartmentRow>,
  words: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const { carrier, headers } = layout
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/gu, (whole, name: string) => words[name] ?? whole)
  const preamble: string[][] = []
  if (carrier.title !== undefined) preamble.push([fill(carrier.title)])
  if (carrier.unitRow !== undefined) preamble.push([fill(carrier.unitRow)])
  const grouped = carrier.groups.length > 0
  const upper = grouped ? headers.map((name) => groupOf(layout, name) ?? name) : undefined
  const lower = headers.map((name) => (grouped && groupOf(layout, name) === undefined ? '' : leaf(name)))
  async function* all(): AsyncIterable<readonly WrittenCell[]> {
    yield* preamble
    if (upper) yield upper.map((name, i) => (i > 0 && upper[i - 1] === name ? '' : name))
    yield lower
    for await (const row of rows) yield headers.map((name) => row[name])
    for (const line of carrier.footer) yield [fill(line)]
  }
  if (carrier.format === 'xlsx') {
    const merges = [
      ...preamble.map((_, i) => `A${i + 1}:${columnLetters(headers.length - 1)}${i + 1}`),
      ...(grouped ? headerMerges(layout, preamble.length + 1) : []),
    ]
    await writeXlsx(path, [{ name: carrier.sheet ?? 'Sheet1', rows: all(), merges }])
    return
  }
  const separator = { csv: ',', tsv: '\t', pipe: '|' } as const
  await writeDelimited(path, texts(all()), {
    separator: separator[carrier.format],
    encoding: carrier.encoding,
    guardFormulas: false,
  })
}

export type DepartmentRow = Readonly<Record<string, WrittenCell>>

async function* texts(rows: AsyncIterable<readonly WrittenCell[]>): AsyncIterable<string[]> {
  for await (const row of rows)
    yield row.map((cell) => (typeof cell === 'object' ? cell.date : cell === undefined ? '' : String(cell)))
}

/** `group>name` is written as name under its group. */
const leaf = (header: string): string => header.slice(header.indexOf('>') + 1)

const groupOf = (layout: Layout, header: string): string | undefined =>
  spanOf(layout).find(({ from, until }) => {
    const at = layout.headers.indexOf(header)
    return at >= from && at <= until
  })?.title

const spanOf = ({ carrier, headers }: Layout) =>
  carrier.groups.map(({ title, from, until }) => ({
    title,
    from: headers.indexOf(from),
    until: headers.indexOf(until),
  }))

const headerMerges = (layout: Layout, line: number): string[] => {
  const spans = spanOf(layout)
  const across = spans.map(
    ({ from, until }) => `${columnLetters(from)}${line}:${columnLetters(until)}${line}`,
  )
  const down = layout.headers.flatMap((name, i) =>
    groupOf(layout, name) === undefined ? [`${columnLetters(i)}${line}:${columnLetters(i)}${line + 1}`] : [],
  )
  return [...across, ...down]
}
