import type { Actor } from '#access'
import { namePlaces } from '#access/server'
import { type BusinessDate, type Clock, Refusal } from '#base'
import type { Rulebook } from '#rulebook/server'
import type { Tx } from '#store/server'
import { compute } from './compute.server.ts'
import type { SimulationQuestion, SimulationResult } from './contract.ts'
import { placePack, type ReadyQuestion, readQuestion } from './question.server.ts'
import { placesIn, reportOf } from './report.server.ts'
import {
  freeze,
  frozenState,
  type HouseholdReader,
  openFrozenEngine,
  registryMark,
  type Snapshot,
} from './snapshot.queries.server.ts'
import { openTurns, type Turns } from './turns.ts'

/** What simulations need: the rules, the lake for frozen facts, and what the registry knows. */
export interface SimulationServices {
  readonly rulebook: Rulebook
  readonly lakeDir: string
  /** The region of the installation. */
  readonly regionCode: string
  readonly households: HouseholdReader
  readonly snapshots: Snapshots
  /** An engine takes much memory and every core: one question is computed at a time. */
  readonly turns: Turns
}

/** Simulations of one process: what they share is made here. */
export const openSimulations = (
  services: Omit<SimulationServices, 'snapshots' | 'turns'>,
): SimulationServices => ({ ...services, snapshots: new Map(), turns: openTurns() })

/** Facts frozen before, by whom they are for and what the registry held. */
type Snapshots = Map<string, Snapshot>

interface Asking {
  readonly tx: Tx
  readonly clock: Clock
  readonly language: 'zh-CN' | 'en'
}

const mostSnapshots = 8

/**
 * The facts of the households that the transaction may see in a region on a day: those frozen before while the registry is
 * as it was then, or frozen now.
 */
export const snapshotFor = async (
  { lakeDir, households, snapshots }: Pick<SimulationServices, 'lakeDir' | 'households' | 'snapshots'>,
  { tx, clock }: Pick<Asking, 'tx' | 'clock'>,
  { on, region }: { readonly on: BusinessDate; readonly region: string },
  fresh = false,
): Promise<Snapshot> => {
  const key = [await registryMark(tx), on, region].join('|')
  const known = snapshots.get(key)
  if (known && !fresh && (await frozenState(lakeDir, known.hash)) === 'there') return known
  const engine = await openFrozenEngine(lakeDir)
  try {
    const frozen = await freeze(engine, lakeDir, households(tx, { on, region }), { clock, on })
    snapshots.set(key, frozen)
    for (const oldest of [...snapshots.keys()].slice(0, -mostSnapshots)) snapshots.delete(oldest)
    return frozen
  } finally {
    engine.close()
  }
}

/** Refuses with `insight.outside-region` who asks about a place that is not theirs. */
export const requireOwnRegion = ({ scope }: Actor, region: string): void => {
  const isOwn = (scope.from <= region && region < scope.until) || scope.extra.includes(region)
  if (!isOwn) throw new Refusal('insight.outside-region')
}

interface Answered {
  readonly ready: ReadyQuestion
  readonly snapshot: Snapshot
  readonly result: SimulationResult
}

/**
 * Answers a question from a snapshot of what the transaction may see, when its turn has come. Refuses with `insight.busy`
 * while too many wait.
 */
export const answer = async (
  services: SimulationServices,
  asking: Asking,
  question: SimulationQuestion,
  fresh = false,
): Promise<Answered> => {
  const { tx, language } = asking
  const ready = readQuestion(await placePack(services.rulebook, tx), question, language)
  const { on, region } = question
  const { snapshot, figures } = await services.turns.take(async () => {
    const snapshot = await snapshotFor(services, asking, { on: on as BusinessDate, region }, fresh)
    return { snapshot, figures: await compute(services.lakeDir, snapshot.hash, ready.packs, question) }
  })
  const names = await namePlaces(tx, placesIn(ready, figures))
  return { ready, snapshot, result: reportOf(names, ready, snapshot, figures) }
}
