// Characters that take two columns on a terminal: Han, kana, Hangul, full-width forms.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u

/** The columns a text takes on a terminal. */
export const widthOf = (text: string): number =>
  [...text].reduce((width, character) => width + (wide.test(character) ? 2 : 1), 0)

/** The text cut to so many columns. */
export const cutTo = (text: string, columns: number): string => {
  let width = 0
  let kept = ''
  for (const character of text) {
    width += wide.test(character) ? 2 : 1
    if (width > columns) return `${kept}…`
    kept += character
  }
  return kept
}

/** Lines of a table whose columns stand below each other; numbers to the right. */
export const tableLines = (
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string[] => {
  const texts = [head, ...rows.map((row) => row.map(String))]
  const widths = head.map((_, at) => Math.max(...texts.map((row) => widthOf(row[at] ?? ''))))
  const isNumber = head.map((_, at) => rows.length > 0 && rows.every((row) => typeof row[at] === 'number'))
  return texts.map((row) =>
    row
      .map((text, at) => {
        const space = ' '.repeat((widths[at] ?? 0) - widthOf(text))
        return isNumber[at] ? `${space}${text}` : `${text}${space}`
      })
      .join('  ')
      .trimEnd(),
  )
}
