import { sql } from 'kysely'
import type { Tx } from '#store/server'

export const leadColumns = {
  id: 'uuid',
  lead_key: 'bytea',
  region_code: 'text',
  name: 'text',
  name_key: 'bigint',
  birth_date: 'date',
  number_cipher: 'bytea',
  number_index: 'bytea',
  number_last4: 'text',
  number_token: 'bigint',
  number_check: 'text',
  first_feed_id: 'uuid',
  first_seen_at: 'timestamptz',
} as const

/** Leads already known under these keys, locked. */
export const listByKeys = async (tx: Tx, keys: readonly Buffer[]) => {
  const { rows } = await sql<{ id: string; lead_key: Buffer; status: LeadStatus; feed_kinds: string[] }>`
    select id, lead_key, status, feed_kinds from leads where lead_key = any (${keys}::bytea[]) for update`.execute(
    tx,
  )
  return rows
}

export type LeadStatus = 'open' | 'registered' | 'dismissed' | 'withdrawn'

/** Inserts new leads; `rows` in the order of `leadColumns`, each with the kinds that know the person. */
export const insertLeads = async (
  tx: Tx,
  rows: readonly { readonly cells: readonly unknown[]; readonly feedKinds: readonly string[] }[],
): Promise<void> => {
  if (rows.length === 0) return
  const names = Object.keys(leadColumns)
  const types = Object.values(leadColumns)
  const arrays = types.map((type, at) => sql`${rows.map(({ cells }) => cells[at])}::${sql.raw(type)}[]`)
  const kinds = sql`${rows.map(({ feedKinds }) => feedKinds.join(','))}::text[]`
  const list = sql.join(names.map((name) => sql.ref(name)))
  await sql`insert into leads (${list}, feed_kinds)
    select ${sql.join(names.map((name) => sql`given.${sql.ref(name)}`))}, string_to_array(given.kinds, ',')
    from unnest(${sql.join(arrays)}, ${kinds}) as given (${list}, kinds)`.execute(tx)
}

/** Notes that further kinds of file know the person; a lead withdrawn with its only file is open again. */
export const updateLead = async (tx: Tx, id: string, feedKinds: readonly string[], status: LeadStatus) => {
  await tx
    .updateTable('leads')
    .set((eb) => ({ feed_kinds: [...feedKinds], status, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

export interface LeadFilter {
  readonly closed: boolean
  readonly feedKind?: string | undefined
  readonly region?: { readonly from: string; readonly until: string } | undefined
  readonly after?: string | undefined
}

/** Leads, newest first. */
export const listLeads = (tx: Tx, filter: LeadFilter, limit: number) => {
  let query = tx
    .selectFrom('leads')
    .select([
      'id',
      'region_code',
      'name',
      'birth_date',
      'number_last4',
      'feed_kinds',
      'first_seen_at',
      'status',
      'version',
    ])
    .where('status', filter.closed ? '<>' : '=', 'open')
    .orderBy('id', 'desc')
    .limit(limit)
  if (filter.feedKind !== undefined) query = query.where(sql<boolean>`${filter.feedKind} = any (feed_kinds)`)
  if (filter.region !== undefined) {
    query = query
      .where('region_code', '>=', filter.region.from)
      .where('region_code', '<', filter.region.until)
  }
  if (filter.after !== undefined) query = query.where('id', '<', filter.after)
  return query.execute()
}

export const findLead = (tx: Tx, id: string) =>
  tx
    .selectFrom('leads')
    .leftJoin('feeds', 'feeds.id', 'leads.first_feed_id')
    .selectAll('leads')
    .select(['feeds.kind as feed_kind', 'feeds.period as feed_period'])
    .where('leads.id', '=', id)
    .executeTakeFirst()

/** Changes the status if nobody changed the lead since that version; tells whether it did. */
export const changeStatus = async (
  tx: Tx,
  id: string,
  version: number,
  status: LeadStatus,
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('leads')
    .set({ status, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
