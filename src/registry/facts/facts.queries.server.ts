import { type SelectQueryBuilder, sql } from 'kysely'
import { prepared, type Tables, type Tx } from '#store/server'
import type { Provenance, SubjectKind } from './catalogue.ts'
import type { Period } from './timeline.ts'

export interface NewFact {
  readonly id: string
  readonly subjectKind: SubjectKind
  readonly subjectId: string
  readonly householdId: string
  readonly regionCode: string
  readonly kind: string
  readonly value: unknown
  readonly provenance: Provenance
  readonly validFrom: string
  readonly validUntil: string | null
  readonly recordedAt: string
  readonly collectorId: string | null
  readonly checkerId: string | null
  readonly feedId?: string | null
  readonly feedRow?: number | null
}

export const insertFact = async (tx: Tx, fact: NewFact): Promise<void> => {
  await tx
    .insertInto('facts')
    .values({
      id: fact.id,
      subject_kind: fact.subjectKind,
      subject_id: fact.subjectId,
      household_id: fact.householdId,
      region_code: fact.regionCode,
      kind: fact.kind,
      value: JSON.stringify(fact.value),
      provenance: fact.provenance,
      valid_from: fact.validFrom,
      valid_until: fact.validUntil,
      recorded_at: fact.recordedAt,
      collector_id: fact.collectorId,
      checker_id: fact.checkerId,
      feed_id: fact.feedId ?? null,
      feed_row: fact.feedRow ?? null,
    })
    .execute()
}

/** Imported facts count at once; one typed in by hand when a second person has checked it. */
const isUsable = sql<boolean>`(facts.collector_id is null or facts.checker_id is not null)`

const factColumns = [
  'facts.id',
  'facts.subject_kind',
  'facts.subject_id',
  'facts.kind',
  'facts.value',
  'facts.provenance',
  'facts.feed_id',
  'facts.feed_row',
  'facts.valid_from',
  'facts.valid_until',
  'facts.recorded_at',
  'facts.collector_id',
] as const

const withPeople = <O>(query: SelectQueryBuilder<Tables, 'facts', O>) =>
  query
    .leftJoin('accounts as collector', 'collector.id', 'facts.collector_id')
    .leftJoin('accounts as checker', 'checker.id', 'facts.checker_id')
    .leftJoin('feeds', 'feeds.id', 'facts.feed_id')
    .select(factColumns)
    .select([
      'collector.display_name as collector_name',
      'checker.display_name as checker_name',
      'feeds.kind as feed_kind',
      'feeds.period as feed_period',
      isUsable.as('usable'),
    ])

/** What people told and saw of a household and its members: every fact not superseded, newest first within its kind. */
export const listFacts = (tx: Tx, householdId: string) =>
  withPeople(tx.selectFrom('facts'))
    .where('facts.household_id', '=', householdId)
    .where('facts.superseded_at', 'is', null)
    .where(sql<boolean>`not starts_with(facts.kind, 'department:')`)
    .orderBy('facts.kind')
    .orderBy('facts.valid_from', 'desc')
    .orderBy('facts.recorded_at', 'desc')
    .orderBy('facts.id', 'desc')
    .modifyEnd(prepared)
    .execute()

/** Facts typed in by hand that nobody has checked, oldest first. */
export const listUnchecked = (tx: Tx, after: string | undefined, limit: number) =>
  withPeople(tx.selectFrom('facts'))
    .innerJoin('households', 'households.id', 'facts.household_id')
    .leftJoin('persons', 'persons.id', 'facts.subject_id')
    .select([
      'facts.household_id',
      'facts.region_code',
      'households.number as household_number',
      'persons.name as person_name',
    ])
    .where('facts.collector_id', 'is not', null)
    .where('facts.checker_id', 'is', null)
    .where('facts.superseded_at', 'is', null)
    .where('facts.id', '>', after ?? '00000000-0000-0000-0000-000000000000')
    .orderBy('facts.id')
    .limit(limit)
    .execute()

/** One fact, locked until the transaction ends, so that two checkers cannot both take it. */
export const findFact = (tx: Tx, id: string) =>
  tx.selectFrom('facts').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/** Usable facts of the same subject, kind and provenance whose validity shares a day with the period. */
export const listOverlapping = (
  tx: Tx,
  of: { readonly subjectId: string; readonly kind: string; readonly provenance: string },
  period: Period,
) => {
  const query = tx
    .selectFrom('facts')
    .selectAll()
    .where('subject_id', '=', of.subjectId)
    .where('kind', '=', of.kind)
    .where('provenance', '=', of.provenance)
    .where('superseded_at', 'is', null)
    .where(isUsable)
    .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', period.from)]))
  return (period.until === null ? query : query.where('valid_from', '<', period.until)).execute()
}

/** From now on better is known. */
export const supersede = async (tx: Tx, ids: readonly string[], at: string): Promise<void> => {
  if (ids.length === 0) return
  await tx.updateTable('facts').set({ superseded_at: at }).where('id', 'in', ids).execute()
}

export const setChecker = async (tx: Tx, id: string, checkerId: string): Promise<void> => {
  await tx.updateTable('facts').set({ checker_id: checkerId }).where('id', '=', id).execute()
}

/** What was told and seen of many households, usable and in force on a day, newest first. */
export const listUsableFactsOf = (tx: Tx, householdIds: readonly string[], on: string) =>
  tx
    .selectFrom('facts')
    .select(['facts.subject_id', 'facts.household_id', 'facts.kind', 'facts.value'])
    .where(sql<boolean>`facts.household_id = any(${householdIds as string[]}::uuid[])`)
    .where('facts.superseded_at', 'is', null)
    .where(isUsable)
    .where(sql<boolean>`not starts_with(facts.kind, 'department:')`)
    .where('facts.valid_from', '<=', on)
    .where((eb) => eb.or([eb('facts.valid_until', 'is', null), eb('facts.valid_until', '>', on)]))
    .orderBy('facts.valid_from', 'desc')
    .orderBy('facts.recorded_at', 'desc')
    .orderBy('facts.id', 'desc')
    .execute()
