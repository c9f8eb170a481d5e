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
  type OutcomeRow,
  outcomeFigures,
  outcomesBetween,
  runRules,
} from './outcomes.queries.server.ts'
import { subjectSlices } from './subjects.queries.server.ts'

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
  /** Of the subjects that were compared. */
  readonly firings: readonly Firing[]
  /** Subjects × rules that SQL answered. */
  readonly outcomes: number
  readonly unknown: number
  /** Subjects of whom the interpreter was asked too. */
  readonly compared: number
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

/** Every subject has its row by now: further rows speak of nobody, or twice of the same. */
const refuseStrayRows = (
  rules: readonly CompiledRule[],
  { judged, subjects }: { readonly judged: number; readonly subjects: number },
): void => {
  const [first] = rules
  const count = Math.abs(judged - subjects)
  if (first && count) throw new Refusal('monitoring.engines-disagree', { indicator: first.rule.id, count })
}

/** Stops the run on the first rule where the engines differ. */
export const refuseDisagreement = (disagreements: readonly Disagreement[]): void => {
  const [worst] = disagreements
  if (!worst) return
  const count = disagreements.filter(({ rule }) => rule === worst.rule).length
  throw new Refusal('monitoring.engines-disagree', { indicator: worst.rule, count, first: worst })
}

/**
 * Runs every rule over everybody in SQL and compares the interpreter for every subject, or for those whose ids stand in
 * the table `only`, alerting or not; explains what holds of those compared. Refuses with `monitoring.engines-disagree` on
 * the first rule where they differ; nothing is raised then.
 */
export const evaluate = async (engine: Engine, force: PackInForce, only?: string): Promise<Evaluation> => {
  await runRules(engine, force)
  const compiled = compileRules(force)
  const tally: Tally = { firings: [], disagreements: [] }
  const sum = { outcomes: 0, unknown: 0, compared: 0 }
  const namesOf = (rules: readonly CompiledRule[]) => rules.map(({ rule }) => rule.id)
  for (const entity of ruledEntities(force)) {
    const rules = compiled.filter(({ rule }) => rule.entity === entity)
    for await (const subjects of subjectSlices(engine, force, entity, only)) {
      sum.compared += subjects.length
      const [first, last] = [subjects[0]?.id ?? '', subjects.at(-1)?.id ?? '']
      const outcomes = await outcomesBetween(engine, entity, namesOf(rules), first, last, only)
      compareSlice(force, rules, subjects, outcomes, entity, tally)
    }
    const figures = await outcomeFigures(engine, entity, namesOf(rules))
    sum.outcomes += figures.outcomes
    sum.unknown += figures.unknown
    if (!tally.disagreements.length) refuseStrayRows(rules, figures)
  }
  refuseDisagreement(tally.disagreements)
  const ofHouseholds = compiled.filter(({ rule }) => rule.entity === 'household')
  return { firings: tally.firings, ...sum, checksum: await checksumOf(engine, namesOf(ofHouseholds)) }
}
