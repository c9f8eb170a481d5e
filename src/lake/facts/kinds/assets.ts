import { matchedTable } from '../../matching/tables.ts'
import { type FactContext, type FeedFacts, newestFirst, newestRow, sqlList } from '../source.ts'

/** Homes of a household: a unit that two members own together is one. */
export const realEstate: FeedFacts = {
  kind: 'real-estate',
  subject: 'household',
  facts: { homeUnits: 'BIGINT' },
  whenNone: '0',
  sql: () => `
    select household_id as subject_id, count(distinct unit_key) as "homeUnits"
    from (
      select household_id, unit_key, "use", state from ${matchedTable('real-estate')}
      where person_id is not null and person_role = 'self'
      qualify row_number() over (partition by person_id, unit_key order by ${newestFirst('registered_on')}) = 1
    )
    where "use" = 'home' and state = 'current' group by household_id`,
}

/** Businesses: what counts is the newest row of each entity and role. */
export const business: FeedFacts = {
  kind: 'business',
  subject: 'member',
  facts: { activeBusinesses: 'BIGINT' },
  whenNone: '0',
  sql: ({ parameters }: FactContext) => `
    select person_id as subject_id, count(distinct entity_key) as "activeBusinesses"
    from (
      select person_id, entity_key, kind, "role", state from ${matchedTable('business')}
      where person_id is not null and person_role = 'self'
      qualify row_number() over (
        partition by person_id, entity_key, "role" order by ${newestFirst('started_on')}) = 1
    )
    where state = 'active' and kind in ${sqlList(parameters.businessKindsCounted)}
      and "role" in ${sqlList(parameters.businessRolesCounted)}
    group by person_id`,
}

/** The housing fund: a sealed account keeps the base of its last payments. */
export const housingFund: FeedFacts = {
  kind: 'housing-fund',
  subject: 'member',
  facts: { housingFundState: 'VARCHAR', housingFundLastPaidMonth: 'VARCHAR', housingFundBaseFen: 'BIGINT' },
  whenNone: 'null',
  sql: () =>
    newestRow({
      kind: 'housing-fund',
      subject: 'member',
      date: 'last_paid_month',
      facts: {
        housingFundState: 'state',
        housingFundLastPaidMonth: 'month_text(last_paid_month)',
        housingFundBaseFen: 'base_fen',
      },
    }),
}
