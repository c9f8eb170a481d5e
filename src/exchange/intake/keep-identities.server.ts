import type { Secrecy } from '#access/server'
import { rowKeyOf } from '#lake'
import { type CanonicalRow, type FeedKind, feedDefinition } from '../feeds.ts'
import { inPart } from './feed-lock.queries.server.ts'
import { type FeedRecord, insertIdentities } from './feeds.queries.server.ts'
import { mustKeep, personsIn, type RowPerson, type RowTokens } from './identities.server.ts'
import { identityContext } from './kept.ts'
import type { KeptIdentity } from './kept-rows.server.ts'
import type { IntakeServices } from './read-feed.server.ts'

/** An accepted row with the place it names. */
export interface PlacedRow {
  readonly rowNo: number
  readonly regionCode: string
  readonly values: CanonicalRow
  /** What stands in the place of the number, of a row that was set aside for it. */
  readonly writtenNumber?: string | undefined
}

/** What of the secrecy the rows need. */
export type RowSecrecy = Pick<Secrecy, 'encryptTexts'> & RowTokens

const rowKeyOfPerson = (
  { token, nameKey, birthDate, regionCode, writtenNumber }: RowPerson,
  { hashKey }: RowSecrecy,
): string | undefined => {
  const writtenKey = writtenNumber === undefined ? undefined : hashKey('written-number', writtenNumber)
  return rowKeyOf({ token: token?.token, check: token?.check, nameKey, birthDate, regionCode, writtenKey })
}

/** The identities of these people as they are kept; without those of whom a row says too little. */
const keptIdentities = (
  feed: FeedRecord,
  kind: string,
  persons: readonly RowPerson[],
  secrecy: RowSecrecy,
): KeptIdentity[] => {
  const found = persons.flatMap((person) => {
    const key = rowKeyOfPerson(person, secrecy)
    return key ? [{ person, key }] : []
  })
  const sealed = secrecy.encryptTexts(
    found.map(({ person: { number, name, birthDate, writtenNumber } }) =>
      JSON.stringify({ number, name, birthDate, writtenNumber }),
    ),
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
export const keepIdentities = async (
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
