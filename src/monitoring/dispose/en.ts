import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  route: {
    r1: 'Carry out the policy',
    r2: 'Refer to the department',
    r3: 'Refer to case coordination',
    r4: 'Check whether still entitled',
  },
  effect: {
    r1: 'Entitled but not fully served: civil affairs carries it out; a task “carry out the policy” is opened.',
    r2: 'Possibly entitled but not included: sent to the department in charge; a task “check entitlement” is opened.',
    r3: 'A complex case: goes to the county’s coordination; a task “coordinate” is opened.',
    r4: 'Possibly no longer entitled: a person checks it; a task “review the benefit” is opened. No benefit is stopped automatically.',
  },
  noTask: 'With this result no task follows; the alert is closed.',
  opens: 'Opens a task: {{task}}.',
  task: {
    'implement-policy': 'carry out the policy',
    'check-entitlement': 'check entitlement',
    coordinate: 'coordinate',
    'review-entitlement': 'review the benefit',
  },
  form: {
    title: 'Dispose of alert {{number}}',
    about: '{{name}}: {{summary}}',
    route: 'Way of disposal',
    result: 'What verification found',
    resultHint: 'By what was verified, not by the data as they were.',
    reason: 'How it was verified',
    reasonHint: 'How you verified and what you found, at least 4 characters. The person may read it.',
    evidence: 'Evidence',
    evidenceHint: 'A picture, table or note, at least one. Files are uploaded as soon as you choose them.',
    evidenceList: 'Evidence so far',
    uploading: 'Uploading {{name}}',
    check: 'Next: review',
    back: 'Back to edit',
    confirm: 'Dispose of it',
    cancel: 'Cancel',
    checkTitle: 'Check, then confirm',
    checkNote: 'Confirming closes the alert; the record cannot be changed afterwards.',
    files_one: '{{count}} file',
    files_other: '{{count}} files',
    effect: 'Effect',
    errors: {
      route: 'Choose a way of disposal',
      result: 'Choose what verification found',
      reason: 'At least 4 characters on how it was verified',
      evidence: 'Add at least one evidence file first',
    },
  },
  done: 'Alert {{number}} is disposed of',
}
