import { afterAll, expect, test } from 'vitest'
import { Refusal } from '#base'
import {
  allLayouts,
  layoutOf,
  layoutsOf,
  makeFolder,
  numberOf,
  type Read,
  readAll,
} from '../fixtures.server.ts'
import { writeXlsx } from '../write/xlsx.server.ts'
import { parseFile } from './parse-file.server.ts'

const folder = await makeFolder()
afterAll(() => folder.remove())

const header = '姓名,公民身份号码,出生日期,死亡日期,死亡注销类别,冲销标志'
const deaths = async (...lines: string[]): Promise<Read> =>
  readAll(await folder.text([header, ...lines].join('\n')), layoutsOf('deaths'))
const died = (n: number, rest = '20260502,正常死亡,否'): string => `甲,${numberOf(n)},,${rest}`
const refusalOf = (reading: Promise<unknown>): Promise<unknown> =>
  reading.then(
    () => 'read',
    (fault) => (fault instanceof Refusal ? [fault.code, fault.details] : fault),
  )
const codeOf = async (reading: Promise<unknown>): Promise<unknown> => {
  const refusal = await refusalOf(reading)
  return Array.isArray(refusal) ? refusal[0] : refusal
}

test('every data row is accepted or rejected, each once, with line, column, reason and a masked value', async () => {
  const read = await deaths(died(1), '乙,9.99901E+17,,20260502,,否', `丙,${numberOf(2)},,昨天,,否`, died(3))
  expect(read.stats).toMatchObject({ received: 4, accepted: 2, rejected: 2, canonicalRows: 2 })
  expect(read.rows.map((r) => r.line)).toEqual([2, 5])
  expect(read.rejects.map((r) => [r.line, r.column, r.reason])).toEqual([
    [3, '公民身份号码', 'number-scientific'],
    [4, '死亡日期', 'date-unreadable'],
  ])
  expect(read.rejects[0]).toMatchObject({
    file: 'file',
    sheet: '',
    reasonZh: expect.stringContaining('末几位已丢失'),
  })
  expect(read.rejects[1]?.originalCells).toContainEqual({ header: '公民身份号码', text: numberOf(2) })
})

test('all problems of a row are told at once', async () => {
  const read = await deaths('丙,9999**********0112,,昨天,,也许')
  expect(read.rejects[0]).toMatchObject({
    reason: 'number-masked',
    further: [
      { column: '死亡日期', reason: 'date-unreadable' },
      { column: '冲销标志', reason: 'flag-unknown' },
    ],
  })
})

test('a masked value never shows what was there', async () => {
  const wrong = `${numberOf(7).slice(0, 17)}${numberOf(7).endsWith('1') ? '2' : '1'}`
  const read = await deaths(`丙,${wrong},,20260502,,否`)
  expect(read.rejects[0]?.maskedValue).toBe(`${wrong.slice(0, 4)}**********${wrong.slice(14)}`)
})

test('the same row twice is accepted once', async () => {
  const read = await deaths(died(1), died(2), died(1), ` 甲 ,${numberOf(1)},,2026-05-02,,0`)
  expect(read.rejects.map((r) => [r.line, r.reason])).toEqual([
    [4, 'duplicate-row'],
    [5, 'duplicate-row'],
  ])
})

test('rows that are no death are accepted and say nothing', async () => {
  const read = await deaths(died(1, ',重复户口,否'), died(2, ',重复户口,否'))
  expect(read.stats).toMatchObject({ received: 2, accepted: 2, canonicalRows: 0 })
})

test('a person without a number is accepted by name, one without either is rejected', async () => {
  const read = await deaths('甲,,19560312,20260502,,否', ',,19560312,20260502,,否', '张*,,,20260502,,否')
  expect(read.rows[0]?.rows[0]).toEqual({
    name: '甲',
    birthDate: '1956-03-12',
    diedOn: '2026-05-02',
    reversed: false,
  })
  expect(read.rejects.map((r) => [r.reason, r.column])).toEqual([
    ['no-person', '公民身份号码'],
    ['name-masked', '姓名'],
  ])
})

test('what was mended and what is doubtful is marked', async () => {
  const read = await deaths(`买?提,999901560312011,,20260502,,否`)
  expect(read.rows[0]?.marks).toEqual(['number:lifted-from-15', 'name:unreadable-character'])
  expect(read.stats.marks).toEqual({ 'number:lifted-from-15': 1, 'name:unreadable-character': 1 })
})

test('a death before the birth inside the number is rejected', async () => {
  expect((await deaths(died(1, '19400101,,否'))).rejects[0]).toMatchObject({
    reason: 'date-before-birth',
    column: '死亡日期',
  })
})

