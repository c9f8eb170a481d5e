import type { RawRow } from './raw-row.ts'

const linesAtMost = 50

/**
 * Splits text into rows, chunk by chunk. A quoted cell may hold the separator and line breaks. A quotation mark without
 * a partner must not swallow the lines after it: lines are joined to one row only when the quote closes at the end of
 * its cell within fifty lines, the row has as many cells as is usual in the file, and the lines together do not hold
 * the separators of two usual rows. Otherwise the first of them is a broken row by itself. So no line that was a
 * row of usual width can end up inside another one.
 */
export const recordSplitter = (separator: string) => {
  let carry = ''
  let line = 1
  const width = usualWidth()
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
      if (joined.fate === 'open' && !atEnd && waiting.length - at < linesAtMost) break
      const whole = joined.fate === 'closed' && (joined.lines === 1 || isOneRow(joined))
      rows.push(
        whole ? { line, cells: keep(joined.cells) } : { line, cells: first.split(separator), broken: true },
      )
      line += whole ? joined.lines : 1
      at += whole ? joined.lines : 1
    }
    waiting.splice(0, at)
  }

  const isOneRow = ({ cells, separators }: Joined): boolean => {
    const usual = width.usual()
    // Before any row is known, only a cell that hides no separator can be told from a row that was swallowed.
    if (usual === 0) return separators === cells.length - 1
    return cells.length === usual && separators < 2 * (usual - 1)
  }

  const keep = (cells: string[]): string[] => {
    if (cells.length > 1) width.note(cells.length)
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

/** The number of cells that most rows so far have; of several, the one that came last. */
const usualWidth = () => {
  const counts = new Map<number, number>()
  let usual = 0
  let most = 0
  return {
    usual: (): number => usual,
    note: (cells: number): void => {
      const count = (counts.get(cells) ?? 0) + 1
      counts.set(cells, count)
      if (count < most) return
      most = count
      usual = cells
    },
  }
}

type Joined = {
  readonly cells: string[]
  readonly lines: number
  /** In the lines joined, those inside quotes included. */
  readonly separators: number
  /** `broken`: a closing quote is followed by something else than the end of its cell. */
  readonly fate: 'closed' | 'open' | 'broken'
}

/** Cells from the line at `at`, going on into the next lines while a quote is open. */
const joinQuoted = (lines: readonly string[], at: number, separator: string): Joined => {
  const cells: string[] = []
  let cell = ''
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start'
  let separators = 0
  let used = 0
  const ended = (fate: Joined['fate']): Joined => ({ cells: [...cells, cell], lines: used, separators, fate })
  while (at + used < lines.length && used < linesAtMost) {
    const text = lines[at + used] ?? ''
    if (used > 0) cell += '\n'
    used += 1
    for (let i = 0; i < text.length; i += 1) {
      const c = text[i]
      if (c === separator) separators += 1
      if (state === 'quoted') {
        if (c !== '"') cell += c
        else if (text[i + 1] === '"') {
          cell += '"'
          i += 1
        } else state = 'closed'
      } else if (c === separator) {
        cells.push(cell)
        cell = ''
        state = 'start'
      } else if (state === 'closed') {
        if (c !== ' ') return ended('broken')
      } else if (c === '"' && state === 'start') state = 'quoted'
      else {
        cell += c
        state = 'plain'
      }
    }
    if (state !== 'quoted') return ended('closed')
  }
  return ended('open')
}
