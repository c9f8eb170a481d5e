import { addDays, type BusinessDate, daysBetween } from '#base'
import type { Scalar, Subject, Value } from '../language/values.ts'
import type { PackInForce, Programme } from '../pack/in-force.ts'
import type { FactEntry } from '../pack/schemas.ts'
import { compilerFor, type Instance, instanceOf } from './compile.ts'
import { type Crossings, crossingsOf, groundOf } from './crossings.ts'
import { outcomeOf, type RuleOutcome, settingOf } from './evaluate.ts'
import { locatedIn, type Place, placeText, withFact } from './places.ts'

/** One fact that alone would alter the outcome, and the nearest value that does. */
export interface Change {
  readonly entity: string
  /** `members[2]`; empty for the root. */
  readonly place: string
  readonly fact: string
  readonly from: Scalar
  readonly to: Scalar
  readonly outcome: RuleOutcome
  /** How far the new value is from the present one, as a share of it; 1 for codes and yes or no. */
  readonly distance: number
}

/**
 * What would change a programme's outcome for the root subject: for each fact that is known and correctable the nearest value
 * that alters it, all else fixed; numbers to one unit, dates to a day. The nearest first; empty where no single fact would.
 * A date takes the year with it that follows from it. A number is looked for at doubling distances; wherever a comparison
 * of the rules turns on the way, that turn is looked at, so that an answer that turns and turns back is seen.
 */
export const whatWouldChange = (
  force: PackInForce,
  programme: Programme,
  entity: string,
  subject: Subject,
  at: Place = [],
): readonly Change[] => {
  const trial = trialOf(force, programme, entity, at)
  const before = trial.at(subject).text
  const changes = locatedIn(force.pack, entity, instanceOf(subject)).flatMap(
    ({ entity: of, place, instance }) =>
      Object.entries(force.pack.facts[of] ?? {}).flatMap(([fact, entry]) => {
        const from = instance.facts[fact]
        const crossings = trial.crossingsOf(of, fact)
        if (!crossings || !mayBeCorrected(entry, from, instance)) return []
        const probes = new Map<Scalar, Probed>()
        const probe = (value: Scalar): Probed => {
          const found = probes.get(value) ?? trial.at(corrected(force.pack, subject, place, of, fact, value))
          probes.set(value, found)
          return found
        }
        const to = nearest(entry, from as Scalar, {
          isOther: (value) => probe(value).text !== before,
          crossings: (value) => probe(value).crossings(crossings),
        })
        if (to === undefined) return []
        const distance = distanceOf(entry, from as Scalar, to)
        const { outcome } = probe(to)
        return [{ entity: of, place: placeText(place), fact, from: from as Scalar, to, outcome, distance }]
      }),
  )
  return changes.toSorted((a, b) => a.distance - b.distance)
}

/** A year that follows from a date that is known is corrected with the date. */
const mayBeCorrected = (
  { correctable, yearOf }: FactEntry,
  from: Value | undefined,
  { facts }: Instance,
): boolean => {
  if (!correctable || from === undefined || from === null || typeof from === 'object') return false
  return yearOf === undefined || typeof facts[yearOf] !== 'string'
}

/** The tree with one fact corrected, and with it the year that follows from it. */
const corrected = (
  pack: PackInForce['pack'],
  subject: Subject,
  place: Place,
  entity: string,
  fact: string,
  value: Scalar,
): Subject => {
  const changed = withFact(subject, place, fact, value)
  if (typeof value !== 'string') return changed
  return yearsOf(pack, entity, fact).reduce(
    (tree, year) => withFact(tree, place, year, Number(value.slice(0, 4))),
    changed,
  )
}

/** The facts that are the year of a date. */
const yearsOf = ({ facts }: PackInForce['pack'], entity: string, date: string): readonly string[] =>
  Object.entries(facts[entity] ?? {}).flatMap(([name, { yearOf }]) => (yearOf === date ? [name] : []))

interface Probed {
  readonly outcome: RuleOutcome
  readonly text: string
  /** On which side of the thresholds it stands. */
  crossings(of: Crossings): string
}

interface Trial {
  at(tree: Subject): Probed
  /** The comparisons on which a fact bears on the way to the outcome; undefined for a fact that has no bearing on it. */
  crossingsOf(entity: string, fact: string): Crossings | undefined
}

