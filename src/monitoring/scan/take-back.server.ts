import type { Clock } from '#base'
import type { Tx } from '#store/server'
import { takeStep } from '../alerts/steps.queries.server.ts'
import { listActedOn, listRestingOn } from './raise.queries.server.ts'

/**
 * What a taken-back file drags along: an alert that nobody has acted on is withdrawn, any other is marked, so that who
 * works on it knows. In the transaction of the take-back.
 */
export const withdrawRestingOn = async (
  tx: Tx,
  clock: Clock,
  feedId: string,
  actorId: string | null,
): Promise<{ withdrawn: number; marked: number }> => {
  const alerts = await listRestingOn(tx, feedId)
  const actedOn = await listActedOn(
    tx,
    alerts.map(({ id }) => id),
  )
  let [withdrawn, marked] = [0, 0]
  for (const alert of alerts) {
    const touched = actedOn.has(alert.id)
    const step = touched ? 'marked' : 'withdrawn'
    await takeStep(tx, clock, alert, {
      step,
      actorId: actorId ?? undefined,
      change: touched ? { sourceWithdrawn: true } : {},
    })
    if (touched) marked += 1
    else withdrawn += 1
  }
  return { withdrawn, marked }
}