test('an unquoted separator that shifts the columns rejects its row', async () => {
  const read = await deaths(`${died(1)},多出的,内容`, `${died(2)},,,`)
  expect(read.rejects.map((r) => [r.line, r.reason])).toEqual([[2, 'too-many-cells']])
})

test('titles, units, footers, page headers, numbering rows and empty rows are no data', async () => {
  const text = [
    '云岭县2026年5月死亡名单,,,,,',
    header,
    '1,2,3,4,5,6',
    died(1),
    ',,,,,',
    header,
    died(2),
    '小计,2,,,,',
    '合  计：2人,,,,,',
    '制表人：某某,,审核：,,,',
    '以下空白,,,,,',
  ].join('\n')
  const read = await readAll(await folder.text(text))
  expect(read.stats).toMatchObject({ received: 2, accepted: 2 })
  expect(read.sheets[0]).toMatchObject({ headerLine: 2, ignored: { blank: 1, footer: 4, repeatedHeader: 2 } })
})

test('a person whose name begins like a footer is a person', async () => {
  const read = await deaths(`合计,${numberOf(1)},,20260502,,否`)
  expect(read.stats.accepted).toBe(1)
})

test('a header of two rows is read, and the unit row decides what the amounts mean', async () => {
  const layout = layoutOf('finance-payroll')
  const rows = (unit: string) => [
    ['云岭县财政供养人员信息表'],
    [unit],
    ['姓名', '身份证号', '人员类别', '发放年月', '应发项目', '', '实发合计'],
    ['', '', '', '', '岗位工资', '应发合计', ''],
    ['甲', numberOf(1), '在职', '202605', '1810', '5445', '4276'],
  ]
  const amount = async (unit: string): Promise<unknown> => {
    const path = folder.path('xlsx')
    await writeXlsx(path, [
      { name: '基本', rows: rows(unit), merges: ['A1:G1', 'A3:A4', 'B3:B4', 'E3:F3', 'G3:G4'] },
    ])
    return (await readAll(path, [layout])).rows[0]?.rows[0]?.netFen
  }
  expect(await amount('单位：元')).toBe(427_600)
  expect(await amount('填报单位：云岭县财政局　金额单位：万元')).toBe(4_276_000_000)
  expect(await codeOf(amount('单位：千元'))).toBe('exchange.unknown-unit')
})

test('a unit in the header goes before the unit row', async () => {
  const text = [
    '单位：万元',
    '姓名,身份证号,人员类别,发放年月,实发合计(元)',
    `甲,${numberOf(1)},在职,202605,4276`,
  ].join('\n')
  const read = await readAll(await folder.text(text), [layoutOf('finance-payroll')])
  expect(read.rows[0]?.rows[0]?.netFen).toBe(427_600)
})

test('regions merged downwards reach every row; an amount merged over rows is not repeated', async () => {
  const layout = layoutOf('labour-pensions')
  const path = folder.path('xlsx')
  const row = (n: number, town: string, amount: string) => [
    town,
    '甲',
    numberOf(n),
    '170',
    '202605',
    amount,
    '正常',
  ]
  await writeXlsx(path, [
    {
      name: 's',
      rows: [
        ['乡镇', '姓名', '身份证号', '险种类型', '发放年月', '本月实发养老金', '发放状态'],
        row(1, '云岭镇', '100'),
        row(2, '', ''),
        row(3, '石桥乡', '300'),
        row(4, '', '400'),
      ],
      merges: ['A2:A3', 'F2:F3', 'A4:A5'],
    },
  ])
  const read = await readAll(path, [layout])
  expect(read.rows.map((r) => [r.rows[0]?.townshipName, r.rows[0]?.amountFen])).toEqual([
    ['云岭镇', 10_000],
    ['云岭镇', 0],
    ['石桥乡', 30_000],
    ['石桥乡', 40_000],
  ])
})

test('in a text file a region is carried down, but not past a larger one that changes', async () => {
  const text = ['区县,乡镇,村组（社区）,姓名,身份证号码,学校全称,学段,就读方式,困难等级'].concat(
    ['云岭县,石桥乡,北坡村', ',,', '河口县,,南坪村'].map(
      (r, i) => `${r},甲,${numberOf(i)},中心小学,小学,走读,一般困难`,
    ),
  )
  const read = await readAll(await folder.text(text.join('\n')))
  expect(read.rows.map((r) => [r.rows[0]?.countyName, r.rows[0]?.townshipName])).toEqual([
    ['云岭县', '石桥乡'],
    ['云岭县', '石桥乡'],
    ['河口县', undefined],
  ])
})

