import { sql, type UpdateQueryBuilder, type UpdateResult } from 'kysely'
import { type Clock, newId, Refusal } from '#base'
import { everywhere } from '#store'
import { type Database, inScope, recordEvent, type Tables, type Tx } from '#store/server'

export interface ScanProgress {
  readonly stage: string
  readonly done: number
  readonly total: number
}

// Whoever runs a scan in its own process holds this, shared, for as long as it lives; a kill gives it back.
const runNowLock = sql`hashtextextended('monitoring.run-now', 0)`

/**
 * Does the work, which asks for a scan and runs it in this very process, so that others see that the process lives. What
 * killed ones left behind is marked as failed first.
 */
export const whileRunningNow = async <T>(
  database: Database,
  clock: Clock,
  work: () => Promise<T>,
): Promise<T> => {
  await inScope(database, everywhere, (tx) => failAbandoned(tx, clock))
  return database.kysely.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock_shared(${runNowLock})`.execute(connection)
    try {
      return await work()
    } finally {
      // Where the server has gone, the lock went with it.
      await sql`select pg_advisory_unlock_shared(${runNowLock})`.execute(connection).catch(() => undefined)
    }
  })
}

/**
 * Runs of killed command lines, queued or running: when no process that runs a scan by itself lives, nobody will finish
 * them. Gives their number.
 */
export const failAbandoned = async (tx: Tx, clock: Clock): Promise<number> => {
  const { rows } = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(${runNowLock}) as free`.execute(tx)
  if (!rows[0]?.free) return 0
  return endOpen(tx, clock, (query) => query.where('run_now', '=', true).where('status', 'in', open))
}

/** Whether a scan waits or runs. */
export const isScanOpen = async (tx: Tx): Promise<boolean> =>
  (await tx.selectFrom('scans').select('id').where('status', 'in', open).limit(1).executeTakeFirst()) !==
  undefined

/**
 * Asks for a scan; undefined when one is waiting or running. Two who ask at once wait for each other. With `runNow` the
 * caller runs it itself, inside `whileRunningNow`.
 */
export const insertScan = async (
  tx: Tx,
  clock: Clock,
  regionCode: string,
  requestedBy: string | null,
  runNow = false,
): Promise<string | undefined> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('monitoring.scan-requested', 0))`.execute(tx)
  await failAbandoned(tx, clock)
  if (await isScanOpen(tx)) return undefined
  const id = newId()
  await tx
    .insertInto('scans')
    .values({
      id,
      region_code: regionCode,
      status: 'queued',
      business_date: clock.today(),
      requested_by: requestedBy,
      requested_at: clock.now(),
      run_now: runNow,
    })
    .execute()
  await recordEvent(tx, clock, {
    kind: 'monitoring.scan-requested',
    regionCode,
    subjectId: id,
    actorId: requestedBy ?? undefined,
    data: { runNow },
  })
  return id
}

const selectScans = (tx: Tx) =>
  tx
    .selectFrom('scans')
    .leftJoin('accounts', 'accounts.id', 'scans.requested_by')
    .selectAll('scans')
    .select('accounts.display_name as requested_name')

/** Newest runs first. */
export const listScanRecords = (tx: Tx, limit: number) =>
  selectScans(tx).orderBy('scans.requested_at', 'desc').orderBy('scans.id', 'desc').limit(limit).execute()

/** One run, or undefined. */
export const findScanRecord = (tx: Tx, id: string) =>
  selectScans(tx).where('scans.id', '=', id).executeTakeFirst()

/**
 * Marks a run as begun. Refuses with `monitoring.scan-over` one that is not waiting: a job that comes twice, or that is
 * tried again after a failure, must not run beside the scan that was asked for meanwhile.
 */
export const beginScan = async (tx: Tx, clock: Clock, id: string, packHash: string): Promise<void> => {
  const { numUpdatedRows } = await tx
    .updateTable('scans')
    .set({ status: 'running', started_at: clock.now(), business_date: clock.today(), pack_hash: packHash })
    .where('id', '=', id)
    .where('status', '=', 'queued')
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new Refusal('monitoring.scan-over')
}

/** Tells how far a run is. */
export const saveProgress = async (tx: Tx, id: string, progress: ScanProgress): Promise<void> => {
  await tx
    .updateTable('scans')
    .set({ progress: JSON.stringify(progress) })
    .where('id', '=', id)
    .execute()
}

/** Ends a run, in the transaction that commits its alerts, or with why it failed. */
export const endScan = async (
  tx: Tx,
  clock: Clock,
  id: string,
  end: {
    readonly status: 'done' | 'failed' | 'cancelled'
    readonly figures?: object
    /** Code of a refusal. */
    readonly failure?: string
  },
): Promise<void> => {
  await tx
    .updateTable('scans')
    .set({
      status: end.status,
      finished_at: clock.now(),
      ...(end.figures ? { figures: JSON.stringify(end.figures) } : {}),
      failure: end.failure ?? null,
    })
    .where('id', '=', id)
    .execute()
}

const open = ['queued', 'running'] as const

type OpenScans = UpdateQueryBuilder<Tables, 'scans', 'scans', UpdateResult>

const endOpen = async (tx: Tx, clock: Clock, which: (query: OpenScans) => OpenScans): Promise<number> => {
  const ended = tx
    .updateTable('scans')
    .set({ status: 'failed', finished_at: clock.now(), failure: 'monitoring.scan-interrupted' })
  const result = await which(ended).executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/**
 * Runs left over from a process that ended in the middle, for the start of one that is alone: nothing of them was
 * committed. One that waits in the queue is taken up by its job; one that its own process was to run is not. Gives their
 * number.
 */
export const failInterrupted = (tx: Tx, clock: Clock): Promise<number> =>
  endOpen(tx, clock, (query) =>
    query.where((eb) =>
      eb.or([eb('status', '=', 'running'), eb('status', '=', 'queued').and('run_now', '=', true)]),
    ),
  )

/**
 * Holds the files that a run rests on until its transaction ends, and tells whether they all still count. Whoever takes
 * one back meanwhile waits, and then finds the alerts of the run.
 */
export const holdFeeds = async (tx: Tx, feedIds: readonly string[]): Promise<boolean> => {
  if (!feedIds.length) return true
  const rows = await tx
    .selectFrom('feeds')
    .select('id')
    .where('id', 'in', [...feedIds])
    .where('status', '=', 'accepted')
    .orderBy('id')
    .forShare()
    .execute()
  return rows.length === feedIds.length
}

/** Whether a run has begun at or after a moment. */
export const startedScanSince = async (tx: Tx, at: string): Promise<boolean> =>
  (await tx.selectFrom('scans').select('id').where('started_at', '>=', at).limit(1).executeTakeFirst()) !==
  undefined
