/** Damage to the shape of a table: headers, columns, lines, sheets. */
import type { Written } from '../files/cell-text.ts'
import type { Breaker } from './row-breakers.server.ts'
import { allBut, type Cells, type Sample, spread } from './sample.server.ts'

const headerOf = (sample: Sample, grid: readonly Cells[]): Cells => grid[sample.header] as Cells
const place = (sample: Sample): number => sample.placeOf('number')

/** The header once more after every twentieth row, as printed lists have it. */
const headerRepeated: Breaker = (sample) => {
  const grid = sample.grid()
  const header = [...headerOf(sample, grid)]
  for (let row = sample.first + sample.count - 20; row > sample.first; row -= 20)
    grid.splice(row, 0, [...header])
  return { bytes: sample.write(grid), expect: allBut(sample) }
}

const linesBetween: Breaker = (sample) => {
  const grid = sample.grid()
  for (const row of spread(sample, 4).sort((a, b) => b - a)) grid.splice(row, 0, [''], ['小计：'])
  grid.push([''], ['填表人：', '审核人：'], ['以下空白'])
  return { bytes: sample.write(grid), expect: allBut(sample) }
}

const columnsReversed: Breaker = (sample) => {
  const grid = sample.grid()
  const width = headerOf(sample, grid).length
  const turned = grid.map((cells, row): Cells => {
    if (row < sample.header || row >= sample.first + sample.count) return cells
    return Array.from({ length: width }, (_, i) => cells[width - 1 - i] ?? '')
  })
  return { bytes: sample.write(turned), expect: allBut(sample) }
}

const titlesAbove: Breaker = (sample) => {
  const grid = sample.grid()
  grid.unshift(['某某县有关部门'], ['关于报送数据的附件一'], ['报送日期：6月5日'])
  return { bytes: sample.write(grid), expect: allBut(sample) }
}

/** Spaces, line breaks of forms and the asterisk of "required" in the header. */
const headerDecorated: Breaker = (sample) => {
  const grid = sample.grid()
  grid[sample.header] = headerOf(sample, grid).map((h, i) =>
    typeof h === 'string' && h !== '' ? (i % 2 === 0 ? `*${h.split('').join(' ')}` : ` ${h}　`) : h,
  )
  return { bytes: sample.write(grid), expect: allBut(sample) }
}

const numberColumnGone: Breaker = (sample) => {
  const at = place(sample)
  const grid = sample.grid().map((cells) => cells.filter((_, i) => i !== at))
  return { bytes: sample.write(grid), expect: { outcome: 'refused', code: 'exchange.columns-missing' } }
}

const headerGone: Breaker = (sample) => {
  const grid = sample.grid()
  grid.splice(0, sample.first)
  return { bytes: sample.write(grid), expect: { outcome: 'refused', code: 'exchange.no-header' } }
}

/** A second column of the same name that contradicts the first in three rows. */
const headerDoubled: Breaker = (sample) => {
  const at = place(sample)
  const grid = sample.grid()
  const spoiled = new Set(spread(sample, 3))
  grid.forEach((cells, row) => {
    const inTable = row >= sample.header && row < sample.first + sample.count
    if (inTable) cells.push(spoiled.has(row) ? '992999199001010017' : (cells[at] ?? ''))
  })
  return { bytes: sample.write(grid), expect: allBut(sample, 'columns-differ', 3) }
}

/** One cell too many in front, so that everything stands one column further right. */
const rowsShifted: Breaker = (sample) => {
  const grid = sample.grid()
  for (const row of spread(sample, 3)) grid[row]?.unshift('多')
  return { bytes: sample.write(grid), expect: allBut(sample, 'too-many-cells', 3) }
}

const hugeCells: Breaker = (sample) => {
  const grid = sample.grid()
  headerOf(sample, grid).push('附记')
  for (const row of spread(sample, 2)) grid[row]?.push('此处另附情况说明一份，请核对。'.repeat(14_000))
  return { bytes: sample.write(grid), expect: allBut(sample) }
}

