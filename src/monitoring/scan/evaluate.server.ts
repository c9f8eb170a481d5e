import { Refusal } from '#base'
import type { Engine } from '#lake/server'
import {
  type CompiledRule,
  compileRules,
  type Explanation,
  explain,
  missingOfBits,
  type PackInForce,
  type Rule,
  type RuleOutcome,
  ruledEntities,
  type Subject,
} from '#policy'
import { type FrozenSubject, frozenFor } from './frozen.ts'
import {
  checksumOf,
  countOutcomes,
  type OutcomeRow,
  outcomesBetween,
  runRules,
} from './outcomes.queries.server.ts'
import { subjectSlices } from './subjects.server.ts'

/** An indicator that holds for a subject, with its reasoning. */
export interface Firing {
  readonly subjectKind: 'household' | 'lead'
  readonly subjectId: string
  readonly rule: Rule
  readonly explanation: Explanation
  /** What it was found on. */
  readonly frozen: FrozenSubject
}

export interface Evaluation {
  readonly firings: readonly Firing[]
  /** Subjects × rules looked at. */
  readonly outcomes: number
  readonly unknown: number
  /** One number for all outcomes of households, whatever their order. */
  readonly checksum: string
}

/** Where the two engines give a subject different answers. */
export interface Disagreement {
  readonly rule: string
  readonly subjectId: string
  readonly sql: string
  readonly interpreter: string
}

const textOf = (outcome: RuleOutcome): string =>
  outcome.outcome === 'unknown' ? `unknown(${outcome.missing.toSorted().join(',')})` : String(outcome.value)

const sqlText = (row: OutcomeRow | undefined, missingNames: readonly string[]): string => {
  if (!row) return 'no row'
  const u = BigInt(row.u)
  return u === 0n ? String(row.value === true) : `unknown(${missingOfBits(u, missingNames).join(',')})`
}

interface Tally {
  readonly firings: Firing[]
  readonly disagreements: Disagreement[]
  outcomes: number
  unknown: number
}

const compareSlice = (
  force: PackInForce,
  rules: readonly CompiledRule[],
  subjects: readonly Subject[],
  sql: Map<string, OutcomeRow>,
  entity: string,
  tally: Tally,
): void => {
  for (const subject of subjects) {
    for (const { rule, evaluate } of rules) {
      const outcome = evaluate(subject)
      const [mine, theirs] = [
        textOf(outcome),
        sqlText(sql.get(`${rule.id} ${subject.id}`), force.missingNames),
      ]
      tally.outcomes += 1
      if (outcome.outcome === 'unknown') tally.unknown += 1
      if (mine !== theirs)
        tally.disagreements.push({ rule: rule.id, subjectId: subject.id, sql: theirs, interpreter: mine })
      else if (outcome.outcome === 'known' && outcome.value) {
        tally.firings.push({
          subjectKind: entity === 'lead' ? 'lead' : 'household',
          subjectId: subject.id,
          rule,
          explanation: explain(force, rule, subject),
          frozen: frozenFor(force, rule, subject),
        })
      }
    }
  }
}

/** Every subject and rule has its row by now: further rows speak of nobody, or twice of the same. */
const refuseStrayRows = async (
  engine: Engine,
  entity: string,
  rules: readonly CompiledRule[],
  subjects: number,
): Promise<void> => {
  const counts = await countOutcomes(engine, entity)
  for (const { rule } of rules) {
    const count = Math.abs((counts.get(rule.id) ?? 0) - subjects)
    if (count) throw new Refusal('monitoring.engines-disagree', { indicator: rule.id, count })
  }
}

/**
 * Compares SQL and interpreter for every subject and rule, alerting or not, and explains what holds. Refuses with
 * `monitoring.engines-disagree` on the first rule where they differ; nothing is raised then.
 */
export const evaluate = async (engine: Engine, force: PackInForce): Promise<Evaluation> => {
  await runRules(engine, force)
  const compiled = compileRules(force)
  const tally: Tally = { firings: [], disagreements: [], outcomes: 0, unknown: 0 }
  for (const entity of ruledEntities(force)) {
    const rules = compiled.filter(({ rule }) => rule.entity === entity)
    let subjectCount = 0
    for await (const subjects of subjectSlices(engine, force, entity)) {
      subjectCount += subjects.length
      const [first, last] = [subjects[0]?.id ?? '', subjects.at(-1)?.id ?? '']
      compareSlice(force, rules, subjects, await outcomesBetween(engine, entity, first, last), entity, tally)
    }
    if (!tally.disagreements.length) await refuseStrayRows(engine, entity, rules, subjectCount)
  }
  const [worst] = tally.disagreements
  if (worst) {
    const count = tally.disagreements.filter(({ rule }) => rule === worst.rule).length
    throw new Refusal('monitoring.engines-disagree', { indicator: worst.rule, count, first: worst })
  }
  return {
    firings: tally.firings,
    outcomes: tally.outcomes,
    unknown: tally.unknown,
    checksum: await checksumOf(engine),
  }
}
