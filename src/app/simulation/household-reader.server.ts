import { rangeOf, regionCode } from '#base'
import type { HouseholdReader } from '#insight/server'
import { type KnownHousehold, readKnownHouseholds } from '#registry/server'
import { subjectFrom } from '../trial/known-facts.ts'

/** Registered households for simulations: what the registry knows, in the words of the national fact dictionary. */
export const readHouseholds: HouseholdReader = async function* (tx, { on, region }) {
  for await (const households of readKnownHouseholds(tx, rangeOf(regionCode(region)), on))
    yield households.map(snapshotOf)
}

const snapshotOf = (known: KnownHousehold) => {
  const subject = subjectFrom(known)
  const members = subject.lists.members ?? []
  return {
    id: known.id,
    regionCode: known.regionCode,
    facts: subject.facts,
    declaredYearFen: amountIn(known.facts.annualIncomeFen),
    members: members.map(({ facts }, index) => ({
      facts,
      declaredMonthFen: amountIn(known.members[index]?.facts.monthlyIncomeFen),
    })),
  }
}

const amountIn = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
