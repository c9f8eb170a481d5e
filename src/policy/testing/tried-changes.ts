import { addDays, type BusinessDate } from '#base'
import { placeText } from '../interpret/places.ts'
import { type Change, whatWouldChange } from '../interpret/what-if.ts'
import { isUnknownValue, type Scalar, type Subject } from '../language/values.ts'
import type { Programme } from '../pack/in-force.ts'
import type { FactEntry } from '../pack/schemas.ts'
import { type Bench, probesOf, stepsBetween, type Tree, treeOf } from './fact-probes.ts'
import type { Draw } from './households.ts'

/** What trying every other value of every fact has shown about the changes that were told. */
export interface Tried {
  readonly counts: { households: number; facts: number; values: number; told: number; none: number }
  readonly wrong: string[]
}

/** One programme's question about one subject of a tree. */
interface Asked {
  readonly bench: Bench
  readonly tree: Tree
  readonly id: string
  readonly rule: string
  /** Which of the located subjects the programme speaks of. */
  readonly of: number
  readonly before: string
  readonly draw: Draw
  readonly seen: Tried
}

const outcomeText = (tree: Tree, rule: string, of: number): string => {
  const value = tree.answer(rule, of)
  return isUnknownValue(value) ? 'unknown' : String(value === true)
}

/** Holds what would change one drawn programme's outcome against every value that the facts might have. */
export const tryChanges = (bench: Bench, root: string, subject: Subject, draw: Draw, seen: Tried): void => {
  const { force } = bench
  const tree = treeOf(bench, root, subject)
  const open = force.programmes.flatMap((programme) =>
    tree.located.flatMap(({ entity }, of) => (entity === programme.entity ? [[programme, of] as const] : [])),
  )
  const [programme, of] = open[draw(Math.max(1, open.length))] ?? []
  if (!programme || of === undefined) return
  const changes = whatWouldChange(force, programme as Programme, root, subject, tree.located[of]?.place ?? [])
  const rule = programme.eligible
  const id = `${subject.id} ${programme.id} ${placeText(tree.located[of]?.place ?? [])}`
  const asked: Asked = { bench, tree, id, rule, of, before: outcomeText(tree, rule, of), draw, seen }
  seen.counts.households += 1
  const distances = changes.map(({ distance }) => distance)
  if (distances.join() !== distances.toSorted((a, b) => a - b).join())
    seen.wrong.push(`${id}: not the nearest first`)
  const left = new Set(changes)
  for (const [at, { entity, place, instance }] of tree.located.entries())
    for (const [fact, from] of Object.entries({ ...instance.facts })) {
      const told = changes.find(
        (one) => one.place === placeText(place) && one.fact === fact && one.entity === entity,
      )
      if (told) left.delete(told)
      const entry = force.pack.facts[entity]?.[fact]
      if (!entry) continue
      if (
        !entry.correctable ||
        from === null ||
        isUnknownValue(from) ||
        !bench.reach(entity, fact).includes(rule)
      ) {
        if (told) seen.wrong.push(`${id}: ${fact} cannot be corrected, or matters to nothing`)
        continue
      }
      if (entry.yearOf !== undefined && typeof instance.facts[entry.yearOf] === 'string') {
        if (told) seen.wrong.push(`${id}: ${fact} follows from a date`)
        continue
      }
      tryFact(asked, { entity, at, fact, entry, from: from as Scalar }, told)
      correct(asked, { at, entity, fact }, from as Scalar)
    }
  if (left.size > 0) seen.wrong.push(`${id}: told of facts that are not there`)
}

/** Gives the subject another value, and with a date the year that follows from it. */
const correct = (
  { bench, tree }: Asked,
  { at, entity, fact }: Pick<FactAt, 'at' | 'entity' | 'fact'>,
  to: Scalar,
): void => {
  tree.set(at, fact, to)
  for (const [year, { yearOf }] of Object.entries(bench.force.pack.facts[entity] ?? {}))
    if (yearOf === fact && typeof to === 'string') tree.set(at, year, Number(to.slice(0, 4)))
}

interface FactAt {
  readonly entity: string
  readonly at: number
  readonly fact: string
  readonly entry: FactEntry
  readonly from: Scalar
}

const tryFact = (asked: Asked, one: FactAt, told: Change | undefined): void => {
  const { bench, tree, id, rule, of, before, seen } = asked
  const { entity, at, fact, entry, from } = one
  const ground = bench.ground([rule])
  const watched = bench.reach(entity, fact).filter((name) => ground.has(name))
  const isOther = (value: Scalar): boolean => {
    correct(asked, one, value)
    seen.counts.values += 1
    return outcomeText(tree, rule, of) !== before
  }
  const signatureAt = (value: Scalar): string => {
    correct(asked, one, value)
    return tree.signature(watched)
  }
  const values = [...probesOf(entry, from, signatureAt), ...blindly(entry, from, asked.draw)].filter(
    (value) => value !== null && value !== from,
  )
  const turning = values.filter(isOther)
  const least = Math.min(...turning.map((value) => stepsBetween(entry, from, value)))
  seen.counts.facts += 1
  seen.counts[told ? 'told' : 'none'] += 1
  const say = (what: string): void => {
    seen.wrong.push(
      `${id}: ${fact} of ${tree.located[at]?.entity} ${at} from ${String(from)} to ${String(told?.to)}: ${what}`,
    )
  }
  if (!told) {
    if (turning.length > 0) say(`${String(turning[0])} would change it`)
    return
  }
  const steps = stepsBetween(entry, from, told.to)
  if (!isOther(told.to)) say('it changes nothing')
  if (least < steps) say(`nearer by ${steps - least}`)
  const before1 = oneLess(entry, from, told.to)
  if (before1 !== undefined && before1 !== from && isOther(before1)) say('one unit less is enough')
}

/** Values that know nothing of the rules: all of a short range, else those close by and drawn ones of every size. */
const blindly = ({ type, range }: FactEntry, from: Scalar, draw: Draw): readonly Scalar[] => {
  const near = Array.from({ length: 25 }, (_, at) => at + 1).flatMap((size) => [size, -size])
  if (type === 'date') {
    const far = Array.from({ length: 60 }, () => draw(73_000) - 36_500)
    return [...near, ...far].map((days) => addDays(from as BusinessDate, days))
  }
  if (typeof from !== 'number') return []
  const [low, high] = range ?? [from, from]
  if (high - low <= 400) return Array.from({ length: high - low + 1 }, (_, at) => low + at)
  const far = Array.from(
    { length: 60 },
    (_, at) => (draw(10 ** (2 + (at % 8))) + 1) * (at % 2 === 0 ? 1 : -1),
  )
  return [...near, ...far].map((size) => from + size).filter((value) => value >= low && value <= high)
}

/** One unit back towards where it was. */
const oneLess = (entry: FactEntry, from: Scalar, to: Scalar): Scalar | undefined => {
  if (typeof from === 'number' && typeof to === 'number') return to > from ? to - 1 : to + 1
  if (entry.type !== 'date') return undefined
  return addDays(to as BusinessDate, String(to) > String(from) ? -1 : 1)
}

/** Asks of every household under one of the benches what would change one programme's outcome. */
export const triedChanges = (benches: readonly Bench[], subjects: readonly Subject[], draw: Draw): Tried => {
  const seen: Tried = { counts: { households: 0, facts: 0, values: 0, told: 0, none: 0 }, wrong: [] }
  for (const [index, subject] of subjects.entries()) {
    const bench = benches[index % benches.length]
    if (bench) tryChanges(bench, 'household', subject, draw, seen)
  }
  return seen
}
