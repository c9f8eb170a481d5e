/** The eighteen kinds of department rows: how many rows a person, who can have one, and what a row says. */
export interface Kind {
  readonly name: string
  readonly monthly: boolean
  /** Rows (of a month, where monthly) per person of the province. */
  readonly rate: number
  /** SQL over a person: who can have a row at all. */
  readonly eligible: string
  /** What part of the rows are a person's first, second, third … of this kind. One-off kinds only. */
  readonly copies: readonly number[]
  /** Of twelve months a person has rows in so many, all in a row; the others come nearly every month. */
  readonly spell?: number
  /** Columns and SQL; `below` draws by row, `own` by person. */
  readonly columns: (from: Drawn) => Readonly<Record<string, string>>
}

export interface Drawn {
  readonly below: (label: string, size: number) => string
  readonly own: (label: string, size: number) => string
  /** The month of the file, 202606 for one. */
  readonly month: number
}

export const months: readonly number[] = [
  202506, 202507, 202508, 202509, 202510, 202511, 202512, 202601, 202602, 202603, 202604, 202605,
]
export const deltaMonth = 202606

const bigint = (sql: string): string => `CAST(${sql} AS BIGINT)`
const tiny = (sql: string): string => `CAST(${sql} AS TINYINT)`
const period = ({ month }: Drawn): string => `CAST(${month} AS INTEGER)`

const hospitalTotal = ({ below }: Drawn): string =>
  `CAST(20000 + ${below('total', 1_800_000)} AS BIGINT) * CASE WHEN ${below('grave', 20)} = 0 THEN 8 ELSE 1 END`

const monthly: readonly Kind[] = [
  {
    name: 'social_insurance', monthly: true, rate: 22 / 60, eligible: '"age" BETWEEN 16 AND 64', copies: [1],
    columns: (from) => ({
      period: period(from),
      amount_fen: bigint(`24000 + ${from.own('base', 90_000)} + ${from.below('amount', 600)}`),
      employer: `${from.own('employer', 100)} < 62`,
    }),
  },
  {
    name: 'pension', monthly: true, rate: 12 / 60, eligible: '"age" >= 58', copies: [1],
    columns: (from) => ({
      period: period(from),
      amount_fen: bigint(`CASE WHEN ${from.own('employee', 100)} < 45 THEN 180000 + ${from.own('base', 320_000)} ELSE 13000 + ${from.own('base', 16_000)} END`),
    }),
  },
  {
    name: 'wage', monthly: true, rate: 10.5 / 60, eligible: '"age" BETWEEN 17 AND 62', copies: [1],
    columns: (from) => ({
      period: period(from),
      amount_fen: bigint(`160000 + ${from.own('base', 700_000)} + ${from.below('amount', 60_000)}`),
      public_payroll: `${from.own('public', 100)} < 9`,
    }),
  },
  {
    name: 'housing_fund', monthly: true, rate: 5 / 60, eligible: '"age" BETWEEN 20 AND 60', copies: [1],
    columns: (from) => ({
      period: period(from),
      paid_fen: bigint(`20000 + ${from.own('base', 180_000)}`),
      balance_fen: bigint(`${from.own('balance', 12_000_000)} + ${from.below('more', 90_000)}`),
    }),
  },
  {
    name: 'unemployment', monthly: true, rate: 1.2 / 60, eligible: '"age" BETWEEN 20 AND 59', copies: [1], spell: 4,
    columns: (from) => ({ period: period(from), amount_fen: bigint(`120000 + ${from.own('base', 60_000)}`) }),
  },
] // biome-ignore format: a table reads better in rows

