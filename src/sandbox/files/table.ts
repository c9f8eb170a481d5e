/** Lays the rows of one sheet out as its sender does: title, unit, header, data, footer; and knows every row's line. */
import { columnLetters, type Layout } from '#exchange'
import type { Written } from './cell-text.ts'
import type { Look } from './looks.ts'

/** A world row, or two co-owners in one, as cells. */
export interface TableRow {
  readonly cells: Written[]
  /** Places of the world's rows in their kind. */
  readonly rows: readonly number[]
}

export interface Table {
  readonly grid: readonly (readonly (Written | undefined)[])[]
  readonly merges: readonly string[]
  /** Line of each table row, from 1. */
  readonly lines: readonly number[]
}

export interface TableWords {
  readonly county: string
  readonly period: string
  readonly asOf: string
}

export const layOut = (
  layout: Layout,
  headers: readonly string[],
  rows: readonly TableRow[],
  look: Look,
  words: TableWords,
): Table => {
  const grid: (Written | undefined)[][] = []
  const merges: string[] = []
  const { carrier } = layout
  const say = (text: string): string =>
    text
      .replaceAll('{county}', words.county)
      .replaceAll('{period}', words.period)
      .replaceAll('{asOf}', words.asOf)
      .replaceAll('{count}', String(rows.length))
  const last = columnLetters(headers.length - 1)
  for (const text of [carrier.title, carrier.unitRow]) {
    if (text === undefined) continue
    grid.push([say(text)])
    merges.push(`A${grid.length}:${last}${grid.length}`)
  }
  merges.push(...headerRows(layout, headers, grid))
  const first = grid.length + 1
  const filled = layout.columns
    .filter((c) => c.fillDown)
    .map((c) => headers.indexOf(typeof c.header === 'string' ? c.header : (c.header[0] ?? '')))
  if (look.byPlace) merges.push(...collapse(rows, filled, first, look.byPlace === 'merged'))
  for (const row of rows) grid.push(row.cells)
  for (const text of carrier.footer) grid.push([say(text)])
  return { grid, merges, lines: rows.map((_, i) => first + i) }
}

/** One header row, or two where some columns stand under a group. */
const headerRows = (
  layout: Layout,
  headers: readonly string[],
  grid: (Written | undefined)[][],
): string[] => {
  const { groups } = layout.carrier
  if (groups.length === 0) {
    grid.push([...headers])
    return []
  }
  const upper: (string | undefined)[] = [...headers]
  const lower: (string | undefined)[] = headers.map(() => undefined)
  const line = grid.length + 1
  const merges: string[] = []
  const grouped = new Set<number>()
  for (const group of groups) {
    const from = headers.indexOf(group.from)
    const until = headers.indexOf(group.until, from)
    for (let place = from; place <= until; place++) {
      upper[place] = place === from ? group.title : undefined
      lower[place] = headers[place]
      grouped.add(place)
    }
    merges.push(`${columnLetters(from)}${line}:${columnLetters(until)}${line}`)
  }
  headers.forEach((_, place) => {
    if (!grouped.has(place)) merges.push(`${columnLetters(place)}${line}:${columnLetters(place)}${line + 1}`)
  })
  grid.push(upper, lower)
  return merges
}

/** Leaves out what repeats the row above in the columns of places; in a workbook such runs may be merged cells. */
const collapse = (
  rows: readonly TableRow[],
  columns: readonly number[],
  firstLine: number,
  merged: boolean,
): string[] => {
  const merges: string[] = []
  let above: Written[] = []
  const starts = columns.map(() => 0)
  const close = (column: number, from: number, until: number): void => {
    if (!merged || until <= from) return
    const letter = columnLetters(column)
    merges.push(`${letter}${firstLine + from}:${letter}${firstLine + until}`)
  }
  rows.forEach((row, i) => {
    const own = [...row.cells]
    let same = i > 0
    columns.forEach((column, k) => {
      same &&= own[column] === above[column]
      if (same) row.cells[column] = ''
      else {
        close(column, starts[k] ?? 0, i - 1)
        starts[k] = i
      }
    })
    above = own
  })
  columns.forEach((column, k) => {
    close(column, starts[k] ?? 0, rows.length - 1)
  })
  return merges
}
