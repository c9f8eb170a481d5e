import type { Actor } from '#access'
import { type Endpoint, serve } from '#access/server'
import { newId, Refusal } from '#base'
import { findCalendar } from '#rulebook/server'
import { recordEvent, type Tx } from '#store/server'
import { listAllOffices } from '../dispatch/offices.queries.server.ts'
import { type DueWorkdays, dueAfter, firstHolder, officeIndex } from '../routing.ts'
import { raiseAlert } from './contract.ts'
import { findSubjectRegion, insertManualAlert } from './raise.queries.server.ts'

/** Where the actor's own finding goes: a higher level sends it down, everybody else starts at the usual holder. */
const holderOf = async (tx: Tx, actor: Actor, regionCode: string, grade: 'red' | 'orange' | 'yellow') => {
  const index = officeIndex(await listAllOffices(tx))
  if (actor.role === 'supervisor') return index.civilAffairs(regionCode)
  return firstHolder(index, { grade, subjectKind: 'household', owner: 'civil', regionCode })
}

/** A person raises an alert after a visit or a call, or a higher level sends one down. */
export const raiseEndpoints = (days: DueWorkdays): Endpoint[] => [
  serve(raiseAlert, async ({ tx, actor, clock, body }) => {
    const regionCode = await findSubjectRegion(tx, body.subject)
    if (!regionCode) throw new Refusal('access.not-found')
    const holder = await holderOf(tx, actor, regionCode, body.grade)
    const due = dueAfter(clock.today(), body.grade, days, await findCalendar(tx))
    const id = newId()
    const number = await insertManualAlert(tx, {
      id,
      regionCode,
      householdId: 'householdId' in body.subject ? body.subject.householdId : null,
      leadId: 'leadId' in body.subject ? body.subject.leadId : null,
      grade: body.grade,
      route: body.route,
      origin: body.origin,
      holderId: holder?.id ?? null,
      raisedOn: clock.today(),
      raisedAt: clock.now(),
      raisedBy: actor.accountId,
      dueOn: due.awaitingCalendar ? null : due.date,
      summary: body.summary,
    })
    await recordEvent(tx, clock, {
      kind: 'monitoring.alert-raised',
      regionCode,
      householdId: 'householdId' in body.subject ? body.subject.householdId : undefined,
      leadId: 'leadId' in body.subject ? body.subject.leadId : undefined,
      subjectId: id,
      actorId: actor.accountId,
      data: { number, indicator: 'manual', grade: body.grade },
    })
    return { id, number }
  }),
]
