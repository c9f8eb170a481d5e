import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  title: 'Assistance chain',
  label: 'Assistance chain, newest first',
  room: 'From',
  all: 'All',
  rooms: {
    registry: 'registry',
    monitoring: 'monitoring',
    exchange: 'department data',
    casework: 'applications',
    payments: 'payments',
    referral: 'referral',
    care: 'visits and services',
    rulebook: 'policy',
  },
  by: 'by {{name}}',
  open: 'Open',
  more: 'Show earlier ones',
  none: 'Nothing recorded yet',
  noneBody: 'Registration, alerts, verification and disposal appear here as they happen.',
}
