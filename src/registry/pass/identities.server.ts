import type { Secrecy } from '#access/server'
import { feedDefinition, feedKinds } from '#exchange'
import type { Scored, Verdict } from '#lake/server'
import type { Tx } from '#store/server'
import type { Candidate } from '../adjudication/candidate.ts'
import type { AdjudicationDraft } from '../adjudication/record-adjudications.server.ts'
import { recordLeads } from '../leads/record-leads.server.ts'
import { decideIdentities } from './identities-decided.server.ts'
import { bringUpMatches, type KeptRow, type MatchServices, openRow } from './identities-kept.server.ts'
import { listRowsAt, type RowPlace } from './matches.queries.server.ts'
import { listPersonRegions, withdrawUnseenLeads } from './pass.queries.server.ts'
import {
  listPossibleLeads,
  listVerdictRows,
  type PossibleLead,
  type VerdictRow,
} from './verdicts.queries.server.ts'

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
}

/** The place of a row in a file, as one text. */
export const placeOf = (feedId: string, rowNo: number, role: string): string => `${feedId} ${rowNo} ${role}`

/** The kept rows at these places, in the clear, by place. */
export const openRowsAt = async (
  tx: Tx,
  secrecy: Secrecy,
  places: readonly RowPlace[],
): Promise<ReadonlyMap<string, KeptRow>> => {
  const rows = places.length > 0 ? await listRowsAt(tx, places) : []
  return new Map(rows.map((row) => [placeOf(row.feed_id, row.row_no, row.role), openRow(secrecy, row)]))
}

const candidateOf = ({ personId, probability, reasons, vetoes }: Scored): Candidate => ({
  personId,
  // Certainty is for officers to reach: rounded down, it stays below a hundred.
  score: Math.min(99, Math.floor(100 * probability)),
  reasons: [...reasons],
  vetoes: [...vetoes],
})

const givenRow = (
  { kind, feed_id, row_no, role }: VerdictRow,
  to: { readonly personId: string | null; readonly leadId: string | null },
): GivenRow => ({ kind, feedId: feed_id, rowNo: row_no, role, ...to })

/** The leads of rows that nobody has, in the order of the rows; only what is not on record yet is opened and recorded. */
const bringUpLeads = async (
  tx: Tx,
  services: MatchServices,
  rows: readonly PossibleLead[],
): Promise<GivenRow[]> => {
  const fresh = rows.filter(({ lead_id }) => lead_id === null)
  const opened = await openRowsAt(tx, services.secrecy, fresh)
  const drafts = fresh.flatMap(({ feed_id, row_no, role }) => {
    const row = opened.get(placeOf(feed_id, row_no, role))
    return row ? [row] : []
  })
  const recorded = await recordLeads(
    tx,
    services,
    drafts.map((row) => ({
      ...row.identity,
      regionCode: row.region_code,
      feedKind: row.kind,
      feedId: row.feed_id,
    })),
  )
  const recordedAt = new Map(
    drafts.map(({ feed_id, row_no, role }, at) => [placeOf(feed_id, row_no, role), recorded[at]]),
  )
  const leads = rows.flatMap((row) => {
    const lead = row.lead_id === null ? recordedAt.get(placeOf(row.feed_id, row.row_no, row.role)) : undefined
    const id = row.lead_id ?? lead?.id
    return id === undefined ? [] : [{ row, id, status: row.lead_status ?? lead?.status }]
  })
  await withdrawUnseenLeads(tx, [...new Set(leads.map(({ id }) => id))])
  return leads.flatMap(({ row, id, status }) =>
    status !== 'open' || row.has_number ? [] : [givenRow(row, { personId: null, leadId: id })],
  )
}

/** A question for each row of an identity in doubt. */
const toQuestions = async (
  tx: Tx,
  { secrecy }: MatchServices,
  rows: readonly VerdictRow[],
  verdicts: ReadonlyMap<string, Verdict>,
): Promise<AdjudicationDraft[]> => {
  const asked = rows.filter(({ identity_id }) => verdicts.get(identity_id)?.outcome === 'ask')
  const opened = asked.length > 0 ? await listRowsAt(tx, asked) : []
  const candidatesAt = new Map(
    asked.map((row) => {
      const verdict = verdicts.get(row.identity_id)
      const candidates = verdict?.outcome === 'ask' ? verdict.candidates.map(candidateOf) : []
      return [placeOf(row.feed_id, row.row_no, row.role), candidates]
    }),
  )
  const best = [...candidatesAt.values()].flatMap(([first]) => (first ? [first.personId] : []))
  const regions = await listPersonRegions(tx, [...new Set(best)])
  return opened.map((row): AdjudicationDraft => {
    const candidates = candidatesAt.get(placeOf(row.feed_id, row.row_no, row.role)) ?? []
    return {
      rowKey: row.row_key.toString('utf8'),
      feedId: row.feed_id,
      rowNo: row.row_no,
      role: row.role,
      feedKind: row.kind,
      regionCode: regions.get(candidates[0]?.personId ?? '') ?? row.region_code,
      // Opened only for a case that is new: the others are on record.
      get identity() {
        const { identity } = openRow(secrecy, row)
        return { ...identity, number: identity.number ?? identity.writtenNumber, regionCode: row.region_code }
      },
      candidates,
    }
  })
}

/**
 * Resolves the identities kept from the accepted files: scored against the registry where there is no number, recorded
 * as leads where nobody is found and the kind of file finds people in need. What a comparison found is kept: opened and compared are
 * new identities, and those that people who changed may be. Names are in the clear only here, in memory.
 */
export const resolveIdentities = async (
  tx: Tx,
  services: MatchServices,
  feedIds: readonly string[],
): Promise<Resolved> => {
  await bringUpMatches(tx, services, feedIds)
  const verdicts = await decideIdentities(tx, services, feedIds)
  const told = [...verdicts].flatMap(([id, { outcome }]) => (outcome === 'none' ? [] : [id]))
  const rows = await listVerdictRows(tx, feedIds, told)
  const accepted = rows.flatMap((row): GivenRow[] => {
    const verdict = verdicts.get(row.identity_id)
    return verdict?.outcome === 'accept'
      ? [givenRow(row, { personId: verdict.match.personId, leadId: null })]
      : []
  })
  const opening = feedKinds.filter((kind) => feedDefinition(kind).opensLeads)
  const nobodys = new Set(told)
  const possible = await listPossibleLeads(tx, feedIds, opening)
  const ofLeads = await bringUpLeads(
    tx,
    services,
    possible.filter(({ identity_id }) => !nobodys.has(identity_id)),
  )
  return {
    given: [...accepted, ...ofLeads],
    questions: await toQuestions(tx, services, rows, verdicts),
    scored: accepted.length,
  }
}
