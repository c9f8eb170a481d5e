import { addMonths } from '#base'
import { matchedTable } from '../../matching/tables.ts'
import { type FactContext, type FeedFacts, newestRow, sqlDate } from '../source.ts'

const net = (column: string): string => `sum_fen(case when refund then -abs(${column}) else ${column} end)`

/**
 * Hospital bills settled inside the window, refunds taken off whichever sign the sender writes. A settlement that
 * several feeds repeat word for word counts once.
 */
export const hospitalBills: FeedFacts = {
  kind: 'hospital-bills',
  subject: 'member',
  facts: { medicalInScopeFen: 'BIGINT', medicalFundFen: 'BIGINT' },
  whenNone: '0',
  sql: ({ today, parameters }: FactContext) => `
    select person_id as subject_id, ${net('in_scope_fen')} as "medicalInScopeFen", ${net('fund_fen')} as "medicalFundFen"
    from (
      select distinct person_id, settlement_key, settled_on, refund, in_scope_fen, fund_fen
      from ${matchedTable('hospital-bills')}
      where person_id is not null and person_role = 'self' and settled_on <= ${sqlDate(today)}
        and settled_on > ${sqlDate(addMonths(today, -parameters.medicalWindowMonths))}
    )
    group by person_id`,
}

/** Disability certificates: the newest by its date of issue. */
export const disability: FeedFacts = {
  kind: 'disability',
  subject: 'member',
  facts: {
    disabilityState: 'VARCHAR',
    disabilityClass: 'VARCHAR',
    disabilityGrade: 'VARCHAR',
    disabilityExpiresOn: 'DATE',
  },
  whenNone: 'null',
  sql: () =>
    newestRow({
      kind: 'disability',
      subject: 'member',
      date: 'issued_on',
      facts: {
        disabilityState: 'state',
        disabilityClass: '"class"',
        disabilityGrade: 'grade',
        disabilityExpiresOn: 'expires_on',
      },
    }),
}
