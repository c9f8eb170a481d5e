import type { Secrecy } from '#access/server'
import {
  ageOn,
  type BusinessDate,
  businessDate,
  type Clock,
  parseResidentNumber,
  type ResidentNumberFacts,
} from '#base'
import { tokensOf } from '#lake'
import { type Category, isCategory } from '../categories.ts'
import type { About, SubjectKind } from '../facts/catalogue.ts'
import { completenessOf, type FileSubject } from '../facts/completeness.ts'
import { initialsOf } from '../people/initials.server.ts'
import { canonicalName } from '../people/names.ts'
import { numberContext } from '../people/number.server.ts'
import type { Columns } from './bulk.queries.server.ts'
import type { ImportCategory, ImportFact, ImportHousehold, ImportMember } from './import.ts'

type Row = readonly unknown[]

/** Rows of the registry's tables, ready to be inserted in this order. */
export interface RegistryRows {
  readonly households: Row[]
  readonly persons: Row[]
  readonly categories: Row[]
  readonly labels: Row[]
  readonly facts: Row[]
  readonly events: Row[]
}

export const columnsOf: Readonly<Record<keyof RegistryRows, Columns>> = {
  households: {
    id: 'uuid',
    number: 'text',
    region_code: 'text',
    address: 'text',
    area_type: 'text',
    head_person_id: 'uuid',
    registered_on: 'date',
    completeness: 'integer',
  },
  persons: {
    id: 'uuid',
    household_id: 'uuid',
    region_code: 'text',
    name: 'text',
    name_initials: 'text',
    name_key: 'bigint',
    sex: 'text',
    birth_date: 'date',
    relation: 'text',
    number_cipher: 'bytea',
    number_index: 'bytea',
    number_last4: 'text',
    number_token: 'bigint',
    number_check: 'text',
    joined_on: 'date',
  },
  categories: {
    id: 'uuid',
    household_id: 'uuid',
    person_id: 'uuid',
    region_code: 'text',
    category: 'text',
    valid_from: 'date',
    valid_until: 'date',
    recorded_at: 'timestamptz',
  },
  labels: {
    id: 'uuid',
    household_id: 'uuid',
    person_id: 'uuid',
    region_code: 'text',
    label_group: 'text',
    label: 'text',
    valid_from: 'date',
    recorded_at: 'timestamptz',
  },
  facts: {
    id: 'uuid',
    subject_kind: 'text',
    subject_id: 'uuid',
    household_id: 'uuid',
    region_code: 'text',
    kind: 'text',
    value: 'jsonb',
    provenance: 'text',
    valid_from: 'date',
    valid_until: 'date',
    recorded_at: 'timestamptz',
  },
  events: {
    id: 'uuid',
    at: 'timestamptz',
    business_date: 'date',
    kind: 'text',
    region_code: 'text',
    household_id: 'uuid',
    data: 'jsonb',
    relayed_at: 'timestamptz',
  },
}

export interface RowMaking {
  readonly secrecy: Secrecy
  readonly clock: Clock
  readonly makeId: () => string
}

/** The rows of some households. The households have been checked before. */
export const rowsOf = (households: readonly ImportHousehold[], making: RowMaking): RegistryRows => {
  const rows: RegistryRows = {
    households: [],
    persons: [],
    categories: [],
    labels: [],
    facts: [],
    events: [],
  }
  const numbers = readNumbers(households)
  const tokens = tokensOf(
    numbers.map((read) => read?.number ?? null),
    making.secrecy.encryptBlocks,
  )
  let at = 0
  for (const household of households) {
    const place = openPlace(household, rows, making)
    const members = household.members.map((member): FileSubject => {
      const subject = addMember(place, member, numbers[at], tokens[at] ?? null)
      at += 1
      return subject
    })
    closePlace(place, members)
  }
  return rows
}

type Read = ResidentNumberFacts | undefined
type Token = ReturnType<typeof tokensOf>[number]

const readNumbers = (households: readonly ImportHousehold[]): Read[] =>
  households.flatMap(({ members }) =>
    members.map(({ number }) => {
      const read = number === undefined ? undefined : parseResidentNumber(number)
      return read?.ok ? read : undefined
    }),
  )

