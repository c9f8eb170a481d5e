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
  'policy.read',
  'policy.propose',
  'policy.release',
  'rule.try',
  'trial.read',
  'simulation.run',
  'simulation.read',
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

const reading: readonly Permission[] = ['home.read', 'alert.read', 'calendar.read', 'policy.read']
const casework: readonly Permission[] = [
  ...reading,
  'household.read',
  'person.search',
  'alert.raise',
  'task.work',
]
// Civil affairs of the place set its standards: one person proposes a value, another releases it.
const standards: readonly Permission[] = ['policy.propose', 'policy.release']
// Households are judged by those who decide about them.
const trying: readonly Permission[] = ['rule.try', 'trial.read']
// Those who set standards ask first what another standard would do; the auditor reads what they were told.
const planning: readonly Permission[] = ['simulation.run', 'simulation.read']

const table: Readonly<Record<Role, readonly Permission[]>> = {
  administrator: [
    'home.read',
    'calendar.read',
    'calendar.edit',
    'policy.read',
    'account.manage',
    'layout.read',
    'layout.edit',
    'scan.read',
    'feed.read',
  ],
  supervisor: [
    ...casework,
    ...trying,
    ...standards,
    ...planning,
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
    ...trying,
    ...standards,
    ...planning,
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
    ...trying,
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
    'trial.read',
    'simulation.read',
  ],
}

/** The permissions of a role. */
export const permissionsOf = (role: Role): readonly Permission[] => table[role]
