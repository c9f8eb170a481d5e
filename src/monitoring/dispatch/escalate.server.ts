import type { Clock } from '#base'
import { findCalendar } from '#rulebook/server'
import type { Tx } from '#store/server'
import type { DueDays } from '../routing.ts'
import { listOverdue } from './escalate.queries.server.ts'
import { sendAlert } from './handler.server.ts'
import { listAllOffices, readOfficeIndex } from './offices.queries.server.ts'

/**
 * Hands every overdue alert one level up, once: the office above gets the grade's working days anew. At the top it
 * stays where it is and shows as overdue. Gives the number handed up.
 */
export const escalateOverdue = async (tx: Tx, clock: Clock, days: DueDays): Promise<number> => {
  const offices = await listAllOffices(tx)
  const index = await readOfficeIndex(tx, clock.today())
  const byId = new Map(offices.map((office) => [office.id, office]))
  const calendar = await findCalendar(tx)
  let escalated = 0
  for (const alert of await listOverdue(tx, clock.today())) {
    const holder = byId.get(alert.holder_id ?? '')
    const above = holder ? index.above(holder) : index.civilAffairs(alert.region_code)
    if (!above || above.id === alert.holder_id) continue
    await sendAlert(tx, clock, alert, above, { days, calendar, step: 'escalated' })
    escalated += 1
  }
  return escalated
}