/** One household while its rows are being made. */
interface Place {
  readonly household: ImportHousehold
  readonly id: string
  readonly now: string
  readonly today: BusinessDate
  readonly category: Category | undefined
  readonly rows: RegistryRows
  readonly making: RowMaking
}

const openPlace = (household: ImportHousehold, rows: RegistryRows, making: RowMaking): Place => ({
  household,
  id: household.id ?? making.makeId(),
  now: making.clock.now(),
  today: making.clock.today(),
  category: household.categories.map(({ category }) => category).find(isCategory),
  rows,
  making,
})

const addMember = (place: Place, member: ImportMember, read: Read, token: Token): FileSubject => {
  const { household, rows, making } = place
  const { secrecy } = making
  const id = member.id ?? making.makeId()
  const name = member.name === undefined ? '' : canonicalName(member.name)
  const birthDate = member.birthDate ?? read?.birthDate
  rows.persons.push([
    id,
    place.id,
    household.regionCode,
    name || null,
    initialsOf(name) ?? null,
    secrecy.nameKey(name) ?? null,
    member.sex ?? read?.sex ?? null,
    birthDate ?? null,
    member.relation,
    read ? Buffer.from(secrecy.encryptText(read.number, numberContext)) : null,
    read ? Buffer.from(secrecy.blindIndex(read.number), 'hex') : null,
    read ? read.number.slice(-4) : null,
    token?.token ?? null,
    token?.check ?? null,
    member.joinedOn ?? household.registeredOn,
  ])
  addCategories(place, member.categories ?? [], id)
  addLabels(place, member.tags ?? [], 'special', id)
  addFacts(place, member.facts ?? [], 'person', id)
  const age = birthDate === undefined ? undefined : ageOn(businessDate(birthDate), place.today)
  return subjectOf(id, 'person', { age, category: place.category }, member.facts)
}

const closePlace = (place: Place, members: readonly FileSubject[]): void => {
  const { household, id, rows, making } = place
  addCategories(place, household.categories, null)
  addLabels(place, household.needs ?? [], 'need', null)
  addFacts(place, household.facts ?? [], 'household', id)
  const own = subjectOf(id, 'household', { age: undefined, category: place.category }, household.facts)
  const headAt = Math.max(
    0,
    household.members.findIndex(({ relation }) => relation === 'head'),
  )
  rows.households.push([
    id,
    household.number,
    household.regionCode,
    household.address ?? null,
    household.areaType,
    members[headAt]?.id ?? null,
    household.registeredOn,
    completenessOf([own, ...members]).percent,
  ])
  rows.events.push([
    making.makeId(),
    place.now,
    household.registeredOn,
    'registry.household-registered',
    household.regionCode,
    id,
    JSON.stringify({ number: household.number, category: place.category, members: members.length }),
    // What happened before the load is history: nothing is to be started by it.
    place.now,
  ])
}

const subjectOf = (
  id: string,
  kind: SubjectKind,
  about: About,
  facts: readonly ImportFact[] | undefined,
): FileSubject => ({ id, kind, about, known: new Set(facts?.map((fact) => fact.kind)) })

const addCategories = (place: Place, list: readonly ImportCategory[], personId: string | null): void => {
  for (const { category, validFrom, validUntil } of list) {
    place.rows.categories.push([
      place.making.makeId(),
      place.id,
      personId,
      place.household.regionCode,
      category,
      validFrom,
      validUntil ?? null,
      place.now,
    ])
  }
}

const addLabels = (
  place: Place,
  list: readonly string[],
  group: 'need' | 'special',
  personId: string | null,
): void => {
  const { household, rows, making } = place
  for (const label of list) {
    rows.labels.push([
      making.makeId(),
      place.id,
      personId,
      household.regionCode,
      group,
      label,
      household.registeredOn,
      place.now,
    ])
  }
}

const addFacts = (
  place: Place,
  list: readonly ImportFact[],
  subjectKind: SubjectKind,
  subjectId: string,
): void => {
  const { household, rows, making } = place
  for (const fact of list) {
    rows.facts.push([
      making.makeId(),
      subjectKind,
      subjectId,
      place.id,
      household.regionCode,
      fact.kind,
      JSON.stringify(fact.value),
      fact.provenance ?? 'declared',
      fact.validFrom ?? household.declaredOn ?? household.registeredOn,
      fact.validUntil ?? null,
      place.now,
    ])
  }
}
