import type { RawRow } from './raw-row.ts'

const linesAtMost = 50

/**
 * Splits text into rows, chunk by chunk. A quoted cell may hold the separator and line breaks. A quotation mark without
 * a partner must not swallow the lines after it, so a record of several lines is believed only when it closes within
 * fifty lines and has as many cells as the rows before it; otherwise its first line is a broken row by itself.
 */
export const recordSplitter = (separator: string) => {
  let carry = ''
  let line = 1
  let width = 0
  const waiting: string[] = []

  const take = (rows: RawRow[], atEnd: boolean): void => {
    let at = 0
    while (at < waiting.length) {
      const first = waiting[at] ?? ''
      if (!first.includes('"')) {
        rows.push({ line, cells: keep(first.split(separator)) })
        line += 1
        at += 1
        continue
      }
      const joined = joinQuoted(waiting, at, separator)
      if (joined.open && !atEnd && waiting.length - at < linesAtMost) break
      const whole = !joined.open && (joined.lines === 1 || width === 0 || joined.cells.length === width)
      rows.push(
        whole ? { line, cells: keep(joined.cells) } : { line, cells: first.split(separator), broken: true },
      )
      line += whole ? joined.lines : 1
      at += whole ? joined.lines : 1
    }
    waiting.splice(0, at)
  }

  const keep = (cells: string[]): string[] => {
    if (cells.length > 1) width = cells.length
    return cells
  }

  return {
    /** Characters of a line that has not ended yet. */
    pending: (): number => carry.length,
    push: (text: string): RawRow[] => {
      const lines = (carry + text).split('\n')
      carry = lines.pop() ?? ''
      for (const l of lines) waiting.push(l.endsWith('\r') ? l.slice(0, -1) : l)
      const rows: RawRow[] = []
      take(rows, false)
      return rows
    },
    end: (): RawRow[] => {
      if (carry !== '') waiting.push(carry.endsWith('\r') ? carry.slice(0, -1) : carry)
      carry = ''
      const rows: RawRow[] = []
      take(rows, true)
      return rows
    },
  }
}

type Joined = { readonly cells: string[]; readonly lines: number; readonly open: boolean }

/** Cells from the line at `at`, going on into the next lines while a quote is open. */
const joinQuoted = (lines: readonly string[], at: number, separator: string): Joined => {
  const cells: string[] = []
  let cell = ''
  let open = false
  let used = 0
  for (; at + used < lines.length && used < linesAtMost; used += 1) {
    const text = lines[at + used] ?? ''
    if (used > 0) cell += '\n'
    for (let i = 0; i < text.length; i += 1) {
      const c = text[i]
      if (open) {
        if (c !== '"') cell += c
        else if (text[i + 1] === '"') {
          cell += '"'
          i += 1
        } else open = false
      } else if (c === separator) {
        cells.push(cell)
        cell = ''
      } else if (c === '"' && cell === '') open = true
      else cell += c
    }
    if (!open) return { cells: [...cells, cell], lines: used + 1, open: false }
  }
  return { cells, lines: used, open: true }
}
