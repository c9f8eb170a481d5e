import { type FeedFacts, newestFirst, newestRow, sqlList } from '../source.ts'

/** Homes of a household: a unit that two members own together is one. */
export const realEstate: FeedFacts = {
  kind: 'real-estate',
  subject: 'household',
  facts: { homeUnits: 'BIGINT' },
  whenNone: '0',
  sql: (_, rows) => `
    select hid, count(distinct unit_key) as "homeUnits"
    from (
      select hid, unit_key, "use", state from ${rows}
      where person_role = 'self'
      qualify row_number() over (partition by pid, unit_key order by ${newestFirst('registered_on')}) = 1
    )
    where "use" = 'home' and state = 'current' group by hid`,
}

/** Businesses: what counts is the newest row of each entity and role. */
export const business: FeedFacts = {
  kind: 'business',
  subject: 'member',
  facts: { activeBusinesses: 'BIGINT' },
  whenNone: '0',
  sql: ({ parameters }, rows) => `
    select pid, count(distinct entity_key) as "activeBusinesses"
    from (
      select pid, entity_key, kind, "role", state from ${rows}
      where person_role = 'self'
      qualify row_number() over (
        partition by pid, entity_key, "role" order by ${newestFirst('started_on')}) = 1
    )
    where state = 'active' and kind in ${sqlList(parameters.businessKindsCounted)}
      and "role" in ${sqlList(parameters.businessRolesCounted)}
    group by pid`,
}

/** The housing fund: a sealed account keeps the base of its last payments. */
export const housingFund: FeedFacts = {
  kind: 'housing-fund',
  subject: 'member',
  facts: { housingFundState: 'VARCHAR', housingFundLastPaidMonth: 'VARCHAR', housingFundBaseFen: 'BIGINT' },
  whenNone: 'null',
  sql: (_, rows) =>
    newestRow(rows, {
      subject: 'member',
      date: 'last_paid_month',
      facts: {
        housingFundState: 'state',
        housingFundLastPaidMonth: 'month_text(last_paid_month)',
        housingFundBaseFen: 'base_fen',
      },
    }),
}
