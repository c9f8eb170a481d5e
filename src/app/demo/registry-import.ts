import type { ImportFact, ImportHousehold, ImportMember, RegistryImport } from '#registry'
import type { Household, Member, Registry } from '#sandbox'

const fact = (kind: ImportFact['kind'], value: ImportFact['value'] | undefined): ImportFact[] =>
  value === undefined ? [] : [{ kind, value }]

const memberFacts = ({ declared }: Member): ImportFact[] => [
  ...fact('workStatus', declared.workStatus),
  ...fact('monthlyIncomeFen', declared.monthlyIncomeFen),
  ...fact(
    'disability',
    declared.disability === undefined ? undefined : declared.disability && { ...declared.disability },
  ),
  ...fact('illness', declared.illness),
  ...fact('schooling', declared.schooling),
  ...fact('pensionDeclared', declared.pension),
  ...fact(
    'careAgreement',
    declared.careAgreement === undefined
      ? undefined
      : declared.careAgreement && {
          from: declared.careAgreement.validFrom,
          until: declared.careAgreement.validUntil ?? null,
        },
  ),
]

const memberOf = (person: Member, household: Household): ImportMember => ({
  name: person.name,
  ...(person.number ? { number: person.number } : {}),
  birthDate: person.birthDate,
  sex: person.sex,
  relation: person.relation,
  tags: person.tags,
  categories: [
    ...(person.singlePersonDibao
      ? [{ category: 'singlePersonDibao' as const, validFrom: household.confirmedOn }]
      : []),
    ...(person.tekunPerson ? [{ category: 'tekun' as const, validFrom: household.confirmedOn }] : []),
  ],
  facts: memberFacts(person),
})

const householdOf = (household: Household, members: readonly Member[]): ImportHousehold => ({
  number: household.number,
  regionCode: household.place.village,
  areaType: household.urban ? 'urban' : 'rural',
  registeredOn: household.confirmedOn,
  members: members.map((member) => memberOf(member, household)),
  categories: [{ category: household.category, validFrom: household.confirmedOn }],
  needs: household.needs,
  facts: [
    ...fact('annualIncomeFen', household.annualIncomeFen),
    ...fact('annualExpenditureFen', household.annualExpenditureFen),
    ...fact('depositsFen', household.depositsFen),
    ...fact('homes', household.homes),
    ...fact('vehicles', household.vehicles),
    ...fact('supporters', household.supporters.length),
  ],
})

/** The registry of a demo world in the shape that the registry takes in. */
export const registryImportOf = ({ households, persons }: Registry): RegistryImport => {
  const byKey = new Map(persons.map((person) => [person.key, person]))
  return {
    households: households.map((household) =>
      householdOf(
        household,
        [household.headKey, ...household.memberKeys.filter((key) => key !== household.headKey)].flatMap(
          (key) => byKey.get(key) ?? [],
        ),
      ),
    ),
  }
}
