import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  title: 'Raise an alert',
  about: 'About: {{subject}}',
  origin: 'How it was found',
  origins: { visit: 'Visit', call: 'Call', superior: 'From a higher level' },
  grade: 'Grade',
  grades: {
    red: 'Red: safety or daily living is at stake, or somebody died or is in prison',
    orange: 'Orange: the household has clearly changed; verify soon',
    yellow: 'Yellow: worth watching; verify in time',
  },
  route: 'Proposed disposal',
  summary: 'What has happened',
  summaryHint: 'Who, when, what, in one or two sentences of 4 to 200 characters. Do not enter ID numbers.',
  submit: 'Raise it',
  cancel: 'Cancel',
  done: 'Raised as number {{number}}',
  see: 'Open this alert',
  errors: {
    origin: 'Choose how it was found',
    grade: 'Choose a grade',
    route: 'Choose a proposed disposal',
    summary: 'Say what has happened in 4 to 200 characters',
  },
}
