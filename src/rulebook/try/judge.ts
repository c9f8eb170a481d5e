import { canonicalJson, parseDate, parseMonth, Refusal } from '#base'
import {
  type DecidedProgramme,
  decideProgrammes,
  type Pack,
  type PackInForce,
  rootEntity,
  type Subject,
  strangeFactsIn,
  subjectReported,
} from '#policy'
import { givenOf, placesIn, sizeOf, type TrialSubject, type Unsaid } from './subject.ts'

/** A household as it was typed in, made ready for the rules. */
export interface ReadyTrial {
  readonly force: PackInForce
  readonly entity: string
  readonly subject: Subject
  readonly household: TrialSubject
}

// A household of fifty with their supporters; more is a mistake, and would keep everybody else waiting.
const mostSubjects = 200

/**
 * Checks the facts against the dictionary and gives every subject its place as identity. Refuses with
 * `rulebook.strange-facts` what the pack does not know, and `rulebook.household-too-large`.
 */
export const readyTrial = (force: PackInForce, household: TrialSubject, unsaid: Unsaid): ReadyTrial => {
  const entity = rootEntity(force.pack)
  if (sizeOf(household) > mostSubjects)
    throw new Refusal('rulebook.household-too-large', { most: mostSubjects })
  const given = givenOf(household)
  const strange = [
    ...strangeFactsIn(force.pack, entity, given),
    ...brokenDates(force.pack, entity, household),
  ]
  if (strange.length > 0)
    throw new Refusal('rulebook.strange-facts', { facts: strange.slice(0, 5).join('; ') })
  const subject = named(subjectReported(force.pack, entity, '', given, unsaid), '')
  return { force, entity, subject, household }
}

/** Lists of a pack's entity, by the names that facts.yaml gives them. */
export const listsIn = ({ entities }: Pick<Pack, 'entities'>, entity: string) =>
  Object.entries(entities)
    .filter(([, { within }]) => within === entity)
    .map(([id, { list, most, label }]) => ({ entity: id, list: list ?? `${id}s`, most: most ?? 1, label }))

const brokenDates = (
  pack: Pack,
  entity: string,
  { facts, lists }: TrialSubject,
  place = '',
): readonly string[] => [
  ...Object.entries(facts).flatMap(([name, value]) => {
    const type = pack.facts[entity]?.[name]?.type
    if (typeof value !== 'string' || (type !== 'date' && type !== 'month')) return []
    const isRight = type === 'date' ? parseDate(value) !== undefined : parseMonth(value) !== undefined
    return isRight ? [] : [`${place}${name}: ${value}`]
  }),
  ...listsIn(pack, entity).flatMap(({ entity: item, list }) =>
    (lists[list] ?? []).flatMap((one, index) =>
      brokenDates(pack, item, one, `${place}${list}[${index + 1}].`),
    ),
  ),
]

const named = (subject: Subject, place: string): Subject => ({
  id: place,
  facts: subject.facts,
  lists: Object.fromEntries(
    Object.entries(subject.lists ?? {}).map(([list, items]) => [
      list,
      items.map((item, index) => named(item, `${place ? `${place}.` : ''}${list}[${index + 1}]`)),
    ]),
  ),
})

/** What every programme says. */
export const judge = ({ force, entity, subject }: ReadyTrial): readonly DecidedProgramme[] =>
  decideProgrammes(force, entity, subject)

/** The bytes of an outcome: the same facts under the same pack give the same ones. */
export const outcomeBytes = (
  { force }: ReadyTrial,
  packHash: string,
  decided: readonly DecidedProgramme[],
): string =>
  canonicalJson({
    format: 1,
    pack: { id: force.pack.head.id, version: force.pack.head.version, hash: packHash },
    on: force.on,
    region: force.region,
    programmes: decided.map(({ programme, entity, place, outcome, amount, per }) => ({
      programme,
      entity,
      place,
      outcome,
      amount,
      per,
    })),
  })

/** What each subject is called: as the officer named it, else by its entity and number. */
export const namesOf = (
  { force, entity, household }: ReadyTrial,
  language: 'zh' | 'en',
): ReadonlyMap<string, string> => {
  const names = new Map<string, string>([['', force.pack.entities[entity]?.label[language] ?? '']])
  for (const [place, { label }] of placesIn(household)) {
    if (place === '') continue
    const steps = [...place.matchAll(/(\w+)\[(\d+)\]/gu)]
    const above = place.split('.').slice(0, -1).join('.')
    let at = entity
    for (const [, list] of steps) at = listsIn(force.pack, at).find((one) => one.list === list)?.entity ?? at
    const own = label || `${force.pack.entities[at]?.label[language] ?? at} ${steps.at(-1)?.[2] ?? ''}`
    names.set(place, above ? `${names.get(above) ?? ''} › ${own}` : own)
  }
  return names
}
