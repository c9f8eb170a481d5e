import { type Endpoint, namePlaces, serve } from '#access/server'
import { type BusinessDate, type Clock, maskName, newId, Refusal } from '#base'
import { recordEvent, type Tx } from '#store/server'
import { findHousehold, listMembers, lockHousehold } from '../household/household.queries.server.ts'
import { labelOf } from '../labels/labels.ts'
import { refuseNumberIn } from '../people/number-in-text.ts'
import { type FactKind, factCatalogue, isFactKind, type SubjectKind } from './catalogue.ts'
import { checkFact, listFactsToCheck, recordFact } from './contract.ts'
import { faultOfValue } from './fact-value.ts'
import { viewOfFact } from './fact-view.server.ts'
import {
  findFact,
  insertFact,
  listOverlapping,
  listUnchecked,
  setChecker,
  supersede,
} from './facts.queries.server.ts'
import { refreshCompleteness } from './file-completeness.server.ts'
import { remaindersOf } from './timeline.ts'

const pageSize = 20

interface Draft {
  readonly kind: FactKind
  readonly value: unknown
  readonly provenance: string
  readonly validFrom: string
  readonly validUntil?: string | undefined
}

const refuseBadFact = (
  draft: Draft,
  subject: SubjectKind | undefined,
  today: BusinessDate,
  language: 'zh' | 'en',
): void => {
  const definition = factCatalogue[draft.kind]
  const label = definition.label[language]
  if (subject !== definition.subject) throw new Refusal('registry.fact-of-other-subject', { label })
  const refuse = (fault: string): never => {
    throw new Refusal('registry.fact-invalid', { label, fault: labelOf('factFault', fault, language) })
  }
  const fault = faultOfValue(draft.kind, draft.value)
  if (fault) refuse(fault)
  if (!(definition.provenances as readonly string[]).includes(draft.provenance)) refuse('provenance')
  if (draft.validFrom > today) refuse('future')
  if (draft.validUntil !== undefined && draft.validUntil <= draft.validFrom) refuse('period')
}

const subjectIn = async (
  tx: Tx,
  householdId: string,
  subjectId: string,
): Promise<SubjectKind | undefined> => {
  if (subjectId === householdId) return 'household'
  const members = await listMembers(tx, householdId)
  return members.some(({ id, left_on }) => id === subjectId && left_on === null) ? 'person' : undefined
}

type CheckedFact = NonNullable<Awaited<ReturnType<typeof findFact>>>

/** Takes the days of a fact away from what was known before; the old fact stays known for its other days. */
const giveWay = async (tx: Tx, clock: Clock, fact: CheckedFact): Promise<void> => {
  const period = { from: fact.valid_from, until: fact.valid_until }
  const of = { subjectId: fact.subject_id, kind: fact.kind, provenance: fact.provenance }
  const older = await listOverlapping(tx, of, period)
  await supersede(
    tx,
    older.map(({ id }) => id),
    clock.now(),
  )
  for (const old of older) {
    for (const piece of remaindersOf({ from: old.valid_from, until: old.valid_until }, period)) {
      await insertFact(tx, {
        id: newId(),
        subjectKind: old.subject_kind as SubjectKind,
        subjectId: old.subject_id,
        householdId: old.household_id,
        regionCode: old.region_code,
        kind: old.kind,
        value: old.value,
        provenance: old.provenance as 'declared',
        validFrom: piece.from,
        validUntil: piece.until,
        recordedAt: clock.now(),
        collectorId: old.collector_id,
        checkerId: old.checker_id,
        feedId: old.feed_id,
        feedRow: old.feed_row,
      })
    }
  }
}

const recordFactEndpoint = serve(recordFact, async ({ tx, clock, actor, language, params, body }) => {
  const household = await findHousehold(tx, params.id)
  if (!household) throw new Refusal('access.not-found')
  if (household.ended_on !== null) throw new Refusal('registry.household-ended')
  const subjectKind = await subjectIn(tx, household.id, body.subjectId)
  refuseBadFact(body, subjectKind, clock.today(), language === 'en' ? 'en' : 'zh')
  const id = newId()
  await insertFact(tx, {
    id,
    subjectKind: subjectKind ?? 'person',
    subjectId: body.subjectId,
    householdId: household.id,
    regionCode: household.region_code,
    kind: body.kind,
    value: body.value,
    provenance: body.provenance,
    validFrom: body.validFrom,
    validUntil: body.validUntil ?? null,
    recordedAt: clock.now(),
    collectorId: actor.accountId,
    checkerId: null,
  })
  await recordEvent(tx, clock, {
    kind: 'registry.fact-recorded',
    regionCode: household.region_code,
    householdId: household.id,
    subjectId: body.subjectId,
    actorId: actor.accountId,
    data: { fact: body.kind, provenance: body.provenance },
  })
  return { id }
})

const checkFactEndpoint = serve(checkFact, async ({ tx, clock, actor, params, body }) => {
  const fact = await findFact(tx, params.id)
  if (!fact) throw new Refusal('access.not-found')
  if (fact.collector_id === null || fact.checker_id !== null || fact.superseded_at !== null)
    throw new Refusal('registry.fact-already-checked')
  if (fact.collector_id === actor.accountId) throw new Refusal('registry.fact-own-check')
  await lockHousehold(tx, fact.household_id)
  if (body.accepted) {
    await giveWay(tx, clock, fact)
    await setChecker(tx, fact.id, actor.accountId)
  } else {
    refuseNumberIn(body.reason)
    await supersede(tx, [fact.id], clock.now())
  }
  const { percent } = await refreshCompleteness(tx, fact.household_id, clock.today())
  await recordEvent(tx, clock, {
    kind: body.accepted ? 'registry.fact-checked' : 'registry.fact-rejected',
    regionCode: fact.region_code,
    householdId: fact.household_id,
    subjectId: fact.subject_id,
    actorId: actor.accountId,
    data: { fact: fact.kind, ...(body.accepted ? {} : { reason: body.reason }) },
  })
  return { accepted: body.accepted, completeness: percent }
})

const listFactsToCheckEndpoint = serve(listFactsToCheck, async ({ tx, actor, query }) => {
  const rows = await listUnchecked(tx, query.cursor, pageSize + 1)
  const page = rows.slice(0, pageSize)
  const placeOf = await namePlaces(
    tx,
    page.map(({ region_code }) => region_code),
  )
  return {
    items: page
      .filter(({ kind }) => isFactKind(kind))
      .map((row) => ({
        ...viewOfFact(row, actor.accountId),
        household: {
          id: row.household_id,
          number: row.household_number,
          place: placeOf(row.region_code).name,
        },
        personName: row.person_name === null ? null : maskName(row.person_name),
      })),
    next: rows.length > pageSize ? (page.at(-1)?.id ?? null) : null,
  }
})

export const factEndpoints: readonly Endpoint[] = [
  recordFactEndpoint,
  checkFactEndpoint,
  listFactsToCheckEndpoint,
]
