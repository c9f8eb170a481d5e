/**
 * Who must be alerted on what, and about whom nothing can be said: decided here from the rows themselves,
 * without the policy packs and their engines, so that both can be held against this list.
 */
import type { World } from '../world/make-world.ts'
import type { WorldFeeds } from '../world/rows.ts'
import type { Member } from '../world/types.ts'
import {
  incomeFell,
  insuranceStarted,
  newVehicle,
  pensionStarted,
  publicPayroll,
  registeredBusiness,
  secondHome,
  unemployedUncovered,
} from './assets.ts'
import { casesOf, type HouseholdCase } from './case.ts'
import { type Evidence, evidenceOf } from './evidence.ts'
import {
  disabledUncovered,
  medicalSpending,
  memberChanged,
  memberDied,
  memberImprisoned,
  tekunWithoutAgreement,
} from './people.ts'
import { anyOf, type Verdict } from './verdict.ts'

/** How urgent an alert is. */
export type Grade = 'red' | 'orange' | 'yellow'

type Question =
  | { readonly of: 'household'; readonly ask: (c: HouseholdCase) => Verdict }
  | { readonly of: 'member'; readonly ask: (c: HouseholdCase, member: Member) => Verdict }

const household = (grade: Grade, ask: (c: HouseholdCase) => Verdict) =>
  ({ grade, of: 'household', ask }) as const
const member = (grade: Grade, ask: (c: HouseholdCase, m: Member) => Verdict) =>
  ({ grade, of: 'member', ask }) as const

const questions = {
  'member-died': member('red', memberDied),
  'member-imprisoned': member('red', memberImprisoned),
  'public-payroll': member('orange', publicPayroll),
  'new-vehicle': member('orange', newVehicle),
  'second-home': household('orange', secondHome),
  'registered-business': member('orange', registeredBusiness),
  'insurance-started': member('yellow', insuranceStarted),
  'pension-started': member('yellow', pensionStarted),
  'medical-spending': household('orange', medicalSpending),
  'income-fell': household('yellow', incomeFell),
  'member-changed': member('yellow', memberChanged),
  'disabled-uncovered': member('orange', disabledUncovered),
  'unemployed-uncovered': member('yellow', unemployedUncovered),
  'tekun-without-agreement': member('red', tekunWithoutAgreement),
} as const satisfies Readonly<Record<string, Question & { grade: Grade }>>

/** Indicators whose subject is somebody outside the registry. */
const leadGrades = { 'student-outside': 'orange', 'return-poverty-outside': 'orange' } as const

/** The sixteen indicators by the names of their rules. */
export type IndicatorId = keyof typeof questions | keyof typeof leadGrades
/** All indicators, households' first, then those of leads. */
export const indicatorIds = [...Object.keys(questions), ...Object.keys(leadGrades)] as readonly IndicatorId[]

/** An alert that must be raised. `subject` is a household number, or the resident number of a lead; its name where no row says a good number. */
export interface TrueAlert {
  readonly subjectKind: 'household' | 'lead'
  readonly subject: string
  readonly indicator: IndicatorId
  readonly grade: Grade
  /** Keys of the members it is about; all of them where the household as a whole is meant. */
  readonly persons: readonly string[]
}

/** A household about which the indicator can say neither yes nor no. */
export interface TrueUnknown {
  readonly household: string
  readonly indicator: IndicatorId
  /** Names of the missing facts, sorted. */
  readonly missing: readonly string[]
}

export interface TrueOutcomes {
  /** Sorted by indicator, then by subject. */
  readonly alerts: readonly TrueAlert[]
  readonly unknown: readonly TrueUnknown[]
}

/**
 * Every alert a scan must raise on the world's files, and every question it cannot answer; nothing else may come out.
 * `extra` are rows of later files, added to what the world's own files say.
 */
export const outcomesOf = (world: World, extra: Partial<WorldFeeds> = {}): TrueOutcomes => {
  const evidence = evidenceOf(world, extra)
  const alerts: TrueAlert[] = [...leadAlerts(world, evidence)]
  const unknown: TrueUnknown[] = []
  for (const c of casesOf(world, evidence)) {
    for (const indicator of Object.keys(questions) as (keyof typeof questions)[]) {
      const question = questions[indicator]
      const { verdict, persons } = answer(question, c)
      const { number } = c.household
      if (verdict === true) {
        alerts.push({ subjectKind: 'household', subject: number, indicator, grade: question.grade, persons })
      } else if (verdict !== false) unknown.push({ household: number, indicator, missing: verdict })
    }
  }
  const byIndicator = (a: IndicatorId, b: IndicatorId): number =>
    indicatorIds.indexOf(a) - indicatorIds.indexOf(b)
  alerts.sort((a, b) => byIndicator(a.indicator, b.indicator) || (a.subject < b.subject ? -1 : 1))
  unknown.sort((a, b) => byIndicator(a.indicator, b.indicator) || (a.household < b.household ? -1 : 1))
  return { alerts, unknown }
}

const answer = (question: Question, c: HouseholdCase): { verdict: Verdict; persons: string[] } => {
  if (question.of === 'household') {
    return { verdict: question.ask(c), persons: c.members.map((m) => m.key) }
  }
  const verdicts = c.members.map((m) => question.ask(c, m))
  const persons = c.members.filter((_, i) => verdicts[i] === true).map((m) => m.key)
  return { verdict: anyOf(verdicts), persons }
}

const leadAlerts = (world: World, evidence: Evidence): TrueAlert[] =>
  world.outsiders.flatMap((person) => {
    if (!person.number) return []
    const found: (keyof typeof leadGrades)[] = []
    const poor = evidence
      .of('students', person.key)
      .some((s) => s.hardship === 'special' || s.hardship === 'difficult')
    if (poor) found.push('student-outside')
    const { number, name } = person
    const isWatched = (rows: ReturnType<Evidence['setAside']>): boolean =>
      rows.some(({ category, riskCleared }) => category !== 'none' && !riskCleared)
    const byNumber = isWatched(evidence.of('return-poverty', person.key))
    if (byNumber) found.push('return-poverty-outside')
    const alertOf = (subject: string, indicator: keyof typeof leadGrades): TrueAlert => ({
      subjectKind: 'lead',
      subject,
      indicator,
      grade: leadGrades[indicator],
      persons: [person.key],
    })
    const alerts = found.map((indicator) => alertOf(number, indicator))
    // Nobody knows the number of whom a row was set aside for it: the lead goes by its name.
    const byName = !byNumber && isWatched(evidence.setAside('return-poverty', person.key))
    return byName ? [...alerts, alertOf(name, 'return-poverty-outside')] : alerts
  })
