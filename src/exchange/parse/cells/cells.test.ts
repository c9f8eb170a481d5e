import { describe, expect, test } from 'vitest'
import type { FieldDefinition } from '../../feeds/types.ts'
import type { LayoutColumn, RuleName } from '../../layouts/layout.ts'
import type { CellContext } from './cell.ts'
import { cleanText } from './clean.ts'
import { codeTable } from './code.ts'
import { cellRules } from './rules.ts'

type Options = Partial<Omit<LayoutColumn, 'header' | 'field'>> &
  Partial<Pick<CellContext, 'kind' | 'unit' | 'date1904'>>

const read = (rule: RuleName, text: string, options: Options = {}, field?: FieldDefinition) => {
  const { kind = 'text', unit = 'yuan', date1904 = false, ...rest } = options
  const column = { header: '列', field: 'x', ...rest }
  const codes = field && codeTable(field, column)
  const result = cellRules[rule](cleanText(text), { kind, unit, date1904, column, codes })
  return result.ok ? (result.mark ? [result.value, result.mark] : result.value) : `!${result.reason}`
}

const table = (
  rule: RuleName,
  cases: readonly (readonly [string, unknown, Options?])[],
  field?: FieldDefinition,
) => {
  describe(rule, () => {
    for (const [text, expected, options] of cases)
      test(`${JSON.stringify(text)}${options ? ` ${JSON.stringify(options)}` : ''}`, () => {
        expect(read(rule, text, options, field)).toEqual(expected)
      })
  })
}

table('number', [
  ['999901195603120112', '999901195603120112'],
  ["'99990119560312011 2", '999901195603120112'],
  ['="999901195603120112"', '999901195603120112'],
  ['\u200b９９９９０１１９５６０３１２０１１２\u00a0', '999901195603120112'],
  ['999901195603120112.0', '999901195603120112'],
  ['99990120120930042x', '99990120120930042X'].map((v, i) => (i ? '!number-checksum' : v)) as [
    string,
    string,
  ],
  ['999901560312011', ['999901195603120112', 'lifted-from-15']],
  ['9.99901E+17', '!number-scientific'],
  ['999901195603120112', '!number-scientific', { kind: 'number' }],
  ['999901560312011', ['999901195603120112', 'lifted-from-15'], { kind: 'number' }],
  ['9999**********0112', '!number-masked'],
  ['99990119560312011', '!number-length'],
  ['护照E12345', '!number-characters'],
  ['999901195613120112', '!number-checksum'],
])

table('certificate', [
  ['99990119560312011242', '999901195603120112'],
  ['99990119560312011242', '4', { part: 'class' }],
  ['99990119560312011242', '2', { part: 'grade' }],
  ['99990119560312011242B1', '999901195603120112'],
  ['999901195603120112', '999901195603120112'],
  ['999901195603120112', undefined, { part: 'class' }],
  ['99990119560312011292', '!certificate-unreadable'],
  ['99990119560312011292', undefined, { part: 'grade' }],
])

table('date', [
  ['2026/3/5', '2026-03-05'],
  ['2026年3月5日', '2026-03-05'],
  ['2026 年 3 月 5 日', '2026-03-05'],
  ['20260305', '2026-03-05'],
  ['19560312.0', '1956-03-12'],
  ['2024/3/15 0:00:00', '2024-03-15'],
  ['2024-03-15T08:00:00', '2024-03-15'],
  ['２０２４．３．１５', '2024-03-15'],
  ['20240315120000', '2024-03-15'],
  ['45366', '2024-03-15'],
  ['43904', '2024-03-15', { date1904: true }],
  ['99991231', undefined],
  ['1900-01-01', undefined],
  ['0000-00-00', undefined],
  ['长期', undefined],
  ['2023.11', '!date-unreadable'],
  ['2023.11', '2023-11-01', { day: 'first' }],
  ['2024年2月', '2024-02-29', { day: 'last' }],
  ['2024-02-30', '!date-unreadable'],
  ['3/15/24', '!date-unreadable'],
  ['1956', '!date-unreadable', { kind: 'number' }],
])

table('month', [
  ['2024.03', '2024-03'],
  ['202403', '2024-03'],
  ['202311.0', '2023-11'],
  ['2023年5月', '2023-05'],
  ['2019.7', '2019-07'],
  ['2024-03-15', '2024-03'],
  ['20240315', '2024-03'],
  ['45366', '2024-03'],
  ['2024.1', '!month-ambiguous'],
  ['2024-1', '2024-01'],
  ['202413', '!month-unreadable'],
  ['2023.12-2024.05', '2023-12', { part: 'from' }],
  ['2023.12-2024.05', '2024-05', { part: 'until' }],
  ['202312至202405', '2024-05', { part: 'until' }],
  ['/', undefined],
])

table('money', [
  ['1,234.50', 123_450],
  ['¥1,234.5', 123_450],
  ['-18230.55', -1_823_055],
  ['200.000000', 20_000],
  ['0', 0],
  ['-', undefined],
  ['/', undefined],
  ['无', undefined],
  ['2万元', 2_000_000],
  ['1.5', 1_500_000, { unit: 'wan' }],
  ['2.000000', 2_000_000, { unit: 'wan' }],
  ['300元', 30_000, { unit: 'wan' }],
  ['178.00000000000003', 17_800],
  ['0.1', 10, { kind: 'number' }],
  ['33.333', '!money-fraction'],
  ['33.335', 3_334, { round: 'half-up' }],
  ['-33.335', -3_334, { round: 'half-up' }],
  ['棉被1床', '!money-unreadable'],
  ['1234567890123456.123456789', '!money-fraction'],
  ['9'.repeat(100), '!money-unreadable'],
])

