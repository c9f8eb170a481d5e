import type { Secrecy } from '#access/server'
import { type Clock, newId, parseResidentNumber } from '#base'
import { type Identity, rowIdentityContext } from '#exchange'
import { numbersOf, tokensOf } from '#lake'
import {
  isOddlyBorn,
  keysOfNames,
  keysOfPeople,
  keysOfRows,
  matchingShape,
  meetingOf,
  openMatcher,
  type Candidate as Person,
  packPair,
  type ScoredRow,
} from '#lake/server'
import type { Tx } from '#store/server'
import { leadKeyOf } from '../leads/lead-key.server.ts'
import {
  addBearers,
  beginAnew,
  countNamed,
  findIdentities,
  findShape,
  forgetPeople,
  type IdentityRow,
  insertIdentities,
  insertOddBirths,
  insertPairs,
  insertRows,
  type KeptIdentityRow,
  listMeeting,
  listNewRows,
  listRowsOf,
  type PairRow,
  type PeopleChanged,
  recountBearers,
  takeChanges,
} from './matches.queries.server.ts'
import { listNamedAmong, listNamedPersons, type NamedPerson, type Sought } from './pass.queries.server.ts'

export interface MatchServices {
  readonly secrecy: Secrecy
  readonly clock: Clock
}

/** A kept row with what it says, in the clear. */
export interface KeptRow extends KeptIdentityRow {
  readonly identity: Identity
}

export const openRow = (secrecy: Secrecy, row: KeptIdentityRow): KeptRow => ({
  ...row,
  identity: JSON.parse(secrecy.decryptText(row.identity_cipher, rowIdentityContext)) as Identity,
})

/** A row as matching compares it. A number that failed its check is evidence like any other. */
export const scoredRowOf = ({ row_key, region_code, identity }: KeptRow): ScoredRow => ({
  rowKey: row_key.toString('utf8'),
  name: identity.name ?? '',
  birthDate: identity.birthDate,
  regionCode: region_code,
  number: identity.writtenNumber,
})

/** Members as matching compares them; their numbers only where a row has one to compare with. */
export const toPersons = (page: readonly NamedPerson[], secrecy: Secrecy, withNumbers: boolean): Person[] => {
  const holders = withNumbers ? page.filter(({ number_token }) => number_token !== null) : []
  const numbers = numbersOf(
    holders.map((person) => ({
      token: BigInt(person.number_token ?? 0),
      check: person.number_check ?? '',
    })),
    secrecy.encryptBlocks,
  )
  const numberOf = new Map(holders.map(({ id }, at) => [id, numbers[at]]))
  return page.map(({ id, name, birth_date, region_code }) => ({
    personId: id,
    name: name ?? '',
    birthDate: birth_date ?? undefined,
    regionCode: region_code,
    number: numberOf.get(id),
  }))
}

// Counted up when what is kept beside the comparisons is made otherwise.
const form = 1
// Beyond one in so many people, and some, who changed, looking each up costs more than beginning anew.
const shareChanged = 10
const fewChanged = 5000

/** An identity that was not known, and is scored: it has no usable number. */
interface Fresh {
  readonly id: string
  readonly regionCode: string
  readonly row: ScoredRow
}

const fingerprintOf = (secrecy: Secrecy, { row_key, region_code, has_number, identity }: KeptRow): string => {
  const { number, name, birthDate, writtenNumber } = identity
  const said = [row_key.toString('hex'), region_code, has_number, number, name, birthDate, writtenNumber]
  const text = Buffer.from(JSON.stringify(said)).toString('base64')
  return ['match-identity', 'match-identity-2']
    .map((kind) => secrecy.hashKey(kind, text).toString(16).padStart(16, '0'))
    .join('')
}

