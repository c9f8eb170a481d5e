import { feedTable } from '../../matching/tables.ts'
import { type FeedFacts, newestRow, sqlDate } from '../source.ts'

/**
 * Marriages and divorces of either partner. A revocation cancels by certificate, and is looked for in the whole feed:
 * its row need not name the person.
 */
export const marriages: FeedFacts = {
  kind: 'marriages',
  subject: 'member',
  facts: { lastMarriageEventOn: 'DATE' },
  whenNone: 'null',
  changes: true,
  tiedBy: 'certificate_key',
  sql: ({ today }, rows) => `
    select pid, max(event_on) filter (where event_on <= ${sqlDate(today)}) as "lastMarriageEventOn",
      min(event_on) filter (where event_on > ${sqlDate(today)}) as changes_on
    from ${rows} m
    where event in ('marriage', 'divorce')
      and not exists (select 1 from ${feedTable('marriages')} r
        where r.event = 'revoked' and r.certificate_key = m.certificate_key)
    group by pid`,
}

/** Students that the schools list as poor, known only from the list. */
export const students: FeedFacts = {
  kind: 'students',
  subject: 'lead',
  facts: { studentHardship: 'VARCHAR' },
  whenNone: 'null',
  sql: (_, rows) => newestRow(rows, { subject: 'lead', facts: { studentHardship: 'hardship' } }),
}

/** People on the return-poverty watch, known only from the list. */
export const returnPoverty: FeedFacts = {
  kind: 'return-poverty',
  subject: 'lead',
  facts: { returnPovertyCategory: 'VARCHAR', returnPovertyRiskCleared: 'BOOLEAN' },
  whenNone: 'null',
  sql: (_, rows) =>
    newestRow(rows, {
      subject: 'lead',
      date: 'identified_on',
      facts: { returnPovertyCategory: 'category', returnPovertyRiskCleared: 'risk_cleared' },
    }),
}
