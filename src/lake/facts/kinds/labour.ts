import { matchedTable } from '../../matching/tables.ts'
import { type FactContext, type FeedFacts, newestFirst, sqlList } from '../source.ts'

/** The first month paid by an employer. Unpaid months, arrears, refunds and people who pay for themselves do not count. */
export const insurancePayments: FeedFacts = {
  kind: 'insurance-payments',
  subject: 'member',
  facts: { employeeInsuranceFirstMonth: 'VARCHAR' },
  whenNone: 'null',
  sql: ({ parameters }: FactContext) => `
    select person_id as subject_id, month_text(min(period)) as "employeeInsuranceFirstMonth"
    from ${matchedTable('insurance-payments')}
    where person_id is not null and person_role = 'self' and paid_flag = 'paid' and employer and amount_fen >= 0
      and insurance in ${sqlList(parameters.employeeInsuranceCodes)}
    group by person_id`,
}

/** The first month of a pension in payment. */
export const pensions: FeedFacts = {
  kind: 'pensions',
  subject: 'member',
  facts: { pensionFirstMonth: 'VARCHAR' },
  whenNone: 'null',
  sql: () => `
    select person_id as subject_id, month_text(min(period)) as "pensionFirstMonth"
    from ${matchedTable('pensions')}
    where person_id is not null and person_role = 'self' and state = 'normal' and amount_fen > 0
    group by person_id`,
}

/** Unemployment: the state of the newest registration, and the latest end of benefit in any row. */
export const unemployment: FeedFacts = {
  kind: 'unemployment',
  subject: 'member',
  facts: { unemploymentState: 'VARCHAR', unemploymentBenefitUntil: 'VARCHAR' },
  whenNone: 'null',
  sql: () => `
    select person_id as subject_id, state as "unemploymentState",
      month_text(max(benefit_until) over (partition by person_id)) as "unemploymentBenefitUntil"
    from ${matchedTable('unemployment')} where person_id is not null and person_role = 'self'
    qualify row_number() over (partition by person_id order by ${newestFirst('registered_on')}) = 1`,
}
