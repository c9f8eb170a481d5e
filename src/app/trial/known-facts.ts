import type { TrialFact, TrialSubject } from '#rulebook'

/** What the registry's own facts, categories and columns say in the words of the national fact dictionary. */
type Facts = Readonly<Record<string, TrialFact>>

export interface MemberKnown {
  readonly relation: string
  readonly birthDate: string | null
  readonly maskedName: string | null
  readonly categories: readonly string[]
  readonly facts: Readonly<Record<string, unknown>>
}

export interface HouseholdKnown {
  readonly areaType: string
  readonly categories: readonly string[]
  readonly members: readonly MemberKnown[]
}

// A son-in-law or daughter-in-law is a member of the household for other reasons than a child is: whom it concerns is asked.
const relations: Readonly<Record<string, string>> = {
  head: 'applicant',
  spouse: 'spouse',
  son: 'child',
  daughter: 'child',
  parent: 'parent',
  grandparent: 'grandparent',
  grandchild: 'grandchild',
  sibling: 'sibling',
  other: 'other',
}

/** Classes of the disability certificate, 1 to 7. */
const disabilityKinds = ['visual', 'hearing', 'speech', 'physical', 'intellectual', 'mental', 'multiple']

// The registry tells university from school only: which level of it is still to be found out.
const studyLevels: Readonly<Record<string, string>> = {
  kindergarten: 'none',
  primary: 'compulsory',
  junior: 'compulsory',
  senior: 'highSchool',
  vocational: 'vocational',
}

const birth = (date: string | null): Facts =>
  date === null ? {} : { bornOn: date, birthYear: Number(date.slice(0, 4)) }

const disability = (value: unknown): Facts => {
  if (value === null) return { disabilityGrade: 'none', disabilityKind: 'none' }
  const { class: kind, grade } = (value ?? {}) as { class?: number; grade?: number }
  return {
    ...(grade === undefined ? {} : { disabilityGrade: String(grade) }),
    ...(kind === undefined ? {} : { disabilityKind: disabilityKinds[kind - 1] ?? 'multiple' }),
  }
}

const schooling = (value: unknown): Facts => {
  if (value === null) return { studyLevel: 'none' }
  const level = typeof value === 'string' ? studyLevels[value] : undefined
  return level === undefined ? {} : { studyLevel: level }
}

// Whether a serious illness is on the local list is found out by the medical insurance, not by what somebody told.
const illness = (value: unknown): Facts =>
  value === null || value === 'chronic' ? { seriousIllness: false } : {}

// The whole household may be in the category because of one of its members: then nothing is said of the others.
const tekun = (member: MemberKnown, household: HouseholdKnown): Facts => {
  if (member.categories.includes('tekun')) return { tekunPerson: true }
  if (!household.categories.includes('tekun')) return { tekunPerson: false }
  return household.members.length === 1 ? { tekunPerson: true } : {}
}

// Being tekun is a category of the person and told apart; who has dibao alone is recognised for it, whatever the household is.
const recognitions = { dibao: 'dibao', dibaoMargin: 'margin', rigidExpenditure: 'rigid' } as const

const recognised = (member: MemberKnown, household: HouseholdKnown): Facts => {
  const isAlone = member.categories.includes('singlePersonDibao')
  const ofHousehold = Object.entries(recognitions).find(([category]) =>
    household.categories.includes(category),
  )
  const isTekun = member.categories.includes('tekun')
  return {
    inSinglePersonDibao: isAlone,
    recognisedAs: isAlone ? 'dibao' : isTekun ? 'none' : (ofHousehold?.[1] ?? 'none'),
  }
}

const memberSubject = (member: MemberKnown, household: HouseholdKnown): TrialSubject => {
  const { facts, relation, birthDate, maskedName } = member
  const work = facts.workStatus
  return {
    label: maskedName ?? undefined,
    facts: {
      ...(relations[relation] ? { relation: relations[relation] } : {}),
      ...birth(birthDate),
      ...tekun(member, household),
      ...recognised(member, household),
      ...(typeof work === 'string' ? { workStatus: work } : {}),
      ...('disability' in facts ? disability(facts.disability) : {}),
      ...('schooling' in facts ? schooling(facts.schooling) : {}),
      ...('illness' in facts ? illness(facts.illness) : {}),
    },
    lists: {},
  }
}

/** A registered household as facts of the national dictionary; whatever the registry does not know is not there. */
export const subjectFrom = (household: HouseholdKnown): TrialSubject => ({
  facts: { residence: household.areaType },
  lists: { members: household.members.map((member) => memberSubject(member, household)) },
})
