/** What a role may do. Default deny: what is not listed is refused. Checked by the server on every route. */
export const permissions = [
  'home.read',
  'alert.read',
  'alert.dispatch',
  'alert.dispose',
  'alert.raise',
  'task.work',
  'feed.read',
  'feed.upload',
  'feed.decide',
  'layout.read',
  'layout.edit',
  'scan.read',
  'scan.run',
  'household.read',
  'person.search',
  'person.reveal',
  'fact.record',
  'fact.check',
  'adjudication.read',
  'adjudication.decide',
  'calendar.read',
  'calendar.edit',
  'account.manage',
  'audit.read',
] as const

export type Permission = (typeof permissions)[number]

export const roleNames = [
  'administrator',
  'supervisor',
  'county-officer',
  'township-officer',
  'village-helper',
  'department-officer',
  'auditor',
] as const

export type Role = (typeof roleNames)[number]

const reading: readonly Permission[] = ['home.read', 'alert.read', 'calendar.read']
const casework: readonly Permission[] = [
  ...reading,
  'household.read',
  'person.search',
  'alert.raise',
  'task.work',
]

const table: Readonly<Record<Role, readonly Permission[]>> = {
  administrator: [
    'home.read',
    'calendar.read',
    'calendar.edit',
    'account.manage',
    'layout.read',
    'layout.edit',
    'scan.read',
    'feed.read',
  ],
  supervisor: [
    ...casework,
    'alert.dispatch',
    'feed.read',
    'scan.read',
    'scan.run',
    'layout.read',
    'feed.upload',
    'feed.decide',
    'adjudication.read',
    'adjudication.decide',
  ],
  'county-officer': [
    ...casework,
    'alert.dispatch',
    'alert.dispose',
    'feed.read',
    'feed.upload',
    'feed.decide',
    'layout.read',
    'layout.edit',
    'scan.read',
    'scan.run',
    'person.reveal',
    'fact.record',
    'fact.check',
    'adjudication.read',
    'adjudication.decide',
  ],
  'township-officer': [
    ...casework,
    'alert.dispatch',
    'alert.dispose',
    'person.reveal',
    'fact.record',
    'fact.check',
    'adjudication.read',
  ],
  'village-helper': [...casework, 'alert.dispose', 'fact.record'],
  'department-officer': [...reading, 'alert.dispose', 'feed.read', 'feed.upload', 'layout.read', 'task.work'],
  auditor: [
    ...reading,
    'household.read',
    'person.search',
    'feed.read',
    'layout.read',
    'scan.read',
    'audit.read',
    'adjudication.read',
  ],
}

/** The permissions of a role. */
export const permissionsOf = (role: Role): readonly Permission[] => table[role]
