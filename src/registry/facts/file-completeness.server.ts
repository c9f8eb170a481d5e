import { ageOn, type BusinessDate, businessDate } from '#base'
import type { Tx } from '#store/server'
import { isCategory } from '../categories.ts'
import { listCategories, listMembers, saveCompleteness } from '../household/household.queries.server.ts'
import { type Completeness, completenessOf, type FileSubject } from './completeness.ts'
import { listFacts } from './facts.queries.server.ts'

/** What a household's file holds, as the queries of the file give it. */
export interface FileParts {
  readonly members: Awaited<ReturnType<typeof listMembers>>
  readonly categories: Awaited<ReturnType<typeof listCategories>>
  readonly facts: Awaited<ReturnType<typeof listFacts>>
}

const isInForce = (row: { valid_from: string; valid_until: string | null }, on: string): boolean =>
  row.valid_from <= on && (row.valid_until === null || row.valid_until > on)

/** How complete a household's file is on a day: facts that ran out of validity or wait for a second person do not count. */
export const completenessOfFile = (
  householdId: string,
  { members, categories, facts }: FileParts,
  today: BusinessDate,
): Completeness => {
  const known = new Map<string, Set<string>>()
  for (const fact of facts)
    if (fact.usable && isInForce(fact, today))
      known.set(fact.subject_id, (known.get(fact.subject_id) ?? new Set()).add(fact.kind))
  const category = categories
    .filter((row) => row.person_id === null && isInForce(row, today))
    .map((row) => row.category)
    .find(isCategory)
  const subject = (id: string, kind: FileSubject['kind'], age: number | undefined): FileSubject => ({
    id,
    kind,
    about: { age, category },
    known: known.get(id) ?? new Set(),
  })
  return completenessOf([
    subject(householdId, 'household', undefined),
    ...members
      .filter(({ left_on }) => left_on === null)
      .map(({ id, birth_date }) =>
        subject(id, 'person', birth_date === null ? undefined : ageOn(businessDate(birth_date), today)),
      ),
  ])
}

/** Measures it after a change and keeps it with the household. */
export const refreshCompleteness = async (
  tx: Tx,
  householdId: string,
  today: BusinessDate,
): Promise<Completeness> => {
  const members = await listMembers(tx, householdId)
  const categories = await listCategories(tx, householdId)
  const facts = await listFacts(tx, householdId)
  const completeness = completenessOfFile(householdId, { members, categories, facts }, today)
  await saveCompleteness(tx, householdId, completeness.percent)
  return completeness
}
