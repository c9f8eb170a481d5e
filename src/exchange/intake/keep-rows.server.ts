import { join } from 'node:path'
import type { Secrecy } from '#access/server'
import { regionCode } from '#base'
import { lakeColumnsOf, rowKeyOf } from '#lake'
import { openEngine, writeFeed } from '#lake/server'
import { type CanonicalRow, type FeedKind, feedDefinition } from '../feeds.ts'
import { type Channel, openChannel } from './channel.ts'
import { inPart } from './feed-lock.queries.server.ts'
import { type FeedRecord, insertIdentities } from './feeds.queries.server.ts'
import { mustKeep, personsIn, type RowPerson } from './identities.server.ts'
import { identityContext } from './kept.ts'
import type { KeptIdentity } from './kept-rows.server.ts'
import { lakeDirOf } from './leftovers.server.ts'
import { placeFinder } from './places.ts'
import type { IntakeServices } from './read-feed.server.ts'

const rowsAtOnce = 2000
/** How many parts are looked up and kept while the next is taken in; each needs a connection to the record. */
const partsAtOnce = 3

interface PlacedRow {
  readonly rowNo: number
  readonly regionCode: string
  readonly values: CanonicalRow
}

/** What of the secrecy the rows need. */
type RowSecrecy = Pick<Secrecy, 'encryptBlocks' | 'encryptTexts' | 'hashKey' | 'nameKey'>

const rememberedAtMost = 1 << 14

/** The name's key is needed for the registry and again for the lake, and a keyed hash costs more than all else of a row. */
const rememberingNames = (secrecy: Secrecy): RowSecrecy => {
  let known = new Map<string, bigint | undefined>()
  return {
    ...secrecy,
    nameKey: (name) => {
      if (known.has(name)) return known.get(name)
      const key = secrecy.nameKey(name)
      if (known.size >= rememberedAtMost) known = new Map()
      known.set(name, key)
      return key
    },
  }
}

const rowKeyOfPerson = ({ token, nameKey, birthDate, regionCode }: RowPerson): string | undefined =>
  rowKeyOf({ token: token?.token, check: token?.check, nameKey, birthDate, regionCode })

/** The identities of these people as they are kept; without those of whom a row says too little. */
const keptIdentities = (
  feed: FeedRecord,
  kind: string,
  persons: readonly RowPerson[],
  secrecy: RowSecrecy,
): KeptIdentity[] => {
  const found = persons.flatMap((person) => {
    const key = rowKeyOfPerson(person)
    return key ? [{ person, key }] : []
  })
  const sealed = secrecy.encryptTexts(
    found.map(({ person: { number, name, birthDate } }) => JSON.stringify({ number, name, birthDate })),
    identityContext,
  )
  return found.map(({ person, key }, at) => ({
    feed_id: feed.id,
    row_no: person.rowNo,
    region_code: person.regionCode,
    kind,
    role: person.role,
    row_key: Buffer.from(key),
    identity_cipher: Buffer.from(sealed[at] ?? []),
    has_number: person.token !== undefined,
  }))
}

/** Keeps the identities that must be kept; gives how many people in force in the registry the rows say are dead. */
const keepIdentities = async (
  { database, findKnownNumbers }: IntakeServices,
  secrecy: RowSecrecy,
  feed: FeedRecord,
  kind: FeedKind,
  rows: readonly PlacedRow[],
): Promise<number> => {
  const persons = personsIn(rows, secrecy)
  const { opensLeads } = feedDefinition(kind)
  const alive = new Set(rows.filter(({ values }) => values.reversed === true).map(({ rowNo }) => rowNo))
  return inPart(database, async (tx) => {
    const tokens = persons.flatMap(({ token }) => (token ? [token.token] : []))
    const known = await findKnownNumbers(tx, tokens)
    const knownAs = (person: RowPerson) => person.token && known.get(person.token.token)
    const toKeep = persons.filter((person) => mustKeep(person, knownAs(person), opensLeads))
    await insertIdentities(tx, keptIdentities(feed, kind, toKeep, secrecy))
    if (kind !== 'deaths') return 0
    return persons.filter((person) => {
      const found = knownAs(person)
      return found !== undefined && found.check === person.token?.check && !alive.has(person.rowNo)
    }).length
  })
}