table('flag', [
  ['是', true],
  ['Y', true],
  ['1.0', true],
  ['√', true],
  ['否', false],
  ['0', false],
  ['寄宿', true, { yes: ['寄宿'], no: ['走读'] }],
  ['走读', false, { yes: ['寄宿'], no: ['走读'] }],
  ['也许', '!flag-unknown'],
  ['某某公司', true, { otherwise: 'yes' }],
])

const grade: FieldDefinition = {
  type: 'code',
  required: true,
  zh: '等级',
  en: 'grade',
  codes: [
    { code: '1', zh: '一级', en: '1' },
    { code: '2', zh: '二级', en: '2' },
  ],
}
const own = { codes: { '01': '1', 贰级: '2', 未定级: '' } }

table(
  'code',
  [
    ['一级', '1'],
    ['2', '2'],
    ['1.0', '1'],
    ['1', '1', own],
    ['贰级', '2', own],
    ['２', '2'],
    ['1-一级', '1'],
    ['二级(2)', '2'],
    ['二级(1)', '!code-unknown'],
    ['未定级', undefined, own],
    ['五级', '!code-unknown'],
    ['五级', '2', { otherwise: '2' }],
    ['-', undefined],
    ['2号', '2', { prefix: 1 }],
  ],
  grade,
)

table(
  'code',
  [
    ['GQ', 'GQ'],
    ['G,Q', 'GQ'],
    ['逾期未检验', 'Q'],
    ['违法未处理,逾期未检验', 'GQ'],
    ['g q', 'GQ'],
    ['??', '!code-unknown'],
  ],
  {
    type: 'code',
    required: true,
    zh: '状态',
    en: 'status',
    open: /^[A-Z]{1,12}$/,
    codes: [
      { code: 'G', zh: '违法未处理', en: 'G' },
      { code: 'Q', zh: '逾期未检验', en: 'Q' },
    ],
  },
)

table('count', [
  ['3', 3],
  ['3.0', 3],
  ['3间', 3],
  ['1,200', 1200],
  ['３', 3],
  ['2.5', '!count-unreadable'],
  ['-3', '!count-unreadable'],
  ['无', undefined],
])

table('area', [
  ['98.60', 986_000],
  ['120', 1_200_000],
  ['98.6㎡', 986_000],
  ['土地109.4㎡/房屋141.28㎡', 1_412_800],
  ['约一百', '!count-unreadable'],
])

table('ratio', [
  ['0.08', 800],
  ['8', 800],
  ['8%', 800],
  ['12', 1200],
  ['0.125', 1250],
  ['1', '!ratio-unreadable'],
  ['1%', 100],
  ['100', 10_000],
  ['101', '!ratio-unreadable'],
  ['〈0.01%', '!ratio-unreadable'],
])

table('name', [
  ['王　磊', '王磊'],
  ['买买提•吐尔逊', '买买提·吐尔逊'],
  ['买买提．吐尔逊', '买买提·吐尔逊'],
  ['买买提 · 吐尔逊', '买买提·吐尔逊'],
  ['JOHN SMITH', 'JOHN SMITH'],
  ['王?', ['王?', 'unreadable-character']],
  ['王\ue123', ['王\ue123', 'unreadable-character']],
  ['张*华', [undefined, 'masked']],
  ['/', undefined],
])

table('key', [
  [' 999901 002001 GB00012F00010003', '999901002001GB00012F00010003'],
  ['5.20E+17', '!key-scientific'],
  ['9999010001234', '9999010001234'],
  ['9999010001234567', '!key-scientific', { kind: 'number' }],
])

table('address', [
  ['石桥乡北坡村2组', '石桥乡', { part: 'township' }],
  ['石桥乡北坡村2组', '北坡村', { part: 'village' }],
  ['云岭县云岭镇南坪村', '云岭县', { part: 'county' }],
  ['云岭县云岭镇南坪村', '云岭镇', { part: 'township' }],
  ['某省某州云岭市桥东街道云河社区3栋', '云岭市', { part: 'county' }],
  ['某省某州云岭市桥东街道云河社区3栋', '桥东街道', { part: 'township' }],
  ['某省某州云岭市桥东街道云河社区3栋', '云河社区', { part: 'village' }],
  ['北坡村2组', '北坡村', { part: 'village' }],
  ['北坡村2组', undefined, { part: 'township' }],
  ['外省', undefined, { part: 'county' }],
  ['石桥乡北坡村2组', undefined, { part: 'county' }],
  ['某某自治州云岭县石桥乡', '石桥乡', { part: 'township' }],
  ['宾川县州城镇', '宾川县', { part: 'county' }],
  ['宾川县州城镇', '州城镇', { part: 'township' }],
  ['云南省大理州宾川县州城镇州城村民委员会', '州城镇', { part: 'township' }],
  ['州城镇州城村', '州城镇', { part: 'township' }],
  ['江苏省南通市通州区西亭镇李庄村委会', '通州区', { part: 'county' }],
  ['广州市番禺区市桥街道', '番禺区', { part: 'county' }],
  ['大理市满江街道满江社区', '大理市', { part: 'county' }],
  ['大理市经济技术开发区满江街道', '大理市', { part: 'county' }],
  ['崇川区天生港镇街道国庆村委会', '天生港镇街道', { part: 'township' }],
])

table('text', [
  ['  云岭\t派出所 ', '云岭 派出所'],
  ['一'.repeat(501), '!text-too-long'],
])
