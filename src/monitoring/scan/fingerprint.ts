import { canonicalJson } from '#base'
import type { Explanation, TraceStep, UsedFact } from '#policy'

const factsOf = (step: TraceStep): readonly UsedFact[] => [...step.facts, ...step.steps.flatMap(factsOf)]

/**
 * What an alert rests on, without what passes by itself (the date): the indicator, the deciding members, and the facts
 * that went in. Two scans that find the same give the same text.
 */
export const fingerprintOf = ({ rule, members, trace }: Explanation): string => {
  const relevant = factsOf(trace).filter(
    ({ memberId }) => memberId === undefined || !members.length || members.includes(memberId),
  )
  const facts = relevant.map(({ entity, name, memberId = '', value }) =>
    canonicalJson([entity, name, memberId, value as never]),
  )
  return canonicalJson({ rule, members: members.toSorted(), facts: [...new Set(facts)].sort() })
}
