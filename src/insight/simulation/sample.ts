import type { ReplyOf } from '#access'
import type {
  CliffChart,
  ParameterChoice,
  ProgrammeResult,
  readSimulation,
  readSimulationChoices,
  SavedSimulationRow,
  SimulationQuestion,
  SimulationResult,
  TypicalHousehold,
} from './contract.ts'

const both = (zh: string, en: string) => ({ zh, en })
const pack = {
  id: 'cn-532900-dali',
  title: both('大理州规则', 'Rules of Dali'),
  version: '1.4.0',
  hash: 'c0ffee'.repeat(10).padEnd(64, '0'),
}
const region = { code: '532901000000', name: '大理市' }
const [dibao, margin, premium, subsidy] = [
  both('最低生活保障', 'Dibao'),
  both('最低生活保障边缘家庭', 'Margin household'),
  both('居民医保参保资助', 'Help with the premium'),
  both('困难残疾人生活补贴', 'Disability subsidy'),
]

const parameter = (
  name: string,
  label: { zh: string; en: string },
  more: Partial<ParameterChoice>,
): ParameterChoice => ({
  name,
  label,
  type: 'number',
  unit: null,
  isList: false,
  low: null,
  high: null,
  options: [],
  now: null,
  reaches: ['dibao'],
  ...more,
})
const many = Array.from({ length: 14 }, (_, index) =>
  parameter(`rare${index}Months`, both(`少用的期限 ${index + 1}`, `Rare period ${index + 1}`), {
    unit: 'months',
    low: 0,
    high: 60,
    now: { value: 6, text: both('6 个月', '6 months') },
  }),
)

/** What can be asked: a parameter of each kind. */
export const sampleChoices: ReplyOf<typeof readSimulationChoices> = {
  on: '2026-06-15',
  region,
  places: [region, { code: '532901001000', name: '下关街道' }, { code: '532901100000', name: '凤仪镇' }],
  pack,
  programmes: [
    { id: 'dibao', name: dibao, per: 'month' },
    { id: 'dibaoMargin', name: margin, per: 'none' },
    { id: 'premium', name: premium, per: 'year' },
    { id: 'subsidy', name: subsidy, per: 'month' },
  ],
  parameters: [
    parameter(
      'urbanStandardFen',
      both('城镇低保标准（每人每月）', 'Urban dibao standard (a person a month)'),
      {
        unit: 'fen',
        low: 0,
        high: 1_000_000,
        now: { value: 70_000, text: both('700.00元', '700.00 yuan') },
        reaches: ['dibao', 'dibaoMargin'],
      },
    ),
    parameter('marginPercent', both('边缘家庭收入比例', 'Ratio of margin households'), {
      unit: 'percent',
      low: 100,
      high: 300,
      now: { value: 150, text: both('150%', '150 %') },
      reaches: ['dibaoMargin'],
    }),
    parameter('costPercent', both('就业成本扣减比例', 'Share for cost of work'), {
      unit: 'percent',
      low: 0,
      high: 100,
    }),
    parameter('countsWork', both('计算就业成本', 'Cost of work counts'), { type: 'boolean' }),
    ...many,
  ],
  rules: [
    {
      name: 'dibaoEligible',
      label: both('符合低保条件', 'Eligible for dibao'),
      value: 'incomePerCapitaFen < urbanStandardFen and propertyWithinLimits',
    },
  ],
  assumptions: [
    {
      id: 'incomeAsWage',
      name: both('申报的个人月收入', 'Declared monthly income'),
      says: both('就业者申报的月收入按工资计。', 'The declared income of those who work counts as wage.'),
      isUsual: true,
    },
    {
      id: 'propertyWithinLimits',
      name: both('财产符合规定', 'Property within the limits'),
      says: both(
        '没有核对结果的财产按符合规定计。',
        'Property nobody has checked counts as within the limits.',
      ),
      isUsual: true,
    },
    {
      id: 'healthAsUsual',
      name: both('没有登记的残疾和重病', 'No unrecorded disability or illness'),
      says: both('没有登记残疾的按没有残疾计。', 'Without a recorded disability there is none.'),
      isUsual: false,
    },
  ],
}

