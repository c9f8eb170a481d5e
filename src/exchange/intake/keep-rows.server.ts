import { join } from 'node:path'
import type { Secrecy } from '#access/server'
import { regionCode } from '#base'
import { lakeColumnsOf, rowKeyOf } from '#lake'
import { openEngine, writeFeed } from '#lake/server'
import { everywhere } from '#store'
import { inScope } from '#store/server'
import { type CanonicalRow, type FeedKind, feedDefinition } from '../feeds.ts'
import { type Channel, openChannel } from './channel.ts'
import { type FeedRecord, insertIdentities } from './feeds.queries.server.ts'
import { mustKeep, personsIn, type RowPerson } from './identities.server.ts'
import { identityContext } from './kept.ts'
import type { KeptIdentity } from './kept-rows.server.ts'
import { lakeDirOf } from './leftovers.server.ts'
import { placeFinder } from './places.ts'
import type { IntakeServices } from './read-feed.server.ts'

const rowsAtOnce = 2000

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

/** Keeps the identities that must be kept; gives how many people in force in the registry the rows say are dead. */
const keepIdentities = async (
  services: IntakeServices,
  feed: FeedRecord,
  kind: FeedKind,
  rows: readonly PlacedRow[],
): Promise<number> => {
  const { secrecy, database, findKnownNumbers } = services
  const persons = personsIn(rows, secrecy)
  const { opensLeads } = feedDefinition(kind)
  const alive = new Set(rows.filter(({ values }) => values.reversed === true).map(({ rowNo }) => rowNo))
  return inScope(database, everywhere, async (tx) => {
    const tokens = persons.flatMap(({ token }) => (token ? [token.token] : []))
    const known = await findKnownNumbers(tx, tokens)
    const knownAs = (person: RowPerson) => person.token && known.get(person.token.token)
    const kept = persons
      .filter((person) => mustKeep(person, knownAs(person), opensLeads))
      .flatMap((person) => keptIdentity(feed, kind, person, secrecy) ?? [])
    for (let start = 0; start < kept.length; start += 1000)
      await insertIdentities(tx, kept.slice(start, start + 1000))
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

/** Places accepted rows, keeps who must be kept, and writes them to the lake in parts. */
export const rowKeeper = (services: IntakeServices, feed: FeedRecord) => {
  const placeOf = placeFinder(services.regions, regionCode(feed.region_code))
  let waiting: PlacedRow[] = []
  let lastRowNo = 0
  let writing: Writing | undefined
  let registeredDead = 0
  const flush = async (): Promise<void> => {
    const part = waiting
    waiting = []
    if (!writing || !part.length) return
    registeredDead += await keepIdentities(services, feed, writing.kind, part)
    await Promise.race([writing.channel.push(part), writing.done])
  }
  const add = async (kind: FeedKind): Promise<void> => {
    writing ??= await startWriting(services, feed, kind)
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
      writing ??= await startWriting(services, feed, kind)
      await flush()
      writing.channel.end()
      await writing.done
      return { registeredDead }
    },
    /** Ends what was begun; with a failure, no file appears. */
    close: async (failure?: unknown): Promise<void> => {
      if (!writing) return
      writing.channel.end(failure)
      await writing.done.catch(() => undefined)
      writing.close()
      writing = undefined
    },
  }
}
