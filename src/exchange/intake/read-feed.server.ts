import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Secrecy } from '#access/server'
import { addToMonth, type Clock, type Month, monthOf, Refusal, type RegionTree, regionCode } from '#base'
import { lakeColumnsOf, rowKeyOf } from '#lake'
import { clearTempDir, openEngine, removeFeed, writeFeed } from '#lake/server'
import { everywhere } from '#store'
import { type Database, inScope, type Tx } from '#store/server'
import { type CanonicalRow, type FeedKind, feedDefinition } from '../feeds.ts'
import type { Layout } from '../layouts/layout.ts'
import type { ParseFileInput } from '../parse/parse-file.server.ts'
import type { ParsedFile, Progress } from '../parse/parsed-file.ts'
import type { Reject } from '../rejects/reject.ts'
import { type Channel, openChannel } from './channel.ts'
import {
  beginReading,
  type FeedRecord,
  finishReading,
  insertIdentities,
  insertRejects,
  listEarlierStatistics,
  refuseFeed,
} from './feeds.queries.server.ts'
import { type KnownNumber, mustKeep, personsIn, type RowPerson } from './identities.server.ts'
import { judgeFeed } from './judge.ts'
import { cellsContext, identityContext } from './kept.ts'
import type { KeptIdentity, KeptReject } from './kept-rows.server.ts'
import { placeFinder } from './places.ts'

/** What reading a department file needs from the installation. */
export interface IntakeServices {
  readonly dataDir: string
  readonly database: Database
  readonly secrecy: Secrecy
  readonly clock: Clock
  readonly regions: RegionTree
  /** Layouts in force: shipped and mapped here. */
  readonly layouts: (tx: Tx) => Promise<readonly Layout[]>
  /** Reads the file; in an installation in a child process of bounded memory. */
  readonly parse: (input: ParseFileInput) => Promise<ParsedFile>
  /** Which of these numbers the registry knows. */
  readonly findKnownNumbers: (tx: Tx, tokens: readonly bigint[]) => Promise<ReadonlyMap<bigint, KnownNumber>>
}

export interface ReadOptions {
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
}

const batchRows = 2000

export const inboxPath = (dataDir: string, feedId: string): string => join(dataDir, 'inbox', feedId)
export const lakeDirOf = (dataDir: string): string => join(dataDir, 'lake')

interface PlacedRow {
  readonly rowNo: number
  readonly regionCode: string
  readonly values: CanonicalRow
}

const keptIdentity = (
  feed: FeedRecord,
  kind: string,
  person: RowPerson,
  secrecy: Secrecy,
): KeptIdentity | undefined => {
  const key = rowKeyOf({
    token: person.token?.token,
    check: person.token?.check,
    nameKey: person.nameKey,
    birthDate: person.birthDate,
    regionCode: person.regionCode,
  })
  if (!key) return undefined
  const { number, name, birthDate } = person
  return {
    feed_id: feed.id,
    row_no: person.rowNo,
    region_code: person.regionCode,
    kind,
    role: person.role,
    row_key: Buffer.from(key),
    identity_cipher: Buffer.from(
      secrecy.encryptText(JSON.stringify({ number, name, birthDate }), identityContext),
    ),
    has_number: person.token !== undefined,
  }
}

const keepIdentities = async (
  services: IntakeServices,
  feed: FeedRecord,
  kind: FeedKind,
  rows: readonly PlacedRow[],
): Promise<void> => {
  const { secrecy, database, findKnownNumbers } = services
  const persons = personsIn(rows, secrecy)
  const { opensLeads } = feedDefinition(kind)
  await inScope(database, everywhere, async (tx) => {
    const tokens = persons.flatMap(({ token }) => (token ? [token.token] : []))
    const known = await findKnownNumbers(tx, tokens)
    const kept = persons
      .filter((person) => mustKeep(person, person.token && known.get(person.token.token), opensLeads))
      .flatMap((person) => keptIdentity(feed, kind, person, secrecy) ?? [])
    for (let start = 0; start < kept.length; start += 1000)
      await insertIdentities(tx, kept.slice(start, start + 1000))
  })
}

const keptReject = (feed: FeedRecord, seq: number, reject: Reject, secrecy: Secrecy): KeptReject => ({
  feed_id: feed.id,
  seq,
  region_code: feed.region_code,
  sheet: reject.sheet || null,
  line: reject.line,
  column_name: reject.column,
  reason: reject.reason,
  masked_value: reject.maskedValue,
  cells_cipher: Buffer.from(secrecy.encryptText(JSON.stringify(reject.originalCells), cellsContext)),
})

/** Gathers rejected rows and writes them in parts. */
const rejectKeeper = (services: IntakeServices, feed: FeedRecord) => {
  let waiting: KeptReject[] = []
  let seq = 0
  const flush = async () => {
    const part = waiting
    waiting = []
    if (part.length) await inScope(services.database, everywhere, (tx) => insertRejects(tx, part))
  }
  return {
    add: async (reject: Reject) => {
      seq += 1
      waiting.push(keptReject(feed, seq, reject, services.secrecy))
      if (waiting.length >= 500) await flush()
    },
    flush,
  }
}

interface Writing {
  readonly kind: FeedKind
  readonly channel: Channel<readonly PlacedRow[]>
  readonly done: Promise<unknown>
  close(): void
}

