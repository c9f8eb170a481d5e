import { sql } from 'kysely'
import { type Clock, newId, Refusal } from '#base'
import { recordEvent, type Tx } from '#store/server'
import { lockFeed } from './feed-lock.queries.server.ts'
import type { KeptIdentity, KeptReject } from './kept-rows.server.ts'

export type FeedStatus = 'received' | 'reading' | 'quarantined' | 'accepted' | 'refused' | 'taken-back'

export interface NewFeed {
  readonly kind: string | null
  readonly layoutId?: string | null
  readonly regionCode: string
  readonly fileName: string
  readonly sha256: string
  readonly sizeBytes: number
  readonly period: string | null
  readonly receivedBy: string | null
  /** True when the one who brought it reads it at once, so that no job is needed. */
  readonly readNow?: boolean
}

/** The feed of this very region that already holds this content, unless it was refused or taken back. */
export const findFeedByContent = (tx: Tx, regionCode: string, sha256: string) =>
  tx
    .selectFrom('feeds')
    .selectAll()
    .where('region_code', '=', regionCode)
    .where('sha256', '=', sha256)
    .where('status', 'not in', ['refused', 'taken-back'])
    .executeTakeFirst()

/**
 * Enters a received file; gives its id. Undefined where the same content of the same region is in force already, entered
 * before or by somebody else at this moment, for whose transaction it waits.
 */
