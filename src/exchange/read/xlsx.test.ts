import { readFile } from 'node:fs/promises'
import { afterAll, expect, test } from 'vitest'
import { businessDate, Refusal } from '#base'
import { makeFolder, workbookParts } from '../fixtures.server.ts'
import { writeXlsx } from '../write/xlsx.server.ts'
import { openTable } from './open.server.ts'
import type { RawRow } from './raw-row.ts'
import { isDateFormat, numberText } from './xlsx-number.ts'

const folder = await makeFolder()
afterAll(() => folder.remove())

const rowsOf = async (path: string): Promise<Record<string, RawRow[]>> => {
  const source = await openTable(path)
  const sheets: Record<string, RawRow[]> = {}
  for (const { name, batches } of source.sheets) {
    const rows: RawRow[] = []
    for await (const batch of batches()) rows.push(...batch)
    sheets[name] = rows
  }
  await source.close()
  return sheets
}

const refusalOf = async (path: string): Promise<string> =>
  rowsOf(path).then(
    () => 'read',
    (fault) => (fault instanceof Refusal ? fault.code : `fault ${fault}`),
  )

test('what was written is read back, hidden rows and several sheets included', async () => {
  const path = folder.path('xlsx')
  await writeXlsx(path, [
    { name: '封面', rows: [['说明']] },
    {
      name: '数据',
      rows: [
        ['a', 'b', 'c'],
        ['0308', 12.5, { date: businessDate('2024-03-15') }],
        ['<&">', undefined, true],
      ],
      hiddenRows: new Set([2]),
    },
  ])
  const sheets = await rowsOf(path)
  expect(sheets.封面?.map((r) => r.cells)).toEqual([['说明']])
  expect(sheets.数据).toEqual([
    { line: 1, cells: ['a', 'b', 'c'], kinds: ['text', 'text', 'text'] },
    { line: 2, cells: ['0308', '12.5', '2024-03-15'], kinds: ['text', 'number', 'date'] },
    { line: 3, cells: ['<&">', '', '1'], kinds: ['text', 'text', 'text'] },
  ])
})

test('a sheet stored before its shared strings is read; rich text is joined and reading aids are left out', async () => {
  const path = await folder.zip(
    workbookParts(
      [
        {
          name: '表',
          xml: '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row></sheetData>',
        },
      ],
      { strings: ['<r><t>王</t></r><r><t>磊</t></r><rPh sb="0" eb="1"><t>wang</t></rPh>', '<t>乙</t>'] },
    ),
  )
  expect((await rowsOf(path)).表?.[0]?.cells).toEqual(['王磊', '', '乙'])
})

test('both day counts are understood, and days are told from numbers by their format', async () => {
  const xml =
    '<sheetData><row r="1"><c r="A1" s="1"><v>45366</v></c><c r="B1"><v>45366</v></c><c r="C1" s="2"><v>45366.5</v></c></row></sheetData>'
  const of = async (date1904: boolean) =>
    (
      await rowsOf(
        await folder.zip(
          workbookParts([{ name: 's', xml }], { date1904, formats: ['yyyy&quot;年&quot;m&quot;月&quot;'] }),
        ),
      )
    ).s?.[0]?.cells
  expect(await of(false)).toEqual(['2024-03-15', '45366', '2024-03-15 12:00:00'])
  expect(await of(true)).toEqual(['2028-03-16', '45366', '2028-03-16 12:00:00'])
})

test('number formats', () => {
  expect([14, 22, 31, 57].every((id) => isDateFormat(id, undefined))).toBe(true)
  expect([0, 2, 20, 49].some((id) => isDateFormat(id, undefined))).toBe(false)
  expect(['yyyy-mm-dd', 'm"月"d"日"', '[$-804]yyyy/m/d'].every((code) => isDateFormat(200, code))).toBe(true)
  expect(['0.00"元/月"', '#,##0', 'h:mm:ss', '[Red]0.0'].some((code) => isDateFormat(200, code))).toBe(false)
})

test('a number shows the fifteen digits a spreadsheet keeps and no more', () => {
  expect(numberText('0.30000000000000004')).toBe('0.3')
  expect(numberText('1234.5600000000001')).toBe('1234.56')
  expect(numberText('999901195603120128')).toBe('9.9990119560312E+17')
  expect(numberText('9.9990119560312E+17')).toBe('9.9990119560312E+17')
  expect(numberText('999901560312011')).toBe('999901560312011')
})

test('merged cells repeat downwards, and sideways only in the header', async () => {
  const path = folder.path('xlsx')
  await writeXlsx(path, [
    {
      name: 's',
      rows: [
        ['组', '', 'x'],
        ['a', 'b', 'x'],
        ...Array.from({ length: 30 }, (_, i) => [i === 0 ? '甲乡' : '', '1', '2']),
      ],
      merges: ['A1:B1', 'A3:A32', 'B30:C30'],
    },
  ])
  const rows = (await rowsOf(path)).s ?? []
  expect(rows[0]?.cells).toEqual(['组', '组', 'x'])
  expect(rows.slice(2).every((row) => row.cells[0] === '甲乡')).toBe(true)
  expect(rows[5]?.kinds?.[0]).toBe('merged')
  expect(rows[29]?.cells).toEqual(['甲乡', '1', '2'])
})

