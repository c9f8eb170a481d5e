import { existsSync, rmSync } from 'node:fs'
import type { Secrecy } from '#access/server'
import { type Clock, Refusal, type RegionTree } from '#base'
import { hasFeedParts, removeFeed, removeFeedParts } from '#lake/server'
import { everywhere } from '#store'
import { type Database, inScope, type Tx } from '#store/server'
import { feedDefinition, feedKinds } from '../feeds.ts'
import type { LayoutInForce } from '../layouts/in-force.server.ts'
import type { ParseFileInput } from '../parse/parse-file.server.ts'
import type { ParsedFile, Progress } from '../parse/parsed-file.ts'
import { forgetBeyond, recordCheckpoint } from './checkpoint.queries.server.ts'
import { type Checkpoint, checkpointOf } from './checkpoint.ts'
import { holdFeed } from './feed-lock.queries.server.ts'
import {
  beginReading,
  type FeedRecord,
  findDepartmentOf,
  finishReading,
  listEarlierStatistics,
  refuseFeed,
} from './feeds.queries.server.ts'
import type { KnownNumber } from './identities.server.ts'
import { isMended, judgeFeed, type KeptStatistics } from './judge.ts'
import type { KeptUntil } from './keep-parts.server.ts'
import { rejectKeeper } from './keep-rejects.server.ts'
import { rowKeeper } from './keep-rows.server.ts'
import { inboxPath, lakeDirOf } from './leftovers.server.ts'
import { periodOf } from './period.ts'
import { readByMark } from './read-by.server.ts'
import { tellProgress } from './tell-progress.server.ts'

/** What reading a department file needs from the installation. */
export interface IntakeServices {
  readonly dataDir: string
  readonly database: Database
  readonly secrecy: Secrecy
  readonly clock: Clock
  readonly regions: RegionTree
  /** Layouts in force: shipped and mapped here. */
  readonly layouts: (tx: Tx) => Promise<readonly LayoutInForce[]>
  /** Reads the file; in an installation in a child process of bounded memory. */
  readonly parse: (input: ParseFileInput) => Promise<ParsedFile>
  /** Which of these numbers the registry knows. */
  readonly findKnownNumbers: (tx: Tx, tokens: readonly bigint[]) => Promise<ReadonlyMap<bigint, KnownNumber>>
  /** How many people the registry holds in a region and below it: what a list of the dead is judged by. */
  readonly populationOf?: (tx: Tx, regionCode: string) => Promise<number>
}

export interface ReadOptions {
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
  /** Rows after which what is kept outlives a kill: two seconds' worth where nothing is said. */
  readonly rowsPerPart?: number
}

const usualRowsPerPart = 40_000

/** The layouts the file may have: the one named, those of the kind named, and of another department only its own. */
const layoutsFor = (services: IntakeServices, feed: FeedRecord): Promise<LayoutInForce[]> =>
  inScope(services.database, everywhere, async (tx) => {
    const department = await findDepartmentOf(tx, feed.received_by)
    const layouts = (await services.layouts(tx)).filter(
      ({ id, kind }) =>
        (feed.layout_id ? id === feed.layout_id : !feed.kind || kind === feed.kind) &&
        (!department || feedDefinition(kind).sender === department),
    )
    if (layouts.length === 0) throw new Refusal('exchange.no-layout')
    return layouts
  })

interface Kept {
  readonly parsed: ParsedFile
  readonly layout: LayoutInForce | undefined
  readonly registeredDead: number
}

/** Where an interrupted reading of this feed goes on; what was kept beyond that, or read in another way, is forgotten. */
const goOnFrom = async (
  { database, dataDir }: IntakeServices,
  feed: FeedRecord,
  readBy: string,
): Promise<Checkpoint | undefined> => {
  const kept = checkpointOf(feed.reading)
  const isWhole = kept?.readBy === readBy && hasFeedParts(lakeDirOf(dataDir), feed.id, kept.parts)
  const from = isWhole ? kept : undefined
  await inScope(database, everywhere, (tx) => forgetBeyond(tx, feed.id, from))
  if (!from) removeFeedParts(lakeDirOf(dataDir), feed.id)
  return from
}

const keepersOf = (
  services: IntakeServices,
  feed: FeedRecord,
  from: Checkpoint | undefined,
  { readBy, rowsPerPart }: { readonly readBy: string; readonly rowsPerPart: number },
) => {
  const rejects = rejectKeeper(services, feed, from?.rejects)
  const onPart = (until: KeptUntil) => recordCheckpoint(services.database, feed.id, { ...until, readBy })
  return { rejects, rows: rowKeeper(services, feed, { from, rowsPerPart, rejects, onPart }) }
}

