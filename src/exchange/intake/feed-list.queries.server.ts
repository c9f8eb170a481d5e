import { sql } from 'kysely'
import { prepared, type Tx } from '#store/server'

const selectRows = (tx: Tx) =>
  tx
    .selectFrom('feeds')
    .leftJoin('regions', 'regions.code', 'feeds.region_code')
    .leftJoin('accounts', 'accounts.id', 'feeds.received_by')
    .leftJoin('organisations as sender', 'sender.id', 'accounts.organisation_id')
    .leftJoin('accounts as decider', 'decider.id', 'feeds.decided_by')
    .selectAll('feeds')
    .select([
      'regions.name as region_name',
      'accounts.display_name as received_name',
      'sender.department as sender_department',
      'decider.display_name as decided_name',
    ])

export type FeedListRecord = Awaited<ReturnType<ReturnType<typeof selectRows>['execute']>>[number]

export interface FeedFilter {
  readonly kind?: string | undefined
  /** Of these kinds only; and what the department sent itself, while its kind is not known. */
  readonly only?: { readonly kinds: readonly string[]; readonly department: string } | undefined
  readonly status?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** A page of feeds, newest first; UUIDv7 ids sort by time. */
export const listFeedRecords = (tx: Tx, filter: FeedFilter): Promise<FeedListRecord[]> => {
  let query = selectRows(tx).orderBy('feeds.id', 'desc').limit(filter.limit)
  if (filter.kind) query = query.where('feeds.kind', '=', filter.kind)
  const { only } = filter
  if (only)
    query = query.where((eb) =>
      eb.or([
        ...(only.kinds.length ? [eb('feeds.kind', 'in', [...only.kinds])] : []),
        eb.and([eb('feeds.kind', 'is', null), eb('sender.department', '=', only.department)]),
      ]),
    )
  if (filter.status) query = query.where('feeds.status', '=', filter.status)
  if (filter.after) query = query.where('feeds.id', '<', filter.after)
  return query.execute()
}

/** One feed with names, or undefined. */
export const findFeedRecord = (tx: Tx, id: string): Promise<FeedListRecord | undefined> =>
  selectRows(tx).where('feeds.id', '=', id).executeTakeFirst()

/** Newest accepted period of each kind in the scope. */
export const listNewestPeriods = async (tx: Tx): Promise<Map<string, string>> => {
  const rows = await tx
    .selectFrom('feeds')
    .select(['kind', sql<string>`max(period)`.as('period')])
    .where('status', '=', 'accepted')
    .where('kind', 'is not', null)
    .groupBy('kind')
    .modifyEnd(prepared)
    .execute()
  return new Map(rows.map(({ kind, period }) => [kind ?? '', period]))
}

/** Rejected rows of a feed after a place, in file order. */
export const listRejectRecords = (tx: Tx, feedId: string, after: number, limit: number) =>
  tx
    .selectFrom('feed_rejects')
    .selectAll()
    .where('feed_id', '=', feedId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute()

/** How many rows were rejected for each reason, most first. */
export const countRejectReasons = async (
  tx: Tx,
  feedId: string,
): Promise<{ reason: string; count: number }[]> => {
  const rows = await tx
    .selectFrom('feed_rejects')
    .select(['reason', sql<number>`count(*)`.as('count')])
    .where('feed_id', '=', feedId)
    .groupBy('reason')
    .orderBy('count', 'desc')
    .execute()
  return rows.map(({ reason, count }) => ({ reason, count: Number(count) }))
}

/** Forgets the identities kept from a feed. */
export const deleteIdentities = async (tx: Tx, feedId: string): Promise<void> => {
  await tx.deleteFrom('unmatched_rows').where('feed_id', '=', feedId).execute()
}

/** Files in the scope that wait for a person to release them. */
export const countQuarantined = async (tx: Tx): Promise<number> => {
  const row = await tx
    .selectFrom('feeds')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('status', '=', 'quarantined')
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
