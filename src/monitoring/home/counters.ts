import type { Permission } from '#access'
import type { AlertFilters } from '../alerts/contract.ts'
import { sendsDown } from '../raise/origins.ts'

export const counterNames = [
  'overdue',
  'dueToday',
  'toSend',
  'toVerify',
  'awaiting',
  'sentDown',
  'areaOverdue',
  'areaDueToday',
  'areaOpen',
] as const

export interface Counter {
  readonly name: (typeof counterNames)[number]
  /** What the desk is asked for; all else stays as the desk has it: open, of any holder. */
  readonly filters: Partial<AlertFilters>
  /** Shown only when there is something: waiting for the calendar is rare. */
  readonly isRare?: boolean
}

interface Reader {
  readonly role: string
  readonly permissions: Pick<ReadonlySet<Permission>, 'has'>
}

/**
 * What the first page counts for a role. Who works on alerts sees the work of the office: what is late, due today, to
 * send on, to verify, and without a date yet; who sends alerts down follows those. Who only reads sees the whole area.
 */
export const countersFor = ({ role, permissions }: Reader): readonly Counter[] => {
  if (!permissions.has('alert.read')) return []
  const [sends, verifies] = [permissions.has('alert.dispatch'), permissions.has('alert.dispose')]
  if (!sends && !verifies)
    return [
      { name: 'areaOverdue', filters: { due: 'overdue' } },
      { name: 'areaDueToday', filters: { due: 'today' } },
      { name: 'areaOpen', filters: {} },
    ]
  return [
    { name: 'overdue', filters: { due: 'overdue', holder: 'mine' } },
    { name: 'dueToday', filters: { due: 'today', holder: 'mine' } },
    ...(sends ? ([{ name: 'toSend', filters: { todo: 'send' } }] as const) : []),
    ...(verifies ? ([{ name: 'toVerify', filters: { todo: 'verify' } }] as const) : []),
    { name: 'awaiting', filters: { due: 'awaiting', holder: 'mine' }, isRare: true },
    ...(sendsDown(role)
      ? ([{ name: 'sentDown', filters: { raised: 'mine', origin: 'superior' } }] as const)
      : []),
  ]
}