/** The question of the sample report. */
export const sampleQuestion: SimulationQuestion = {
  on: '2027-01-01',
  region: region.code,
  changes: [{ parameter: 'urbanStandardFen', value: 76_000, region: null }],
  rules: [],
  assumptions: ['incomeAsWage', 'propertyWithinLimits'],
  months: 12,
}

const programme = (
  id: string,
  name: { zh: string; en: string },
  more: Partial<ProgrammeResult>,
): ProgrammeResult => ({
  programme: id,
  name,
  entity: 'household',
  before: { households: 5210, persons: 11_204, unknown: 40, monthlyFen: 261_234_500 },
  after: { households: 5329, persons: 11_551, unknown: 40, monthlyFen: 284_400_050 },
  entered: 123,
  left: 4,
  personsEntered: 356,
  personsLeft: 9,
  gained: 5102,
  lost: 12,
  unchanged: 14_719,
  unknown: 40,
  ...more,
})
const place = (code: string, name: string) => ({ code: `${code}000000`.padEnd(12, '0'), name })
const monthOf = (index: number) => `2027-${String(index + 1).padStart(2, '0')}`
const household = (index: number) => ({
  householdId: `0197a000-0000-7000-8000-00000000${String(1000 + index)}`,
  place: { code: '532901001001', name: '下关街道文献社区' },
  persons: 3 + (index % 3),
})

/** A result with every part. */
export const sampleResult: SimulationResult = {
  question: sampleQuestion,
  region,
  pack,
  snapshot: {
    hash: 'ab12'.repeat(16),
    takenAt: '2026-06-15T02:03:04.000Z',
    on: '2026-06-15',
    households: 20_000,
    persons: 51_234,
  },
  changes: [
    {
      label: both('城镇低保标准（每人每月）', 'Urban dibao standard (a person a month)'),
      place: null,
      before: both('700.00元', '700.00 yuan'),
      after: both('760.00元', '760.00 yuan'),
    },
  ],
  assumptions: sampleChoices.assumptions.map(({ isUsual, ...one }) => ({ ...one, isOn: isUsual })),
  programmes: [
    programme('dibao', dibao, { per: 'month' }),
    programme('dibaoMargin', margin, {
      per: 'none',
      before: { households: 1820, persons: 4310, unknown: 66, monthlyFen: 0 },
      after: { households: 1790, persons: 4241, unknown: 66, monthlyFen: 0 },
      entered: 0,
      left: 0,
      personsEntered: 0,
      personsLeft: 0,
      gained: 0,
      lost: 0,
      unchanged: 19_934,
      unknown: 66,
    }),
    programme('premium', premium, {
      per: 'year',
      restsOn: [both('在资格认定地参保', 'insured at the place of recognition')],
      before: { households: 5210, persons: 11_204, unknown: 40, monthlyFen: 0, yearlyFen: 201_672_000 },
      after: { households: 5329, persons: 11_551, unknown: 40, monthlyFen: 0, yearlyFen: 207_918_000 },
    }),
  ],
  untouched: [{ id: 'subsidy', name: subsidy, per: 'month' }],
  effects: { gains: 5225, loses: 16, unchanged: 14_653, unknown: 106 },
  monthlyBeforeFen: 261_234_500,
  monthlyAfterFen: 284_400_050,
  yearly: { beforeFen: 201_672_000, afterFen: 207_918_000, gains: 123, loses: 4, unknown: 40 },
  counties: [
    {
      place: place('532901001', '下关街道'),
      households: 9100,
      gains: 2310,
      loses: 6,
      unknown: 51,
      beforeFen: 115_000_000,
      afterFen: 126_500_000,
      yearly: { beforeFen: 88_000_000, afterFen: 91_000_000 },
      isHidden: false,
    },
    {
      place: place('532901100', '凤仪镇'),
      households: 10_894,
      gains: 2915,
      loses: 10,
      unknown: 55,
      beforeFen: 146_234_500,
      afterFen: 145_900_050,
      yearly: { beforeFen: 113_672_000, afterFen: 116_918_000 },
      isHidden: false,
    },
    {
      place: place('532901205', '太邑彝族乡'),
      households: null,
      gains: null,
      loses: null,
      unknown: null,
      beforeFen: null,
      afterFen: null,
      yearly: null,
      isHidden: true,
    },
  ],
  months: Array.from({ length: 12 }, (_, index) => ({
    month: monthOf(index),
    beforeFen: 261_234_500 - index * 350_000,
    afterFen: 284_400_050 - index * 410_000 + (index > 6 ? 9_000_000 : 0),
    unknown: 106,
  })),
  bands: [
    { fromFen: null, untilFen: -50_000, households: 0 },
    { fromFen: -50_000, untilFen: -20_000, households: 3 },
    { fromFen: -20_000, untilFen: -5_000, households: 9 },
    { fromFen: -5_000, untilFen: 0, households: 4 },
    { fromFen: 0, untilFen: 1, households: 14_653 },
    { fromFen: 1, untilFen: 5_000, households: 120 },
    { fromFen: 5_000, untilFen: 20_000, households: 4712 },
    { fromFen: 20_000, untilFen: 50_000, households: 301 },
    { fromFen: 50_000, untilFen: null, households: 92 },
  ],
  winners: [0, 1, 2].map((index) => ({
    ...household(index),
    beforeFen: 0,
    afterFen: 228_000 - index * 10_000,
  })),
  losers: [3, 4].map((index) => ({
    ...household(index),
    beforeFen: 61_000,
    afterFen: 21_000 + index * 1000,
  })),
  missing: [
    { name: 'disabilityGrade', label: both('残疾等级', 'Grade of disability'), households: 66 },
    {
      name: 'otherAbleSupporter',
      label: both('有其他能够履行义务的人', 'Another able supporter'),
      households: 40,
    },
  ],
}

