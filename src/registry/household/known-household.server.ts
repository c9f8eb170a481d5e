import { type BusinessDate, maskName, type RegionRange } from '#base'
import type { Tx } from '#store/server'
import { type FactKind, isFactKind } from '../facts/catalogue.ts'
import type { FactValue } from '../facts/fact-value.ts'
import { listFacts, listUsableFactsOf } from '../facts/facts.queries.server.ts'
import {
  findHousehold,
  listCategories,
  listCategoriesOf,
  listHouseholdsIn,
  listMembers,
  listMembersOf,
} from './household.queries.server.ts'

export type KnownFacts = Readonly<Partial<Record<FactKind, FactValue>>>

/** A member as somebody who judges the household needs them: no number, and the name masked. */
export interface KnownMember {
  readonly maskedName: string | null
  readonly relation: string
  readonly birthDate: string | null
  /** Categories in force of this member alone. */
  readonly categories: readonly string[]
  readonly facts: KnownFacts
}

/** What the registry knows of a household on a day: one value a fact, the newest; a fact that is not there is not known. */
export interface KnownHousehold {
  readonly id: string
  readonly number: string
  readonly regionCode: string
  readonly areaType: string
  /** Categories in force of the whole household. */
  readonly categories: readonly string[]
  readonly facts: KnownFacts
  readonly members: readonly KnownMember[]
}

interface Period {
  readonly valid_from: string
  readonly valid_until: string | null
}

const holdsOn = ({ valid_from, valid_until }: Period, on: string): boolean =>
  valid_from <= on && (valid_until === null || valid_until > on)

/**
 * What was told and seen of a household, usable and in force on a day. Where two sources say different things nobody knows
 * yet which is right, and the fact is left out. Undefined when there is no such household in the scope.
 */
export const findKnownHousehold = async (
  tx: Tx,
  id: string,
  on: BusinessDate,
): Promise<KnownHousehold | undefined> => {
  const household = await findHousehold(tx, id)
  if (!household) return undefined
  const members = await listMembers(tx, id)
  const categories = await listCategories(tx, id)
  const facts = (await listFacts(tx, id)).filter((fact) => fact.usable && holdsOn(fact, on))
  const categoriesOf = (personId: string | null): string[] =>
    categories.filter((one) => one.person_id === personId && holdsOn(one, on)).map(({ category }) => category)
  return {
    id,
    number: household.number,
    regionCode: household.region_code,
    areaType: household.area_type,
    categories: categoriesOf(null),
    facts: agreedFacts(facts.filter((fact) => fact.subject_id === id)),
    members: members
      .filter(({ joined_on, left_on }) => holdsOn({ valid_from: joined_on, valid_until: left_on }, on))
      .map((member) => ({
        maskedName: member.name === null ? null : maskName(member.name),
        relation: member.relation,
        birthDate: member.birth_date,
        categories: categoriesOf(member.id),
        facts: agreedFacts(facts.filter((fact) => fact.subject_id === member.id)),
      })),
  }
}

interface FactRow {
  readonly kind: string
  readonly value: unknown
}

const agreedFacts = (rows: readonly FactRow[]): KnownFacts => {
  const agreed: Partial<Record<FactKind, FactValue>> = {}
  for (const [kind, [first, ...more]] of Map.groupBy(rows, (row) => row.kind)) {
    const isAgreed = more.every(({ value }) => JSON.stringify(value) === JSON.stringify(first?.value))
    if (first && isAgreed && isFactKind(kind)) agreed[kind] = first.value as FactValue
  }
  return agreed
}

const pageSize = 2000

/**
 * What the registry knows of every household of a region on a day, as `findKnownHousehold` says it of one, but without
 * names. Some thousand at a time, in the order of their ids; what the transaction's scope hides is not given.
 */
export async function* readKnownHouseholds(
  tx: Tx,
  region: RegionRange,
  on: BusinessDate,
): AsyncGenerator<readonly KnownHousehold[]> {
  let after: string | undefined
  for (;;) {
    const households = await listHouseholdsIn(tx, region, on, { after, limit: pageSize })
    const ids = households.map(({ id }) => id)
    const members = Map.groupBy(await listMembersOf(tx, ids, on), (row) => row.household_id)
    const categories = Map.groupBy(await listCategoriesOf(tx, ids, on), (row) => row.household_id)
    const facts = Map.groupBy(await listUsableFactsOf(tx, ids, on), (row) => row.subject_id)
    yield households.map((household) => {
      const categoriesOf = (personId: string | null): string[] =>
        (categories.get(household.id) ?? [])
          .filter((one) => one.person_id === personId)
          .map(({ category }) => category)
      return {
        id: household.id,
        number: household.number,
        regionCode: household.region_code,
        areaType: household.area_type,
        categories: categoriesOf(null),
        facts: agreedFacts(facts.get(household.id) ?? []),
        members: (members.get(household.id) ?? []).map((member) => ({
          maskedName: null,
          relation: member.relation,
          birthDate: member.birth_date,
          categories: categoriesOf(member.id),
          facts: agreedFacts(facts.get(member.id) ?? []),
        })),
      }
    })
    if (households.length < pageSize) return
    after = ids.at(-1)
  }
}