test('rows and cells without positions follow each other', async () => {
  const path = await folder.zip(
    workbookParts([
      {
        name: 's',
        xml: '<sheetData><row><c t="inlineStr"><is><t>a</t></is></c><c><v>1</v></c></row><row><c t="e"><v>#N/A</v></c></row></sheetData>',
      },
    ]),
  )
  expect((await rowsOf(path)).s).toEqual([
    { line: 1, cells: ['a', '1'], kinds: ['text', 'number'] },
    { line: 2, cells: ['#N/A'], kinds: ['error'] },
  ])
})

test('elements with a namespace prefix are understood', async () => {
  const parts = workbookParts([{ name: 's', xml: '' }]).map(([name, xml]) =>
    name.includes('sheet1')
      ? ([
          name,
          '<x:worksheet xmlns:x="u"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:B2"/></x:mergeCells></x:worksheet>',
        ] as const)
      : ([name, xml] as const),
  )
  expect((await rowsOf(await folder.zip(parts))).s?.[0]?.cells).toEqual(['7', '7'])
})

test('a document type is refused, so that no entity is ever declared', async () => {
  const parts = workbookParts([{ name: 's', xml: '<sheetData/>' }]).map(([name, xml]) =>
    name.includes('sheet1')
      ? ([name, `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${xml}`] as const)
      : ([name, xml] as const),
  )
  expect(await refusalOf(await folder.zip(parts))).toBe('exchange.unsafe-content')
})

test('an entry that inflates beyond reason stops the reading', async () => {
  const zeros = function* () {
    yield '<worksheet><sheetData>'
    for (let i = 0; i < 100; i += 1) yield ' '.repeat(1 << 20)
    yield '</sheetData></worksheet>'
  }
  const parts = workbookParts([{ name: 's', xml: '' }]).filter(([name]) => !name.includes('sheet1'))
  const path = await folder.zip([...parts, ['xl/worksheets/sheet1.xml', zeros()]])
  expect(await refusalOf(path)).toBe('exchange.bomb')
})

test('more than two thousand entries are refused', { timeout: 60_000 }, async () => {
  const many = Array.from({ length: 2_001 }, (_, i) => [`x/${i}`, ''] as const)
  expect(await refusalOf(await folder.zip(many))).toBe('exchange.bomb')
})

test('a cell far out to the right is refused rather than padded', async () => {
  const xml = '<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>'
  expect(await refusalOf(await folder.zip(workbookParts([{ name: 's', xml }])))).toBe('exchange.too-wide')
})

test('a row longer than any table has is refused rather than held', async () => {
  const long = Array.from({ length: 70_000 }, (_, i) => (i * 7_919_317) % 999_999_937).join(' ')
  const cell = (place: string) => `<c r="${place}1" t="str"><v>${long}</v></c>`
  const xml = `<sheetData><row r="1">${cell('A')}${cell('B')}</row></sheetData>`
  expect(await refusalOf(await folder.zip(workbookParts([{ name: 's', xml }])))).toBe('exchange.unreadable')
})

test('a truncated or altered workbook is refused', async () => {
  const path = folder.path('xlsx')
  await writeXlsx(path, [{ name: 's', rows: Array.from({ length: 500 }, (_, i) => [String(i * 7919), 'b']) }])
  const bytes = await readFile(path)
  expect(await refusalOf(await folder.bytes(bytes.subarray(0, bytes.length - 40)))).toBe(
    'exchange.unreadable',
  )
  const altered = Buffer.from(bytes)
  const at = bytes.indexOf('sheet1.xml') + 200
  altered.writeUInt32LE(0xffffffff, at)
  expect(await refusalOf(await folder.bytes(altered))).toBe('exchange.unreadable')
})

test('files of other kinds are refused by what they are, whatever they are called', async () => {
  const ole = Buffer.from('d0cf11e0a1b11ae1', 'hex')
  const cases: (readonly [Uint8Array, string])[] = [
    [new Uint8Array(), 'exchange.empty'],
    [Buffer.concat([ole, Buffer.alloc(600)]), 'exchange.old-format'],
    [
      Buffer.concat([ole, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]),
      'exchange.encrypted',
    ],
    [Buffer.from('%PDF-1.7 …'), 'exchange.unsupported-format'],
    [Buffer.from('<html><table><tr><td>姓名'), 'exchange.unsupported-format'],
    [Buffer.from('<?xml version="1.0" encoding="GBK"?><a/>'), 'exchange.unsupported-format'],
    [Buffer.alloc(1000, 1), 'exchange.unsupported-format'],
  ]
  for (const [bytes, code] of cases) expect(await refusalOf(await folder.bytes(bytes))).toBe(code)
  expect(await refusalOf(await folder.zip([['a.csv', '姓名']]))).toBe('exchange.unsupported-format')
})

test('an archive with a password is refused as such', async () => {
  const bytes = await readFile(await folder.zip([['a.csv', 'x']]))
  for (const signature of ['504b0304', '504b0102']) {
    const at = bytes.indexOf(Buffer.from(signature, 'hex'))
    const flag = at + (signature.endsWith('0304') ? 6 : 8)
    bytes.writeUInt16LE(bytes.readUInt16LE(flag) | 1, flag)
  }
  expect(await refusalOf(await folder.bytes(bytes))).toBe('exchange.encrypted')
})
