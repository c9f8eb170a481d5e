import type { Texts } from '#ui'
import type { zhCN } from './zh-CN.ts'

export const en: Texts<typeof zhCN> = {
  title: 'Leads',
  lead: 'People whom only department data know. Verify them and help them apply, or set them aside with a reason.',
  caption: 'Leads',
  column: {
    name: 'Name',
    born: 'Born',
    number: 'Resident number',
    kinds: 'Known from',
    place: 'Place',
    seen: 'First seen',
    status: 'Status',
  },
  noName: 'name not known',
  noNumber: 'no number',
  age: 'aged {{age}}',
  filter: { closed: 'Already dealt with', kind: 'Kind of data' },
  none: {
    title: 'No leads',
    body: 'People outside the registry whom a scan finds in department data with signs of hardship appear here.',
    filtered: 'No leads for these filters',
  },
  help: 'Leads come from student aid, the watch against return to poverty, disability certificates and the like. Open one to see where it comes from; help who is in need to apply.',
  file: {
    title: 'Lead',
    who: 'The person',
    firstFeed: 'First known from',
    feed: '{{kind}} {{period}}',
    number: 'resident number',
  },
  dismiss: {
    button: 'Set aside',
    title: 'Set this lead aside?',
    body: 'It raises no more alerts, and stays set aside when later files know the person. The reason goes into the chain.',
    reason: 'Reason',
    note: 'Note',
    needReason: 'Choose a reason',
    cancel: 'Cancel',
    done: 'The lead was set aside',
  },
}
