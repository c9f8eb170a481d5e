import type { Actor, BodyOf } from '#access'
import { type Endpoint, serve } from '#access/server'
import { type Clock, newId, Refusal } from '#base'
import { findCalendar } from '#rulebook/server'
import { recordEvent, type Tx } from '#store/server'
import { readOfficeIndex } from '../dispatch/offices.queries.server.ts'
import { type DueDays, dueAfter, firstHolder } from '../routing.ts'
import { raiseAlert } from './contract.ts'
import { sendsDown } from './origins.ts'
import { findSubjectRegion, insertManualAlert } from './raise.queries.server.ts'

type Draft = BodyOf<typeof raiseAlert>

/**
 * Where a person's finding goes: what a higher level sends down, to the level below it, which answers to it; a visit or
 * a call starts at the usual holder. Nobody else may speak for a higher level.
 */
const holderOf = async (
  tx: Tx,
  { actor, clock }: { readonly actor: Actor; readonly clock: Clock },
  regionCode: string,
  { origin, grade }: Draft,
) => {
  const index = await readOfficeIndex(tx, clock.today())
  const county = index.civilAffairs(regionCode)
  if (origin === 'superior' && !sendsDown(actor.role)) throw new Refusal('monitoring.not-superior')
  if (actor.role === 'supervisor') return county
  if (origin !== 'superior')
    return firstHolder(index, { grade, subjectKind: 'household', owner: 'civil', regionCode })
  return index.township(regionCode) ?? county
}

/** A person raises an alert after a visit or a call, or a higher level sends one down. */
export const raiseEndpoints = (days: DueDays): Endpoint[] => [
  serve(raiseAlert, async ({ tx, actor, clock, body }) => {
    const regionCode = await findSubjectRegion(tx, body.subject)
    if (!regionCode) throw new Refusal('access.not-found')
    const holder = await holderOf(tx, { actor, clock }, regionCode, body)
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