test('sheets of one workbook are read each by its own layout; covers are left out', async () => {
  const path = folder.path('xlsx')
  await writeXlsx(path, [
    { name: '说明', rows: [['本工作簿含迁入、迁出两表']] },
    {
      name: '迁入',
      rows: [
        ['迁入'],
        ['姓名', '公民身份号码', '迁入日期', '迁入类别', '冲销标志', '户主姓名', '业务类型'],
        ['甲', numberOf(1), '20260501', '0308', '否', '乙', '迁入'],
      ],
    },
    {
      name: '迁出',
      rows: [
        ['公民身份号码', '姓名', '迁出日期', '迁往详址'],
        [numberOf(2), '丙', '20260502', '外省'],
      ],
    },
  ])
  const read = await readAll(path)
  expect(read.sheets.map((s) => [s.sheet, s.layoutId])).toEqual([
    ['说明', undefined],
    ['迁入', 'police-moves-in'],
    ['迁出', 'police-moves-out'],
  ])
  expect(read.rows.map((r) => [r.sheet, r.line, r.rows[0]?.direction])).toEqual([
    ['迁入', 3, 'in'],
    ['迁出', 2, 'out'],
  ])
})

test('a sheet of people that cannot be read refuses the file rather than being left out', async () => {
  const path = folder.path('xlsx')
  await writeXlsx(path, [
    { name: '一月', rows: [header.split(','), ['甲', numberOf(1), '', '20260102', '', '否']] },
    { name: '二月', rows: [['乙', numberOf(2), '', '20260202', '', '否']] },
  ])
  expect(await codeOf(readAll(path))).toBe('exchange.no-header')
})

test('two columns of one name that contradict each other reject the row', async () => {
  const text = [`${header},冲销标志`, `${died(1)},否`, `${died(2)},`, `${died(3)},是`].join('\n')
  const read = await readAll(await folder.text(text))
  expect(read.sheets[0]?.duplicateHeaders).toEqual(['冲销标志'])
  expect(read.rejects.map((r) => [r.line, r.reason])).toEqual([[4, 'columns-differ']])
})

test('a file as a whole is refused with what is wrong', async () => {
  const refused = (text: string) => folder.text(text).then((path) => codeOf(readAll(path)))
  expect(await refused(' \n\n')).toBe('exchange.empty')
  expect(await refused(`${header}`)).toBe('read')
  expect(await refused(`甲,${numberOf(1)},20260502`)).toBe('exchange.no-header')
  expect(await refused(`颜色,形状,重量,尺寸\n红,圆,1,2`)).toBe('exchange.unknown-layout')
  expect(
    await refused(
      '区域,灾种,受灾人口(人),紧急转移安置人口(累计值)(人),倒塌房屋间数(间),直接经济损失(万元)\n云岭县,洪涝,1,2,3,4',
    ),
  ).toBe('exchange.statistics-table')
})

test('a known layout that lacks required columns names them', async () => {
  const text = `${layoutOf('police-deaths')
    .headers.filter((h) => h !== '死亡日期')
    .join(',')}\n`
  expect(await refusalOf(readAll(await folder.text(text)))).toMatchObject([
    'exchange.columns-missing',
    { columns: '死亡日期', layoutId: 'police-deaths' },
  ])
})

test('the unknown header comes with the refusal, to start a mapping from', async () => {
  const text = '当事人,证号,离世时间\n甲,1,2'
  expect(await refusalOf(readAll(await folder.text(text)))).toMatchObject([
    'exchange.unknown-layout',
    { headers: ['当事人', '证号', '离世时间'] },
  ])
})

test('reading stops when it is cancelled', async () => {
  const path = await folder.text([header, ...Array.from({ length: 20_000 }, (_, i) => died(i))].join('\n'))
  const stop = new AbortController()
  let rows = 0
  const reading = parseFile({
    path,
    fileName: 'f',
    layouts: allLayouts(),
    signal: stop.signal,
    onRow: () => {
      rows += 1
      stop.abort()
    },
  })
  expect(await codeOf(reading)).toBe('exchange.cancelled')
  expect(rows).toBeLessThan(20_000)
})

test('slow takers hold the reading up, and every row arrives in order', async () => {
  const path = await folder.text([header, ...Array.from({ length: 500 }, (_, i) => died(i))].join('\n'))
  const lines: number[] = []
  let busy = 0
  await parseFile({
    path,
    fileName: 'f',
    layouts: allLayouts(),
    onRow: async ({ line }) => {
      busy += 1
      expect(busy).toBe(1)
      await Promise.resolve()
      lines.push(line)
      busy -= 1
    },
  })
  expect(lines).toEqual(Array.from({ length: 500 }, (_, i) => i + 2))
})

test('the months and the filled fields of a file are counted', async () => {
  const read = await deaths(died(1, '20260430,,否'), died(2, '20260501,,否'), `,${numberOf(3)},,20260502,,否`)
  expect(read.stats.months).toEqual({ '2026-04': 1, '2026-05': 2 })
  expect(read.stats.present).toMatchObject({ number: 3, name: 2, certificate: 0 })
})
