import { feedTable, matchedTable } from '../../matching/tables.ts'
import { type FactContext, type FeedFacts, newestRow, sqlDate } from '../source.ts'

/**
 * Marriages and divorces of either partner. A revocation cancels by certificate, and is looked for in the whole feed:
 * its row need not name the person.
 */
export const marriages: FeedFacts = {
  kind: 'marriages',
  subject: 'member',
  facts: { lastMarriageEventOn: 'DATE' },
  whenNone: 'null',
  sql: ({ today }: FactContext) => `
    select person_id as subject_id, max(event_on) as "lastMarriageEventOn"
    from ${matchedTable('marriages')} m
    where person_id is not null and event in ('marriage', 'divorce') and event_on <= ${sqlDate(today)}
      and not exists (select 1 from ${feedTable('marriages')} r
        where r.event = 'revoked' and r.certificate_key = m.certificate_key)
    group by person_id`,
}

/** Students that the schools list as poor, known only from the list. */
export const students: FeedFacts = {
  kind: 'students',
  subject: 'lead',
  facts: { studentHardship: 'VARCHAR' },
  whenNone: 'null',
  sql: () => newestRow({ kind: 'students', subject: 'lead', facts: { studentHardship: 'hardship' } }),
}

/** People on the return-poverty watch, known only from the list. */
export const returnPoverty: FeedFacts = {
  kind: 'return-poverty',
  subject: 'lead',
  facts: { returnPovertyCategory: 'VARCHAR', returnPovertyRiskCleared: 'BOOLEAN' },
  whenNone: 'null',
  sql: () =>
    newestRow({
      kind: 'return-poverty',
      subject: 'lead',
      date: 'identified_on',
      facts: { returnPovertyCategory: 'category', returnPovertyRiskCleared: 'risk_cleared' },
    }),
}
