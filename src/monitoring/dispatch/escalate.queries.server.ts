import type { BusinessDate } from '#base'
import type { Tx } from '#store/server'
import { openStatuses } from '../states.ts'

/** Open alerts whose due date has passed. */
export const listOverdue = (tx: Tx, today: BusinessDate) =>
  tx
    .selectFrom('alerts')
    .selectAll()
    .where('status', 'in', [...openStatuses])
    .where('due_on', '<', today)
    .orderBy('number')
    .forUpdate()
    .skipLocked()
    .execute()
