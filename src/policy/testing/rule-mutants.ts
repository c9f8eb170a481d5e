import { type Instance, instanceOf } from '../interpret/compile.ts'
import { settingOf } from '../interpret/evaluate.ts'
import { exactValue } from '../language/bounds.ts'
import type { Subject } from '../language/values.ts'
import { type Mutation, mutationsOf } from '../mutate/mutations.ts'
import type { PackInForce } from '../pack/in-force.ts'
import { instancesOf, valueText } from '../pack/programme-cases.ts'
import { type Bench, benchOf } from './fact-probes.ts'

/** Subjects under one pack in force, among which a mutant may show. */
export interface MutantWorld {
  readonly force: PackInForce
  readonly subjects: readonly Subject[]
}

/**
 * A parameter is moved by one from the value it has in a world, so a mutant of it is named by the direction alone: it is the
 * same mutant in every world.
 */
const nameOf = (rule: string, text: string, { description, span }: Mutation): string => {
  const where = text.slice(span.from, span.until).replaceAll(/\s+/gu, ' ')
  const way = description.startsWith(`${where.replace(/^parameters\./u, '')} `)
    ? description.replace(/(\S+) → (\S+)$/u, (_, from: string, to: string) =>
        to === `${from}-` ? 'another' : isAfter(from, to) ? '+ 1' : '- 1',
      )
    : description
  return `${rule} [${where}]@${span.from} ${way}`
}

const isAfter = (from: string, to: string): boolean =>
  Number.isNaN(Number(from)) ? to > from : Number(to) > Number(from)

/** What came of holding mutants against the rules. */
export interface Mutants {
  /** Every mutant there was in some world, by rule, place and change. */
  readonly all: Set<string>
  /** Those that gave another answer than the rule for some subject. */
  readonly told: Set<string>
}

/** Runs every mutant of the rules that no earlier world has told from its rule. */
export const tellMutants = (
  worlds: readonly MutantWorld[],
  rules: readonly string[],
  mutants: Mutants,
): void => {
  for (const { force, subjects } of worlds) {
    const bench = benchOf(force)
    const instances = subjects.map((subject) => instanceOf(subject))
    for (const rule of rules) {
      const entity = force.pack.definitions.get(rule)?.entity ?? ''
      const own = instances.flatMap((instance) => instancesOf(force.pack, 'household', instance, entity))
      tellRule(bench, entity, rule, own, mutants)
    }
  }
}

const tellRule = (
  { force, compiler }: Bench,
  entity: string,
  rule: string,
  instances: readonly Instance[],
  { all, told }: Mutants,
): void => {
  const text = force.pack.definitions.get(rule)?.value ?? ''
  const read = compiler.rule(entity, rule)
  for (const mutation of mutationsOf(force.treeOf(entity, rule), settingOf(force).parameters)) {
    const name = nameOf(rule, text, mutation)
    all.add(name)
    if (told.has(name)) continue
    const run = compiler.compile(exactValue(mutation.node))
    const isTold = instances.some((one) => valueText(run(one, one)) !== valueText(read(one)))
    if (isTold) told.add(name)
  }
}
