import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  title: 'Labels',
  edit: 'Edit labels',
  none: 'No labels',
  household: 'whole household',
  since: 'since {{from}}',
  between: '{{from}} to {{until}} (not included)',
  past: 'Earlier labels ({{count}})',
  dialog: {
    title: 'Edit labels',
    lead: 'Needs are labels of the household; old, minor, disabled and ill are labels of a member. Every change goes into the chain.',
    current: 'Labels now',
    add: 'Add a label',
    subject: 'Of whom',
    label: 'Label',
    validFrom: 'Holds from',
    needChoice: 'Choose a label',
    needDay: 'Give a first day, today at the latest',
    save: 'Add',
    close: 'Close',
    saved: 'The label “{{label}}” was added',
    end: 'End',
    endTitle: 'End the label “{{label}}”?',
    endBody: 'It no longer holds from today on; earlier records stay.',
    ended: 'The label “{{label}}” has ended',
  },
}
