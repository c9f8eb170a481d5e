/** The province's rows as the product's kinds of department files. */

/** SQL over a row of the province; `own` draws by person, `row` by row. */
export interface Draws {
  readonly own: (label: string, size: number) => string
  readonly row: (label: string, size: number) => string
}

export interface ScanKind {
  /** The product's kind. */
  readonly kind: string
  /** The province's. */
  readonly from: string
  /** Stored columns besides those of every row. A stored column that is missing here is null. */
  readonly columns: (draws: Draws) => Readonly<Record<string, string>>
}

/** Kinds of the province that the product does not read. */
export const notRead = [
  'bank',
  'farm_subsidy',
  'gifts_and_remittances',
  'heating',
  'housing_cost',
  'veteran_and_orphan',
] as const

/** Kinds of the product that the province has no rows of: what rests on them stays unknown. */
export const notDelivered = ['moves', 'imprisonment', 'marriages', 'return-poverty', 'disasters'] as const

// Shares are such that one household in twelve has an alert: what a province of ours would have to look at.
export const scanKinds: readonly ScanKind[] = [
  {
    kind: 'insurance-payments', from: 'social_insurance',
    columns: ({ row }) => ({
      insurance: "case when f.employer then '110' else '170' end",
      period: 'f.period',
      paid_flag: `case when ${row('paid', 40)} = 0 then 'arrears' else 'paid' end`,
      base_fen: 'f.amount_fen * 12',
      employer: 'f.employer',
      amount_fen: 'f.amount_fen',
    }),
  },
  {
    kind: 'pensions', from: 'pension',
    columns: () => ({
      kind: "case when f.amount_fen > 100000 then '110' else '170' end",
      period: 'f.period',
      amount_fen: 'f.amount_fen',
      state: "'normal'",
    }),
  },
  {
    kind: 'payroll', from: 'wage',
    columns: ({ own }) => ({
      class: `case when not f.public_payroll then 'temporary' when ${own('staff', 9)} = 0 then 'staff' else 'public-post' end`,
      period: 'f.period',
      net_fen: 'f.amount_fen',
    }),
  },
  {
    kind: 'housing-fund', from: 'housing_fund',
    columns: ({ own }) => ({
      base_fen: 'f.paid_fen * 8',
      state: `case when ${own('sealed', 100)} = 0 and f.period > 202602 then 'sealed' else 'normal' end`,
      last_paid_month: `case when ${own('sealed', 100)} = 0 then least(f.period, 202602) else f.period end`,
      balance_fen: 'f.balance_fen',
    }),
  },
  {
    kind: 'unemployment', from: 'unemployment',
    columns: ({ own }) => ({
      registered_on: 'make_date(f.period // 100, f.period % 100, 1)',
      state: `case when ${own('state', 10)} < 3 then 'active' else 'employed' end`,
      benefit_from: 'f.period',
      benefit_until: `case when ${own('benefit', 2)} = 0 then 202612 else f.period end`,
    }),
  },
  {
    kind: 'hospital-bills', from: 'hospital',
    columns: ({ row }) => ({
      settlement_key: row('settlement', 2 ** 52),
      started_on: 'f.settled_on - 6',
      settled_on: 'f.settled_on',
      in_scope_fen: 'f.total_fen * 8 // 10',
      fund_fen: 'f.total_fen * 8 * 93 // 1000',
      total_fen: 'f.total_fen',
      own_cash_fen: 'f.own_fen',
      refund: 'false',
    }),
  },
  {
    kind: 'real-estate', from: 'property',
    columns: ({ row }) => ({
      unit_key: row('unit', 2 ** 52),
      use: `case when ${row('use', 10)} < 2 then 'home' when ${row('use', 10)} < 6 then 'parking' else 'storage' end`,
      state: "case when f.state = 1 then 'current' else 'history' end",
      registered_on: 'f.registered_on',
      area_square_centimetres: `400000 + ${row('area', 1_000_000)}`,
    }),
  },
  {
    kind: 'vehicles', from: 'vehicle',
    columns: ({ row }) => ({
      plate_key: row('plate', 2 ** 52),
      vehicle_type: `case when ${row('type', 10)} < 7 then 'K33' else 'M21' end`,
      status: "case when f.state = 1 then 'A' else 'E' end",
      first_registered_on: `date '1996-07-01' + cast(${row('since', 10_900)} as integer)`,
    }),
  },
  {
    kind: 'business', from: 'business',
    columns: ({ row }) => ({
      entity_key: row('entity', 2 ** 52),
      kind: `case when ${row('kind', 5)} = 0 then 'individual' else 'cooperative' end`,
      role: `case when ${row('role', 2)} = 0 then 'legal-representative' else 'manager' end`,
      state: "case when f.state = 1 then 'active' else 'cancelled' end",
      started_on: `date '2010-01-01' + cast(${row('since', 5800)} as integer)`,
    }),
  },
  {
    kind: 'disability', from: 'disability',
    columns: ({ own }) => ({
      class: `cast(1 + ${own('class', 7)} as varchar)`,
      grade: 'cast(f.grade as varchar)',
      state: "'valid'",
      issued_on: `date '2018-01-01' + cast(${own('issued', 2900)} as integer)`,
    }),
  },
  {
    kind: 'students', from: 'student',
    columns: ({ own }) => ({
      stage: "case when f.tuition_fen > 300000 then 'university' else 'primary' end",
      boarding: `${own('boards', 2)} = 0`,
      hardship: `case when ${own('hardship', 20)} = 0 then 'special' when ${own('hardship', 20)} = 1 then 'difficult' else 'general' end`,
    }),
  },
  { kind: 'deaths', from: 'death', columns: () => ({ died_on: 'f.died_on', reversed: 'false' }) },
] // biome-ignore format: a table reads better in rows
