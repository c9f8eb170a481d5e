import { type Endpoint, namePlaces, serve } from '#access/server'
import { ageOn, type BusinessDate, businessDate, Refusal } from '#base'
import { listStatements } from '../compared/compared.queries.server.ts'
import { viewOfStatements } from '../compared/statement-view.server.ts'
import { isFactKind } from '../facts/catalogue.ts'
import { viewOfFact } from '../facts/fact-view.server.ts'
import { listFacts } from '../facts/facts.queries.server.ts'
import { completenessOfFile } from '../facts/file-completeness.server.ts'
import { maskedByEnd } from '../people/masked.ts'
import { type HouseholdFile, type MemberView, readHousehold } from './contract.ts'
import { findHousehold, listCategories, listLabels, listMembers } from './household.queries.server.ts'

type Members = Awaited<ReturnType<typeof listMembers>>
type Categories = Awaited<ReturnType<typeof listCategories>>
type Labels = Awaited<ReturnType<typeof listLabels>>

// Of what is no longer believed, enough to see what came and went.
const mostEnded = 40

const validity = (row: { valid_from: string; valid_until: string | null }) => ({
  validFrom: row.valid_from,
  validUntil: row.valid_until,
})

const categoriesOf = (rows: Categories, personId: string | null): HouseholdFile['categories'] =>
  rows
    .filter(({ person_id }) => person_id === personId)
    .map((row) => ({ category: row.category, ...validity(row) }))

const labelsOf = (rows: Labels, personId: string | null): HouseholdFile['needs'] =>
  rows
    .filter(({ person_id }) => person_id === personId)
    .map((row) => ({ id: row.id, label: row.label, ...validity(row) }))

const viewOfMember = (
  row: Members[number],
  categories: Categories,
  labels: Labels,
  today: BusinessDate,
): MemberView => ({
  id: row.id,
  name: row.name,
  sex: row.sex,
  birthDate: row.birth_date,
  age: row.birth_date === null ? null : ageOn(businessDate(row.birth_date), today),
  relation: row.relation,
  number: maskedByEnd(row.number_last4),
  joinedOn: row.joined_on,
  leftOn: row.left_on,
  categories: categoriesOf(categories, row.id),
  tags: labelsOf(labels, row.id),
})

const readHouseholdEndpoint = serve(readHousehold, async ({ tx, clock, actor, params }) => {
  const household = await findHousehold(tx, params.id)
  if (!household) throw new Refusal('access.not-found')
  const today = clock.today()
  const [members, categories, labels, listed, said, placeOf] = await Promise.all([
    listMembers(tx, household.id),
    listCategories(tx, household.id),
    listLabels(tx, household.id),
    listFacts(tx, household.id),
    listStatements(tx, household.id, mostEnded),
    namePlaces(tx, [household.region_code]),
  ])
  const facts = listed.filter(({ kind }) => isFactKind(kind)).map((row) => viewOfFact(row, actor.accountId))
  const memberIds = members.filter(({ left_on }) => left_on === null).map(({ id }) => id)
  const parts = { members, categories, facts: listed }
  const { percent, expected, missing } = completenessOfFile(household.id, parts, today)
  return {
    id: household.id,
    number: household.number,
    place: placeOf(household.region_code).name,
    regionCode: household.region_code,
    address: household.address,
    areaType: household.area_type,
    registeredOn: household.registered_on,
    endedOn: household.ended_on,
    headPersonId: household.head_person_id,
    categories: categoriesOf(categories, null),
    needs: labelsOf(labels, null),
    members: members.map((row) => viewOfMember(row, categories, labels, today)),
    facts,
    ...viewOfStatements(said, { id: household.id, memberIds }, facts, today),
    // Measured on the spot: facts that ran out of validity since the last change count as missing.
    completeness: { percent, expected, missing: [...missing] },
    version: household.version,
  }
})

export const householdEndpoints: readonly Endpoint[] = [readHouseholdEndpoint]
