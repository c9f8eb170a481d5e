import {
  explainProgrammes,
  factsIn,
  factValueText,
  type PackInForce,
  type Place,
  whatWouldChange,
} from '#policy'
import type { ChangeView, TrialOutcome } from './contract.ts'
import { namesOf, type ReadyTrial } from './judge.ts'

const mostChanges = 12

/** `members[2].supporters[1]` as a place; empty for the household. */
const placeFrom = (text: string): Place =>
  [...text.matchAll(/(\w+)\[(\d+)\]/gu)].map(([, list = '', at]) => ({ list, index: Number(at) - 1 }))

/** The nearest single facts that would alter what a programme says; only facts that had a part in it are tried. */
export const changesOf = (
  ready: ReadyTrial,
  programme: string,
  place: string,
  language: 'zh-CN' | 'en',
): readonly ChangeView[] => {
  const { force, entity, subject } = ready
  const found = force.programmes.find(({ id }) => id === programme)
  if (!found) return []
  const key = language === 'en' ? 'en' : 'zh'
  const names = namesOf(ready, key)
  const { pack } = force
  const changes = whatWouldChange(
    onlyWithFacts(force, usedIn(ready, programme)),
    found,
    entity,
    subject,
    placeFrom(place),
  )
  return changes.slice(0, mostChanges).map((change) => ({
    who: change.place === '' ? '' : (names.get(change.place) ?? change.place),
    fact: pack.facts[change.entity]?.[change.fact]?.label[key] ?? change.fact,
    from: factValueText(pack, { entity: change.entity, name: change.fact, value: change.from }, language),
    to: factValueText(pack, { entity: change.entity, name: change.fact, value: change.to }, language),
    outcome: outcomeWord(change.outcome),
  }))
}

export const outcomeWord = (
  outcome: { readonly outcome: 'known'; readonly value: boolean } | { readonly outcome: 'unknown' },
): TrialOutcome => {
  if (outcome.outcome === 'unknown') return 'unknown'
  return outcome.value ? 'eligible' : 'not-eligible'
}

const usedIn = ({ force, entity, subject }: ReadyTrial, programme: string): ReadonlySet<string> => {
  const programmes = force.programmes.filter(({ id }) => id === programme)
  const explained = explainProgrammes({ ...force, programmes }, entity, subject)
  return new Set(
    explained.flatMap(({ rules }) =>
      rules.flatMap(({ trace }) => factsIn(trace).map((fact) => `${fact.entity}.${fact.name}`)),
    ),
  )
}

// A fact that no rule of the programme reads cannot change it, and trying all its values takes most of the time.
const onlyWithFacts = (force: PackInForce, used: ReadonlySet<string>): PackInForce => ({
  ...force,
  pack: {
    ...force.pack,
    facts: Object.fromEntries(
      Object.entries(force.pack.facts).map(([entity, facts]) => [
        entity,
        Object.fromEntries(Object.entries(facts).filter(([name]) => used.has(`${entity}.${name}`))),
      ]),
    ),
  },
})
