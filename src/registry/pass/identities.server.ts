import type { Secrecy } from '#access/server'
import type { Clock } from '#base'
import { feedDefinition, type Identity, isFeedKind, rowIdentityContext } from '#exchange'
import { numbersOf } from '#lake'
import {
  openMatcher,
  type Candidate as Person,
  type Remembered,
  type Scored,
  type Verdict,
} from '#lake/server'
import type { Tx } from '#store/server'
import type { Candidate } from '../adjudication/candidate.ts'
import { type AdjudicationDraft, listDecisions } from '../adjudication/record-adjudications.server.ts'
import { type LeadDraft, recordLeads } from '../leads/record-leads.server.ts'
import {
  type KeptIdentityRow,
  listKeptIdentities,
  listNamedPersons,
  listPersonRegions,
  type NamedPerson,
  withdrawUnseenLeads,
} from './pass.queries.server.ts'

/** A row that scored matching gave to somebody. */
export interface GivenRow {
  readonly kind: string
  readonly feedId: string
  readonly rowNo: number
  readonly role: string
  readonly personId: string | null
  readonly leadId: string | null
}

export interface Resolved {
  readonly given: readonly GivenRow[]
  readonly questions: readonly AdjudicationDraft[]
  /** Rows that matching by score accepted. */
  readonly scored: number
  /** The kept rows, for questions that exact matching asks later. */
  readonly kept: ReadonlyMap<string, KeptRow>
}

export interface KeptRow extends KeptIdentityRow {
  readonly identity: Identity
}

/** The place of a row in a file, as one text. */
export const placeOf = (feedId: string, rowNo: number, role: string): string => `${feedId} ${rowNo} ${role}`

interface Services {
  readonly secrecy: Secrecy
  readonly clock: Clock
}

const readKept = async (tx: Tx, secrecy: Secrecy, feedIds: readonly string[]): Promise<KeptRow[]> => {
  const rows = feedIds.length ? await listKeptIdentities(tx, feedIds) : []
  return rows.map((row) => ({
    ...row,
    identity: JSON.parse(secrecy.decryptText(row.identity_cipher, rowIdentityContext)) as Identity,
  }))
}

const listRemembered = async (tx: Tx): Promise<Map<string, Remembered[]>> => {
  const remembered = new Map<string, Remembered[]>()
  for (const { rowKey, personId, same } of await listDecisions(tx)) {
    remembered.set(rowKey, [...(remembered.get(rowKey) ?? []), { personId, same }])
  }
  return remembered
}

