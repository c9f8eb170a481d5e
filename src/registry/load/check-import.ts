import { parseDate, parseRegionCode, parseResidentNumber } from '#base'
import { groupTags, isCategory, needs, recordedCategories, relations } from '../categories.ts'
import { factCatalogue, isFactKind, type SubjectKind } from '../facts/catalogue.ts'
import { faultOfValue } from '../facts/fact-value.ts'
import type { ImportCategory, ImportFact, ImportHousehold, ImportMember } from './import.ts'

/** What is wrong with a household of an import, without any personal data; undefined when it can be kept. */
export const faultOfHousehold = (household: ImportHousehold): string | undefined => {
  if (!/^[\w-]{1,40}$/u.test(household.number)) return 'number'
  if (parseRegionCode(household.regionCode) === undefined) return 'regionCode'
  if (!isDate(household.registeredOn)) return 'registeredOn'
  if (!isDateOrMissing(household.declaredOn)) return 'declaredOn'
  if (household.members.length === 0) return 'members'
  if (!household.categories.some(({ category, validUntil }) => isCategory(category) && !validUntil))
    return 'categories'
  return (
    faultOfLabels(household.needs, needs, 'needs') ??
    faultOfCategories(household.categories) ??
    faultOfFacts(household.facts, 'household') ??
    firstFault(household.members, faultOfMember, 'members')
  )
}

const faultOfMember = (member: ImportMember): string | undefined => {
  if (!(relations as readonly string[]).includes(member.relation)) return 'relation'
  if (!isDateOrMissing(member.birthDate)) return 'birthDate'
  if (!isDateOrMissing(member.joinedOn)) return 'joinedOn'
  if (member.number !== undefined && !parseResidentNumber(member.number).ok) return 'number'
  return (
    faultOfLabels(member.tags, groupTags, 'tags') ??
    faultOfCategories(member.categories) ??
    faultOfFacts(member.facts, 'person')
  )
}

const faultOfCategories = (list: readonly ImportCategory[] | undefined): string | undefined =>
  firstFault(
    list ?? [],
    ({ category, validFrom, validUntil }) => {
      if (!(recordedCategories as readonly string[]).includes(category)) return 'category'
      return isPeriod(validFrom, validUntil) ? undefined : 'validity'
    },
    'categories',
  )

const faultOfFacts = (list: readonly ImportFact[] | undefined, subject: SubjectKind): string | undefined =>
  firstFault(
    list ?? [],
    ({ kind, value, provenance, validFrom, validUntil }) => {
      if (!isFactKind(kind) || factCatalogue[kind].subject !== subject) return 'kind'
      if (!factCatalogue[kind].provenances.includes(provenance ?? 'declared')) return 'provenance'
      if (!isDateOrMissing(validFrom) || !isDateOrMissing(validUntil)) return 'validity'
      return faultOfValue(kind, value) && 'value'
    },
    'facts',
  )

const faultOfLabels = (
  given: readonly string[] | undefined,
  allowed: readonly string[],
  name: string,
): string | undefined => (given?.every((label) => allowed.includes(label)) === false ? name : undefined)

const firstFault = <T>(
  list: readonly T[],
  faultOf: (item: T) => string | undefined,
  name: string,
): string | undefined => {
  for (const [at, item] of list.entries()) {
    const fault = faultOf(item)
    if (fault) return `${name}[${at}].${fault}`
  }
  return undefined
}

const isDate = (text: string): boolean => parseDate(text) !== undefined
const isDateOrMissing = (text: string | undefined): boolean => text === undefined || isDate(text)
const isPeriod = (from: string, until: string | undefined): boolean =>
  isDate(from) && isDateOrMissing(until) && (until === undefined || until > from)
