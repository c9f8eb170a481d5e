import { fc, test } from '@fast-check/vitest'
import iconv from 'iconv-lite'
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

test('a long run of one character, or pairs that could be letters of another script, are told to be GB18030', async () => {
  for (const run of ['记', '羌', '联', '通', '·'])
    for (const count of [3, 200_000, 1_000_001]) {
      const text = `a,b\n${run.repeat(count)},1\n`
      expect(await detectEncoding(await folder.text(text, 'gb18030')), `${run} ${count}`).toBe('gb18030')
      if (run !== '·') expect(await detectEncoding(await folder.text(text)), `${run} ${count}`).toBe('utf-8')
    }
})

test('a file that ends within a character is still told', async () => {
  const text = Buffer.from('姓名,村\n'.repeat(200))
  expect(await detectEncoding(await folder.bytes(text.subarray(0, -3), 'csv'))).toBe('utf-8')
  const gb = iconv.encode('姓名,记记\n', 'gb18030')
  expect(await detectEncoding(await folder.bytes(gb.subarray(0, -2), 'csv'))).toBe('gb18030')
})

test.prop([
  fc.array(fc.constantFrom(...'省市县镇村姓名公民身份号码死亡日期赵钱孙李记羌联通·'), {
    minLength: 40,
    maxLength: 400,
  }),
])('Chinese text is read in the encoding it was written in', async (letters) => {
  const text = `姓名,公民身份号码,死亡日期\n${letters.join('')}\n`
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
  expect(split('a,b,c\n"1,""x""\ny",2,z\n3,4,5\n')).toEqual([
    { line: 1, cells: ['a', 'b', 'c'] },
    { line: 2, cells: ['1,"x"\ny', '2', 'z'] },
    { line: 4, cells: ['3', '4', '5'] },
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

test('two marks at the beginning of lines do not swallow the rows between them', () => {
  const good = Array.from({ length: 60 }, (_, i) => `甲${i},${i},x`)
  for (const second of [4, 20, 49]) {
    const lines = good.map((line, i) => (i === 3 || i === second ? `"${line}` : line))
    const rows = split(`a,b,c\n${lines.join('\n')}\n`)
    expect(rows).toHaveLength(61)
    expect(rows.flatMap((row) => (row.broken ? [row.line] : []))).toEqual([5, second + 2])
  }
})

test('rows are not taken for one cell that spans them, even where the cells would add up', () => {
  const rows = split('a,b,c\n1,"2,3\n4,5,6\n7,8",9\n10,11,12\n')
  expect(rows.map((row) => [row.line, Boolean(row.broken)])).toEqual([
    [1, false],
    [2, true],
    [3, false],
    [4, false],
    [5, false],
  ])
  // Nor by a header that opens a quote.
  expect(split('"a,b,c\n1,2,3\n4",5,6\n').map((row) => row.line)).toEqual([1, 2, 3])
})

test('text behind a closing mark makes the line a broken one', () => {
  const rows = split('a,b\n"甲"乙,1\n"甲" ,2\n"他说"好"",3\n')
  expect(rows).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['"甲"乙', '1'], broken: true },
    { line: 3, cells: ['甲', '2'] },
    { line: 4, cells: ['"他说"好""', '3'], broken: true },
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
const quoted = (row: readonly string[]): string => row.map((c) => `"${c.replaceAll('"', '""')}"`).join(',')
const readInSteps = (text: string, step: number) => {
  const splitter = recordSplitter(',')
  const read = []
  for (let i = 0; i < text.length; i += step) read.push(...splitter.push(text.slice(i, i + step)))
  return [...read, ...splitter.end()]
}
/** Whether the row's lines could just as well be two rows: such a row is broken rather than believed. */
const couldBeTwo = (row: readonly string[]): boolean =>
  row.join().includes('\n') && row.join('').split(',').length > row.length - 1

test.prop([
  fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 8 }),
  fc.integer({ min: 1, max: 9 }),
])('what is written by the rules is read back, wherever the chunks are cut', (some, step) => {
  const rows = [['a', 'b', 'c', 'd'], ...some.filter((row) => !couldBeTwo(row))]
  const read = readInSteps(`${rows.map(quoted).join('\n')}\n`, step)
  expect(read.map((row) => row.cells)).toEqual(rows)
})

const flat = fc.string({ unit: fc.constantFrom('a', '王', '"', ',', ' ', '1'), maxLength: 4 })
const plain = fc.string({ unit: fc.constantFrom('a', '王', '1'), maxLength: 3 })

test.prop(
  [
    fc.array(
      fc.oneof(
        fc.tuple(flat, flat, flat, flat).map(quoted),
        fc.tuple(plain, plain, plain, plain).map(String),
      ),
      { minLength: 2, maxLength: 70 },
    ),
    fc.array(fc.tuple(fc.nat(10_000), fc.boolean()), { minLength: 1, maxLength: 12 }),
    fc.integer({ min: 1, max: 400 }),
  ],
  { numRuns: 2_000 },
)('marks added or lost anywhere join no two rows to one', (rows, damage, step) => {
  let text = `${['a,b,c,d', 'e,f,g,h', ...rows].join('\n')}\n`
  const header = 16
  for (const [place, adds] of damage) {
    const at = header + (place % (text.length - header - 1))
    if (adds) text = `${text.slice(0, at)}"${text.slice(at)}`
    else if (text[at] === '"') text = text.slice(0, at) + text.slice(at + 1)
  }
  expect(readInSteps(text, step).map((row) => row.line)).toEqual(
    Array.from({ length: rows.length + 2 }, (_, i) => i + 1),
  )
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
