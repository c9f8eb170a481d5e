import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  title: 'Alerts',
  raise: 'Raise an alert',
  empty: 'No alerts',
  emptyBody: 'Changes found by comparing data, by visits or calls are listed here.',
  thisSubject: 'the household or person of this page',
  list: 'Alerts',
  raisedOn: 'found on {{date}}',
}
