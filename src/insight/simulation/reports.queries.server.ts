import type { Tx } from '#store/server'

/** A report as it is kept. */
export interface NewReport {
  readonly id: string
  readonly regionCode: string
  readonly on: string
  readonly title: string
  readonly question: unknown
  readonly typical: unknown
  readonly pack: { readonly id: string; readonly version: string; readonly hash: string }
  readonly facts: {
    readonly hash: string
    readonly takenAt: string
    readonly households: number
    readonly persons: number
  }
  readonly result: Uint8Array
  readonly savedBy: string
  readonly savedAt: string
}

/** Keeps a report and gives its number; the database refuses a region outside the scope. */
export const insertReport = async (tx: Tx, report: NewReport): Promise<number> => {
  const { number } = await tx
    .insertInto('simulations')
    .values({
      id: report.id,
      region_code: report.regionCode,
      on_date: report.on,
      title: report.title,
      question: JSON.stringify(report.question),
      typical: report.typical === null ? null : JSON.stringify(report.typical),
      pack_id: report.pack.id,
      pack_version: report.pack.version,
      pack_hash: report.pack.hash,
      facts_hash: report.facts.hash,
      facts_taken_at: report.facts.takenAt,
      households: report.facts.households,
      persons: report.facts.persons,
      result: Buffer.from(report.result),
      saved_by: report.savedBy,
      saved_at: report.savedAt,
    })
    .returning('number')
    .executeTakeFirstOrThrow()
  return Number(number)
}

const withSaver = (tx: Tx) =>
  tx
    .selectFrom('simulations')
    .leftJoin('accounts', 'accounts.id', 'simulations.saved_by')
    .selectAll('simulations')
    .select('accounts.display_name as saver')

export type ReportRecord = Awaited<ReturnType<typeof listReports>>[number]

/** The reports of the scope, the newest first. */
export const listReports = (tx: Tx, before: string | undefined, limit: number) =>
  withSaver(tx)
    .$if(before !== undefined, (query) => query.where('simulations.id', '<', before ?? ''))
    .orderBy('simulations.id', 'desc')
    .limit(limit)
    .execute()

/** The frozen facts that the reports of the scope rest on, by their hash. */
export const listFactsHashes = async (tx: Tx): Promise<ReadonlySet<string>> => {
  const rows = await tx.selectFrom('simulations').select('facts_hash').distinct().execute()
  return new Set(rows.map(({ facts_hash }) => facts_hash))
}

/** One report; undefined when there is none in the scope. */
export const findReport = (tx: Tx, id: string): Promise<ReportRecord | undefined> =>
  withSaver(tx).where('simulations.id', '=', id).executeTakeFirst()
