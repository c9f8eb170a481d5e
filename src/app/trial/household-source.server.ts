import type { Secrecy } from '#access/server'
import { findKnownHousehold, findPeople } from '#registry/server'
import type { HouseholdSource } from '#rulebook/server'
import { subjectFrom } from './known-facts.ts'

const mostFound = 20

/** Registered households for trials: the registry's search and knowledge, in the words of the national fact dictionary. */
export const householdSource = (secrecy: Secrecy): HouseholdSource => ({
  search: async ({ tx, clock, language }, text) => {
    const { items } = await findPeople(
      tx,
      secrecy,
      { text, language, today: clock.today() },
      { after: undefined, limit: mostFound },
    )
    return [...Map.groupBy(items, ({ household }) => household.id)].map(([id, people]) => ({
      id,
      number: people[0]?.household.number ?? '',
      place: people[0]?.place ?? '',
      people: people.flatMap(({ name }) => name ?? []),
    }))
  },
  find: async (tx, id, on) => {
    const known = await findKnownHousehold(tx, id, on)
    if (!known) return undefined
    return { id, number: known.number, regionCode: known.regionCode, household: subjectFrom(known) }
  },
})
