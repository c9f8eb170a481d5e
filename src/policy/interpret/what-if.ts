import { addDays, type BusinessDate, daysBetween } from '#base'
import { isUnknownValue, type Scalar, type Subject } from '../language/values.ts'
import type { PackInForce, Programme } from '../pack/in-force.ts'
import type { FactEntry } from '../pack/schemas.ts'
import { compilerFor, type Instance, instanceOf } from './compile.ts'
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
 * A number is looked for at doubling distances and then halved in: an answer that turns and turns back between two of
 * these steps is not seen.
 */
export const whatWouldChange = (
  force: PackInForce,
  programme: Programme,
  entity: string,
  subject: Subject,
  at: Place = [],
): readonly Change[] => {
  const read = compilerFor(settingOf(force)).rule(programme.entity, programme.eligible)
  const decide = (tree: Subject): RuleOutcome => {
    const instance = instanceAt(instanceOf(tree), at)
    return instance ? outcomeOf(read(instance)) : { outcome: 'unknown', missing: [] }
  }
  const before = textOf(decide(subject))
  const changes = locatedIn(force.pack, entity, instanceOf(subject)).flatMap(
    ({ entity: of, place, instance }) =>
      Object.entries(force.pack.facts[of] ?? {}).flatMap(([fact, entry]) => {
        const from = instance.facts[fact]
        if (
          !entry.correctable ||
          from === undefined ||
          from === null ||
          isUnknownValue(from) ||
          Array.isArray(from)
        )
          return []
        const outcomeAt = (value: Scalar): RuleOutcome => decide(withFact(subject, place, fact, value))
        const isOther = (value: Scalar): boolean => textOf(outcomeAt(value)) !== before
        const to = nearest(entry, from as Scalar, isOther)
        if (to === undefined) return []
        const distance = distanceOf(entry, from as Scalar, to)
        return [
          {
            entity: of,
            place: placeText(place),
            fact,
            from: from as Scalar,
            to,
            outcome: outcomeAt(to),
            distance,
          },
        ]
      }),
  )
  return changes.toSorted((a, b) => a.distance - b.distance)
}

const instanceAt = (instance: Instance, place: Place): Instance | undefined =>
  place.reduce<Instance | undefined>((one, { list, index }) => one?.lists[list]?.[index], instance)

const textOf = (outcome: RuleOutcome): string =>
  outcome.outcome === 'known' ? String(outcome.value) : 'unknown'

const mostDays = 36_525

const nearest = (entry: FactEntry, from: Scalar, isOther: (value: Scalar) => boolean): Scalar | undefined => {
  if (typeof from === 'boolean') return isOther(!from) ? !from : undefined
  if (typeof from === 'number') {
    const [low = from, high = from] = entry.range ?? []
    const step = nearestStep([from - low, high - from], (steps) => isOther(from + steps))
    return step === undefined ? undefined : from + step
  }
  if (entry.type === 'date') {
    const day = (steps: number): Scalar => addDays(from as BusinessDate, steps)
    const step = nearestStep([mostDays, mostDays], (steps) => isOther(day(steps)))
    return step === undefined ? undefined : day(step)
  }
  return Object.keys(entry.values ?? {}).find((code) => code !== from && isOther(code))
}

/** The smallest step down or up, within the room there is, at which the answer is another. */
const nearestStep = (
  [down, up]: readonly [number, number],
  isOther: (steps: number) => boolean,
): number | undefined => {
  const found = [firstStep(down, (size) => isOther(-size)), firstStep(up, isOther)]
  const [below, above] = found
  if (below === undefined || above === undefined) return above ?? (below === undefined ? undefined : -below)
  return above <= below ? above : -below
}

const firstStep = (room: number, isOther: (size: number) => boolean): number | undefined => {
  let same = 0
  for (let size = 1; same < room; size *= 2) {
    const probe = Math.min(size, room)
    if (isOther(probe)) return halved(same, probe, isOther)
    same = probe
  }
  return undefined
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
