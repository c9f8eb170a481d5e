import { expect, test } from 'vitest'
import { bandText, headlineOf, listedPoints, type Say, shortYuan, signedYuan } from './figures.ts'
import { cliffCsv, reportCsv } from './report-csv.ts'
import { sampleCliff, sampleResult } from './sample.ts'
import { firstTypical, readTypical } from './typical-draft.ts'
import { zhCN } from './zh-CN.ts'

const at = (key: string): string => {
  const found = (tree: unknown, path: readonly string[]): unknown =>
    path.reduce((node, part) => (node as Record<string, unknown> | undefined)?.[part], tree)
  return String(found(zhCN, key.split('.')) ?? found(zhCN, `${key}_other`.split('.')))
}
const say = ((key: string, gaps: Record<string, unknown> = {}) =>
  at(key).replaceAll(/\{\{(\w+)\}\}/gu, (_, name: string) => String(gaps[name]))) as Say
const pick = ({ zh }: { readonly zh: string }) => zh

test('what comes out is said in sentences, the unknown always among them', () => {
  expect(headlineOf(say, pick, sampleResult)).toEqual([
    '每月多支出 231,655.50 元（由 2,612,345.00 元变为 2,844,000.50 元）。',
    '最低生活保障：123 户（356 人）新纳入，4 户（9 人）退出。',
    '居民医保参保资助：123 户（356 人）新纳入，4 户（9 人）退出。',
    '5225 户每月得到的多了，16 户少了，14653 户不变。',
    '106 户因资料不足无法判断，没有计入上面的增减。',
    '2027-01 至 2027-12 共多支出 3,190,266.00 元。',
    '每年一次的费用另计：多支出 62,460.00 元（由 2,016,720.00 元变为 2,079,180.00 元）。',
  ])
})

test('a change that moves nobody says so, and so does one that spares', () => {
  const { yearly: _, ...monthly } = sampleResult
  const still = {
    ...monthly,
    programmes: [],
    monthlyAfterFen: sampleResult.monthlyBeforeFen,
    months: sampleResult.months.slice(0, 1),
    effects: { gains: 0, loses: 0, unchanged: 20_000, unknown: 0 },
  }
  expect(headlineOf(say, pick, still)).toEqual([
    '每月支出不变，仍为 2,612,345.00 元。',
    '没有家庭新纳入，也没有家庭退出。',
    '0 户每月得到的多了，0 户少了，20000 户不变。',
    '没有家庭因资料不足而无法判断。',
  ])
  expect(headlineOf(say, pick, { ...still, monthlyAfterFen: 0 })[0]).toBe(
    '每月少支出 2,612,345.00 元（由 2,612,345.00 元变为 0.00 元）。',
  )
})

test('money that does not come every month is said apart, whether it changes or not', () => {
  const rare = { beforeFen: 100, afterFen: 100, gains: 0, loses: 0, unknown: 0 }
  const result = { ...sampleResult, yearly: { ...rare, afterFen: 50 }, once: rare }
  expect(headlineOf(say, pick, result).slice(-2)).toEqual([
    '每年一次的费用另计：少支出 0.50 元（由 1.00 元变为 0.50 元）。',
    '一次性的费用另计：不变，仍为 1.00 元。',
  ])
  const nothing = { ...result, once: { ...rare, beforeFen: 0, afterFen: 0 } }
  expect(headlineOf(say, pick, nothing).join('')).not.toContain('一次性')
})

test('bands are read as amounts a month', () => {
  expect(sampleResult.bands.map((band) => bandText(say, band))).toEqual([
    '少 500 元以上',
    '少 200 至 500 元',
    '少 50 至 200 元',
    '少，不超过 50 元',
    '不变',
    '多，不到 50 元',
    '多 50 至 200 元',
    '多 200 至 500 元',
    '多 500 元及以上',
  ])
})

test('figures carry their sign, and decimals only where there are any on an axis', () => {
  expect([signedYuan(5), signedYuan(0), signedYuan(-100)]).toEqual(['+0.05', '0.00', '-1.00'])
  expect([shortYuan(100_000), shortYuan(150)]).toEqual(['1,000', '1.50'])
})

test('a long curve is listed in part, always with its end and both sides of a cliff', () => {
  const { nth, points } = listedPoints(sampleCliff.points, sampleCliff.cliffs.before)
  const incomes = points.map(({ incomeFen }) => incomeFen)
  expect(nth).toBe(3)
  expect(incomes).toEqual(expect.arrayContaining([0, 205_000, 210_000, 600_000]))
  expect(incomes.length).toBeLessThan(50)
  expect(listedPoints(sampleCliff.points.slice(0, 20), []).points).toHaveLength(20)
})

test('a table for a spreadsheet has plain numbers, and nothing where a figure is hidden', () => {
  const lines = reportCsv(say, pick, sampleResult, 'counties').split('\r\n')
  expect(lines[1]).toBe('下关街道,9100,2310,6,51,1150000.00,1265000.00,880000.00,910000.00')
  expect(lines[3]).toBe('太邑彝族乡,户数少，为防推算，不列,,,,,,,')
  expect(reportCsv(say, pick, sampleResult, 'missing')).toContain('残疾等级,66')
  expect(reportCsv(say, pick, sampleResult, 'programmes')).toContain('最低生活保障,5210,5329,11204,11551,123')
  expect(reportCsv(say, pick, sampleResult, 'programmes')).toContain(',2016720.00,2079180.00,每年\r\n')
  expect(reportCsv(say, pick, sampleResult, 'rare')).toContain(
    '\r\n每年一次,2016720.00,2079180.00,123,4,40\r\n',
  )
  expect(reportCsv(say, pick, sampleResult, 'months')).toContain('2027-01,2612345.00,2844000.50,106')
  expect(reportCsv(say, pick, sampleResult, 'bands')).toContain('多 50 至 200 元,4712')
  expect(cliffCsv(say, sampleCliff)).toContain('\r\n2050.00,500.00,2550.00,680.00,2730.00\r\n')
  expect(cliffCsv(say, sampleCliff)).toContain('\r\n6000.00,,,,\r\n')
})

test('a curve has at most a thousand steps', () => {
  expect(readTypical(firstTypical).typical).toMatchObject({ upToFen: 600_000, stepFen: 5000 })
  const fen = (amount: number) => amount as (typeof firstTypical)['stepFen']
  expect(readTypical({ ...firstTypical, upToFen: fen(9_999) }).fault).toEqual({ field: 'upTo' })
  expect(readTypical({ ...firstTypical, stepFen: undefined }).fault).toEqual({ field: 'step' })
  expect(readTypical({ ...firstTypical, stepFen: fen(599) }).fault).toEqual({
    field: 'points',
    leastFen: 600,
  })
  expect(readTypical({ ...firstTypical, stepFen: fen(600) }).typical).toBeDefined()
})