const parseAndKeep = async (
  services: IntakeServices,
  feed: FeedRecord,
  { rowsPerPart = usualRowsPerPart, ...options }: ReadOptions,
): Promise<Kept> => {
  const layouts = await layoutsFor(services, feed)
  const readBy = readByMark(layouts, services.regions, rowsPerPart)
  const from = await goOnFrom(services, feed, readBy)
  const { rows, rejects } = keepersOf(services, feed, from, { readBy, rowsPerPart })
  try {
    const parsed = await services.parse({
      path: inboxPath(services.dataDir, feed.id),
      fileName: feed.file_name,
      layouts,
      handedOn: from?.received ?? 0,
      onRow: ({ kind, line, rows: canonical }) => rows.add(kind, line, canonical),
      onReject: async (reject, aside) => {
        await rejects.add(reject)
        if (!aside) return rows.pass()
        await rows.add(aside.kind, aside.line, [aside.row], aside.writtenNumber)
      },
      ...options,
    })
    await rejects.flush()
    const used = parsed.sheets.find(({ layoutId }) => layoutId)?.layoutId
    const layout = layouts.find(({ id }) => id === used)
    return { parsed, layout, ...(await rows.finish(parsed.kind)) }
  } catch (error) {
    await rows.close(error)
    throw error
  } finally {
    await rows.close()
  }
}

const finish = async (
  services: IntakeServices,
  tx: Tx,
  feed: FeedRecord,
  { parsed, layout, registeredDead }: Kept,
): Promise<string> => {
  const period = periodOf({
    named: feed.period,
    fileName: feed.file_name,
    months: parsed.stats.months,
    today: services.clock.today(),
  })
  const statistics: KeptStatistics = { ...parsed.stats, mended: isMended(parsed), registeredDead }
  return finishReading(tx, services.clock, feed, {
    kind: parsed.kind,
    layoutId: layout?.id ?? null,
    layoutVersion: layout?.version ?? null,
    period,
    rowsIn: parsed.stats.received,
    rowsAccepted: parsed.stats.accepted,
    rowsRejected: parsed.stats.rejected,
    statistics,
    quarantine: judgeFeed(statistics, {
      namedPeriod: feed.period,
      period,
      today: services.clock.today(),
      earlier: await listEarlierStatistics(tx, parsed.kind, feed.region_code),
      registered: await services.populationOf?.(tx, feed.region_code),
    }),
  })
}

/** Parses and keeps while telling how far it is, until it is done or somebody asks for it to stop. */
const parseTelling = async (
  services: IntakeServices,
  feed: FeedRecord,
  { signal, onProgress, ...options }: ReadOptions,
): Promise<Kept> => {
  if (feed.cancel_asked_at) throw new Refusal('exchange.cancelled')
  const asked = new AbortController()
  const telling = tellProgress(services.database, feed.id, () => asked.abort())
  try {
    return await parseAndKeep(services, feed, {
      ...options,
      signal: signal ? AbortSignal.any([signal, asked.signal]) : asked.signal,
      onProgress: (progress) => {
        telling.onProgress(progress)
        onProgress?.(progress)
      },
    })
  } finally {
    await telling.stop()
  }
}

const readHeld = async (
  services: IntakeServices,
  feedId: string,
  options: ReadOptions,
  held: Tx,
): Promise<string> => {
  const feed = await inScope(services.database, everywhere, (tx) => beginReading(tx, feedId))
  try {
    if (!existsSync(inboxPath(services.dataDir, feedId))) throw new Refusal('exchange.unreadable')
    return await finish(services, held, feed, await parseTelling(services, feed, options))
  } catch (error) {
    const isInterrupted =
      error instanceof Refusal && error.code === 'exchange.cancelled' && options.signal?.aborted
    if (!(error instanceof Refusal) || isInterrupted) throw error
    // An earlier reading may have been killed when its rows were in the lake, and its kind is not on record yet.
    for (const kind of feed.kind ? [feed.kind] : feedKinds)
      removeFeed(lakeDirOf(services.dataDir), kind, feedId)
    await refuseFeed(held, services.clock, feed, error)
    return 'refused'
  }
}

/**
 * Reads a received file: rows tokenised into the lake, rejects and identities to be matched into the record, counts
 * and status in one transaction at the end. Run again after a kill it goes on after the last part that is kept whole (the
 * file is parsed again up to there, and nothing else done again), or starts over, and leaves the same. A file that is unusable as a whole, or whose reading somebody asked to stop, ends as refused, with nothing of it kept; the file itself
 * is removed from the inbox when its fate is recorded. While it is read by anybody it refuses with `exchange.busy`. When
 * its signal is aborted it throws `exchange.cancelled`: the feed stays as being read, until it is read again.
 */
export const readFeed = async (
  services: IntakeServices,
  feedId: string,
  options: ReadOptions = {},
): Promise<string> => {
  const status = await holdFeed(services.database, feedId, (held) =>
    readHeld(services, feedId, options, held),
  )
  rmSync(inboxPath(services.dataDir, feedId), { force: true })
  removeFeedParts(lakeDirOf(services.dataDir), feedId)
  return status
}
