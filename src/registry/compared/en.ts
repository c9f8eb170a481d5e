import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  departments: 'Department data',
  membership: 'Registered as a member',
  present: 'registered',
  yes: 'yes',
  no: 'no',
  saysOf: '{{field}}: {{value}}',
  since: 'since {{from}}',
  between: '{{from}} to {{until}} (not included)',
  source: '{{period}}, row {{row}}',
  received: 'received {{date}}',
  known: '{{file}}; known here since {{at}}',
  more: 'Earlier ({{count}})',
  ended: 'Department data no longer used ({{count}})',
  takenBack: 'file taken back',
  replaced: 'newer data came',
  endedAt: 'not used since {{at}}',
}
