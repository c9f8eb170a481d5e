import type { Permission } from '#access'
import { type AlertStatus, openStatuses } from '../states.ts'
import type { AlertFilters } from './contract.ts'

type May = Pick<ReadonlySet<Permission>, 'has'>

/**
 * In which statuses an alert waits for an office to send it on, or to verify it. Who may do both sends on what is new
 * and verifies what it was given; who may only send on (a higher level) does so with all it holds; who may only verify
 * (a village, another department) verifies all it holds. So each open alert of an office waits in exactly one way.
 */
export const todoStatuses = (todo: NonNullable<AlertFilters['todo']>, may: May): readonly AlertStatus[] => {
  const [sends, verifies] = [may.has('alert.dispatch'), may.has('alert.dispose')]
  if (todo === 'send') {
    if (!sends) return []
    return verifies ? ['new'] : openStatuses
  }
  if (!verifies) return []
  return sends ? ['dispatched', 'verifying'] : openStatuses
}