const identitiesOf = (
  secrecy: Secrecy,
  rows: readonly (KeptRow & { fingerprint: string })[],
): IdentityRow[] => {
  const keys = keysOfRows(rows.map(scoredRowOf), secrecy.encryptBlocks)
  const tokens = tokensOf(
    rows.map(({ has_number, identity }) => {
      const read = parseResidentNumber(has_number ? (identity.number ?? '') : '')
      return read.ok ? read.number : null
    }),
    secrecy.encryptBlocks,
  )
  return rows.map((row, at) => {
    const scored = row.has_number ? undefined : keys[at]
    return {
      id: newId(),
      regionCode: row.region_code,
      fingerprint: row.fingerprint,
      rowKey: row.row_key,
      written: scored?.written ?? null,
      sound: scored?.sound ?? null,
      leadKey: leadKeyOf(secrecy, row.identity)?.toString('hex') ?? null,
      token: tokens[at]?.token ?? null,
      check: tokens[at]?.check ?? null,
      blocks: scored?.blocks ?? [],
    }
  })
}

const keepSome = async (tx: Tx, secrecy: Secrecy, rows: readonly KeptIdentityRow[]): Promise<Fresh[]> => {
  const opened = rows.map((row) => {
    const open = openRow(secrecy, row)
    return { ...open, fingerprint: fingerprintOf(secrecy, open) }
  })
  const known = await findIdentities(tx, [...new Set(opened.map(({ fingerprint }) => fingerprint))])
  const unknown = [
    ...new Map(
      opened.filter(({ fingerprint }) => !known.has(fingerprint)).map((row) => [row.fingerprint, row]),
    ).values(),
  ]
  const identities = identitiesOf(secrecy, unknown)
  await insertIdentities(tx, identities)
  for (const { fingerprint, id } of identities) known.set(fingerprint, id)
  await insertRows(
    tx,
    opened.map((row) => ({ row, identityId: known.get(row.fingerprint) ?? '' })),
  )
  return unknown.flatMap((row, at) => {
    const id = identities[at]?.id
    return row.has_number || id === undefined
      ? []
      : [{ id, regionCode: row.region_code, row: scoredRowOf(row) }]
  })
}

/** Says which identity each new row is, and gives the identities nobody was compared with yet. */
const keepNewRows = async (tx: Tx, secrecy: Secrecy, feedIds: readonly string[]): Promise<Fresh[]> => {
  const fresh: Fresh[] = []
  for await (const rows of listNewRows(tx, feedIds))
    for (const one of await keepSome(tx, secrecy, rows)) fresh.push(one)
  return fresh
}

const pairsFound = (identities: readonly Fresh[], matcher: ReturnType<typeof openMatcher>): PairRow[] =>
  matcher.compared().flatMap((found, at) => {
    const { id = '', regionCode = '' } = identities[at] ?? {}
    return found.map((pair) => ({ identityId: id, regionCode, ...packPair(pair) }))
  })

/** Counts names as people pass by, in parts: a province has more of them than should be held. */
const openNameTally = (tx: Tx, secrecy: Secrecy) => {
  const namesAtOnce = 100_000
  const names = new Map<string, { readonly name: string; bearers: number }>()
  const flush = async (): Promise<void> => {
    const found = [...names]
    names.clear()
    const keys = keysOfNames(
      found.map(([, { name }]) => name),
      secrecy.encryptBlocks,
    )
    await addBearers(
      tx,
      found.map(([nameKey, { bearers }], at) => ({
        nameKey,
        written: keys[at]?.written ?? 0n,
        sound: keys[at]?.sound ?? 0n,
        bearers,
      })),
    )
  }
  return {
    flush,
    add: async (page: readonly NamedPerson[]): Promise<void> => {
      for (const { name_key, name } of page) {
        const key = String(name_key ?? -1)
        const known = names.get(key)
        if (known) known.bearers += 1
        else names.set(key, { name: name_key === null ? '' : (name ?? ''), bearers: 1 })
      }
      if (names.size >= namesAtOnce) await flush()
    },
  }
}

/** Compares identities with everybody, and counts and notes what is kept of people besides. */
const compareWithAll = async (tx: Tx, secrecy: Secrecy, fresh: readonly Fresh[]): Promise<void> => {
  const matcher = openMatcher(fresh.map(({ row }) => row))
  const tally = openNameTally(tx, secrecy)
  for await (const page of listNamedPersons(tx)) {
    const people = toPersons(page, secrecy, true)
    for (const person of people) matcher.offer(person)
    await insertOddBirths(tx, people.filter(isOddlyBorn))
    await tally.add(page)
  }
  await tally.flush()
  await insertPairs(tx, pairsFound(fresh, matcher))
}

