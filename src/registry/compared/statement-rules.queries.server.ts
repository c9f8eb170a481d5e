import type { FeedKind } from '#exchange'
import { feedTable } from '#lake/server'

/**
 * How the matched rows of a kind of file become statements about a person. All texts are SQL over the columns of the
 * matched table; field names are those of the kind's definition.
 */
export interface StatementRule {
  /** What tells the things of one person apart (a plate, a kind of pension); none where there is one. */
  readonly things: readonly string[]
  /** A thing has one holder at a time: the newest row tells who, also when another person of the registry had it. */
  readonly hasOneHolder?: true
  /** The date in the row that decides which of two rows of a file is newer. */
  readonly newest?: string
  /** The month a row speaks of, for what is sent month by month: equal months in a row become one statement. */
  readonly month?: string
  /** What the statement says, by field. */
  readonly says: Readonly<Record<string, string>>
  /** Rows that count at all. */
  readonly rows?: string
  /** Newest rows that say something; one that takes back says nothing. */
  readonly holds?: string
  readonly from: string
  readonly until?: string
}

const acquiredOn = 'greatest(first_registered_on, coalesce(owner_changed_on, first_registered_on))'
const periodBegins = 'first_day(feed_period)'
const self = "person_role = 'self'"
// A refund takes money back and says nothing of who is insured.
const noRefund = `${self} and amount_fen >= 0`

/**
 * Every kind of file that speaks of a person, in the order in which a household file shows them. Grain and order of rows
 * are those by which the indicators read the same files (`lake/facts/kinds`).
 */
export const statementRules: Readonly<Partial<Record<FeedKind, StatementRule>>> = {
  deaths: {
    things: [],
    newest: 'died_on',
    says: { diedOn: 'died_on' },
    rows: self,
    holds: 'not reversed',
    from: 'died_on',
  },
  imprisonment: {
    things: [],
    newest: 'started_on',
    says: { state: 'state', startedOn: 'started_on', endsOn: 'ends_on', life: 'life' },
    rows: self,
    from: 'started_on',
  },
  moves: {
    things: ['direction'],
    says: { direction: 'direction', movedOn: 'moved_on' },
    rows: self,
    holds: 'not coalesce(reversed, false)',
    from: 'moved_on',
  },
  marriages: {
    things: ['certificate_key', 'event'],
    newest: 'event_on',
    says: { event: 'event', eventOn: 'event_on' },
    rows: "event in ('marriage', 'divorce')",
    holds: `not exists (select 1 from ${feedTable('marriages')} r
      where r.event = 'revoked' and r.certificate_key = n.certificate_key)`,
    from: 'event_on',
  },
  pensions: {
    things: ['kind'],
    month: 'period',
    says: { kind: 'kind', amountFen: 'amount_fen', state: 'state', reason: 'reason' },
    rows: self,
    from: periodBegins,
  },
  payroll: {
    things: ['class'],
    month: 'period',
    says: { class: 'class', netFen: 'net_fen', exitedOn: 'exited_on' },
    rows: self,
    from: periodBegins,
  },
  'insurance-payments': {
    things: ['insurance'],
    month: 'period',
    says: { insurance: 'insurance', paidFlag: 'paid_flag', baseFen: 'base_fen', employer: 'employer' },
    rows: noRefund,
    from: periodBegins,
  },
  unemployment: {
    things: [],
    newest: 'registered_on',
    says: {
      state: 'state',
      registeredOn: 'registered_on',
      benefitFrom: 'month_text(benefit_from)',
      benefitUntil: 'month_text(benefit_until)',
    },
    rows: self,
    from: 'registered_on',
  },
  'housing-fund': {
    things: [],
    newest: 'last_paid_month',
    says: {
      state: 'state',
      baseFen: 'base_fen',
      lastPaidMonth: 'month_text(last_paid_month)',
      balanceFen: 'balance_fen',
    },
    rows: self,
    from: periodBegins,
  },
  business: {
    things: ['entity_key', 'role'],
    newest: 'started_on',
    says: { kind: 'kind', role: '"role"', state: 'state', startedOn: 'started_on', endedOn: 'ended_on' },
    rows: self,
    from: 'started_on',
    until: 'ended_on',
  },
  'real-estate': {
    things: ['unit_key'],
    newest: 'registered_on',
    says: {
      use: '"use"',
      state: 'state',
      registeredOn: 'registered_on',
      // Two members may own one home: it is counted once.
      unitKey: 'cast(unit_key as varchar)',
    },
    rows: self,
    from: 'registered_on',
  },
  vehicles: {
    things: ['plate_key'],
    hasOneHolder: true,
    newest: acquiredOn,
    says: {
      vehicleType: 'vehicle_type',
      status: 'status',
      firstRegisteredOn: 'first_registered_on',
      ownerChangedOn: 'owner_changed_on',
    },
    rows: self,
    from: acquiredOn,
  },
  'hospital-bills': {
    things: ['settlement_key', 'settled_on', 'refund', 'in_scope_fen', 'fund_fen'],
    says: {
      startedOn: 'started_on',
      settledOn: 'settled_on',
      totalFen: 'total_fen',
      inScopeFen: 'in_scope_fen',
      fundFen: 'fund_fen',
      ownCashFen: 'own_cash_fen',
      refund: 'refund',
    },
    rows: self,
    from: 'settled_on',
    until: 'settled_on + 1',
  },
  disability: {
    things: [],
    newest: 'issued_on',
    says: {
      class: '"class"',
      grade: 'grade',
      state: 'state',
      issuedOn: 'issued_on',
      expiresOn: 'expires_on',
    },
    rows: self,
    from: `coalesce(issued_on, ${periodBegins})`,
  },
  students: {
    things: [],
    says: { stage: 'stage', boarding: 'boarding', hardship: 'hardship' },
    rows: self,
    from: periodBegins,
  },
  'return-poverty': {
    things: [],
    newest: 'identified_on',
    says: {
      category: 'category',
      riskCleared: 'risk_cleared',
      identifiedOn: 'month_text(identified_on)',
      clearedOn: 'month_text(cleared_on)',
      annualIncomeFen: 'annual_income_fen',
      ownMedicalFen: 'own_medical_fen',
    },
    rows: self,
    from: `coalesce(first_day(identified_on), ${periodBegins})`,
  },
}
