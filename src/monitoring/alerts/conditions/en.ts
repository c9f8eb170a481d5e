import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  of: '{who} · {label}',
  said: '{label}: {value}',
  more: ', ',
  next: '; ',
  list: ', ',
  compare: {
    date: {
      less: 'before {other}',
      lessOrEqual: 'not after {other}',
      greater: 'after {other}',
      greaterOrEqual: 'not before {other}',
    },
    number: {
      less: 'below {other}',
      lessOrEqual: 'not above {other}',
      greater: 'above {other}',
      greaterOrEqual: 'not below {other}',
    },
    isNot: 'not {other}',
    oneOf: 'one of: {other}',
    notOneOf: 'none of: {other}',
  },
  today: 'the day of the scan, {date}',
  notGiven: 'not given in the file',
  notCovered: 'unknown (no file received on “{feed}” covers this county)',
  notRecorded: 'unknown (not recorded in the household’s file)',
  noRow: '{feed} (no such row)',
  record: 'the household’s file',
  unit: {
    months: '{value} months',
    days: '{value} days',
    percent: '{value}%',
    count: '{value}',
    fen: '{value}',
    years: '{value} years',
    permille: '{value}‰',
    basisPoint: '{value}‱',
    workdays: '{value} working days',
  },
}
