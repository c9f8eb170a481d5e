import type { zhCN } from './zh-CN.ts'

export const en: Readonly<Record<keyof typeof zhCN, string>> = {
  'no-rows': 'no row was accepted',
  'too-few-rows': '{found} rows are fewer than the {expected} of last time by more than {percent} %',
  'too-many-rows': '{found} rows are more than the {expected} of last time by more than {percent} %',
  'wrong-period': 'the latest month in the data is {found}; {expected} was expected',
  'too-many-rejects': '{found} % of the rows were rejected, more than {limit} %',
  'too-many-empty': '“{field}” is empty in {found} % of the rows, more than {limit} %',
  'too-many-deaths': '{found} registered people are listed as dead, more than the {limit} that are plausible',
  'rounded-numbers': '{found} % of the resident numbers end in 000: a spreadsheet may have rounded them',
  'unreadable-names': '{found} % of the names hold unreadable characters: the encoding may be wrong',
}
