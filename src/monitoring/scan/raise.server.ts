import { assert, type Clock, Refusal } from '#base'
import type { CopyClient, Engine } from '#lake/server'
import { type CheckedPack, keepPack } from '#rulebook/server'
import type { Tx } from '#store/server'
import type { DueDays, Grade } from '../routing.ts'
import type { FeedTitles } from './evidence.ts'
import { completeFindings, feedsBehind, wantedSubjects } from './findings/complete.queries.server.ts'
import { countByRule, type FindingRule, withoutRegion } from './findings/draft.queries.server.ts'
import { routeFindings } from './findings/routes.server.ts'
import {
  fetchRelations,
  insertWritten,
  mergeWritten,
  placeFindings,
  sendWritten,
} from './place.queries.server.ts'
import { holdFeeds } from './scans.queries.server.ts'

export interface RaiseInput {
  readonly scanId: string
  readonly pack: CheckedPack
  /** The engine that holds the findings, as `beginFindings` says; nothing else of it is read but the matched rows. */
  readonly engine: Engine
  /** Leaves of the matched rows those of some subjects, as `Passed` says: the wanted are few beside everybody. */
  readonly narrow: (subjects: string) => Promise<void>
  /** The indicators by their numbers. */
  readonly rules: readonly FindingRule[]
  readonly titles: FeedTitles
  readonly days: DueDays
}

export interface RaiseFigures {
  readonly raised: number
  readonly merged: number
  /** Found again with the same evidence: open and unchanged, or already disposed of. */
  readonly unchanged: number
  readonly byGrade: Readonly<Record<Grade, number>>
}

const gradesOf = async ({ engine, rules }: RaiseInput): Promise<Record<Grade, number>> => {
  const counts = await countByRule(engine)
  const byGrade = { red: 0, orange: 0, yellow: 0 }
  for (const { ruleNo, rule } of rules) byGrade[rule.grade] += counts.get(ruleNo) ?? 0
  return byGrade
}

/** Explains, seals, routes and sends what is new or changed; the alerts left alone cost no more than their key. */
const commitWanted = async (
  tx: Tx,
  client: CopyClient,
  clock: Clock,
  { scanId, pack, engine, narrow, rules, titles, days }: RaiseInput,
): Promise<Pick<RaiseFigures, 'raised' | 'merged'>> => {
  await fetchRelations(engine, tx, client)
  await narrow(wantedSubjects)
  await completeFindings(engine, { rules, titles, packHash: pack.hash, on: clock.today() })
  // Nothing is said of a file that was taken back since it was read.
  if (!(await holdFeeds(tx, await feedsBehind(engine)))) throw new Refusal('monitoring.files-changed')
  await routeFindings(engine, tx, rules, clock.today(), days)
  await sendWritten(engine, client)
  const merged = await mergeWritten(tx, clock, scanId)
  const raised = await insertWritten(tx, clock, scanId)
  // What was said can be computed again only with the pack that said it.
  await keepPack(tx, clock, pack)
  return { raised, merged }
}

/**
 * Turns the findings in the engine into alerts, in one transaction on one connection: raised, merged or left alone. Each
 * new one gets its holder, its due date and its first step. Refuses with `monitoring.files-changed` where a file that a
 * finding rests on was taken back since it was read.
 */
export const raiseFindings = async (
  tx: Tx,
  client: CopyClient,
  clock: Clock,
  input: RaiseInput,
): Promise<RaiseFigures> => {
  const { engine } = input
  assert((await withoutRegion(engine)) === 0, 'a subject without a region')
  const { found, wanted } = await placeFindings(engine, tx, client)
  const committed = wanted > 0 ? await commitWanted(tx, client, clock, input) : { raised: 0, merged: 0 }
  return { ...committed, unchanged: found - wanted, byGrade: await gradesOf(input) }
}
