import { unknown } from '#base'
import { isUnknownValue, type Scalar, type Subject, type Value } from '../language/values.ts'
import { missingNameOf } from '../pack/pack.ts'
import type { FactEntry } from '../pack/schemas.ts'
import { type Bench, probesOf, type Tree, treeOf } from './fact-probes.ts'

/** What taking facts away, one at a time, has shown. */
export interface Removed {
  /** Facts taken away, answers that stayed known without them, values tried against those, answers that became unknown. */
  readonly counts: { facts: number; known: number; values: number; unknown: number }
  /** Answers that stood without the fact and that one of its values contradicts. */
  readonly contradicted: string[]
}

const textOf = (value: Value): string => (isUnknownValue(value) ? 'unknown' : String(value))

/**
 * Takes every fact of a household away, one at a time, and tries every value it might have had: an answer that stays known
 * must be the one that each of them gives.
 */
const removeEach = (bench: Bench, root: string, subject: Subject, seen: Removed, hole?: Scalar): void => {
  const tree = treeOf(bench, root, subject)
  for (const [at, { entity, instance }] of tree.located.entries()) {
    for (const [fact, value] of Object.entries({ ...instance.facts })) {
      const entry = bench.force.pack.facts[entity]?.[fact]
      const isKept = !entry?.unknown || isUnknownValue(value) || bench.reach(entity, fact).length === 0
      if (!isKept) removeOne(bench, tree, { id: subject.id, entity, at, fact, entry, value, hole }, seen)
      tree.set(at, fact, value)
    }
  }
}

interface Taken {
  readonly id: string
  readonly entity: string
  readonly at: number
  readonly fact: string
  readonly entry: FactEntry
  readonly value: Value
  readonly hole: Scalar | undefined
}

const removeOne = (bench: Bench, tree: Tree, taken: Taken, seen: Removed): void => {
  const { pack } = bench.force
  const { entity, at, fact, entry, value, hole = unknown(missingNameOf(pack, entity, fact)) } = taken
  const rules = bench.reach(entity, fact)
  tree.set(at, fact, hole)
  const answers = tree.answers(rules)
  const stands = answers.filter((answer) => !isUnknownValue(answer.value))
  seen.counts.facts += 1
  seen.counts.known += stands.length
  seen.counts.unknown += answers.length - stands.length
  if (stands.length === 0) return
  const ground = bench.ground(stands.map(({ rule }) => rule))
  const watched = rules.filter((rule) => ground.has(rule))
  const signatureAt = (to: Scalar): string => {
    tree.set(at, fact, to)
    return tree.signature(watched)
  }
  for (const to of probesOf(entry, value as Scalar, signatureAt)) {
    tree.set(at, fact, to)
    seen.counts.values += 1
    for (const stood of stands) {
      const now = tree.answer(stood.rule, stood.at)
      if (now === stood.value) continue
      const was = `${stood.rule} is ${textOf(stood.value)}; with ${String(to)} it is ${textOf(now)}`
      seen.contradicted.push(`${taken.id} without ${entity}.${fact} of ${at}: ${was}`)
    }
  }
}

/**
 * Takes every fact of every household away in turn, each household under one of the benches. With `hole` the fact is not
 * missing but has that value: what an engine would do that took nothing for known to be nothing.
 */
export const removeFacts = (
  benches: readonly Bench[],
  subjects: readonly Subject[],
  hole?: Scalar,
): Removed => {
  const seen: Removed = { counts: { facts: 0, known: 0, values: 0, unknown: 0 }, contradicted: [] }
  for (const [index, subject] of subjects.entries()) {
    const bench = benches[index % benches.length]
    if (bench) removeEach(bench, 'household', subject, seen, hole)
  }
  return seen
}
