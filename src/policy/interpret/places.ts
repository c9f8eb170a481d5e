import type { Facts, Subject, Value } from '../language/values.ts'
import { listsOf } from '../pack/named-rules.ts'
import type { Pack } from '../pack/pack.ts'
import type { Instance } from './compile.ts'

/** The way from the root subject down: the list and the position in it, step by step. Empty: the root itself. */
export type Place = readonly { readonly list: string; readonly index: number }[]

/** `members[2].supporters[1]`, counted from 1; empty for the root. */
export const placeText = (place: Place): string =>
  place.map(({ list, index }) => `${list}[${index + 1}]`).join('.')

/** A subject of the tree with its entity and place. */
export interface Located {
  readonly entity: string
  readonly place: Place
  readonly instance: Instance
}

/** Every subject of a tree, the root first. */
export const locatedIn = (
  pack: Pick<Pack, 'entities'>,
  entity: string,
  instance: Instance,
  place: Place = [],
): readonly Located[] => [
  { entity, place, instance },
  ...Object.entries(listsOf(pack.entities, entity)).flatMap(([list, { entity: item }]) =>
    (instance.lists[list] ?? []).flatMap((one, index) =>
      locatedIn(pack, item, one, [...place, { list, index }]),
    ),
  ),
]

/** The tree with one fact of one subject changed. */
export const withFact = (subject: Subject, place: Place, name: string, value: Value): Subject => {
  const [step, ...rest] = place
  if (!step) return { ...subject, facts: { ...subject.facts, [name]: value } satisfies Facts }
  const lists: Readonly<Record<string, readonly Subject[]>> = subject.members
    ? { members: subject.members, ...subject.lists }
    : { ...subject.lists }
  const items = lists[step.list] ?? []
  const changed = items.map((item, index) =>
    index === step.index ? withFact(item, rest, name, value) : item,
  )
  const { id, facts } = subject
  return { id, facts, lists: { ...lists, [step.list]: changed } }
}
