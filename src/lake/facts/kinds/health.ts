import { addMonths } from '#base'
import { type FeedFacts, newestRow, sqlDate } from '../source.ts'

const net = (column: string): string =>
  `sum_fen(case when counts then case when refund then -abs(${column}) else ${column} end end)`

/**
 * Hospital bills settled inside the window, refunds taken off whichever sign the sender writes. A settlement that
 * several feeds repeat word for word counts once.
 */
export const hospitalBills: FeedFacts = {
  kind: 'hospital-bills',
  subject: 'member',
  facts: { medicalInScopeFen: 'BIGINT', medicalFundFen: 'BIGINT' },
  whenNone: '0',
  changes: true,
  sql: ({ today, parameters: { medicalWindowMonths } }, rows) => {
    const [day, opens] = [today, addMonths(today, -medicalWindowMonths)].map(sqlDate)
    return `
      select pid, ${net('in_scope_fen')} as "medicalInScopeFen", ${net('fund_fen')} as "medicalFundFen",
        min(case when counts then add_months(settled_on, ${medicalWindowMonths}) else settled_on end) as changes_on
      from (
        select distinct pid, settlement_key, settled_on, refund, in_scope_fen, fund_fen, settled_on <= ${day} as counts
        from ${rows} where person_role = 'self' and settled_on > ${opens}
      )
      group by pid`
  },
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
  sql: (_, rows) =>
    newestRow(rows, {
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
