import { type Endpoint, serve } from '#access/server'
import { newId, Refusal } from '#base'
import { recordEvent } from '#store/server'
import { groupTags, needs } from '../categories.ts'
import { findHousehold, listMembers, lockHousehold } from '../household/household.queries.server.ts'
import { refuseNumberIn } from '../people/number-in-text.ts'
import { addLabel, endLabel } from './contract.ts'
import { findLabel, hasLabel, insertLabel, setLabelEnd } from './labels.queries.server.ts'

const isAmong = (list: readonly string[], label: string): boolean => list.includes(label)

const addEndpoint = serve(addLabel, async ({ tx, clock, actor, params, body }) => {
  const household = await findHousehold(tx, params.id)
  if (!household) throw new Refusal('access.not-found')
  if (household.ended_on !== null) throw new Refusal('registry.household-ended')
  const isNeed = body.subjectId === household.id
  if (!isNeed) {
    const members = await listMembers(tx, household.id)
    if (!members.some(({ id, left_on }) => id === body.subjectId && left_on === null))
      throw new Refusal('registry.label-of-other-subject')
  }
  if (!isAmong(isNeed ? needs : groupTags, body.label)) throw new Refusal('registry.label-of-other-subject')
  if (body.validFrom > clock.today()) throw new Refusal('registry.label-days')
  // Two people adding the same label come one after the other.
  await lockHousehold(tx, household.id)
  const of = { householdId: household.id, personId: isNeed ? null : body.subjectId, label: body.label }
  if (await hasLabel(tx, of, body.validFrom)) throw new Refusal('registry.label-in-force')
  const id = newId()
  await insertLabel(tx, {
    ...of,
    id,
    regionCode: household.region_code,
    validFrom: body.validFrom,
    recordedAt: clock.now(),
  })
  await recordEvent(tx, clock, {
    kind: 'registry.label-added',
    regionCode: household.region_code,
    householdId: household.id,
    subjectId: body.subjectId,
    actorId: actor.accountId,
    data: { label: body.label, labelGroup: isNeed ? 'need' : 'tag', from: body.validFrom },
  })
  return { id }
})

const endEndpoint = serve(endLabel, async ({ tx, clock, actor, params, body }) => {
  refuseNumberIn(body.reason)
  const label = await findLabel(tx, params.id)
  if (!label) throw new Refusal('access.not-found')
  if (label.valid_until !== null) throw new Refusal('registry.label-over')
  if (body.until < label.valid_from || body.until > clock.today()) throw new Refusal('registry.label-days')
  await setLabelEnd(tx, label.id, body.until)
  await recordEvent(tx, clock, {
    kind: 'registry.label-ended',
    regionCode: label.region_code,
    householdId: label.household_id,
    subjectId: label.person_id ?? label.household_id,
    actorId: actor.accountId,
    data: {
      label: label.label,
      labelGroup: label.label_group === 'need' ? 'need' : 'tag',
      until: body.until,
      reason: body.reason,
    },
  })
  return { validUntil: body.until }
})

export const labelEndpoints: readonly Endpoint[] = [addEndpoint, endEndpoint]
