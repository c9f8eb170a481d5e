import { z } from 'zod'
import type { GivenFacts } from '#policy'

/** A fact as it is typed in: null is known to be absent; one that is not there is still to be found out. */
export type TrialFact = string | number | boolean | null

/** A household, a member, a supporter … as an officer enters it: facts by their names, lists nested. */
export interface TrialSubject {
  /** What the officer calls the person; never needed by a rule. */
  readonly label?: string | undefined
  readonly facts: Readonly<Record<string, TrialFact>>
  readonly lists: Readonly<Record<string, readonly TrialSubject[]>>
}

const name = z.string().regex(/^[a-z][A-Za-z0-9]{0,60}$/u)
const fact = z.union([z.boolean(), z.number().int(), z.string().max(200)]).nullable()
const mostInList = 50
const deepest = 4

// Written out to a depth instead of recursive: the interface description has no place for a schema that names itself.
const subjectShape = (depth: number): z.ZodType<TrialSubject, TrialSubject> => {
  const lists = depth === 0 ? z.record(name, z.array(z.never())) : z.record(name, listShape(depth - 1))
  return z.strictObject({
    label: z.string().trim().max(40).optional(),
    facts: z.record(name, fact),
    lists: lists as unknown as z.ZodType<TrialSubject['lists'], TrialSubject['lists']>,
  })
}
const listShape = (depth: number) => z.array(subjectShape(depth)).max(mostInList)

export const trialSubject = subjectShape(deepest)

/** How the facts that are not there count: still to be found out, or as the dictionary calls usual. */
export const unsaid = z.enum(['unknown', 'usual'])
export type Unsaid = z.infer<typeof unsaid>

/** The subject as the policy room takes it. */
export const givenOf = ({ facts, lists }: TrialSubject): GivenFacts => ({
  ...facts,
  ...Object.fromEntries(Object.entries(lists).map(([list, items]) => [list, items.map(givenOf)])),
})

/** How many subjects there are in all. */
export const sizeOf = ({ lists }: TrialSubject): number =>
  1 + Object.values(lists).reduce((sum, items) => sum + items.reduce((all, item) => all + sizeOf(item), 0), 0)

/** Every subject with its place, `members[2].supporters[1]`, the root with an empty one first. */
export const placesIn = (subject: TrialSubject, place = ''): readonly (readonly [string, TrialSubject])[] => [
  [place, subject],
  ...Object.entries(subject.lists).flatMap(([list, items]) =>
    items.flatMap((item, index) => placesIn(item, `${place ? `${place}.` : ''}${list}[${index + 1}]`)),
  ),
]
