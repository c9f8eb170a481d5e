/** How one line of a delimited text is written. */
export interface DelimitedLineStyle {
  readonly separator: ',' | '\t' | '|' | ';'
  /** Put an apostrophe before what a spreadsheet would run as a formula. Off only for files no spreadsheet opens. */
  readonly guardFormulas: boolean
}

// What spreadsheets take for the start of a formula, in both widths; a plain signed number is none.
const formulaStart = /^[=+\-@\t\r\0＝＋－＠]/u
const plainNumber = /^[-+]?\d+(?:[.,]\d+)*%?$/u

const cellOf = (text: string, { separator, guardFormulas }: DelimitedLineStyle): string => {
  const guarded = guardFormulas && formulaStart.test(text) && !plainNumber.test(text) ? `'${text}` : text
  return /["\r\n]/u.test(guarded) || guarded.includes(separator) || guarded !== guarded.trim()
    ? `"${guarded.replaceAll('"', '""')}"`
    : guarded
}

/** One line of a delimited text with its line end, cells quoted where they must be. */
export const delimitedLine = (cells: readonly string[], style: DelimitedLineStyle): string =>
  `${cells.map((cell) => cellOf(cell, style)).join(style.separator)}\r\n`

/** What a UTF-8 file for a spreadsheet begins with, or Chinese opens garbled (byte order mark). */
export const csvStart = '\ufeff'

const csvStyle: DelimitedLineStyle = { separator: ',', guardFormulas: true }

/** One line of a list that people open in a spreadsheet: commas, no formula runs, lines end as spreadsheets expect. */
export const csvLine = (cells: readonly string[]): string => delimitedLine(cells, csvStyle)
