import { assert, type Clock, newId, Refusal } from '#base'
import type { MemberLabel } from '#policy'
import { type CheckedPack, findCalendar, keepPack } from '#rulebook/server'
import type { Tx } from '#store/server'
import { listAllOffices } from '../dispatch/offices.queries.server.ts'
import { type DueDays, dueAfter, firstHolder, type Grade, officeIndex } from '../routing.ts'
import type { Firing } from './evaluate.server.ts'
import type { Evidence } from './evidence.server.ts'
import { fingerprintOf } from './fingerprint.ts'
import { type Frozen, frozenHashOf, hashOf, labelsFor, saidOf } from './kept.server.ts'
import {
  type ExistingAlert,
  type Finding,
  insertRaised,
  listExisting,
  mergeInto,
  type NewAlert,
} from './raise.queries.server.ts'
import { holdFeeds } from './scans.queries.server.ts'

export interface RaiseInput {
  readonly scanId: string
  readonly pack: CheckedPack
  readonly firings: readonly Firing[]
  readonly evidence: ReadonlyMap<Firing, Evidence>
  /** Region of each subject. */
  readonly regions: ReadonlyMap<string, string>
  /** How a member is spoken of without a name. */
  readonly memberLabel: (language: 'zh-CN' | 'en') => MemberLabel
  readonly days: DueDays
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

type Found =
  | { readonly kind: 'new' }
  | { readonly kind: 'same' }
  | { readonly kind: 'merge'; readonly into: ExistingAlert }

/**
 * What a finding means beside the alerts there are: the same evidence, open or disposed of, is nothing new; other
 * evidence joins an open alert of the period; else it is new. A withdrawn alert counts as never raised; one that was
 * marked because its file was taken back is renewed when other files say the same.
 */
export const placeFinding = (
  existing: readonly ExistingAlert[],
  fingerprint: string,
  period: string,
): Found => {
  const live = existing.filter(({ status }) => status !== 'withdrawn')
  const same = live.find((alert) => alert.fingerprint === fingerprint)
  if (same)
    return same.sourceWithdrawn && same.status !== 'disposed'
      ? { kind: 'merge', into: same }
      : { kind: 'same' }
  const open = live.find((alert) => alert.status !== 'disposed' && alert.period === period)
  return open ? { kind: 'merge', into: open } : { kind: 'new' }
}

const explanationOf = (input: RaiseInput, { rule, explanation, frozen: subject }: Firing) => {
  const frozen: Frozen = { ...subject, labels: labelsFor(explanation.members, input.memberLabel) }
  const said = saidOf(input.pack, rule, explanation, frozen.labels)
  return { ...said, frozen, frozenHash: frozenHashOf(said, frozen) }
}

interface Placed {
  readonly firing: Firing
  readonly finding: Finding
  readonly regionCode: string
  readonly period: string
}

const findingOf = (input: RaiseInput, firing: Firing, fingerprint: string): Finding => {
  const explanation = {
    ...explanationOf(input, firing),
    evidence: input.evidence.get(firing)?.rows ?? [],
  }
  return {
    fingerprint,
    summary: explanation.sentences.zh,
    explanation,
    feedIds: [...(input.evidence.get(firing)?.feedIds ?? [])].toSorted(),
    scanId: input.scanId,
  }
}

interface Sorted {
  readonly fresh: Placed[]
  readonly merges: (Placed & { readonly into: ExistingAlert })[]
  readonly byGrade: Record<Grade, number>
  unchanged: number
}

/** Places every finding beside the alerts there are. */
const sortFirings = (input: RaiseInput, existing: readonly ExistingAlert[], today: string): Sorted => {
  const bySubject = new Map<string, ExistingAlert[]>()
  for (const alert of existing) {
    const key = keyOf(alert.subjectId, alert.indicator)
    bySubject.set(key, [...(bySubject.get(key) ?? []), alert])
  }
  const sorted: Sorted = { fresh: [], merges: [], byGrade: { red: 0, orange: 0, yellow: 0 }, unchanged: 0 }
  for (const firing of input.firings) {
    const { rule, subjectId } = firing
    const regionCode = input.regions.get(subjectId)
    assert(regionCode, 'a subject without a region')
    sorted.byGrade[rule.grade] += 1
    const fingerprint = hashOf(fingerprintOf(firing.explanation))
    const period = periodOf(firing, today)
    const found = placeFinding(bySubject.get(keyOf(subjectId, rule.id)) ?? [], fingerprint, period)
    if (found.kind === 'same') {
      sorted.unchanged += 1
      continue
    }
    const placed = { firing, finding: findingOf(input, firing, fingerprint), regionCode, period }
    if (found.kind === 'merge') sorted.merges.push({ ...placed, into: found.into })
    else sorted.fresh.push(placed)
  }
  return sorted
}

/** Joins what was found again, in the order in which officers who send several at once hold them; gives what no longer could. */
const joinAll = async (tx: Tx, clock: Clock, merges: Sorted['merges']): Promise<Placed[]> => {
  const closed: Placed[] = []
  for (const merge of merges.toSorted((a, b) => Number(a.into.number) - Number(b.into.number))) {
    if (!(await mergeInto(tx, clock, merge.into.id, merge.finding))) closed.push(merge)
  }
  return closed
}

const newAlerts = async (
  tx: Tx,
  clock: Clock,
  input: RaiseInput,
  fresh: readonly Placed[],
): Promise<NewAlert[]> => {
  const index = officeIndex(await listAllOffices(tx))
  const calendar = await findCalendar(tx)
  return fresh.map(({ firing, finding, regionCode, period }) => {
    const { rule, subjectId, subjectKind } = firing
    const { grade } = rule
    const due = dueAfter(clock.today(), grade, input.days, calendar)
    return {
      ...finding,
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
    }
  })
}

/**
 * Turns what the scan found into alerts, in one transaction: raised, merged or left alone. Each new one gets its
 * holder, its due date and its first step. Refuses with `monitoring.files-changed` where a file that a finding rests on
 * was taken back since it was read.
 */
export const raiseFindings = async (tx: Tx, clock: Clock, input: RaiseInput): Promise<RaiseFigures> => {
  const feedIds = new Set([...input.evidence.values()].flatMap((evidence) => [...evidence.feedIds]))
  if (!(await holdFeeds(tx, [...feedIds]))) throw new Refusal('monitoring.files-changed')
  const { fresh, merges, byGrade, unchanged } = sortFirings(input, await listExisting(tx), clock.today())
  const closed = await joinAll(tx, clock, merges)
  const raised = await newAlerts(tx, clock, input, [...fresh, ...closed])
  await insertRaised(tx, clock, raised)
  // What was said can be computed again only with the pack that said it.
  if (fresh.length + merges.length > 0) await keepPack(tx, clock, input.pack)
  return { raised: raised.length, merged: merges.length - closed.length, unchanged, byGrade }
}
