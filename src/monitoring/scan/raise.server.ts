import { createHash } from 'node:crypto'
import { type Clock, newId } from '#base'
import { type MemberLabel, type Pack, sentenceOf } from '#policy'
import { findCalendar } from '#rulebook/server'
import type { Tx } from '#store/server'
import { listAllOffices } from '../dispatch/offices.queries.server.ts'
import { type DueWorkdays, dueAfter, firstHolder, type Grade, officeIndex } from '../routing.ts'
import type { Firing } from './evaluate.server.ts'
import type { EvidenceRow } from './evidence.ts'
import { fingerprintOf } from './fingerprint.ts'
import {
  type ExistingAlert,
  insertRaised,
  listExisting,
  mergeInto,
  type NewAlert,
} from './raise.queries.server.ts'

export interface RaiseInput {
  readonly scanId: string
  readonly pack: Pack
  readonly firings: readonly Firing[]
  readonly evidence: ReadonlyMap<Firing, readonly EvidenceRow[]>
  /** Region of each subject. */
  readonly regions: ReadonlyMap<string, string>
  /** How a member is spoken of without a name. */
  readonly memberLabel: (language: 'zh-CN' | 'en') => MemberLabel
  readonly days: DueWorkdays
}

export interface RaiseFigures {
  readonly raised: number
  readonly merged: number
  /** Found again with the same evidence: open and unchanged, or already disposed of. */
  readonly unchanged: number
  readonly byGrade: Readonly<Record<Grade, number>>
}

const periodOf = (firing: Firing, today: string): string =>
  firing.rule.period === 'month' ? today.slice(0, 7) : today.slice(0, 4)

const keyOf = (subjectId: string, indicator: string): string => `${subjectId} ${indicator}`

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

type Found =
  | { readonly kind: 'new' }
  | { readonly kind: 'same' }
  | { readonly kind: 'merge'; readonly into: ExistingAlert }

/**
 * What a finding means beside the alerts there are: the same evidence, open or disposed of, is nothing new; other
 * evidence joins an open alert of the period; else it is new. A withdrawn alert counts as never raised.
 */
export const placeFinding = (
  existing: readonly ExistingAlert[],
  fingerprint: string,
  period: string,
): Found => {
  const live = existing.filter(({ status }) => status !== 'withdrawn')
  if (live.some((alert) => alert.fingerprint === fingerprint)) return { kind: 'same' }
  const open = live.find((alert) => alert.status !== 'disposed' && alert.period === period)
  return open ? { kind: 'merge', into: open } : { kind: 'new' }
}

const explanationOf = (input: RaiseInput, firing: Firing) => ({
  ...firing.explanation,
  evidence: input.evidence.get(firing) ?? [],
  sentences: {
    zh: sentenceOf(input.pack, firing.rule, firing.explanation, 'zh-CN', input.memberLabel('zh-CN')),
    en: sentenceOf(input.pack, firing.rule, firing.explanation, 'en', input.memberLabel('en')),
  },
})

/**
 * Turns what the scan found into alerts, in one transaction: raised, merged or left alone. Each new one gets its
 * holder, its due date and its first step.
 */
export const raiseFindings = async (tx: Tx, clock: Clock, input: RaiseInput): Promise<RaiseFigures> => {
  const today = clock.today()
  const index = officeIndex(await listAllOffices(tx))
  const calendar = await findCalendar(tx)
  const existing = new Map<string, ExistingAlert[]>()
  for (const alert of await listExisting(tx)) {
    const key = keyOf(alert.subjectId, alert.indicator)
    existing.set(key, [...(existing.get(key) ?? []), alert])
  }
  const byGrade = { red: 0, orange: 0, yellow: 0 }
  const fresh: NewAlert[] = []
  let [merged, unchanged] = [0, 0]
  for (const firing of input.firings) {
    const { rule, subjectId, subjectKind } = firing
    const regionCode = input.regions.get(subjectId)
    if (!regionCode) continue
    const grade = rule.grade as Grade
    byGrade[grade] += 1
    const fingerprint = hashOf(fingerprintOf(firing.explanation))
    const period = periodOf(firing, today)
    const found = placeFinding(existing.get(keyOf(subjectId, rule.id)) ?? [], fingerprint, period)
    if (found.kind === 'same') {
      unchanged += 1
      continue
    }
    const explanation = explanationOf(input, firing)
    const feedIds = [...new Set(explanation.evidence.map(({ feedId }) => feedId))]
    const common = {
      fingerprint,
      summary: explanation.sentences.zh,
      explanation,
      feedIds,
      scanId: input.scanId,
    }
    if (found.kind === 'merge') {
      await mergeInto(tx, clock, found.into.id, common)
      merged += 1
      continue
    }
    const due = dueAfter(today, grade, input.days, calendar)
    fresh.push({
      ...common,
      id: newId(),
      regionCode,
      householdId: subjectKind === 'household' ? subjectId : null,
      leadId: subjectKind === 'lead' ? subjectId : null,
      indicator: rule.id,
      period,
      grade,
      route: rule.route,
      holderId: firstHolder(index, { grade, subjectKind, owner: rule.owner, regionCode })?.id ?? null,
      dueOn: due.awaitingCalendar ? null : due.date,
    })
  }
  await insertRaised(tx, clock, fresh)
  return { raised: fresh.length, merged, unchanged, byGrade }
}
