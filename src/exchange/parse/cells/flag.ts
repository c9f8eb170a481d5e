import { absentCell, bad, type CellRule, found } from './cell.ts'
import { compact } from './clean.ts'

const yesWords = new Set(['是', '有', '1', '1.0', 'Y', 'YES', 'T', 'TRUE', '√', '✓', '对', '真', '已'])
const noWords = new Set([
  '否',
  '无',
  '不是',
  '没有',
  '0',
  '0.0',
  'N',
  'NO',
  'F',
  'FALSE',
  '×',
  '✗',
  '错',
  '假',
  '未',
])

/** Yes or no. The layout's own words go first; an empty cell is absent, never no. */
export const readFlag: CellRule = (text, { column }) => {
  const word = compact(text).toUpperCase()
  if (column.yes?.includes(word) || column.yes?.includes(text)) return found(true)
  if (column.no?.includes(word) || column.no?.includes(text)) return found(false)
  if (yesWords.has(word)) return found(true)
  if (noWords.has(word)) return found(false)
  if (['-', '--', '/', '—', 'NULL'].includes(word)) return absentCell
  return column.otherwise === undefined ? bad('flag-unknown') : found(column.otherwise === 'yes')
}