const once: readonly Kind[] = [
  {
    name: 'bank', monthly: false, rate: 5 / 5, eligible: '"age" >= 3', copies: [0.6, 0.24, 0.1, 0.06],
    columns: (from) => ({
      balance_fen: bigint(`CASE WHEN ${from.below('rich', 25)} = 0 THEN ${from.below('much', 60_000_000)} ELSE ${from.below('little', 2_500_000)} END`),
      interest_fen: bigint(from.below('interest', 60_000)),
      debt_service_fen: bigint(`CASE WHEN ${from.below('debt', 6)} = 0 THEN ${from.below('service', 600_000)} ELSE 0 END`),
    }),
  },
  {
    name: 'hospital', monthly: false, rate: 2.5 / 5, eligible: 'true', copies: [0.62, 0.22, 0.1, 0.06],
    columns: (from) => ({
      settled_on: from.month === deltaMonth ? day(from, 'DATE \'2026-06-01\'', 'settled', 14) : day(from, 'DATE \'2025-06-01\'', 'settled', 365),
      total_fen: bigint(hospitalTotal(from)),
      own_fen: bigint(`(${hospitalTotal(from)}) * (10 + ${from.below('own', 75)}) // 100`),
    }),
  },
  {
    name: 'property', monthly: false, rate: 1.6 / 5, eligible: '"age" >= 20', copies: [0.72, 0.2, 0.08],
    columns: (from) => ({
      registered_on: from.month === deltaMonth ? day(from, 'DATE \'2026-06-01\'', 'since', 14) : day(from, 'DATE \'2001-01-01\'', 'since', 9270),
      rent_fen: bigint(`CASE WHEN ${from.below('let', 7)} = 0 THEN ${from.below('rent', 3_000_000)} ELSE 0 END`),
      state: tiny(`CASE WHEN ${from.below('state', 100)} < 86 THEN 1 ELSE 2 END`),
    }),
  },
  {
    name: 'vehicle', monthly: false, rate: 0.9 / 5, eligible: '"age" >= 18', copies: [0.88, 0.12],
    columns: (from) => ({
      value_fen: bigint(`100000 + ${from.below('value', 18_000_000)}`),
      state: tiny(`CASE WHEN ${from.below('state', 100)} < 90 THEN 1 ELSE 2 END`),
    }),
  },
  {
    name: 'business', monthly: false, rate: 0.25 / 5, eligible: '"age" BETWEEN 20 AND 75', copies: [1],
    columns: (from) => ({
      profit_fen: bigint(`${from.below('profit', 16_000_000)} - 1500000`),
      state: tiny(`CASE WHEN ${from.below('state', 100)} < 78 THEN 1 ELSE 2 END`),
    }),
  },
  {
    name: 'student', monthly: false, rate: 0.9 / 5, eligible: '"age" BETWEEN 3 AND 25', copies: [1],
    columns: (from) => ({
      tuition_fen: bigint(`CASE WHEN "age" >= 18 THEN 300000 + ${from.below('tuition', 900_000)} ELSE ${from.below('fee', 120_000)} END`),
      state: tiny(`CASE WHEN ${from.below('state', 100)} < 96 THEN 1 ELSE 2 END`),
    }),
  },
  {
    name: 'farm_subsidy', monthly: false, rate: 1.6 / 5, eligible: '"age" >= 20 AND NOT "urban"', copies: [0.6, 0.4],
    columns: (from) => ({
      year: `CAST(${from.month === deltaMonth ? '2026' : '2025 - "copy"'} AS INTEGER)`,
      amount_fen: bigint(`8000 + ${from.below('amount', 120_000)}`),
    }),
  },
  {
    name: 'disability', monthly: false, rate: 0.3 / 5, eligible: '"disabled_grade" > 0', copies: [1],
    columns: (from) => ({
      grade: '"disabled_grade"',
      cost_fen: bigint(`CASE WHEN ${from.below('spent', 3)} = 0 THEN ${from.below('cost', 1_200_000)} ELSE 0 END`),
    }),
  },
  {
    name: 'death', monthly: false, rate: 0.04 / 5, eligible: '"age" >= 50', copies: [1],
    columns: (from) => ({ died_on: from.month === deltaMonth ? day(from, 'DATE \'2026-06-01\'', 'died', 14) : day(from, 'DATE \'2025-06-01\'', 'died', 365) }),
  },
  {
    name: 'gifts_and_remittances', monthly: false, rate: 0.5 / 5, eligible: '"age" >= 18', copies: [0.7, 0.3],
    columns: (from) => ({
      period: from.month === deltaMonth ? `CAST(${deltaMonth} AS INTEGER)` : `CAST(${from.below('month', 12)} + CASE WHEN ${from.below('month', 12)} < 7 THEN 202506 ELSE 202594 END AS INTEGER)`,
      gift_fen: bigint(`CASE WHEN ${from.below('what', 3)} = 0 THEN ${from.below('gift', 500_000)} ELSE 0 END`),
      remittance_fen: bigint(`CASE WHEN ${from.below('what', 3)} = 1 THEN ${from.below('remittance', 900_000)} ELSE 0 END`),
      compensation_fen: bigint(`CASE WHEN ${from.below('what', 3)} = 2 THEN ${from.below('compensation', 2_000_000)} ELSE 0 END`),
    }),
  },
  {
    name: 'heating', monthly: false, rate: 1.3 / 5, eligible: '"head"', copies: [1],
    columns: (from) => ({ season: 'CAST(2025 AS INTEGER)', cost_fen: bigint(`60000 + ${from.below('cost', 240_000)}`) }),
  },
  {
    name: 'housing_cost', monthly: false, rate: 0.5 / 5, eligible: '"head"', copies: [1],
    columns: (from) => ({ cost_fen: bigint(`30000 + ${from.below('cost', 2_400_000)}`) }),
  },
  {
    name: 'veteran_and_orphan', monthly: false, rate: 0.1 / 5, eligible: '"age" < 18 AND "n" % 9 = 0 OR "age" >= 20', copies: [1],
    columns: () => ({ kind: tiny('CASE WHEN "age" < 18 THEN 2 ELSE 1 END') }),
  },
] // biome-ignore format: a table reads better in rows

export const kinds: readonly Kind[] = [...monthly, ...once]

function day(from: Drawn, first: string, label: string, size: number): string {
  return `CAST(${first} + ${from.below(label, size)} AS DATE)`
}
