import { sql } from 'kysely'
import type { Tx } from '#store/server'
import type { RowPlace } from './matches.queries.server.ts'

const ofFiles = (feedIds: readonly string[]) => sql`exists (
  select from match_rows r where r.identity_id = i.id and r.feed_id = any (${[...feedIds]}::uuid[]))`

export interface ScoredIdentity {
  readonly id: string
  readonly row_key: Buffer
  readonly written_key: number | bigint
  readonly sound_key: number | bigint
  readonly person_ids: string[]
  readonly comparisons: number[]
}

/** Identities of these files that may be somebody, or of which it was decided that they are, with those they may be. */
export const listScored = async (
  tx: Tx,
  feedIds: readonly string[],
  decidedKeys: readonly string[],
): Promise<ScoredIdentity[]> => {
  const { rows } = await sql<ScoredIdentity>`
    select i.id, i.row_key, i.written_key, i.sound_key, p.person_ids, p.comparisons
    from match_identities i join (
      select identity_id, array_agg(person_id order by person_id) as person_ids,
        array_agg(comparison order by person_id) as comparisons
      from match_pairs group by identity_id
    ) as p on p.identity_id = i.id
    where i.written_key is not null and ${ofFiles(feedIds)}
    union all
    select i.id, i.row_key, i.written_key, i.sound_key, '{}', '{}'
    from match_identities i
    where i.row_key = any (select convert_to(given, 'UTF8') from unnest(${[...decidedKeys]}::text[]) as given)
      and i.written_key is not null and not exists (select from match_pairs p where p.identity_id = i.id)
      and ${ofFiles(feedIds)}`.execute(tx)
  return rows
}

/** How many present members bear a name of these keys, by key. */
export const countBearers = async (
  tx: Tx,
  by: 'written_key' | 'sound_key',
  keys: readonly string[],
): Promise<Map<string, number>> => {
  const key = sql.ref(by)
  const { rows } = await sql<{ key: number | bigint; bearers: number }>`
    select ${key} as key, sum(bearers)::integer as bearers from match_names
    where ${key} = any (${[...keys]}::bigint[]) group by ${key}`.execute(tx)
  return new Map(rows.map(({ key: found, bearers }) => [String(found), bearers]))
}

export interface VerdictRow extends RowPlace {
  readonly kind: string
  readonly identity_id: string
}

/** Rows of these files that are one of these identities, in the order of places. */
export const listVerdictRows = async (
  tx: Tx,
  feedIds: readonly string[],
  identityIds: readonly string[],
): Promise<VerdictRow[]> => {
  const { rows } = await sql<VerdictRow>`
    select feed_id, row_no, role, kind, identity_id from match_rows
    where identity_id = any (${[...identityIds]}::uuid[]) and feed_id = any (${[...feedIds]}::uuid[])
    order by feed_id, row_no, role`.execute(tx)
  return rows
}

export interface PossibleLead extends RowPlace {
  readonly kind: string
  readonly identity_id: string
  readonly has_number: boolean
  /** The lead that has the row's key, and knows its kind of file; one that was withdrawn is not among them. */
  readonly lead_id: string | null
  readonly lead_status: string | null
}

/**
 * Rows of these files and kinds that say enough to be a lead, and whose number, if they have one, is nobody's in the registry,
 * in the order of places.
 */
export const listPossibleLeads = async (
  tx: Tx,
  feedIds: readonly string[],
  kinds: readonly string[],
): Promise<PossibleLead[]> => {
  const { rows } = await sql<PossibleLead>`
    select r.feed_id, r.row_no, r.role, r.kind, r.identity_id, i.written_key is null as has_number,
      l.id as lead_id, l.status as lead_status
    from match_rows r join match_identities i on i.id = r.identity_id
    left join leads l on l.lead_key = i.lead_key and l.status <> 'withdrawn' and r.kind = any (l.feed_kinds)
    where r.feed_id = any (${[...feedIds]}::uuid[]) and r.kind = any (${[...kinds]}::text[]) and r.role = 'self'
      and i.lead_key is not null
      and not exists (select from persons p where p.number_token = i.number_token and p.number_check = i.number_check
        and p.left_on is null)
    order by r.feed_id, r.row_no, r.role`.execute(tx)
  return rows
}
