import {
  bitsInLast,
  type Columns,
  type DaySpan,
  type FeedPlan,
  firstMonth,
  isInLast,
  type MonthSpan,
  monthBit,
  type PassPlan,
} from '#lake'

// What the yardstick's 47 facts of a household rest on: eighteen kinds of rows, the registry, and the day.

const base = 202401

const sum = (value: string, where?: string): string =>
  `cast(sum(${value})${where ? ` filter (where ${where})` : ''} as bigint)`
const count = (where: string): string => `cast(count(*) filter (where ${where}) as integer)`
const bit = (month: string): string => monthBit(month, { base, month: base })
const sumOfYear = (value: string, span: MonthSpan): string => sum(value, isInLast('period', span, 12))
/** The twelfth part of a year's sum, rounded down; amounts of the plan are never below zero. */
const perMonth = (yearly: string): string => `whole_part(${yearly}, 12)`
const lastYear = ({ month }: MonthSpan): number => Math.floor(month / 100) - 1
/** Columns that are kept as they came. */
const plain = (...names: string[]): Columns => Object.fromEntries(names.map((name) => [name, `f."${name}"`]))

const feeds: readonly FeedPlan[] = [
  {
    kind: 'social_insurance',
    joins: { insured: 'bits', employed: 'bits' },
    keep: {
      folded: {
        insured: `bit_or(${bit('period')})`,
        employed: `bit_or(${bit('period')}) filter (where employer)`,
      },
    },
    household: () => ({ insured: 'bit_or(insured)' }),
    member: () => ({ employed: 'bit_or(employed)' }),
  },
  {
    kind: 'pension',
    joins: { pension: 'sum' },
    keep: { rows: plain('period', 'amount_fen') },
    household: (span) => ({ pension: sumOfYear('amount_fen', span) }),
  },
  {
    kind: 'wage',
    joins: { wage: 'sum', public_month: 'greatest', waged_month: 'greatest' },
    keep: { rows: plain('period', 'amount_fen', 'public_payroll') },
    household: (span) => ({
      wage: sumOfYear('amount_fen', span),
      public_month: 'max(period) filter (where public_payroll)',
    }),
    member: () => ({ waged_month: 'max(period)' }),
  },
  {
    kind: 'housing_fund',
    joins: { fund_balance: 'sum' },
    keep: { rows: plain('period', 'balance_fen') },
    household: (span) => ({
      fund_balance: sum('balance_fen', `period = ${firstMonth(span, 2)}`),
    }),
  },
  {
    kind: 'unemployment',
    joins: { jobless: 'bits' },
    keep: { folded: { jobless: `bit_or(${bit('period')})` } },
    household: () => ({ jobless: 'bit_or(jobless)' }),
  },
  {
    kind: 'bank',
    joins: { deposit: 'sum', interest: 'sum', debt_service: 'sum' },
    keep: { rows: plain('balance_fen', 'interest_fen', 'debt_service_fen') },
    household: () => ({
      deposit: sum('balance_fen'),
      interest: sum('interest_fen'),
      debt_service: sum('debt_service_fen'),
    }),
  },
  {
    kind: 'hospital',
    joins: { sick: 'bits', medical_total: 'sum', medical_own: 'sum', treated_month: 'greatest' },
    keep: {
      rows: {
        period: 'cast(year(f.settled_on) * 100 + month(f.settled_on) as integer)',
        ...plain('total_fen', 'own_fen'),
      },
    },
    household: (span) => ({
      sick: `bit_or(${bit('period')})`,
      medical_total: sumOfYear('total_fen', span),
      medical_own: sumOfYear('least(own_fen, total_fen)', span),
    }),
    member: () => ({ treated_month: 'max(period)' }),
  },
  {
    kind: 'property',
    joins: { homes: 'sum', rent: 'sum' },
    keep: { rows: plain('rent_fen', 'state') },
    household: () => ({ homes: count('state = 1'), rent: sum('rent_fen', 'state = 1') }),
  },
  {
    kind: 'vehicle',
    joins: { vehicles: 'sum', vehicle_value: 'sum' },
    keep: { rows: plain('value_fen', 'state') },
    household: () => ({ vehicles: count('state = 1'), vehicle_value: sum('value_fen', 'state = 1') }),
  },
  {
    kind: 'business',
    joins: { shops: 'sum', profit: 'sum' },
    keep: { rows: plain('profit_fen', 'state') },
    household: () => ({
      shops: count('state = 1'),
      profit: sum('greatest(profit_fen, 0)', 'state = 1'),
    }),
  },
  {
    kind: 'student',
    joins: { tuition: 'sum', dropped_out: 'any', enrolled: 'any' },
    keep: { rows: plain('tuition_fen', 'state') },
    household: () => ({ tuition: sum('tuition_fen', 'state = 1'), dropped_out: 'bool_or(state = 2)' }),
    member: () => ({ enrolled: 'bool_or(state = 1)' }),
  },
  {
    kind: 'farm_subsidy',
    joins: { farm: 'sum' },
    keep: { rows: plain('year', 'amount_fen') },
    household: (span) => ({ farm: sum('amount_fen', `year >= ${lastYear(span)}`) }),
  },
  {
    kind: 'disability',
    joins: { disability_cost: 'sum', gravest_grade: 'least' },
    keep: { rows: plain('grade', 'cost_fen') },
    household: () => ({ disability_cost: sum('cost_fen') }),
    member: () => ({ gravest_grade: 'min(nullif(grade, 0))' }),
  },
  {
    kind: 'death',
    joins: { last_death_on: 'greatest', died_on: 'greatest' },
    keep: { rows: plain('died_on') },
    household: () => ({ last_death_on: 'max(died_on)' }),
    member: () => ({ died_on: 'max(died_on)' }),
  },
  {
    kind: 'gifts_and_remittances',
    joins: { gift: 'sum', remittance: 'sum', compensation: 'sum' },
    keep: { rows: plain('period', 'gift_fen', 'remittance_fen', 'compensation_fen') },
    household: (span) => ({
      gift: sumOfYear('gift_fen', span),
      remittance: sumOfYear('remittance_fen', span),
      compensation: sumOfYear('compensation_fen', span),
    }),
  },
  {
    kind: 'heating',
    joins: { heating: 'sum' },
    keep: { rows: plain('season', 'cost_fen') },
    household: (span) => ({ heating: sum('cost_fen', `season >= ${lastYear(span)}`) }),
  },
  {
    kind: 'housing_cost',
    joins: { housing: 'sum' },
    keep: { rows: plain('cost_fen') },
    household: () => ({ housing: sum('cost_fen') }),
  },
  {
    kind: 'veteran_and_orphan',
    joins: { honoured: 'greatest' },
    keep: { rows: plain('kind') },
    household: () => ({}),
    member: () => ({ honoured: 'max(kind)' }),
  },
]

