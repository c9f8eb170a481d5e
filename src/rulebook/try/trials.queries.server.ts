import type { Tx } from '#store/server'

/** A trial as it is kept. */
export interface NewTrial {
  readonly id: string
  readonly regionCode: string
  readonly householdId: string | null
  readonly on: string
  readonly pack: { readonly id: string; readonly version: string; readonly hash: string }
  readonly facts: Uint8Array
  readonly note: Uint8Array | null
  readonly outcome: Uint8Array
  readonly savedBy: string
  readonly savedAt: string
}

/** Keeps a trial; the database refuses a region outside the scope. */
export const insertTrial = async (tx: Tx, trial: NewTrial): Promise<void> => {
  await tx
    .insertInto('trials')
    .values({
      id: trial.id,
      region_code: trial.regionCode,
      household_id: trial.householdId,
      on_date: trial.on,
      pack_id: trial.pack.id,
      pack_version: trial.pack.version,
      pack_hash: trial.pack.hash,
      facts_cipher: Buffer.from(trial.facts),
      note_cipher: trial.note ? Buffer.from(trial.note) : null,
      outcome: Buffer.from(trial.outcome),
      saved_by: trial.savedBy,
      saved_at: trial.savedAt,
    })
    .execute()
}

const withSaver = (tx: Tx) =>
  tx
    .selectFrom('trials')
    .leftJoin('accounts', 'accounts.id', 'trials.saved_by')
    .selectAll('trials')
    .select('accounts.display_name as saver')

export type TrialRecord = Awaited<ReturnType<typeof listTrialRecords>>[number]

/** The trials of the scope, the newest first. */
export const listTrialRecords = (tx: Tx, before: string | undefined, limit: number) =>
  withSaver(tx)
    .$if(before !== undefined, (query) => query.where('trials.id', '<', before ?? ''))
    .orderBy('trials.id', 'desc')
    .limit(limit)
    .execute()

/** One trial; undefined when there is none in the scope. */
export const findTrialRecord = (tx: Tx, id: string): Promise<TrialRecord | undefined> =>
  withSaver(tx).where('trials.id', '=', id).executeTakeFirst()
