import { createHash } from 'node:crypto'
import { type Endpoint, serve } from '#access/server'
import { type BusinessDate, canonicalJson, newId, Refusal } from '#base'
import { type CheckedPack, findKeptPack, hashOf, keepPack, packFromContent } from '#rulebook/server'
import { everywhere } from '#store'
import { type Database, inScope, recordEvent, type Tx } from '#store/server'
import { answer, requireOwnRegion, type SimulationServices } from './answer.server.ts'
import { chartOf } from './cliff.ts'
import { compute } from './compute.server.ts'
import {
  type CliffChart,
  checkSimulation,
  listSimulations,
  readSimulation,
  type SavedSimulationRow,
  type SimulationQuestion,
  type SimulationResult,
  saveSimulation,
  type simulationReplays,
  type TypicalHousehold,
} from './contract.ts'
import { placePack, readQuestion } from './question.server.ts'
import { reportOf, shownTo } from './report.server.ts'
import {
  findReport,
  insertReport,
  listFactsHashes,
  listReports,
  type ReportRecord,
} from './reports.queries.server.ts'
import { frozenState, keepFrozen, releaseUnused } from './snapshot.queries.server.ts'

type Replay = (typeof simulationReplays)[number]

interface Kept {
  /** In format 1 only what comes every month was counted. */
  readonly format: 1 | 2
  readonly result: SimulationResult
  readonly cliff: CliffChart | null
}

const pageSize = 30

/** The number by which a report is cited: `SIM2026-00001`. */
const numberOf = ({ number, saved_at }: Pick<ReportRecord, 'number' | 'saved_at'>): string =>
  `SIM${saved_at.slice(0, 4)}-${String(number).padStart(5, '0')}`

const bytesOf = (kept: Kept): Buffer => Buffer.from(canonicalJson(kept as never), 'utf8')

const keptIn = ({ result }: ReportRecord): Kept => JSON.parse(result.toString('utf8')) as Kept

const rowOf = (record: ReportRecord, { result }: Kept): SavedSimulationRow => ({
  id: record.id,
  number: numberOf(record),
  title: record.title,
  on: record.on_date,
  region: result.region,
  monthlyBeforeFen: result.monthlyBeforeFen,
  monthlyAfterFen: result.monthlyAfterFen,
  savedBy: record.saver ?? '',
  savedAt: record.saved_at,
})

const saveEndpoint = (services: SimulationServices): Endpoint =>
  serve(saveSimulation, async ({ tx, actor, clock, language, body }) => {
    const { question, title, typical } = body
    requireOwnRegion(actor, question.region)
    const { ready, snapshot, result } = await answer(services, { tx, clock, language }, question)
    const { checked, packs } = ready
    keepFrozen(services.lakeDir, snapshot.hash)
    await keepPack(tx, clock, checked)
    const id = newId()
    const savedAt = clock.now()
    const cliff = typical ? chartOf(packs, question, typical) : null
    const number = await insertReport(tx, {
      ...{ id, title, question, typical, savedAt },
      regionCode: question.region,
      on: question.on,
      pack: { id: checked.pack.head.id, version: checked.pack.head.version, hash: checked.hash },
      facts: snapshot,
      result: bytesOf({ format: 2, result, cliff }),
      savedBy: actor.accountId,
    })
    await recordEvent(tx, clock, {
      kind: 'insight.simulation-saved',
      regionCode: question.region,
      subjectId: id,
      actorId: actor.accountId,
      data: { on: question.on, households: snapshot.households },
    })
    return { id, number: numberOf({ number: number as never, saved_at: savedAt }) }
  })

const getReport = async (tx: Tx, id: string): Promise<ReportRecord> => {
  const record = await findReport(tx, id)
  if (!record) throw new Refusal('access.not-found')
  return record
}