const trialOf = (
  force: PackInForce,
  { entity: of, eligible }: Programme,
  entity: string,
  at: Place,
): Trial => {
  const compiler = compilerFor(settingOf(force))
  const read = compiler.rule(of, eligible)
  const ground = groundOf(force, eligible)
  const kept = new Map<string, Crossings>()
  return {
    at: (tree) => {
      const root = instanceOf(tree)
      const instance = instanceAt(root, at)
      const outcome: RuleOutcome = instance ? outcomeOf(read(instance)) : { outcome: 'unknown', missing: [] }
      return {
        outcome,
        text: textOf(outcome),
        crossings: (crossings) => crossings(locatedIn(force.pack, entity, root)),
      }
    },
    crossingsOf: (owner, fact) => {
      const keys = [fact, ...yearsOf(force.pack, owner, fact)].map((name) => `${owner}.${name}`)
      const rules = [...ground]
        .filter(([, facts]) => keys.some((key) => facts.has(key)))
        .map(([rule]) => rule)
      if (rules.length === 0) return undefined
      const key = rules.join()
      const found = kept.get(key) ?? crossingsOf(force, compiler, rules)
      kept.set(key, found)
      return found
    },
  }
}

const instanceAt = (instance: Instance, place: Place): Instance | undefined =>
  place.reduce<Instance | undefined>((one, { list, index }) => one?.lists[list]?.[index], instance)

const textOf = (outcome: RuleOutcome): string =>
  outcome.outcome === 'known' ? String(outcome.value) : 'unknown'

const mostDays = 36_525

interface Search<T> {
  readonly isOther: (value: T) => boolean
  readonly crossings: (value: T) => string
}

const nearest = (entry: FactEntry, from: Scalar, search: Search<Scalar>): Scalar | undefined => {
  const { isOther } = search
  if (typeof from === 'boolean') return isOther(!from) ? !from : undefined
  if (typeof from === 'number') {
    const [low = from, high = from] = entry.range ?? []
    const step = nearestStep(
      [from - low, high - from],
      inSteps(search, (steps) => from + steps),
    )
    return step === undefined ? undefined : from + step
  }
  if (entry.type === 'date') {
    const day = (steps: number): Scalar => addDays(from as BusinessDate, steps)
    const step = nearestStep([mostDays, mostDays], inSteps(search, day))
    return step === undefined ? undefined : day(step)
  }
  return Object.keys(entry.values ?? {}).find((code) => code !== from && isOther(code))
}

const inSteps = ({ isOther, crossings }: Search<Scalar>, at: (steps: number) => Scalar): Search<number> => ({
  isOther: (steps) => isOther(at(steps)),
  crossings: (steps) => crossings(at(steps)),
})

/** The smallest step down or up, within the room there is, at which the answer is another. */
const nearestStep = ([down, up]: readonly [number, number], search: Search<number>): number | undefined => {
  const backwards: Search<number> = {
    isOther: (steps) => search.isOther(-steps),
    crossings: (steps) => search.crossings(-steps),
  }
  const below = firstStep(down, backwards)
  const above = firstStep(up, search)
  if (below === undefined || above === undefined) return above ?? (below === undefined ? undefined : -below)
  return above <= below ? above : -below
}

const firstStep = (room: number, search: Search<number>): number | undefined => {
  let same = 0
  for (let size = 1; same < room; size *= 2) {
    const probe = Math.min(size, room)
    const found = firstBetween(same, probe, search)
    if (found !== undefined) return found
    same = probe
  }
  return undefined
}

/** From a size with the same answer on, the least with another; every size at which a comparison turns is looked at. */
const firstBetween = (same: number, until: number, search: Search<number>): number | undefined => {
  const { isOther, crossings } = search
  if (until - same <= 1) return isOther(until) ? until : undefined
  if (crossings(same) === crossings(until)) return isOther(until) ? halved(same, until, isOther) : undefined
  const middle = same + Math.floor((until - same) / 2)
  return firstBetween(same, middle, search) ?? firstBetween(middle, until, search)
}

/** Between a size with the same answer and one with another: the least with another. */
const halved = (same: number, other: number, isOther: (size: number) => boolean): number => {
  let [low, high] = [same, other]
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2)
    if (isOther(middle)) high = middle
    else low = middle
  }
  return high
}

const distanceOf = ({ type }: FactEntry, from: Scalar, to: Scalar): number => {
  if (typeof from === 'number' && typeof to === 'number')
    return Math.abs(to - from) / Math.max(1, Math.abs(from), Math.abs(to))
  if (type === 'date') return Math.abs(daysBetween(from as BusinessDate, to as BusinessDate)) / mostDays
  return 1
}
