import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  steps: {
    raised: '{grade} alert {number} raised: {indicator}',
    merged: 'Alert {number} ({indicator}) found again and merged',
    dispatched: 'Alert {number} ({indicator}) dispatched',
    taken: 'Alert {number} ({indicator}) taken for verification',
    disposed: 'Alert {number} ({indicator}) disposed of: {result}',
    escalated: 'Alert {number} ({indicator}) overdue and escalated to the next level',
    withdrawn: 'Alert {number} ({indicator}) withdrawn with the data it rested on',
    marked: 'Alert {number} ({indicator}) rests on data that were taken back',
    'due-computed': 'Due date of alert {number} ({indicator}) computed from the new calendar',
  },
  'task-opened': 'Task opened: {task}',
  'task-finished': 'Task finished: {task}',
  grade: { red: 'Red', orange: 'Orange', yellow: 'Yellow' },
  result: {
    confirmed: 'confirmed',
    'partly-confirmed': 'partly confirmed',
    'not-confirmed': 'not confirmed',
    'already-handled': 'already handled',
  },
  task: {
    'implement-policy': 'carry out the entitlement',
    'check-entitlement': 'check whether entitled',
    coordinate: 'bring before the coordination mechanism',
    'review-entitlement': 'review whether still entitled',
    'enter-calendar': 'enter the working-day calendar',
  },
  manual: 'raised by a person',
}
