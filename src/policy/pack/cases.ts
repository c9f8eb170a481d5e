import { businessDate, type RegionCode, unknown } from '#base'
import { compileRules, type RuleOutcome } from '../interpret/evaluate.ts'
import type { Subject } from '../language/values.ts'
import { type PackInForce, packInForce, type When } from './in-force.ts'
import type { Pack, Rule } from './pack.ts'
import type { PolicyCase } from './schemas.ts'
import { factsGiven } from './subjects.ts'

export interface CaseResult {
  readonly case: PolicyCase
  readonly outcome: RuleOutcome
  readonly passed: boolean
}

/** A case with everything it runs on. */
export interface ReadyCase {
  readonly case: PolicyCase
  readonly rule: Rule
  readonly subject: Subject
  readonly force: PackInForce
}

/**
 * The cases whose rule exists, each with its subject completed from the fact dictionary. A case tries what is written, also
 * before its version begins or after another took its place. `given` lies over the values of the pack.
 */
export const readyCases = (pack: Pack, given: When['given'] = {}): readonly ReadyCase[] => {
  const forces = new Map<string, PackInForce>()
  return pack.cases.flatMap((it) => {
    const rule = pack.rules.find(({ key }) => key === it.rule)
    if (!rule) return []
    const region = rule.region ?? pack.head.region
    const key = `${it.today} ${region}`
    const force = forces.get(key) ?? inForceOn(pack, it.today, region as RegionCode, given)
    forces.set(key, force)
    return [{ case: it, rule, subject: subjectOfCase(pack, rule.entity, it), force }]
  })
}

const inForceOn = (pack: Pack, today: string, region: RegionCode, given: When['given']): PackInForce =>
  packInForce(pack, { on: businessDate(today), region, given })

/** Runs every case of the pack through the interpreter, `given` over the values of the pack. */
export const runCases = (pack: Pack, given: When['given'] = {}): readonly CaseResult[] =>
  readyCases(pack, given).map(({ case: it, rule, subject, force }) => {
    const outcome = evaluatorOf(force, rule)(subject)
    return { case: it, outcome, passed: isExpected(it.expect, outcome) }
  })

const evaluatorOf = (force: PackInForce, rule: Rule): ((subject: Subject) => RuleOutcome) => {
  const [compiled] = compileRules({ ...force, rules: [rule] })
  return (subject) => compiled?.evaluate(subject) ?? unknown(rule.id)
}

const isExpected = (expected: PolicyCase['expect'], outcome: RuleOutcome): boolean => {
  if (typeof expected === 'boolean') return outcome.outcome === 'known' && outcome.value === expected
  return outcome.outcome === 'unknown' && outcome.missing.join() === expected.unknown.toSorted().join()
}

/** Facts a case does not mention are absent, 0, false or the first code of their list. */
export const subjectOfCase = (pack: Pack, entity: string, it: PolicyCase): Subject => {
  const member = Object.entries(pack.entities).find(([, { within }]) => within === entity)?.[0]
  const members = it.members?.map((given, index) => ({
    id: String(index + 1),
    facts: factsGiven(pack, member ?? '', given),
  }))
  return { id: it.name, facts: factsGiven(pack, entity, it.given), members: members ?? [] }
}
