import type { Secrecy } from '#access/server'
import type { Clock } from '#base'
import { feedDefinition, type Identity, isFeedKind, rowIdentityContext } from '#exchange'
import { prepareCandidates, type RowDecider, type Scored } from '#lake/server'
import type { Tx } from '#store/server'
import type { Candidate } from '../adjudication/candidate.ts'
import { type AdjudicationDraft, listDecisions } from '../adjudication/record-adjudications.server.ts'
import { type LeadDraft, recordLeads } from '../leads/record-leads.server.ts'
import {
  type KeptIdentityRow,
  listKeptIdentities,
  listNamedPersons,
  listPersonRegions,
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

const prepareDecider = async (tx: Tx): Promise<RowDecider> => {
  const remembered = new Map<string, { personId: string; same: boolean }[]>()
  for (const { rowKey, personId, same } of await listDecisions(tx)) {
    remembered.set(rowKey, [...(remembered.get(rowKey) ?? []), { personId, same }])
  }
  return prepareCandidates(await listNamedPersons(tx), remembered)
}

const candidateOf = ({ personId, score, reasons }: Scored): Candidate => ({
  personId,
  score,
  reasons: [...reasons],
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

/** Decides about each kept row: given to a person, asked, or perhaps a lead. A number is never scored, only compared. */
const sortRows = (
  rows: readonly KeptRow[],
  decide: RowDecider,
  knownByOtherName: (row: KeptRow) => boolean,
): Sorted => {
  const sorted: Sorted = { given: [], asks: [], leads: [], scored: 0 }
  for (const row of rows) {
    const { name, birthDate } = row.identity
    if (row.has_number) {
      if (opensLead(row) && !knownByOtherName(row)) sorted.leads.push(row)
      continue
    }
    const verdict = decide({
      rowKey: row.row_key.toString('utf8'),
      name: name ?? '',
      birthDate,
      regionCode: row.region_code,
    })
    if (verdict.outcome === 'accept') {
      sorted.scored += 1
      sorted.given.push({
        kind: row.kind,
        feedId: row.feed_id,
        rowNo: row.row_no,
        role: row.role,
        personId: verdict.match.personId,
        leadId: null,
      })
    } else if (verdict.outcome === 'ask')
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
    identity: { ...row.identity, regionCode: row.region_code },
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
  const sorted = sortRows(rows, await prepareDecider(tx), (row) => registered.has(row))
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
