import { readFile } from 'node:fs/promises'
import { fc, test } from '@fast-check/vitest'
import iconv from 'iconv-lite'
import { afterAll, expect } from 'vitest'
import { makeFolder } from '../fixtures.server.ts'
import { openTable } from '../read/open.server.ts'
import { csvStyle, type DelimitedStyle, writeDelimited } from './delimited.server.ts'
import { workbook } from './workbook.server.ts'
import { columnLetters, writeXlsx } from './xlsx.server.ts'

const folder = await makeFolder()
afterAll(() => folder.remove())

const cellsOf = async (path: string): Promise<(readonly string[])[]> => {
  const source = await openTable(path)
  const rows: (readonly string[])[] = []
  for (const { batches } of source.sheets)
    for await (const batch of batches()) for (const r of batch) rows.push(r.cells)
  await source.close()
  return rows
}

const textOf = async (rows: readonly (readonly string[])[], style: DelimitedStyle): Promise<string> => {
  const path = folder.path('csv')
  await writeDelimited(path, rows, style)
  const bytes = await readFile(path)
  return style.encoding === 'gb18030' ? iconv.decode(bytes, 'gb18030') : bytes.toString()
}

test('the same rows give the same bytes', async () => {
  const write = async () => {
    const path = folder.path('xlsx')
    await writeXlsx(path, [{ name: '表', rows: [['姓名', 1, true]] }])
    return readFile(path)
  }
  expect(await write()).toEqual(await write())
})

test('column letters', () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
})

test('what a spreadsheet would run is made harmless in a text file, negative amounts are left alone', async () => {
  const payloads = ['=1+1', '+cmd|x', '-2+3', '@SUM(A1)', '＝1', '＋1+2', '－a', '＠x']
  expect(await textOf([payloads], csvStyle)).toBe(`\ufeff${payloads.map((p) => `'${p}`).join(',')}\r\n`)
  expect(await textOf([['-18230.55', '+86', '-1,234.50', '\t=1']], csvStyle)).toBe(
    '\ufeff-18230.55,+86,"-1,234.50",\'\t=1\r\n',
  )
  expect(await textOf([['=1+1']], { separator: '|', encoding: 'gb18030', guardFormulas: false })).toBe(
    '=1+1\r\n',
  )
})

const cell = fc.string({
  unit: fc.constantFrom('王', '磊', '·', 'a', '0', '"', ',', '\t', '|', '\n', ' ', '𠮷', '<', '&', "'"),
  maxLength: 8,
})
const rowsOf = fc.array(
  fc.array(cell, { minLength: 3, maxLength: 3 }).map((r) => ['头', ...r]),
  { minLength: 2, maxLength: 6 },
)

test.prop([rowsOf, fc.constantFrom('utf-8', 'utf-8-bom', 'gb18030'), fc.constantFrom(',', '\t', '|', ';')], {
  numRuns: 100,
})('a delimited file reads back as it was written', async (some, encoding, separator) => {
  // Lines that hold the separators of two rows are not believed to be one row.
  const rows = some.map((row) =>
    row.some((text) => text.includes('\n')) ? row.map((text) => text.replaceAll(separator, '')) : row,
  )
  const path = folder.path('csv')
  const header = ['姓名', '乙', '丙', '丁']
  const filler = Array.from({ length: 20 }, () => ['头', '1', '2', '3'])
  await writeDelimited(path, [header, ...filler, ...rows], {
    separator,
    encoding,
    guardFormulas: false,
  } as DelimitedStyle)
  expect(await cellsOf(path)).toEqual([header, ...filler, ...rows])
})

test.prop([rowsOf], { numRuns: 50 })('a workbook reads back as it was written', async (rows) => {
  const path = folder.path('xlsx')
  await writeXlsx(path, [{ name: '表', rows }])
  const trimmed = rows.map((row) => row.slice(0, row.findLastIndex((c) => c !== '') + 1))
  expect(await cellsOf(path)).toEqual(trimmed)
})

test('a workbook made in memory reads back, keeps the digits given, and is stored so that no deflate can change it', async () => {
  const rows = [
    ['姓名', '金额', '日期', '公式'],
    ['王<磊>&', { number: '12.50' }, { serial: '46188' }, { error: '#REF!' }],
    ['王<磊>&', undefined, '', '末'],
  ]
  const bytes = workbook([{ name: '表', rows, merges: ['A1:B1'] }])
  expect(bytes.equals(workbook([{ name: '表', rows, merges: ['A1:B1'] }]))).toBe(true)
  // Method 0 of the first entry; the text that stands twice is kept once.
  expect(bytes.readUInt16LE(8)).toBe(0)
  expect(bytes.toString().split('王&lt;磊&gt;&amp;')).toHaveLength(2)
  expect(bytes.toString()).toContain('<v>12.50</v>')
  const read = await cellsOf(await folder.bytes(bytes))
  expect(read[1]?.slice(0, 3)).toEqual(['王<磊>&', '12.5', '2026-06-15'])
  expect(read.at(-1)).toEqual(['王<磊>&', '', '', '末'])
})
