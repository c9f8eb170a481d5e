import { canonicalJson } from '#base'
import { factsIn, factValueText, type MemberLabel, type Pack, type TraceStep, type UsedFact } from '#policy'
import { fill, type Language, wordsOf } from './words.ts'

/** What a kind of department file is called. */
export type FeedName = (kind: string, language: Language) => string

/** What rendering a kept trace needs. */
export interface Rendering {
  readonly pack: Pack
  readonly language: Language
  /** The day the trace speaks of. */
  readonly on: string
  readonly labelOf: MemberLabel
  readonly feedName: FeedName
}

export const isMissing = ({ value }: UsedFact): boolean =>
  typeof value === 'object' && value !== null && 'outcome' in value

const says = ({ value }: UsedFact): boolean => value !== null && value !== 0 && value !== false

/**
 * The facts of a step, each once. Where a step adds up over members, those of whom there is nothing to add are left
 * out, unless that would leave nobody.
 */
export const usedIn = (step: TraceStep): readonly UsedFact[] => {
  const all = [
    ...new Map(
      factsIn(step).map((fact) => [canonicalJson([fact.entity, fact.name, fact.memberId ?? '']), fact]),
    ).values(),
  ]
  if (step.memberId !== undefined) return all
  const speaking = new Set(all.filter(says).map(({ memberId }) => memberId))
  const kept = all.filter(
    (fact) => fact.memberId === undefined || (speaking.has(fact.memberId) && says(fact)),
  )
  return kept.length ? kept : all
}

/** The department files a fact is derived from; undefined for one of the registry. */
export const feedOf = (pack: Pack, { entity, name }: UsedFact): string | undefined => {
  const from = pack.facts[entity]?.[name]?.from
  return from && 'feed' in from ? from.feed : undefined
}

/** What a fact is called, with the member where several are spoken of. */
export const labelOfFact = ({ pack, language, labelOf }: Rendering, fact: UsedFact): string => {
  const label = pack.facts[fact.entity]?.[fact.name]?.label[language === 'en' ? 'en' : 'zh'] ?? fact.name
  if (fact.memberId === undefined) return label
  return fill(wordsOf(language).of, { who: labelOf(fact.memberId), label })
}

/** The value as people read it; one that is missing says what would tell. */
export const valueOfFact = ({ pack, language, feedName }: Rendering, fact: UsedFact): string => {
  if (!isMissing(fact)) return factValueText(pack, fact, language)
  const feed = feedOf(pack, fact)
  const words = wordsOf(language)
  return feed ? fill(words.notCovered, { feed: feedName(feed, language) }) : words.notRecorded
}