/** Members as matching compares them; their numbers only where a row has one to compare with. */
const toPersons = (page: readonly NamedPerson[], secrecy: Secrecy, withNumbers: boolean): Person[] => {
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

/** One verdict for each row without a usable number. A number that failed its check is evidence like any other. */
const matchKept = async (tx: Tx, secrecy: Secrecy, rows: readonly KeptRow[]): Promise<Verdict[]> => {
  if (rows.length === 0) return []
  const matcher = openMatcher(
    rows.map(({ row_key, region_code, identity: { name, birthDate, writtenNumber } }) => ({
      rowKey: row_key.toString('utf8'),
      name: name ?? '',
      birthDate,
      regionCode: region_code,
      number: writtenNumber,
    })),
    { remembered: await listRemembered(tx) },
  )
  const withNumbers = rows.some(({ identity }) => identity.writtenNumber !== undefined)
  for await (const page of listNamedPersons(tx))
    for (const person of toPersons(page, secrecy, withNumbers)) matcher.offer(person)
  return matcher.verdicts()
}

const candidateOf = ({ personId, probability, reasons, vetoes }: Scored): Candidate => ({
  personId,
  // Certainty is for officers to reach: rounded down, it stays below a hundred.
  score: Math.min(99, Math.floor(100 * probability)),
  reasons: [...reasons],
  vetoes: [...vetoes],
})

const opensLead = (row: KeptRow): boolean =>
  row.role === 'self' && isFeedKind(row.kind) && feedDefinition(row.kind).opensLeads

const leadDraftOf = (row: KeptRow): LeadDraft => ({
  ...row.identity,
  regionCode: row.region_code,
  feedKind: row.kind,
  feedId: row.feed_id,
})

interface Sorted {
  readonly given: GivenRow[]
  readonly asks: { readonly row: KeptRow; readonly candidates: readonly Candidate[] }[]
  readonly leads: KeptRow[]
  scored: number
}

/** Sorts each kept row: given to a person, asked, or perhaps a lead. A usable number is never scored, only compared. */
const sortRows = (
  rows: readonly KeptRow[],
  verdictOf: ReadonlyMap<KeptRow, Verdict>,
  knownByOtherName: (row: KeptRow) => boolean,
): Sorted => {
  const sorted: Sorted = { given: [], asks: [], leads: [], scored: 0 }
  for (const row of rows) {
    if (row.has_number) {
      if (opensLead(row) && !knownByOtherName(row)) sorted.leads.push(row)
      continue
    }
    const verdict = verdictOf.get(row)
    if (verdict?.outcome === 'accept') {
      sorted.scored += 1
      sorted.given.push({
        kind: row.kind,
        feedId: row.feed_id,
        rowNo: row.row_no,
        role: row.role,
        personId: verdict.match.personId,
        leadId: null,
      })
    } else if (verdict?.outcome === 'ask')
      sorted.asks.push({ row, candidates: verdict.candidates.map(candidateOf) })
    else if (opensLead(row)) sorted.leads.push(row)
  }
  return sorted
}

const toQuestions = async (tx: Tx, asks: Sorted['asks']): Promise<AdjudicationDraft[]> => {
  const regions = await listPersonRegions(
    tx,
    asks.flatMap(({ candidates }) => candidates.slice(0, 1).map(({ personId }) => personId)),
  )
  return asks.map(({ row, candidates }) => ({
    rowKey: row.row_key.toString('utf8'),
    feedId: row.feed_id,
    rowNo: row.row_no,
    role: row.role,
    feedKind: row.kind,
    regionCode: regions.get(candidates[0]?.personId ?? '') ?? row.region_code,
    identity: {
      ...row.identity,
      number: row.identity.number ?? row.identity.writtenNumber,
      regionCode: row.region_code,
    },
    candidates,
  }))
}

/**
 * Resolves the identities kept from the accepted files: scored against the registry where there is no number, recorded
 * as leads where nobody is found and the kind of file finds people in need. Names are in the clear only here, in memory.
 */
export const resolveIdentities = async (
  tx: Tx,
  services: Services,
  feedIds: readonly string[],
  isRegistered: (rows: readonly KeptRow[]) => Promise<ReadonlySet<KeptRow>>,
): Promise<Resolved> => {
  const rows = await readKept(tx, services.secrecy, feedIds)
  const registered = await isRegistered(rows)
  const numberless = rows.filter(({ has_number }) => !has_number)
  const verdicts = await matchKept(tx, services.secrecy, numberless)
  const verdictOf = new Map(numberless.map((row, at) => [row, verdicts[at] ?? { outcome: 'none' as const }]))
  const sorted = sortRows(rows, verdictOf, (row) => registered.has(row))
  const leads = await recordLeads(tx, services, sorted.leads.map(leadDraftOf))
  await withdrawUnseenLeads(
    tx,
    leads.flatMap((lead) => (lead ? [lead.id] : [])),
  )
  const ofLeads = sorted.leads.flatMap((row, at): GivenRow[] => {
    const lead = leads[at]
    if (lead?.status !== 'open' || row.has_number) return []
    return [
      {
        kind: row.kind,
        feedId: row.feed_id,
        rowNo: row.row_no,
        role: row.role,
        personId: null,
        leadId: lead.id,
      },
    ]
  })
  return {
    given: [...sorted.given, ...ofLeads],
    questions: await toQuestions(tx, sorted.asks),
    scored: sorted.scored,
    kept: new Map(rows.map((row) => [placeOf(row.feed_id, row.row_no, row.role), row])),
  }
}