export const insertFeed = async (tx: Tx, clock: Clock, feed: NewFeed): Promise<string | undefined> => {
  const id = newId()
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('feeds')
    .values({
      id,
      kind: feed.kind,
      layout_id: feed.layoutId ?? null,
      region_code: feed.regionCode,
      file_name: feed.fileName,
      sha256: feed.sha256,
      size_bytes: feed.sizeBytes,
      received_at: clock.now(),
      received_by: feed.receivedBy,
      period: feed.period,
      status: 'received',
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) return undefined
  await recordEvent(tx, clock, {
    kind: 'exchange.feed-received',
    regionCode: feed.regionCode,
    subjectId: id,
    actorId: feed.receivedBy ?? undefined,
    data: { kind: feed.kind, readNow: feed.readNow ?? false },
  })
  return id
}

/** A feed in the scope; refuses with `access.not-found`. */
export const getFeed = async (tx: Tx, id: string) => {
  const feed = await tx.selectFrom('feeds').selectAll().where('id', '=', id).executeTakeFirst()
  if (!feed) throw new Refusal('access.not-found')
  return feed
}

export type FeedRecord = Awaited<ReturnType<typeof getFeed>>

/** The department that the account works for; undefined for civil affairs and for files without an account. */
export const findDepartmentOf = async (tx: Tx, accountId: string | null): Promise<string | undefined> => {
  if (accountId === null) return undefined
  const row = await tx
    .selectFrom('accounts')
    .innerJoin('organisations', 'organisations.id', 'accounts.organisation_id')
    .select('organisations.department')
    .where('accounts.id', '=', accountId)
    .executeTakeFirst()
  return row?.department ?? undefined
}

/** Which of these feeds have not been read to their end: only their files are still needed. */
export const listUnreadAmong = async (tx: Tx, ids: readonly string[]): Promise<Set<string>> => {
  if (ids.length === 0) return new Set()
  const rows = await tx
    .selectFrom('feeds')
    .select('id')
    .where('id', 'in', [...ids])
    .where('status', 'in', ['received', 'reading'])
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** Marks a feed as being read. */
export const beginReading = async (tx: Tx, id: string): Promise<FeedRecord> => {
  const feed = await getFeed(tx, id)
  if (feed.status !== 'received' && feed.status !== 'reading')
    throw new Refusal('exchange.wrong-state', { status: feed.status })
  await tx.updateTable('feeds').set({ status: 'reading', progress: null }).where('id', '=', id).execute()
  return feed
}

/** Keeps rejected rows, in order. */
export const insertRejects = async (tx: Tx, rejects: readonly KeptReject[]): Promise<void> => {
  if (rejects.length)
    await tx
      .insertInto('feed_rejects')
      .values([...rejects])
      .execute()
}

/** Keeps identities of one feed for matching: as columns, for thousands of rows cost less so than as values one by one. */
export const insertIdentities = async (tx: Tx, identities: readonly KeptIdentity[]): Promise<void> => {
  const [first] = identities
  if (!first) return
  const column = <K extends keyof KeptIdentity>(name: K) => identities.map((identity) => identity[name])
  const hex = (name: 'row_key' | 'identity_cipher') => column(name).map((bytes) => bytes.toString('hex'))
  await sql`
    insert into unmatched_rows
      (feed_id, row_no, region_code, kind, role, row_key, identity_cipher, has_number)
    select ${first.feed_id}::uuid, row_no, region_code, ${first.kind}, role,
      decode(row_key, 'hex'), decode(identity_cipher, 'hex'), has_number
    from unnest(
      ${column('row_no')}::integer[], ${column('region_code')}::text[], ${column('role')}::text[],
      ${hex('row_key')}::text[], ${hex('identity_cipher')}::text[], ${column('has_number')}::boolean[]
    ) as identity (row_no, region_code, role, row_key, identity_cipher, has_number)`.execute(tx)
}

export interface FeedResult {
  readonly kind: string
  readonly layoutId: string | null
  readonly layoutVersion: number | null
  readonly period: string
  readonly rowsIn: number
  readonly rowsAccepted: number
  readonly rowsRejected: number
  readonly statistics: unknown
  readonly quarantine: readonly unknown[]
}

/**
 * Ends a reading: accepted, or quarantined with the reasons; with its event, in one transaction. Refuses with
 * `exchange.cancelled` where somebody asked for the reading to stop.
 */
export const finishReading = async (
  tx: Tx,
  clock: Clock,
  feed: FeedRecord,
  result: FeedResult,
): Promise<FeedStatus> => {
  const status: FeedStatus = result.quarantine.length ? 'quarantined' : 'accepted'
  const { numUpdatedRows } = await tx
    .updateTable('feeds')
    .set({
      status,
      kind: result.kind,
      layout_id: result.layoutId,
      layout_version: result.layoutVersion,
      period: result.period,
      rows_in: result.rowsIn,
      rows_accepted: result.rowsAccepted,
      rows_rejected: result.rowsRejected,
      statistics: JSON.stringify(result.statistics),
      quarantine: result.quarantine.length ? JSON.stringify(result.quarantine) : null,
      progress: null,
      reading: null,
      version: feed.version + 1,
    })
    .where('id', '=', feed.id)
    .where('status', '=', 'reading')
    .where('cancel_asked_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new Refusal('exchange.cancelled')
  const { rowsIn, rowsAccepted, rowsRejected, kind } = result
  await recordEvent(tx, clock, {
    kind: `exchange.feed-${status}`,
    regionCode: feed.region_code,
    subjectId: feed.id,
    data: { kind, rowsIn, rowsAccepted, rowsRejected },
  })
  return status
}

/** Ends a feed whose file is unusable as a whole, or whose reading somebody asked to stop: nothing of it is kept. */
export const refuseFeed = async (tx: Tx, clock: Clock, feed: FeedRecord, refusal: Refusal): Promise<void> => {
  await tx.deleteFrom('feed_rejects').where('feed_id', '=', feed.id).execute()
  await tx.deleteFrom('unmatched_rows').where('feed_id', '=', feed.id).execute()
  await tx
    .updateTable('feeds')
    .set((eb) => ({
      status: 'refused',
      progress: null,
      reading: null,
      // Who asked for the stop decided about the file.
      decided_by: eb.ref('cancel_asked_by'),
      decided_at: eb.ref('cancel_asked_at'),
      // The headers found are not kept: where a header is missing they are cells of a person's row.
      refusal: JSON.stringify({ code: refusal.code, details: { ...refusal.details, headers: undefined } }),
      version: feed.version + 1,
    }))
    .where('id', '=', feed.id)
    .execute()
  await recordEvent(tx, clock, {
    kind: 'exchange.feed-refused',
    regionCode: feed.region_code,
    subjectId: feed.id,
    data: { code: refusal.code },
  })
}

/** Statistics of the newest accepted feeds of a kind and region, newest first: what the next one is expected to be like. */
export const listEarlierStatistics = async (tx: Tx, kind: string, regionCode: string) => {
  const rows = await tx
    .selectFrom('feeds')
    .select(['statistics', 'period'])
    .where('kind', '=', kind)
    .where('region_code', '=', regionCode)
    .where('status', '=', 'accepted')
    .orderBy('received_at', 'desc')
    .limit(24)
    .execute()
  return rows.map(({ statistics, period }) => ({ statistics, period }))
}

/** Accepted feeds in the order they came: what a scan reads. */
export const listAcceptedFeeds = async (tx: Tx) => {
  const rows = await tx
    .selectFrom('feeds')
    .select([
      'id',
      'kind',
      'period',
      'region_code',
      'rows_accepted',
      'rows_rejected',
      'received_at',
      'file_name',
    ])
    .where('status', '=', 'accepted')
    .orderBy('received_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind ?? '',
    period: row.period ?? '',
    regionCode: row.region_code,
    rowsAccepted: row.rows_accepted,
    rowsRejected: row.rows_rejected,
    receivedAt: row.received_at,
    fileName: row.file_name,
  }))
}

export type AcceptedFeed = Awaited<ReturnType<typeof listAcceptedFeeds>>[number]

/**
 * Changes the status of a feed on the version seen, with reason and person. Refuses when somebody was faster, and with
 * `exchange.busy` while it is read or somebody else decides about it.
 */
export const decideFeed = async (
  tx: Tx,
  clock: Clock,
  feed: FeedRecord,
  decision: { readonly status: FeedStatus; readonly actorId: string | null; readonly reason: string },
): Promise<number> => {
  await lockFeed(tx, feed.id)
  const result = await tx
    .updateTable('feeds')
    .set({
      status: decision.status,
      decided_by: decision.actorId,
      decided_at: clock.now(),
      decision_reason: decision.reason,
      version: feed.version + 1,
    })
    .where('id', '=', feed.id)
    .where('version', '=', feed.version)
    .executeTakeFirst()
  if (result.numUpdatedRows !== 1n) throw new Refusal('access.changed-meanwhile')
  await recordEvent(tx, clock, {
    kind: `exchange.feed-${decision.status === 'accepted' ? 'released' : decision.status}`,
    regionCode: feed.region_code,
    subjectId: feed.id,
    actorId: decision.actorId ?? undefined,
    data: { kind: feed.kind },
  })
  return feed.version + 1
}
