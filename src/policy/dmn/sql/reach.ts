import type { Reference } from '../model/model.ts'
import type { Place } from '../run/elements.ts'
import { keyOf } from '../run/link.ts'

const referencesOf = ({ element }: Place): readonly Reference[] => {
  switch (element.kind) {
    case 'decision':
      return [...element.of.inputs, ...element.of.decisions, ...element.of.knowledge]
    case 'knowledge':
      return element.of.knowledge
    default:
      return []
  }
}

/** A place with all that it requires, however far, by key. */
export const reachOf = (place: Place, into: Map<string, Place> = new Map()): ReadonlyMap<string, Place> => {
  const key = keyOf(place.instance, place.element)
  if (into.has(key)) return into
  into.set(key, place)
  for (const reference of referencesOf(place)) {
    const found = place.instance.find(reference)
    if (found) reachOf(found, into)
  }
  return into
}