interface Writing {
  readonly kind: FeedKind
  readonly channel: Channel<readonly PlacedRow[]>
  readonly done: Promise<unknown>
  close(): void
}

/** Begins to write a feed's rows to the lake; the file appears when the last row is in. */
const startWriting = async (
  lakeDir: string,
  secrecy: RowSecrecy,
  feed: FeedRecord,
  kind: FeedKind,
): Promise<Writing> => {
  const engine = await openEngine({
    tempDir: join(lakeDir, 'tmp'),
    directories: [lakeDir],
    memoryMiB: 512,
    threads: 1,
  })
  const channel = openChannel<readonly PlacedRow[]>()
  const columns = lakeColumnsOf(kind, feedDefinition(kind).fields)
  const toWrite = { kind, feedId: feed.id, columns, rows: channel.values }
  const done = writeFeed(engine, lakeDir, toWrite, secrecy)
  // Its failure is told where `done` is awaited; until then it must not end the process.
  done.catch(() => undefined)
  return { kind, channel, done, close: () => engine.close() }
}

/**
 * Places accepted rows, keeps who must be kept, and writes them to the lake in parts, in the order of the file. While some
 * parts are looked up and kept, the next is taken in; never more than a few are held.
 */
export const rowKeeper = (services: IntakeServices, feed: FeedRecord) => {
  const placeOf = placeFinder(services.regions, regionCode(feed.region_code))
  let waiting: PlacedRow[] = []
  let lastRowNo = 0
  let writing: Writing | undefined
  const underWay: Promise<void>[] = []
  let registeredDead = 0
  const secrecy = rememberingNames(services.secrecy)
  const start = (kind: FeedKind) => startWriting(lakeDirOf(services.dataDir), secrecy, feed, kind)
  const keep = async ({ kind, channel, done }: Writing, part: readonly PlacedRow[]): Promise<void> => {
    const before = underWay.at(-1)
    const dead = await keepIdentities(services, secrecy, feed, kind, part)
    registeredDead += dead
    await before
    await Promise.race([channel.push(part), done])
  }
  const flush = async (): Promise<void> => {
    while (underWay.length >= partsAtOnce) await underWay.shift()
    const part = waiting
    waiting = []
    if (!writing || !part.length) return
    const kept = keep(writing, part)
    // Its failure is told to whoever waits for it next; until then it must not end the process.
    kept.catch(() => undefined)
    underWay.push(kept)
  }
  const add = async (kind: FeedKind): Promise<void> => {
    writing ??= await start(kind)
    if (waiting.length >= rowsAtOnce) await flush()
  }
  return {
    add: (kind: FeedKind, line: number, rows: readonly CanonicalRow[]): void | Promise<void> => {
      for (const values of rows) {
        // A row's number is its line in the file, or the next free one where a line speaks of several people.
        lastRowNo = Math.max(line, lastRowNo + 1)
        waiting.push({ rowNo: lastRowNo, regionCode: placeOf(values), values })
      }
      // Awaiting only what is asynchronous keeps a million rows from a million turns of the event loop.
      if (!writing || waiting.length >= rowsAtOnce) return add(kind)
    },
    finish: async (kind: FeedKind): Promise<{ readonly registeredDead: number }> => {
      writing ??= await start(kind)
      await flush()
      await Promise.all(underWay)
      writing.channel.end()
      await writing.done
      return { registeredDead }
    },
    /** Ends what was begun; with a failure, no file appears. */
    close: async (failure?: unknown): Promise<void> => {
      if (!writing) return
      await Promise.allSettled(underWay)
      writing.channel.end(failure)
      await writing.done.catch(() => undefined)
      writing.close()
      writing = undefined
    },
  }
}
