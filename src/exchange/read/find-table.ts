import {
  type HeaderCell,
  type HeaderMatch,
  headerKey,
  isBetter,
  matchHeader,
} from '../layouts/header-match.ts'
import type { Layout } from '../layouts/layout.ts'
import { cleanText } from '../parse/cells/clean.ts'
import type { RawRow } from './raw-row.ts'

/** Rows of a sheet among which its header is looked for. */
export const preambleRows = 20

export type FoundTable = {
  readonly match: HeaderMatch
  readonly header: readonly HeaderCell[]
  /** Line of the (last) header row. */
  readonly line: number
}

/** The header row, or pair of rows, that fits one of the layouts best; its match may still lack columns. */
export const findTable = (rows: readonly RawRow[], layouts: readonly Layout[]): FoundTable | undefined => {
  let best: FoundTable | undefined
  for (let i = 0; i < Math.min(rows.length, preambleRows); i += 1) {
    for (const height of [1, 2]) {
      const header = headerAt(rows, i, height)
      if (!header) continue
      for (const layout of layouts) {
        const match = matchHeader(layout, header)
        if (match.recognised < 2 || !isBetter(best?.match, match)) continue
        best = { match, header, line: rows[i + height - 1]?.line ?? 0 }
      }
    }
  }
  return best
}

/** A header of one row, or of two: the upper cell then names the group of the lower one. */
const headerAt = (rows: readonly RawRow[], i: number, height: number): HeaderCell[] | undefined => {
  const upper = rows[i]
  const lower = height === 2 ? rows[i + 1] : undefined
  if (!upper || (height === 2 && !lower)) return undefined
  const width = Math.max(upper.cells.length, lower?.cells.length ?? 0)
  return Array.from({ length: width }, (_, place): HeaderCell => {
    const above = cleanText(upper.cells[place] ?? '')
    const below = lower ? cleanText(lower.cells[place] ?? '') : ''
    if (below === '' || below === above) return { name: above }
    return above === '' ? { name: below } : { name: below, group: above }
  })
}

/** The unit of money a table states above its header; 'other' for one that is not known here. */
export const statedUnit = (
  rows: readonly RawRow[],
): 'yuan' | 'wan' | { readonly other: string } | undefined => {
  for (const { cells } of rows) {
    for (const cell of cells) {
      const unit = unitShape.exec(cleanText(cell))?.[1]
      if (unit) return unit === '万元' ? 'wan' : unit === '元' ? 'yuan' : { other: unit }
    }
  }
  return undefined
}

// Not 填报单位 and its like, which name an office, nor a place whose name begins with 元.
const unitShape =
  /(?<!\p{Script=Han})(?:金额|货币|计量)?单位\s*[:：]\s*(?:人民币)?(亿元|百万元|万元|千元|百元|元)(?!\p{Script=Han})/u

/** The row most like a header, for a file whose layout is not known. */
export const likelyHeader = (rows: readonly RawRow[]): { header: string[]; used: number } | undefined => {
  let best: { header: string[]; used: number; words: number } | undefined
  rows.slice(0, preambleRows).forEach(({ cells }, i) => {
    const header = cells.map(cleanText)
    const words = new Set(header.filter((c) => /^[\p{L}_][^\d]{0,29}\d{0,2}$/u.test(c))).size
    const filled = header.filter((c) => c !== '').length
    if (words >= 3 && words * 10 >= filled * 7 && words > (best?.words ?? 0))
      best = { header, used: i + 1, words }
  })
  return best && { header: best.header, used: best.used }
}

const personWords = ['身份证', '证件号', '公民身份', '姓名', '户主', '权利人', '所有人', 'NAME', 'CERT']
const totalWords = ['人口', '人数', '户数', '合计', '累计', '损失', '面积', '间数', '金额', '区域', '地区']

/** Columns of totals and none that could name a person. */
export const looksLikeStatistics = (header: readonly string[]): boolean => {
  const keys = header.map(headerKey)
  const says = (words: readonly string[]) => keys.filter((k) => words.some((w) => k.includes(w))).length
  return says(personWords) === 0 && says(totalWords) >= 2
}

/** A sheet without a header that holds what look like resident numbers is data nobody could read. */
export const holdsPeople = (rows: readonly RawRow[]): boolean =>
  rows.some(({ cells }) => cells.some((c) => /^'?(?:\d{17}[\dXx]|\d{15})$/u.test(c.trim())))
