import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  title: 'Alerts',
  raise: 'Raise an alert',
  empty: 'No alerts',
  emptyBody: 'Changes found by comparing data, by visits or calls are listed here.',
  list: 'Alerts of this household',
  raisedOn: 'found on {{date}}',
}