/** Begins to write a feed's rows to the lake; the file appears when the last row is in. */
const startWriting = async (services: IntakeServices, feed: FeedRecord, kind: FeedKind): Promise<Writing> => {
  const lakeDir = lakeDirOf(services.dataDir)
  const engine = await openEngine({
    tempDir: join(lakeDir, 'tmp'),
    directories: [lakeDir],
    memoryMiB: 512,
    threads: 1,
  })
  const channel = openChannel<readonly PlacedRow[]>()
  const columns = lakeColumnsOf(kind, feedDefinition(kind).fields)
  const toWrite = { kind, feedId: feed.id, columns, rows: channel.values }
  const done = writeFeed(engine, lakeDir, toWrite, services.secrecy)
  // Its failure is told where `done` is awaited; until then it must not end the process.
  done.catch(() => undefined)
  return { kind, channel, done, close: () => engine.close() }
}

const rowKeeper = (services: IntakeServices, feed: FeedRecord) => {
  const placeOf = placeFinder(services.regions, regionCode(feed.region_code))
  let waiting: PlacedRow[] = []
  let lastRowNo = 0
  let writing: Writing | undefined
  const flush = async () => {
    const part = waiting
    waiting = []
    if (!writing || !part.length) return
    await keepIdentities(services, feed, writing.kind, part)
    await Promise.race([writing.channel.push(part), writing.done])
  }
  return {
    add: async (kind: FeedKind, line: number, rows: readonly CanonicalRow[]) => {
      writing ??= await startWriting(services, feed, kind)
      for (const values of rows) {
        // A row's number is its line in the file, or the next free one where a line speaks of several people.
        lastRowNo = Math.max(line, lastRowNo + 1)
        waiting.push({ rowNo: lastRowNo, regionCode: placeOf(values), values })
      }
      if (waiting.length >= batchRows) await flush()
    },
    finish: async (kind: FeedKind) => {
      writing ??= await startWriting(services, feed, kind)
      await flush()
      writing.channel.end()
      await writing.done
    },
    close: (failure?: unknown) => {
      writing?.channel.end(failure)
      writing?.close()
    },
  }
}

const periodOf = (feed: FeedRecord, parsed: ParsedFile, clock: Clock): string => {
  if (feed.period) return feed.period
  const thisMonth = monthOf(clock.today())
  const past = Object.keys(parsed.stats.months).filter((month) => month <= thisMonth)
  return past.at(-1) ?? addToMonth(thisMonth as Month, -1)
}

const parseAndKeep = async (
  services: IntakeServices,
  feed: FeedRecord,
  options: ReadOptions,
): Promise<ParsedFile> => {
  const all = await inScope(services.database, everywhere, (tx) => services.layouts(tx))
  const layouts = all.filter(({ kind, id }) =>
    feed.layout_id ? id === feed.layout_id : !feed.kind || kind === feed.kind,
  )
  const rows = rowKeeper(services, feed)
  const rejects = rejectKeeper(services, feed)
  try {
    const parsed = await services.parse({
      path: inboxPath(services.dataDir, feed.id),
      fileName: feed.file_name,
      layouts,
      onRow: ({ kind, line, rows: canonical }) => rows.add(kind, line, canonical),
      onReject: (reject) => rejects.add(reject),
      ...options,
    })
    await rejects.flush()
    await rows.finish(parsed.kind)
    return parsed
  } catch (error) {
    rows.close(error)
    throw error
  } finally {
    rows.close()
  }
}

const finish = (services: IntakeServices, feed: FeedRecord, parsed: ParsedFile): Promise<string> =>
  inScope(services.database, everywhere, async (tx) => {
    const period = periodOf(feed, parsed, services.clock)
    const earlier = await listEarlierStatistics(tx, parsed.kind, feed.region_code)
    return finishReading(tx, services.clock, feed, {
      kind: parsed.kind,
      layoutId: parsed.sheets.find(({ layoutId }) => layoutId)?.layoutId ?? null,
      period,
      rowsIn: parsed.stats.received,
      rowsAccepted: parsed.stats.accepted,
      rowsRejected: parsed.stats.rejected,
      statistics: parsed.stats,
      quarantine: judgeFeed(parsed, {
        namedPeriod: feed.period,
        period,
        today: services.clock.today(),
        earlier: earlier.map(({ statistics }) => statistics),
      }),
    })
  })

/**
 * Reads a received file: rows tokenised into the lake, rejects and identities to be matched into the record, counts
 * and status in one transaction at the end. Run again after a kill it starts over and leaves the same. A file that is
 * unusable as a whole ends as refused; the file itself is removed from the inbox when its fate is recorded.
 */
export const readFeed = async (
  services: IntakeServices,
  feedId: string,
  options: ReadOptions = {},
): Promise<string> => {
  const feed = await inScope(services.database, everywhere, (tx) => beginReading(tx, feedId))
  const path = inboxPath(services.dataDir, feedId)
  try {
    if (!existsSync(path)) throw new Refusal('exchange.unreadable')
    const status = await finish(services, feed, await parseAndKeep(services, feed, options))
    rmSync(path, { force: true })
    return status
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'exchange.cancelled') throw error
    if (feed.kind) removeFeed(lakeDirOf(services.dataDir), feed.kind, feedId)
    await inScope(services.database, everywhere, (tx) => refuseFeed(tx, services.clock, feed, error))
    rmSync(path, { force: true })
    return 'refused'
  }
}

/** Clears what an interrupted reading left in the lake's temporary folder; called at start, before any engine is open. */
export const clearLakeTemp = (dataDir: string): void => clearTempDir(join(lakeDirOf(dataDir), 'tmp'))