/** The typical household of the sample curve. */
export const sampleTypical: TypicalHousehold = {
  residence: 'urban',
  adults: 2,
  children: 1,
  disabilityGrade: 'none',
  upToFen: 600_000,
  stepFen: 5_000,
}

const pointAt = (incomeFen: number): CliffChart['points'][number] => {
  const side = (standardFen: number) => {
    const topUp = Math.max(0, 3 * standardFen - incomeFen)
    const school = incomeFen < 3 * standardFen ? 45_000 : 0
    const isOpen = incomeFen > 560_000
    return isOpen
      ? { benefitFen: null, netFen: null }
      : { benefitFen: topUp + school, netFen: incomeFen + topUp + school }
  }
  return { incomeFen, before: side(70_000), after: side(76_000) }
}

/** A curve with a cliff on each side, and a gap at its end. */
export const sampleCliff: CliffChart = {
  points: Array.from({ length: 121 }, (_, index) => pointAt(index * 5_000)),
  cliffs: {
    before: [{ fromIncomeFen: 205_000, toIncomeFen: 210_000, fallFen: 45_000, programmes: ['dibao'] }],
    after: [{ fromIncomeFen: 225_000, toIncomeFen: 230_000, fallFen: 42_000, programmes: ['dibao'] }],
  },
  missing: [both('残疾等级', 'Grade of disability')],
}

/** A row of the list. */
export const sampleRow: SavedSimulationRow = {
  id: '0197a000-0000-7000-8000-00000000cccc',
  number: 'SIM2026-00001',
  title: '城镇低保标准由 700 元提到 760 元',
  on: '2027-01-01',
  region,
  monthlyBeforeFen: sampleResult.monthlyBeforeFen,
  monthlyAfterFen: sampleResult.monthlyAfterFen,
  savedBy: '段丽华',
  savedAt: '2026-06-15T02:10:00.000Z',
}

/** A saved report with its curve. */
export const sampleReport: ReplyOf<typeof readSimulation> = {
  ...sampleRow,
  result: sampleResult,
  typical: sampleTypical,
  cliff: sampleCliff,
  resultHash: 'a1'.repeat(32),
  rulesChanged: true,
}
