import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  action: 'Export',
  hint: 'Exports the alerts of these filters, names masked as on the page. Exports are recorded.',
  tooMany: '{{total}} alerts; one export holds at most {{most}}. Narrow the filters and export in parts.',
  fileName: 'alerts',
  columns: {
    number: 'Alert number',
    grade: 'Grade',
    indicator: 'Indicator',
    owner: 'Department in charge',
    person: 'Person',
    household: 'Household number',
    place: 'Place',
    what: 'What has happened',
    raisedOn: 'Found on',
    dueOn: 'Due',
    workdaysLeft: 'Working days left',
    status: 'Status',
    holder: 'Held by',
  },
  capped:
    'Not complete: {total} alerts, only the first {rows} are here. Narrow the filters and export in parts.',
}
