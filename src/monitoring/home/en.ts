import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  numbers: 'How much is to do',
  overdue: 'Overdue',
  dueToday: 'Due today',
  fresh: 'New',
  review: 'To review',
  unit: { alerts: 'alerts', tasks: 'tasks' },
  todo: 'To do',
  columns: { grade: 'Grade', what: 'Matter', place: 'Place', due: 'Due' },
  task: 'Task',
  taskOf: '{{kind}}: {{subject}}',
  alertOf: '{{name}}: {{summary}}',
  moreAlerts: 'All alerts of my office',
  moreTasks: 'All tasks of my office',
  empty: 'Nothing to do for your office',
  emptyBody: 'Alerts and tasks given to your office appear here, the overdue first.',
}
