import { parentOf, parseRegionCode } from '#base'
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

/** Names of a place and of the places one level below it that are in use. */
export const listPlacesBelow = (tx: Tx, code: string) =>
  tx
    .selectFrom('regions')
    .select(['code', 'name'])
    .where((where) => where.or([where('code', '=', code), where('parent_code', '=', code)]))
    .where('valid_until', 'is', null)
    .orderBy('code')
    .execute()

/** The names of places from the county down, put together. */
export const nameRegions = async (tx: Tx, codes: readonly string[]): Promise<(code: string) => string> => {
  const paths = new Map([...new Set(codes)].map((code) => [code, pathOf(code)]))
  const wanted = [...new Set([...paths.values()].flat())]
  const rows =
    wanted.length === 0
      ? []
      : await tx.selectFrom('regions').select(['code', 'name']).where('code', 'in', wanted).execute()
  const names = new Map(rows.map(({ code, name }) => [code, name]))
  return (code) => (paths.get(code) ?? []).map((one) => names.get(one) ?? '').join('') || code
}

// Province and city are the same for nearly all that one office sees.
const pathOf = (code: string): readonly string[] => {
  const path: string[] = []
  for (let at = parseRegionCode(code); at !== undefined; at = parentOf(at)) path.unshift(at)
  const lower = path.filter((one) => !one.endsWith('00000000'))
  return lower.length > 0 ? lower : path.slice(-1)
}