/** Saving, listing, opening and checking reports. */
export const savedEndpoints = (services: SimulationServices): Endpoint[] => [
  saveEndpoint(services),
  serve(listSimulations, async ({ tx, query }) => {
    const records = await listReports(tx, query.cursor, pageSize + 1)
    const items = records.slice(0, pageSize).map((record) => rowOf(record, keptIn(record)))
    return { items, next: records.length > pageSize ? (items.at(-1)?.id ?? null) : null }
  }),
  serve(readSimulation, async ({ tx, actor, params }) => {
    const record = await getReport(tx, params.id)
    const kept = keptIn(record)
    const current = await placePack(services.rulebook, tx).catch((error) => {
      // A report stays readable where its place has no programmes any more.
      if (error instanceof Refusal && error.code === 'insight.no-rules') return undefined
      throw error
    })
    return {
      ...rowOf(record, kept),
      result: shownTo(kept.result, actor.permissions.has('household.read')),
      typical: record.typical as TypicalHousehold | null,
      cliff: kept.cliff,
      resultHash: createHash('sha256').update(record.result).digest('hex'),
      rulesChanged: current?.hash !== record.pack_hash,
    }
  }),
  serve(checkSimulation, async ({ tx, params }) => {
    const record = await getReport(tx, params.id)
    return { replay: await services.turns.take(() => replayReport(tx, services.lakeDir, record)) }
  }),
]

/**
 * Computes a report again from its frozen facts and the kept pack alone. Names of places are taken from the kept report:
 * they are no part of the answer and may have changed since.
 */
export const replayReport = async (tx: Tx, lakeDir: string, record: ReportRecord): Promise<Replay> => {
  const facts = await frozenState(lakeDir, record.facts_hash)
  if (facts !== 'there') return facts === 'lost' ? 'facts-lost' : 'facts-broken'
  const content = await findKeptPack(tx, record.pack_hash)
  if (content === undefined) return 'pack-lost'
  if (hashOf(content) !== record.pack_hash) return 'pack-broken'
  const again = await reportAgain(lakeDir, record, packFromContent(content))
  return again.equals(record.result) ? 'same' : 'differs'
}

const reportAgain = async (lakeDir: string, record: ReportRecord, checked: CheckedPack): Promise<Buffer> => {
  const question = record.question as SimulationQuestion
  const typical = record.typical as TypicalHousehold | null
  const ready = readQuestion(checked, question, 'zh-CN')
  const { format, result } = keptIn(record)
  const counted = format === 1 ? 'monthly' : 'all'
  const figures = await compute(lakeDir, record.facts_hash, ready.packs, question, { counted })
  const snapshot = {
    hash: record.facts_hash,
    takenAt: record.facts_taken_at,
    on: record.on_date as BusinessDate,
    households: record.households,
    persons: record.persons,
  }
  const again = reportOf(namesIn(result), ready, snapshot, figures)
  const cliff = typical ? chartOf(ready.packs, question, typical) : null
  return bytesOf({ format, result: again, cliff })
}

const namesIn = (result: SimulationResult) => {
  const places = [
    result.region,
    ...result.changes.flatMap(({ place }) => place ?? []),
    ...result.counties.map(({ place }) => place),
    ...[...result.winners, ...result.losers].map(({ place }) => place),
  ]
  const names = new Map(places.map(({ code, name }) => [code, name]))
  return (code: string) => ({ code, name: names.get(code) ?? code })
}

/** At a start: lets go of the facts that no report rests on, because its saving was broken off. Gives how many files. */
export const sweepSimulations = async (database: Database, lakeDir: string): Promise<number> =>
  releaseUnused(lakeDir, await inScope(database, everywhere, listFactsHashes))

/** Every kept report of the scope, computed again; each as it is done. */
export async function* replaySimulations(
  tx: Tx,
  lakeDir: string,
): AsyncGenerator<{ readonly id: string; readonly packHash: string; readonly result: Replay }> {
  let before: string | undefined
  for (;;) {
    const page = await listReports(tx, before, pageSize)
    for (const record of page)
      yield { id: record.id, packHash: record.pack_hash, result: await replayReport(tx, lakeDir, record) }
    if (page.length < pageSize) return
    before = page.at(-1)?.id
  }
}
