import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  label: 'Views',
  save: 'Save these filters',
  remove: 'Delete “{{name}}”',
  removeTitle: 'Delete a saved view',
  removeBody: 'Only the view is deleted; no alert changes.',
  removeAction: 'Delete the view',
  removed: '“{{name}}” is deleted',
  dialog: 'Save these filters',
  name: 'Name',
  nameHint: 'Such as: orange alerts of Xiaguan. Only you see it.',
  nameMissing: 'Give it a name of at most 40 characters',
  confirm: 'Save',
  cancel: 'Cancel',
  saved: '“{{name}}” is saved',
  filters: 'Filters: {{filters}}',
  filter: '{{label}}: {{value}}',
  between: '; ',
  failed: 'Your saved views could not be read',
}
