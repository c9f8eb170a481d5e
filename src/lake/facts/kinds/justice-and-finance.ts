import { type FeedFacts, newestFirst, newestRow } from '../source.ts'

/** Imprisonment: the newest sentence, by its start. */
export const imprisonment: FeedFacts = {
  kind: 'imprisonment',
  subject: 'member',
  facts: {
    custodyState: 'VARCHAR',
    custodyStartedOn: 'DATE',
    custodyForLife: 'BOOLEAN',
    custodyEndsOn: 'DATE',
  },
  whenNone: 'null',
  sql: (_, rows) =>
    newestRow(rows, {
      subject: 'member',
      date: 'started_on',
      facts: {
        custodyState: 'state',
        custodyStartedOn: 'started_on',
        custodyForLife: 'life',
        custodyEndsOn: 'ends_on',
      },
    }),
}

/** The public payroll: the row of the latest month paid, whichever feed brought it. */
export const payroll: FeedFacts = {
  kind: 'payroll',
  subject: 'member',
  facts: { payrollClass: 'VARCHAR', payrollExitedOn: 'DATE' },
  whenNone: 'null',
  sql: (_, rows) => `
    select pid, "class" as "payrollClass", exited_on as "payrollExitedOn"
    from ${rows} where person_role = 'self'
    qualify row_number() over (partition by pid order by period desc, ${newestFirst()}) = 1`,
}
