import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  title: 'Tasks',
  lead: 'What is to do after alerts were disposed of. Say how it ended; the household’s assistance chain shows it.',
  help: {
    what: 'Tasks come from disposals; the county bureau or the department in charge does them. “Review the benefit” asks a person to check; no benefit is stopped automatically.',
    keys: 'j and k move, Enter opens.',
    who: 'To ask why a task came to you, contact the office that disposed of the alert.',
  },
  tabs: {
    label: 'Which tasks',
    mine: 'My office, open',
    any: 'My area, open',
    done: 'My office, done',
    allDone: 'My area, done',
  },
  caption: 'Tasks',
  columns: {
    kind: 'Task',
    subject: 'About',
    place: 'Place',
    due: 'Due',
    holder: 'Held by',
    opened: 'Opened',
  },
  kind: {
    'implement-policy': 'Carry out the policy',
    'check-entitlement': 'Check entitlement',
    coordinate: 'Coordinate',
    'review-entitlement': 'Review the benefit',
  },
  about: {
    'implement-policy': 'Carry out the assistance the person is entitled to.',
    'check-entitlement':
      'Check whether the conditions are met; if so tell the person and begin the determination.',
    coordinate: 'Bring it to the county’s coordination for people in hardship.',
    'review-entitlement':
      'Check whether the conditions are still met; change a benefit only by procedure, never because of the alert alone.',
  },
  other: 'Another task',
  status: { open: 'Open', done: 'Done', withdrawn: 'Withdrawn' },
  empty: {
    title: 'No open tasks',
    body: 'Tasks appear here when an alert is disposed of by one of the four routes.',
    done: 'No task is done yet',
  },
  panel: {
    title: '{{kind}}',
    alert: 'See the alert',
    household: 'Open the household file',
    lead: 'Open the lead',
    outcome: 'Outcome',
    outcomeHint: 'What was done and how it ended, at least 4 characters.',
    outcomeShort: 'At least 4 characters on the outcome',
    finish: 'Finish the task',
    cancel: 'Cancel',
    close: 'Close',
    notHolder: '{{holder}} holds this task; you may read it.',
    nobody: 'Nobody holds this task yet.',
  },
  notFound: 'The task was not found, or is outside your area.',
  finished: 'The task is finished',
  noSubject: 'Unknown',
}
