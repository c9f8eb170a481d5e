import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  title: 'Find people',
  lead: 'Type a resident number, its last four characters, a household number, a name or pinyin initials.',
  field: 'Number, household number, name or initials',
  placeholder: 'such as 杨秀英, yxy, 0022, H2901000001',
  anywhere: 'Inside names too (two characters or more)',
  caption: 'People found',
  column: {
    name: 'Name',
    who: 'Age, sex, relation to the head',
    number: 'Resident number',
    household: 'Household',
    category: 'Category',
    place: 'Place',
  },
  noName: 'name not known',
  noNumber: 'not recorded',
  age: 'aged {{age}}',
  by: {
    number: 'found by resident number',
    last4: 'found by the last four characters',
    household: 'found by household number',
    initials: 'found by pinyin initials',
    name: 'found by the beginning of the name',
    inside: 'found anywhere in the name, listed by place',
  },
  start: {
    title: 'Type to search',
    body: 'Only registered people of your area are found; searching and looking leave a trace.',
  },
  none: {
    title: 'Nobody found',
    body: 'Check what you typed. The person may be outside your area or not registered; people that only department data know are among the leads.',
  },
  toLeads: 'Look among the leads',
  help: {
    how: 'The shape of the text decides: 15 or 18 digits are a number, four characters its end, letters with digits a household number, two or more letters initials, anything else the beginning of a name. If only the middle is known, tick “Inside names too” and type two characters or more: 凤莲 finds 王凤莲.',
    privacy: 'Names and numbers are masked. Opening a file is written to the audit trail.',
  },
  whatNumber: 'resident number',
}
