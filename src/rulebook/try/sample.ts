import type { Dictionary, ReasonsView, SavedTrial, TrialResult } from './contract.ts'

const both = (zh: string, en: string) => ({ zh, en })
const pack = {
  id: 'demo',
  title: both('演示参数', 'Demonstration values'),
  version: '0.1.0',
  hash: 'c0ffee'.repeat(10).padEnd(64, '0'),
  isDemo: true,
}
const fact = (entity: string, name: string, zh: string, more: Partial<Dictionary['facts'][number]> = {}) => ({
  entity,
  name,
  label: both(zh, name),
  type: 'boolean' as const,
  unit: null,
  codes: [],
  low: null,
  high: null,
  absent: false,
  uses: 1,
  ...more,
})
const money = { type: 'number' as const, unit: 'fen', low: 0, high: 1_000_000_000 }
const rare = (number: number) => fact('member', `rare${number}`, `少用的事实 ${number}`, { uses: 0 })

const parameter = (name: string, zh: string, more: Partial<Dictionary['parameters'][number]>) => ({
  name,
  label: both(zh, name),
  ...{ type: 'number' as const, unit: null, isList: false, low: null, high: null, options: [] },
  ...more,
})

/** A dictionary for tests of the pages: every kind of fact. */
export const sampleDictionary: Dictionary = {
  pack,
  own: { code: '532901000000', name: '大理市' },
  places: [{ code: '532901001000', name: '下关街道' }],
  entities: [
    { id: 'household', label: both('家庭', 'household'), list: null, within: null, most: 1 },
    { id: 'member', label: both('成员', 'member'), list: 'members', within: 'household', most: 3 },
    { id: 'supporter', label: both('义务人', 'supporter'), list: 'supporters', within: 'member', most: 2 },
  ],
  facts: [
    fact('household', 'residence', '城乡类别', {
      type: 'code',
      codes: [
        { code: 'urban', label: both('城镇', 'urban') },
        { code: 'rural', label: both('农村', 'rural') },
      ],
      uses: 4,
    }),
    fact('household', 'propertyFits', '财产符合规定'),
    fact('member', 'wageFen', '每月工资性收入', { ...money, uses: 9 }),
    fact('member', 'bornOn', '出生日期', { type: 'date', uses: 8 }),
    fact('member', 'awaySince', '脱离家庭之日', { type: 'date', absent: true, uses: 2 }),
    fact('member', 'sharePercent', '豁免比例', {
      type: 'number',
      unit: 'percent',
      low: 0,
      high: 100,
      uses: 2,
    }),
    ...Array.from({ length: 14 }, (_, index) => rare(index + 1)),
    fact('supporter', 'bornOn', '出生日期', { type: 'date', uses: 1 }),
  ],
  parameters: [
    parameter('dibaoStandardUrbanFen', '城镇低保标准', { unit: 'fen', low: 1, high: 10_000_000 }),
    parameter('employmentDeductionPercent', '就业成本扣减比例', { unit: 'percent', low: 0, high: 100 }),
    ...Array.from({ length: 12 }, (_, index) => parameter(`other${index}`, `其他参数 ${index + 1}`, {})),
  ],
}

/** Answers of each kind. */
export const sampleResults: TrialResult[] = [
  {
    programme: 'dibaoMargin',
    name: both('最低生活保障边缘家庭', 'Margin household'),
    tier: 'basic',
    place: '',
    who: '',
    outcome: 'not-eligible',
    amount: null,
    missing: [],
  },
  {
    programme: 'dibao',
    name: both('最低生活保障', 'Dibao'),
    tier: 'basic',
    place: '',
    who: '',
    outcome: 'eligible',
    amount: { fen: 90_000, per: 'month' },
    missing: [],
  },
  {
    programme: 'care',
    name: both('照料补贴', 'Care money'),
    tier: 'special',
    place: 'members[1]',
    who: '段*',
    outcome: 'unknown',
    amount: null,
    missing: ['残疾等级', '残疾类别', '能够独立生活', '在监狱服刑', '被宣告失踪', '强制隔离戒毒', '就业状况'],
  },
]

const citation = { title: '最低生活保障审核确认办法', number: '民发〔2021〕57号', clause: '第四条' }

/** Reasons with every part. */
export const sampleReasons: ReasonsView = {
  officer: '家庭月收入1,500.00元，3人，标准800.00元，月补差900.00元。',
  citizen: '您家符合低保条件，每月可领取900.00元。',
  rules: [
    {
      name: '符合低保条件',
      who: '',
      value: '是',
      conditions: [
        {
          text: '全年补差 > 0',
          who: '',
          result: 'holds',
          values: [{ label: '全年补差', value: '10,800.00元' }],
        },
        {
          text: '计入家庭成员',
          who: '段*',
          result: 'unknown',
          values: [{ label: '在监狱服刑', value: '待查明' }],
        },
      ],
      sources: [citation],
      checkedOn: '2026-11-22',
    },
    { name: '标准', who: '段*', value: '800.00元', conditions: [], sources: [], checkedOn: null },
  ],
  parameters: [
    {
      label: '城镇低保标准（每人每月）',
      value: '800.00元',
      isOpen: false,
      isGiven: false,
      from: '2024-01-01',
      place: '大理白族自治州',
      pack: '演示参数',
      isDemo: true,
      source: { title: '演示参数', number: null, clause: '演示' },
      checkedOn: '2026-11-22',
    },
    {
      label: '就业成本扣减比例',
      value: '',
      isOpen: true,
      isGiven: false,
      from: '2021-07-01',
      place: null,
      pack: null,
      isDemo: false,
      source: citation,
      checkedOn: null,
    },
  ],
  sources: [citation],
}

/** A trial that was saved. */
export const sampleTrial: SavedTrial = {
  id: '0197a000-0000-7000-8000-00000000aaaa',
  on: '2026-06-15',
  place: { code: '532901000000', name: '大理市' },
  pack,
  results: sampleResults,
  unsaid: 'unknown',
  household: {
    facts: { residence: 'urban' },
    lists: {
      members: [
        { label: '段*', facts: { wageFen: 150_000, bornOn: '1950-02-03', awaySince: null }, lists: {} },
        { facts: { propertyFits: true }, lists: {} },
      ],
    },
  },
  householdId: '0197a000-0000-7000-8000-00000000bbbb',
  note: '入户时问的',
  savedBy: '段丽华',
  savedAt: '2026-06-15T02:03:04.000Z',
  outcomeHash: 'a1'.repeat(32),
  replay: 'same',
  rulesChanged: true,
  entities: sampleDictionary.entities,
  facts: sampleDictionary.facts,
}
