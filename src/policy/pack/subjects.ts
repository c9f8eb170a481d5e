import { unknown } from '#base'
import type { Facts, Subject, Value } from '../language/values.ts'
import { listsOf } from './named-rules.ts'
import { missingNameOf, type Pack } from './pack.ts'
import type { FactEntry, GivenFacts } from './schemas.ts'

type Dictionary = Pick<Pack, 'entities' | 'facts'>

/** The facts of one subject as a case writes them: `unknown` is a missing fact, what is not said is as usual. */
export const factsGiven = (pack: Dictionary, entity: string, given: GivenFacts): Facts =>
  factsFrom(pack, entity, given, usualOf)

/** Reads the facts of the dictionary; what is not given is what `otherwise` says. */
const factsFrom = (
  pack: Dictionary,
  entity: string,
  given: GivenFacts,
  otherwise: (entry: FactEntry, name: string) => Value,
): Facts => {
  const facts: Record<string, Value> = {}
  for (const [name, entry] of Object.entries(pack.facts[entity] ?? {})) {
    const value = name in given ? given[name] : followsFrom(entry, given)
    if (value === 'unknown') facts[name] = unknown(missingNameOf(pack, entity, name))
    else facts[name] = value === undefined || Array.isArray(value) ? otherwise(entry, name) : (value as Value)
  }
  return facts
}

/** The year of a date that is given, where the fact is that year and is not given itself. */
const followsFrom = ({ yearOf }: FactEntry, given: GivenFacts): Value | undefined => {
  const date = yearOf === undefined ? undefined : given[yearOf]
  if (typeof date !== 'string') return undefined
  return date === 'unknown' ? date : Number(date.slice(0, 4))
}

/** What the dictionary calls usual, or else the value that says as little as possible. */
export const usualOf = (entry: FactEntry): Value => {
  if (entry.usual !== undefined) return entry.usual
  if (entry.absent) return null
  if (entry.type === 'number') return Math.max(0, entry.range?.[0] ?? 0)
  if (entry.type === 'boolean') return false
  return Object.keys(entry.values ?? {})[0] ?? null
}

/** A subject with everything that belongs to it, by the lists of the dictionary; what a case does not say is as usual. */
export const subjectGiven = (pack: Dictionary, entity: string, id: string, given: GivenFacts): Subject =>
  subjectFrom(pack, entity, id, given, usualOf)

/** What a household file says of facts it does not mention: nobody knows them, or they are as usual. */
export type Unsaid = 'unknown' | 'usual'

/** A subject as somebody reported it; a fact that can be missing and is not said is unknown, unless the file says otherwise. */
export const subjectReported = (
  pack: Dictionary,
  entity: string,
  id: string,
  given: GivenFacts,
  unsaid: Unsaid = 'unknown',
): Subject =>
  subjectFrom(pack, entity, id, given, (entry, name) => {
    if (!entry.unknown || unsaid === 'usual') return usualOf(entry)
    return unknown(entry.missing ?? ('feed' in entry.from ? entry.from.feed : name))
  })

const subjectFrom = (
  pack: Dictionary,
  entity: string,
  id: string,
  given: GivenFacts,
  otherwise: (entry: FactEntry, name: string) => Value,
): Subject => {
  const lists: Record<string, readonly Subject[]> = {}
  for (const [list, { entity: item }] of Object.entries(listsOf(pack.entities, entity))) {
    const items = given[list]
    lists[list] = (Array.isArray(items) ? (items as readonly GivenFacts[]) : []).map((one, index) =>
      subjectFrom(pack, item, String(index + 1), one, otherwise),
    )
  }
  return { id, facts: factsFrom(pack, entity, given, otherwise), lists }
}
