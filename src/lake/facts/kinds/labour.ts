import { type FeedFacts, newestFirst, sqlList } from '../source.ts'

/** The first month paid by an employer. Unpaid months, arrears, refunds and people who pay for themselves do not count. */
export const insurancePayments: FeedFacts = {
  kind: 'insurance-payments',
  subject: 'member',
  facts: { employeeInsuranceFirstMonth: 'VARCHAR' },
  whenNone: 'null',
  sql: ({ parameters }, rows) => `
    select pid, month_text(min(period)) as "employeeInsuranceFirstMonth"
    from ${rows}
    where person_role = 'self' and paid_flag = 'paid' and employer and amount_fen >= 0
      and insurance in ${sqlList(parameters.employeeInsuranceCodes)}
    group by pid`,
}

/** The first month of a pension in payment. */
export const pensions: FeedFacts = {
  kind: 'pensions',
  subject: 'member',
  facts: { pensionFirstMonth: 'VARCHAR' },
  whenNone: 'null',
  sql: (_, rows) => `
    select pid, month_text(min(period)) as "pensionFirstMonth"
    from ${rows}
    where person_role = 'self' and state = 'normal' and amount_fen > 0
    group by pid`,
}

/** Unemployment: the state of the newest registration, and the latest end of benefit in any row. */
export const unemployment: FeedFacts = {
  kind: 'unemployment',
  subject: 'member',
  facts: { unemploymentState: 'VARCHAR', unemploymentBenefitUntil: 'VARCHAR' },
  whenNone: 'null',
  sql: (_, rows) => `
    select pid, state as "unemploymentState",
      month_text(max(benefit_until) over (partition by pid)) as "unemploymentBenefitUntil"
    from ${rows} where person_role = 'self'
    qualify row_number() over (partition by pid order by ${newestFirst('registered_on')}) = 1`,
}