const soughtBy = (secrecy: Secrecy, rows: readonly ScoredRow[]): Sought => {
  const keys = keysOfRows(rows, secrecy.encryptBlocks)
  return {
    ...meetingOf(rows),
    written: [...new Set(keys.map(({ written }) => written))],
    sounds: [...new Set(keys.map(({ sound }) => sound))],
  }
}

/** Compares identities with those they may meet; the database leaves out all others. */
const compareFresh = async (tx: Tx, secrecy: Secrecy, fresh: readonly Fresh[]): Promise<void> => {
  if (fresh.length === 0) return
  const rows = fresh.map(({ row }) => row)
  const withNumbers = rows.some(({ number }) => number !== undefined)
  const matcher = openMatcher(rows)
  for await (const page of listNamedPersons(tx, soughtBy(secrecy, rows)))
    for (const person of toPersons(page, secrecy, withNumbers)) matcher.offer(person)
  await insertPairs(tx, pairsFound(fresh, matcher))
}

/** What these identities say, in the clear. */
export const openIdentities = async (
  tx: Tx,
  secrecy: Secrecy,
  identityIds: readonly string[],
): Promise<Fresh[]> =>
  (await listRowsOf(tx, identityIds)).map((row) => ({
    id: row.identity_id,
    regionCode: row.region_code,
    row: scoredRowOf(openRow(secrecy, row)),
  }))

const peopleAtOnce = 10_000

/** Compares people who changed, as they are now, with the kept identities that they meet. */
const compareChanged = async (
  tx: Tx,
  secrecy: Secrecy,
  { personIds, nameKeys }: PeopleChanged,
): Promise<void> => {
  for (let start = 0; start < personIds.length; start += peopleAtOnce) {
    const some = personIds.slice(start, start + peopleAtOnce)
    await forgetPeople(tx, some)
    const people = toPersons(await listNamedAmong(tx, some), secrecy, true)
    await insertOddBirths(tx, people.filter(isOddlyBorn))
    const blocks = new Set(keysOfPeople(people, secrecy.encryptBlocks).flatMap((keys) => keys.blocks))
    const met = await openIdentities(tx, secrecy, await listMeeting(tx, [...blocks]))
    const matcher = openMatcher(met.map(({ row }) => row))
    for (const person of people) matcher.offer(person)
    await insertPairs(tx, pairsFound(met, matcher))
  }
  const unknown = nameKeys.length > 0 ? await recountBearers(tx, nameKeys) : []
  const keys = keysOfNames(
    unknown.map(({ name }) => name),
    secrecy.encryptBlocks,
  )
  if (unknown.length > 0)
    await addBearers(
      tx,
      unknown.map(({ nameKey, bearers }, at) => ({
        nameKey,
        bearers,
        written: keys[at]?.written ?? 0n,
        sound: keys[at]?.sound ?? 0n,
      })),
    )
}

/**
 * Brings what is kept of comparisons up to the rows of these files and to the registry: new identities are compared with everybody, and
 * people who changed with the identities they may be. Where code, parameters or keys are others, or many changed, all is made anew.
 */
export const bringUpMatches = async (
  tx: Tx,
  { secrecy, clock }: MatchServices,
  feedIds: readonly string[],
): Promise<void> => {
  // Hashed with a key of the installation: under other keys nothing kept would be found again.
  const shape = String(secrecy.hashKey('match-shape', `${form} ${matchingShape()}`))
  const most = fewChanged + Math.floor((await countNamed(tx)) / shareChanged)
  const changes = (await findShape(tx)) === shape ? await takeChanges(tx, most) : undefined
  if (changes) await compareChanged(tx, secrecy, changes)
  else await beginAnew(tx, shape, clock.now())
  const fresh = await keepNewRows(tx, secrecy, feedIds)
  await (changes ? compareFresh(tx, secrecy, fresh) : compareWithAll(tx, secrecy, fresh))
}