const yearsBefore = (span: DaySpan, years: number): string =>
  `date '${Number(span.today.slice(0, 4)) - years}${span.today.slice(4)}'`

const memberFacts = (span: DaySpan): Columns => {
  const here = 'p.died_on is null'
  const counted = (condition: string): string => count(`${here} and ${condition}`)
  const since = (column: string, months: number): string => `p.${column} >= ${firstMonth(span, months)}`
  const employed = `${bitsInLast('p.employed', span, 3)} <> 0`
  return {
    people: counted('true'),
    children: counted(`p.birth > ${yearsBefore(span, 18)}`),
    elderly: counted(`p.birth <= ${yearsBefore(span, 60)}`),
    workers: counted(`(${since('waged_month', 3)} or ${employed})`),
    students: counted('p.enrolled'),
    patients: counted(since('treated_month', 12)),
    disabled: counted('(p.disabled_grade > 0 or p.gravest_grade is not null)'),
    severe: counted('(p.disabled_grade between 1 and 2 or p.gravest_grade <= 2)'),
    veterans: counted('p.honoured = 1'),
    orphans: counted(`p.honoured = 2 and p.birth > ${yearsBefore(span, 18)}`),
  }
}

const limits = [
  'standardFen',
  'marginPercent',
  'rigidPercent',
  'depositPerPersonFen',
  'vehicleLimitFen',
  'medicalLineFen',
  'tuitionLineFen',
  'heatingAidFen',
]

const facts = (span: DaySpan): Columns => {
  const today = `date '${span.today}'`
  const kept = (column: string): string => `coalesce(h.${column}, 0)`
  const monthly = (column: string): string => perMonth(kept(column))
  const upTo = (value: string, most: number): string => `least(${value}, ${most})`
  const inLast = (column: string, months: number): string => bitsInLast(`h.${column}`, span, months)
  const months = (column: string): string => `cast(bit_count(${inLast(column, 12)}) as integer)`
  return {
    wageFen: monthly('wage'),
    selfEmployedFen: monthly('profit'),
    farmIncomeFen: monthly('farm'),
    pensionFen: monthly('pension'),
    rentFen: monthly('rent'),
    interestFen: monthly('interest'),
    giftFen: monthly('gift'),
    supportFen: perMonth('h.support_fen'),
    compensationFen: monthly('compensation'),
    remittanceFen: monthly('remittance'),
    medicalOwnFen: kept('medical_own'),
    medicalTotalFen: kept('medical_total'),
    tuitionFen: kept('tuition'),
    disabilityCostFen: kept('disability_cost'),
    housingCostFen: monthly('housing'),
    heatingCostFen: monthly('heating'),
    debtServiceFen: monthly('debt_service'),
    depositFen: kept('deposit'),
    vehicleValueFen: kept('vehicle_value'),
    fundBalanceFen: kept('fund_balance'),
    people: 'greatest(m.people, 1)',
    children: 'm.children',
    elderly: 'm.elderly',
    workers: 'm.workers',
    students: 'm.students',
    patients: 'm.patients',
    disabled: 'm.disabled',
    severelyDisabled: 'm.severe',
    homes: upTo(kept('homes'), 5),
    vehicles: upTo(kept('vehicles'), 4),
    monthsSick: months('sick'),
    monthsJobless: months('jobless'),
    urban: 'h.urban',
    ownsShop: `${kept('shops')} > 0`,
    publicPayroll: `coalesce(h.public_month >= ${firstMonth(span, 3)}, false)`,
    singleParent: 'h.single_parent',
    lostBreadwinner: `coalesce(h.last_death_on > ${yearsBefore(span, 1)}, false)`,
    inDisasterArea: 'h.in_disaster_area',
    hasOrphan: 'm.orphans > 0',
    hasVeteran: 'm.veterans > 0',
    paysPremium: `${inLast('insured', 3)} <> 0`,
    schoolDropout: 'coalesce(h.dropped_out, false)',
    unsafeHome: 'h.unsafe_home',
    aidedLastYear: `coalesce(h.aided_on > ${yearsBefore(span, 1)}, false)`,
    movedRecently: `coalesce(h.moved_on > ${yearsBefore(span, 1)}, false)`,
    daysSinceVisit: `cast(${today} - h.last_visit as integer)`,
    daysSinceReview: `cast(${today} - h.last_review as integer)`,
  }
}

/** The pass of the benchmark. */
export const yardstickPlan: PassPlan = {
  feeds,
  memberFacts,
  facts,
  limits: Object.fromEntries(limits.map((name) => [name, `t."${name}"`])),
}
