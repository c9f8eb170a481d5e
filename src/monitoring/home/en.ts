import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  numbers: 'Work to do',
  overdue: 'Overdue',
  dueToday: 'Due today',
  toSend: 'New, to send on',
  toVerify: 'To verify',
  awaiting: 'Awaiting a due date',
  sentDown: 'Sent down by us',
  areaOverdue: 'Overdue in the area',
  areaDueToday: 'Due today in the area',
  areaOpen: 'Open in the area',
  review: 'To finish',
  unit: { alerts: 'alerts', tasks: 'tasks' },
  todo: 'To do',
  columns: { grade: 'Grade', what: 'Item', place: 'Place', due: 'Due' },
  task: 'Task',
  taskOf: '{{kind}}: {{subject}}',
  alertOf: '{{name}}: {{summary}}',
  moreAlerts: 'All alerts of my office',
  moreTasks: 'All tasks of my office',
  empty: 'Nothing to do for your office',
  emptyBody: 'Alerts and tasks given to your office appear here, the overdue first.',
}
