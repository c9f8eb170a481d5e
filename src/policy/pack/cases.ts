import { businessDate, type RegionCode, regionCode, unknown } from '#base'
import { compileRules, type RuleOutcome } from '../interpret/evaluate.ts'
import type { Facts, Subject, Value } from '../language/values.ts'
import { type PackInForce, packInForce } from './in-force.ts'
import { missingNameOf, type Pack, type Rule } from './pack.ts'
import type { FactEntry, PolicyCase } from './schemas.ts'

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

/** The cases whose rule exists and is in force on their date, each with its subject completed from the fact dictionary. */
export const readyCases = (pack: Pack): readonly ReadyCase[] => {
  const forces = new Map<string, PackInForce>()
  const region = regionCode(pack.head.region)
  return pack.cases.flatMap((it) => {
    const force = forces.get(it.today) ?? inForceOn(pack, it.today, region)
    forces.set(it.today, force)
    const rule = force.rules.find(({ id }) => id === it.rule)
    return rule ? [{ case: it, rule, subject: subjectOfCase(pack, rule.entity, it), force }] : []
  })
}

const inForceOn = (pack: Pack, today: string, region: RegionCode): PackInForce =>
  packInForce(pack, { on: businessDate(today), region })

/** Runs every case of the pack through the interpreter. */
export const runCases = (pack: Pack): readonly CaseResult[] =>
  readyCases(pack).map(({ case: it, rule, subject, force }) => {
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
    facts: factsOfCase(pack, member ?? '', given),
  }))
  return { id: it.name, facts: factsOfCase(pack, entity, it.given), members: members ?? [] }
}

const factsOfCase = (pack: Pack, entity: string, given: PolicyCase['given']): Facts => {
  const facts: Record<string, Value> = {}
  for (const [name, entry] of Object.entries(pack.facts[entity] ?? {})) {
    const value = given[name]
    if (value === 'unknown') facts[name] = unknown(missingNameOf(pack, entity, name))
    else facts[name] = value === undefined ? neutral(entry) : value
  }
  return facts
}

/** The value that says as little as possible. */
const neutral = (entry: FactEntry): Value => {
  if (entry.absent) return null
  if (entry.type === 'number') return Math.max(0, entry.range?.[0] ?? 0)
  if (entry.type === 'boolean') return false
  return Object.keys(entry.values ?? {})[0] ?? null
}
