import type { Layout } from '../layouts/layout.ts'
import { type WrittenSheet, writeXlsx } from '../write/xlsx.server.ts'
import { en } from './en.ts'
import type { Reject } from './reject.ts'
import { sheetTexts, zhCN } from './zh-CN.ts'

const { sourceSheet, sourceLine, column, reason } = sheetTexts
const ours: readonly string[] = [sourceSheet, sourceLine, column, reason]

/**
 * Writes the rejected rows as a workbook their sender can mend and send again: the sender's own columns as text, under
 * the sender's own headers, and four columns of ours behind them that say where the row stood and what is wrong with
 * it. It reads through the same layout, which ignores our columns. Rejects beyond what one sheet should hold are counted in
 * a last line.
 */
export const writeRejectSheet = async (
  path: string,
  rejects: readonly Reject[],
  layout: Pick<Layout, 'headers'>,
  leftOut = 0,
): Promise<void> => {
  const groups = new Map<string, { header: readonly string[]; rejects: Reject[] }>()
  for (const reject of rejects) {
    const header = reject.originalCells.map((c) => c.header)
    const key = JSON.stringify(trimmed(header))
    const group = groups.get(key) ?? { header: trimmed(header), rejects: [] }
    group.rejects.push(reject)
    groups.set(key, group)
  }
  if (groups.size === 0) groups.set('', { header: layout.headers, rejects: [] })
  const sheets = [...groups.values()].map(
    (group, i): WrittenSheet => ({
      name: i === 0 ? sheetTexts.sheetName : `${sheetTexts.sheetName}${i + 1}`,
      rows: rowsOf(group.header, group.rejects, i === groups.size - 1 ? leftOut : 0),
    }),
  )
  await writeXlsx(path, sheets)
}

const trimmed = (header: readonly string[]): string[] =>
  header.slice(0, header.findLastIndex((name) => name !== '') + 1).filter((name) => !ours.includes(name))

function* rowsOf(header: readonly string[], rejects: readonly Reject[], leftOut: number): Iterable<string[]> {
  yield [...header, ...ours]
  for (const reject of rejects) {
    const texts = reject.originalCells.filter((c) => !ours.includes(c.header)).map((c) => c.text)
    // Cells beyond the header are what is to be mended: they stay visible, in front of our columns.
    const kept = [
      ...texts.slice(0, header.length - 1),
      texts
        .slice(header.length - 1)
        .join(' ')
        .trim(),
    ]
    yield [...kept, reject.sheet, String(reject.line), columnsOf(reject), reasonsOf(reject)]
  }
  if (leftOut > 0) yield [sheetTexts.leftOut.replace('{count}', String(leftOut))]
}

const columnsOf = (reject: Reject): string =>
  [reject, ...reject.further]
    .map((p) => p.column)
    .filter(Boolean)
    .join('；')

const reasonsOf = (reject: Reject): string =>
  [reject, ...reject.further].map((p) => `${zhCN[p.reason]} (${en[p.reason]})`).join('；')
