import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  department: {
    police: 'Police',
    justice: 'Justice',
    resources: 'Natural resources',
    market: 'Market supervision',
    labour: 'Labour and social security',
    fund: 'Housing fund',
    finance: 'Finance',
    insurance: 'Medical insurance',
    disabled: 'Disabled persons’ federation',
    education: 'Education',
    civil: 'Civil affairs',
    agriculture: 'Agriculture',
    emergency: 'Emergency management',
  },
}
