import type { zhCN } from './zh-CN.ts'

export const en: Readonly<Record<keyof typeof zhCN, string>> = {
  'household-registered': 'registered: household {number}, {category}, {members} members',
  'fact-recorded': 'recorded “{fact}” ({provenance}), to be checked',
  'fact-checked': '“{fact}” was checked and holds',
  'fact-rejected': '“{fact}” was not accepted: {reason}',
  'label-added': 'label “{label}” added, since {from}',
  'label-ended': 'label “{label}” ended on {until}: {reason}',
  'number-revealed': 'looked at the resident number: {reason}',
  'lead-found': 'lead found in department data: {feedKinds}',
  'lead-registered': 'the person of the lead is registered now',
  'lead-dismissed': 'lead set aside: {reason}{note}',
  'row-adjudicated': 'adjudicated a row of “{feedKind}”: {verdict}',
  'adjudication-reopened': 'took back the decision on a row of “{feedKind}”',
}
