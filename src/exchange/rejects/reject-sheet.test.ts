import { afterAll, expect, test } from 'vitest'
import { layoutOf, makeFolder, numberOf, readAll } from '../fixtures.server.ts'
import { openTable } from '../read/open.server.ts'
import { writeXlsx } from '../write/xlsx.server.ts'
import { en } from './en.ts'
import { rejectReasons } from './reject.ts'
import { writeRejectSheet } from './reject-sheet.server.ts'
import { zhCN } from './zh-CN.ts'

const folder = await makeFolder()
afterAll(() => folder.remove())

const rowsOf = async (path: string) => {
  const source = await openTable(path)
  const rows = []
  for (const { name, batches } of source.sheets)
    for await (const batch of batches()) for (const row of batch) rows.push({ name, ...row })
  await source.close()
  return rows
}

test('every reason has its text in both languages', () => {
  for (const reason of rejectReasons) expect(zhCN[reason] && en[reason], reason).toBeTruthy()
  expect(Object.keys(en)).toHaveLength(rejectReasons.length)
})

test('the error sheet, mended, reads through the same layout, and what is still wrong comes back again', async () => {
  const layout = layoutOf('education-aid')
  const rows = [
    `云岭县,石桥乡,北坡村2组,甲,${numberOf(1)},中心小学,小学,走读,一般困难`,
    `,,南坪村,乙,9.99901E+17,中心小学,小学,走读,一般困难`,
    `,,南坪村,丙,${numberOf(3)},中心小学,研究所,有时,一般困难`,
  ]
  const header = '区县,乡镇,村组（社区）,姓名,身份证号码,学校全称,学段,就读方式,困难等级'
  const read = await readAll(await folder.text([header, ...rows].join('\n')), [layout])
  expect(read.rejects).toHaveLength(2)

  const sheet = folder.path('xlsx')
  await writeRejectSheet(sheet, read.rejects, layout)
  const written = await rowsOf(sheet)
  expect(written[0]?.cells.slice(9)).toEqual([
    '【核对】原工作表',
    '【核对】原行号',
    '【核对】问题所在列',
    '【核对】问题说明',
  ])
  expect(written[2]?.cells.slice(9, 12)).toEqual(['', '4', '学段；就读方式'])

  const mended = written.map(({ cells }, i) =>
    cells.map((c, place) => (i === 1 && place === 4 ? numberOf(2) : c)),
  )
  const again = folder.path('xlsx')
  await writeXlsx(again, [{ name: '不合格行', rows: mended }])
  const reread = await readAll(again, [layout])
  expect(reread.stats).toMatchObject({ received: 2, accepted: 1, rejected: 1 })
  // The region that was carried down to the row stays with it.
  expect(reread.rows[0]?.rows[0]).toMatchObject({
    name: '乙',
    number: numberOf(2),
    countyName: '云岭县',
    townshipName: '石桥乡',
  })

  const second = folder.path('xlsx')
  await writeRejectSheet(second, reread.rejects, layout)
  expect((await rowsOf(second)).map((r) => r.cells.length)).toEqual([13, 13])
})

test('rows of differently headed sheets go to sheets of their own', async () => {
  const path = folder.path('xlsx')
  await writeXlsx(path, [
    {
      name: '迁入',
      rows: [
        ['姓名', '公民身份号码', '迁入日期', '冲销标志', '业务类型'],
        ['甲', '1', '20260501', '否', '迁入'],
      ],
    },
    {
      name: '迁出',
      rows: [
        ['公民身份号码', '姓名', '迁出日期', '迁往详址'],
        ['2', '乙', '20260501', ''],
      ],
    },
  ])
  const read = await readAll(path)
  const sheet = folder.path('xlsx')
  await writeRejectSheet(sheet, read.rejects, layoutOf('police-moves-in'))
  const written = await rowsOf(sheet)
  expect(written.map((r) => [r.name, r.line, r.cells[0]])).toEqual([
    ['不合格行', 1, '姓名'],
    ['不合格行', 2, '甲'],
    ['不合格行2', 1, '公民身份号码'],
    ['不合格行2', 2, '2'],
  ])
})

test('what could run as a formula is text', async () => {
  const payloads = ['=1+1', '+cmd|x', '-2+3', '@SUM(A1)', '\t=1', '＝1+1', "='http://x'!A1"]
  const reject = (text: string) => ({
    file: 'f',
    sheet: '',
    line: 2,
    column: '姓名',
    reason: 'no-person' as const,
    maskedValue: '',
    reasonZh: '',
    reasonEn: '',
    further: [],
    originalCells: [
      { header: '姓名', text },
      { header: '身份证号', text: '' },
    ],
  })
  const path = folder.path('xlsx')
  await writeRejectSheet(path, payloads.map(reject), layoutOf('police-deaths'))
  const rows = await rowsOf(path)
  expect(rows.slice(1).map((r) => r.cells[0])).toEqual(payloads)
  expect(rows.slice(1).every((r) => r.kinds?.[0] === 'text')).toBe(true)
})

test('no rejects make a sheet of the header alone', async () => {
  const path = folder.path('xlsx')
  await writeRejectSheet(path, [], layoutOf('police-deaths'))
  expect((await rowsOf(path)).map((r) => r.cells[0])).toEqual(['姓名'])
})

test('what one sheet does not hold is counted in a last line, which is not read as a person', async () => {
  const layout = layoutOf('police-deaths')
  const header = '姓名,公民身份号码,死亡日期,冲销标志'
  const read = await readAll(await folder.text(`${header}\n甲,${numberOf(1)},不详,否`), [layout])
  const path = folder.path('xlsx')
  await writeRejectSheet(path, read.rejects, layout, 1_234)
  expect((await rowsOf(path)).at(-1)?.cells[0]).toContain('另有 1234 行')
  expect((await readAll(path, [layout])).stats).toMatchObject({ received: 1, rejected: 1 })
})

test('all that is wrong with a row stands in the sheet', async () => {
  const layout = layoutOf('police-deaths')
  const header = '姓名,公民身份号码,死亡日期,冲销标志'
  const read = await readAll(await folder.text(`${header}\n甲,9.9E+17,不详,也许`), [layout])
  const path = folder.path('xlsx')
  await writeRejectSheet(path, read.rejects, layout)
  expect((await rowsOf(path))[1]?.cells.at(-2)).toBe('公民身份号码；死亡日期；冲销标志')
})
