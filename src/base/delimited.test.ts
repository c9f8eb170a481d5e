import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { csvLine, csvStart, delimitedLine } from './delimited.ts'

/** Reads one line of comma-separated text the way spreadsheets do. */
const cellsIn = (line: string): string[] => {
  const cells = ['']
  let quoted = false
  for (const character of line.slice(0, -2)) {
    if (character === '"') quoted = !quoted
    if (character === ',' && !quoted) cells.push('')
    else cells[cells.length - 1] += character
  }
  return cells.map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell))
}

test('a spreadsheet opens the file as Chinese and ends lines where they end', () => {
  expect(`${csvStart}${csvLine(['编号', '人员'])}`).toBe('\ufeff编号,人员\r\n')
})

test('nothing that a spreadsheet would run as a formula stands bare, and numbers stay numbers', () => {
  for (const bad of ['=1+1', '+cmd|calc', '-2+3', '@sum(a1)', '＝1', '－a', '\t=1', '\r=1'])
    expect(cellsIn(csvLine([bad]))).toEqual([`'${bad}`])
  expect(csvLine(['-18230.55', '+86', '-3'])).toBe('-18230.55,+86,-3\r\n')
  expect(delimitedLine(['=1', 'a|b'], { separator: '|', guardFormulas: false })).toBe('=1|"a|b"\r\n')
})

test.prop([
  fc.array(fc.string({ unit: fc.constantFrom('a', '李', ',', '"', '\n', ' ', '=', '1') }), { minLength: 1 }),
])('cells come back as they were, at most with the guard before them', (cells) => {
  const back = cellsIn(csvLine(cells))
  expect(back.map((cell, at) => (cell === `'${cells[at]}` ? cells[at] : cell))).toEqual(cells)
})
