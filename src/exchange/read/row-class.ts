import { cleanText } from '../parse/cells/clean.ts'
import type { CompiledTable } from '../parse/compile.ts'

export type RowClass = 'data' | 'blank' | 'footer' | 'repeated-header'

const footerStart =
  /^(?:合\s*计|小\s*计|总\s*计|累\s*计|本页合计|制\s*表|制\s*单|审\s*核|复\s*核|经\s*办|填\s*报|填\s*表|单位负责人|统计负责人|负责人|报出日期|截止日期|打印日期|以下空白|以下无正文|此表|备\s*注\s*[:：]|注\s*[:：]|说明\s*[:：]|内部资料|第\s*\d+\s*页|共\s*[\d_＿]*\s*[页条人户行])/u
const total = /^(?:合\s*计|小\s*计|总\s*计|本页合计)[:：]?$/u

/** What a row below the header is. Only rows that hold no person's number can be anything but data. */
export const classifyRow = (table: CompiledTable, cells: readonly string[]): RowClass => {
  const first = cells.findIndex((c) => c !== '' && cleanText(c) !== '')
  if (first < 0) return 'blank'
  if (holdsNumber(table, cells)) return 'data'
  const head = cleanText(cells[first] ?? '')
  if (footerStart.test(head) || table.layout.footers.some((word) => head.startsWith(word))) return 'footer'
  if (cells.slice(first, first + 4).some((c) => total.test(cleanText(c)))) return 'footer'
  if (isRepeatedHeader(table, cells) || isNumbering(cells)) return 'repeated-header'
  return table.mapped.some((place) => cleanText(cells[place] ?? '') !== '') ? 'data' : 'blank'
}

const holdsNumber = (table: CompiledTable, cells: readonly string[]): boolean => {
  for (const list of [table.columns, table.lists])
    for (const c of list)
      if (c.type === 'number' && (cells[c.place]?.match(/\d/gu)?.length ?? 0) >= 6) return true
  return false
}

const isRepeatedHeader = (table: CompiledTable, cells: readonly string[]): boolean => {
  let same = 0
  for (const { place, header } of table.columns) {
    const text = cleanText(cells[place] ?? '')
    if (text !== '' && (text === header || header.endsWith(`>${text}`))) same += 1
    else if (text !== '') return false
  }
  return same >= 2
}

/** The row of column numbers (1 2 3 … or 甲 乙 1 2 …) that statistical forms have under their header. */
const isNumbering = (cells: readonly string[]): boolean => {
  const words = cells.map((c) => cleanText(c).replace(/[()（）栏次]/gu, '')).filter((c) => c !== '')
  const digits = words.filter((w) => !/^[甲乙丙丁戊]$/u.test(w))
  return (
    words.length >= 3 && digits.length >= 2 && digits.every((w, i) => w === String(Number(digits[0]) + i))
  )
}
