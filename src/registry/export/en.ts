import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  action: 'Export',
  hint: 'Exports everything found, names and numbers masked as on the page. Exports are recorded.',
  people: 'people-found',
  leads: 'leads',
  capped: 'Not complete: only the first {rows} are here. Narrow the search and export in parts.',
}
