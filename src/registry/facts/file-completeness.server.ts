import { ageOn, type BusinessDate, businessDate } from '#base'
import type { Tx } from '#store/server'
import { type Category, isCategory } from '../categories.ts'
import {
  listCategoriesInForce,
  listMembers,
  saveCompleteness,
} from '../household/household.queries.server.ts'
import { type Completeness, completenessOf, type FileSubject } from './completeness.ts'
import { listKnownKinds } from './facts.queries.server.ts'

/** How complete a household's file is on a day. */
export const measureCompleteness = async (
  tx: Tx,
  householdId: string,
  today: BusinessDate,
): Promise<Completeness> => {
  const known = new Map<string, Set<string>>()
  for (const { subject_id, kind } of await listKnownKinds(tx, householdId, today))
    known.set(subject_id, (known.get(subject_id) ?? new Set()).add(kind))
  const found = (await listCategoriesInForce(tx, [householdId], today)).get(householdId)
  const category: Category | undefined = found !== undefined && isCategory(found) ? found : undefined
  const members = (await listMembers(tx, householdId)).filter(({ left_on }) => left_on === null)
  const subject = (id: string, kind: FileSubject['kind'], age: number | undefined): FileSubject => ({
    id,
    kind,
    about: { age, category },
    known: known.get(id) ?? new Set(),
  })
  return completenessOf([
    subject(householdId, 'household', undefined),
    ...members.map(({ id, birth_date }) =>
      subject(id, 'person', birth_date === null ? undefined : ageOn(businessDate(birth_date), today)),
    ),
  ])
}

/** Measures it again after a change and keeps it with the household. */
export const refreshCompleteness = async (
  tx: Tx,
  householdId: string,
  today: BusinessDate,
): Promise<Completeness> => {
  const completeness = await measureCompleteness(tx, householdId, today)
  await saveCompleteness(tx, householdId, completeness.percent)
  return completeness
}