const coverSheet: Breaker = (sample) => ({
  bytes: sample.writeSheets([
    { name: '封面', grid: [['大理州有关部门报送数据'], [], ['说明：本表仅供比对使用']] },
    { name: '数据', grid: sample.grid() },
    { name: 'Sheet3', grid: [] },
  ]),
  expect: allBut(sample),
})

const onlyCover: Breaker = (sample) => ({
  bytes: sample.writeSheets([
    { name: '封面', grid: [['大理州有关部门报送数据'], ['说明：本表仅供比对使用']] },
  ]),
  expect: { outcome: 'refused', code: 'exchange.no-header' },
})

/** Beside the table, a sheet of people under headers nobody knows: leaving it out would be a loss. */
const strangeSheet: Breaker = (sample) => {
  const numbers = sample.values.slice(0, 30).map((v): Cells => [String(v.number), '甲', '乙', '丙'])
  return {
    bytes: sample.writeSheets([
      { name: '数据', grid: sample.grid() },
      { name: '补充', grid: [['编码', '其一', '其二', '其三'], ...numbers] },
    ]),
    expect: { outcome: 'refused', code: 'exchange.unknown-layout' },
  }
}

const statistics: Breaker = (sample) => {
  const header: Written[] = ['区域', '灾种', '受灾人口(人)', '倒塌房屋间数(间)', '直接经济损失(万元)']
  const rows = ['大理市', '祥云县', '宾川县'].map((c): Cells => [c, '洪涝', '120', '4', '33.5'])
  return {
    bytes: sample.write([header, ...rows]),
    expect: { outcome: 'refused', code: 'exchange.statistics-table' },
  }
}

const tooWide: Breaker = (sample) => {
  const grid = sample.grid()
  const row = grid[sample.first]
  if (row) row[2100] = '远'
  return { bytes: sample.write(grid), expect: { outcome: 'refused', code: 'exchange.too-wide' } }
}

const unknownUnit: Breaker = (sample) => {
  const grid = sample.grid()
  grid.unshift(['单位：千元'])
  return { bytes: sample.write(grid), expect: { outcome: 'refused', code: 'exchange.unknown-unit' } }
}

const headerOnly: Breaker = (sample) => ({
  bytes: sample.write(sample.grid().slice(0, sample.first)),
  expect: { outcome: 'read', accepted: 0, rejected: {}, quarantine: 'no-rows' },
})

/** Everybody in the list has died in a month in which two might have. */
const allDead: Breaker = (sample) => ({
  bytes: sample.write(sample.grid()),
  expect: { ...allBut(sample), quarantine: 'too-many-deaths' },
})

/** The list of another month. */
const wrongMonth: Breaker = (sample) => {
  const grid = sample.grid()
  const at = sample.placeOf('diedOn')
  for (let i = 0; i < sample.count; i++) {
    const cells = grid[sample.first + i]
    if (cells) cells[at] = `202511${String(1 + (i % 28)).padStart(2, '0')}`
  }
  return {
    bytes: sample.write(grid),
    expect: { ...allBut(sample), quarantine: 'wrong-period' },
  }
}

export const shapeBreakers = {
  'header-repeated': headerRepeated,
  'lines-between': linesBetween,
  'columns-reversed': columnsReversed,
  'titles-above': titlesAbove,
  'header-decorated': headerDecorated,
  'number-column-gone': numberColumnGone,
  'header-gone': headerGone,
  'header-doubled': headerDoubled,
  'rows-shifted': rowsShifted,
  'huge-cells': hugeCells,
  'cover-sheet': coverSheet,
  'only-cover': onlyCover,
  'strange-sheet': strangeSheet,
  'statistics-table': statistics,
  'too-wide': tooWide,
  'unknown-unit': unknownUnit,
  'header-only': headerOnly,
  'all-dead': allDead,
  'wrong-month': wrongMonth,
} as const satisfies Readonly<Record<string, Breaker>>
