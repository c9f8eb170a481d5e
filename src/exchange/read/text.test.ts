import { fc, test } from '@fast-check/vitest'
import { afterAll, expect } from 'vitest'
import { makeFolder } from '../fixtures.server.ts'
import { detectEncoding } from './encoding.server.ts'
import { recordSplitter } from './split-records.ts'
import { openText } from './text.server.ts'

const folder = await makeFolder()
afterAll(() => folder.remove())

const cellsOf = async (path: string): Promise<(readonly string[])[]> => {
  const source = await openText(path)
  const rows: (readonly string[])[] = []
  for (const sheet of source.sheets)
    for await (const batch of sheet.batches()) for (const row of batch) rows.push(row.cells)
  return rows
}

const split = (text: string, separator = ',') => {
  const splitter = recordSplitter(separator)
  return [...splitter.push(text), ...splitter.end()]
}

test('the same table reads the same in every encoding and with every separator', async () => {
  const rows = [
    ['姓名', '村', '死亡日期'],
    ['陈阿木', '南坪村', '20240315'],
    ['𠮷田·䶮', '', '1'],
  ]
  for (const separator of [',', '\t', '|', ';']) {
    const text = rows.map((row) => row.join(separator)).join('\r\n')
    expect(await cellsOf(await folder.text(text))).toEqual(rows)
    expect(await cellsOf(await folder.text(`\ufeff${text}`))).toEqual(rows)
    expect(await cellsOf(await folder.text(text, 'gb18030'))).toEqual(rows)
    expect(await cellsOf(await folder.text(`\ufeff${text}`, 'utf16le'))).toEqual(rows)
  }
})

test('a file that is plain ASCII for a megabyte is still told to be GB18030', async () => {
  const text = `${'a,b,c\n'.repeat(300_000)}王,b,c\n`
  expect(await detectEncoding(await folder.text(text, 'gb18030'))).toBe('gb18030')
  expect(await detectEncoding(await folder.text(text))).toBe('utf-8')
})

test('a few damaged bytes do not turn UTF-8 into GB18030', async () => {
  const good = Buffer.from('姓名,村\n'.repeat(200))
  const path = await folder.bytes(Buffer.concat([good, Buffer.from([0xff, 0xfe, 0x2c, 0x0a]), good]), 'csv')
  expect(await detectEncoding(path)).toBe('utf-8')
})

test('lines that end with a carriage return alone are lines', async () => {
  expect(await cellsOf(await folder.text('a,b\r1,2\r3,4'))).toEqual([
    ['a', 'b'],
    ['1', '2'],
    ['3', '4'],
  ])
})

test('quoted cells hold separators, quotes and line breaks, and lines are counted as in the file', () => {
  expect(split('a,b\n"1,""x""\ny",2\n3,4\n')).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['1,"x"\ny', '2'] },
    { line: 4, cells: ['3', '4'] },
  ])
})

test('a quotation mark without a partner costs its own line and no other', () => {
  const rows = split(`a,b\n"lost,1\n${'x,2\n'.repeat(100)}`)
  expect(rows).toHaveLength(102)
  expect(rows[1]).toEqual({ line: 2, cells: ['"lost', '1'], broken: true })
  expect(rows.slice(2).every((row) => row.cells[0] === 'x' && !row.broken)).toBe(true)
})

test('two marks without partners do not swallow the rows between them', () => {
  const rows = split('a,b\n"lost,1\nx,2\ny,"z\nw,3\n')
  expect(rows.map((row) => [row.line, Boolean(row.broken)])).toEqual([
    [1, false],
    [2, true],
    [3, false],
    [4, true],
    [5, false],
  ])
})

test('a line without an end is refused', async () => {
  const path = await folder.text(`a,b\n${'x'.repeat(6_000_000)}`)
  await expect(cellsOf(path)).rejects.toMatchObject({ code: 'exchange.unreadable' })
})

test('a mark inside a cell is only a mark', () => {
  expect(split('5"管,1\n')).toEqual([{ line: 1, cells: ['5"管', '1'] }])
})

const cell = fc.string({ unit: fc.constantFrom('a', '王', '"', ',', '\n', ' ', '1'), maxLength: 6 })

test.prop([
  fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }),
  fc.integer({ min: 1, max: 9 }),
])('what is written by the rules is read back, wherever the chunks are cut', (rows, step) => {
  const text = rows
    .map((row) => row.map((c) => `"${c.replaceAll('"', '""')}"`).join(','))
    .join('\n')
    .concat('\n')
  const splitter = recordSplitter(',')
  const read = []
  for (let i = 0; i < text.length; i += step) read.push(...splitter.push(text.slice(i, i + step)))
  read.push(...splitter.end())
  expect(read.map((row) => row.cells)).toEqual(rows)
})

test.prop([fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '|'), maxLength: 200 })])(
  'every line of any text lies in exactly one row',
  (text) => {
    const rows = split(text)
    const lines = text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
    expect(rows.map((row) => row.line)).toEqual([...new Set(rows.map((row) => row.line))])
    expect(rows.length).toBeLessThanOrEqual(lines)
    if (lines > 0) expect(rows[0]?.line).toBe(1)
  },
)
