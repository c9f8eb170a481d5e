import type { Clock } from '#base'
import { withdrawCompared } from '#registry/server'
import type { Tx } from '#store/server'
import { takeStep } from '../alerts/steps.queries.server.ts'
import { listActedOn, listRestingOn, withSightOfAll } from './raise.queries.server.ts'

/**
 * What a taken-back file drags along: an alert that nobody has acted on is withdrawn, any other is marked, so that who
 * works on it knows; what it said of people is no longer believed. Wherever in the installation it lies, in the
 * transaction of the take-back.
 */
export const withdrawRestingOn = async (
  tx: Tx,
  clock: Clock,
  feedId: string,
  actorId: string | null,
): Promise<{ withdrawn: number; marked: number }> => {
  return withSightOfAll(tx, async () => {
    await withdrawCompared(tx, clock, feedId)
    const alerts = await listRestingOn(tx, feedId)
    const ids = alerts.map(({ id }) => id)
    const actedOn = await listActedOn(tx, ids)
    for (const alert of alerts) {
      const touched = actedOn.has(alert.id)
      await takeStep(tx, clock, alert, {
        step: touched ? 'marked' : 'withdrawn',
        actorId: actorId ?? undefined,
        change: { sourceWithdrawn: true },
      })
    }
    return { withdrawn: ids.length - actedOn.size, marked: actedOn.size }
  })
}
