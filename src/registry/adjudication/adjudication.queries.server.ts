import { sql } from 'kysely'
import type { Tx } from '#store/server'
import type { Candidate } from './candidate.ts'

export type AdjudicationStatus = 'open' | 'same' | 'none' | 'withdrawn'

/** Cases under these keys that are not withdrawn, locked. */
export const listCasesByKeys = async (tx: Tx, keys: readonly Buffer[]) => {
  const { rows } = await sql<{
    id: string
    row_key: Buffer
    status: AdjudicationStatus
    candidates: Candidate[]
  }>`
    select id, row_key, status, candidates from adjudications
    where row_key = any (${keys}::bytea[]) and status <> 'withdrawn' for update`.execute(tx)
  return rows
}

export interface NewCase {
  readonly id: string
  readonly rowKey: Buffer
  readonly feedId: string
  readonly rowNo: number
  readonly role: string
  readonly feedKind: string
  readonly regionCode: string
  readonly identityCipher: Buffer
  readonly candidates: readonly Candidate[]
  readonly createdAt: string
}

export const insertCase = async (tx: Tx, one: NewCase): Promise<void> => {
  await tx
    .insertInto('adjudications')
    .values({
      id: one.id,
      row_key: one.rowKey,
      feed_id: one.feedId,
      row_no: one.rowNo,
      role: one.role,
      feed_kind: one.feedKind,
      region_code: one.regionCode,
      identity_cipher: one.identityCipher,
      candidates: JSON.stringify(one.candidates),
      created_at: one.createdAt,
    })
    .execute()
}

/** Other candidates than before: the question is open (again) with these. */
export const reopenWith = async (tx: Tx, id: string, candidates: readonly Candidate[]): Promise<void> => {
  await tx
    .updateTable('adjudications')
    .set((eb) => ({
      candidates: JSON.stringify(candidates),
      status: 'open',
      person_id: null,
      decided_by: null,
      decided_at: null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
}

/** Open cases that no present row asks any more; gives how many were withdrawn. */
export const withdrawOthers = async (tx: Tx, keys: readonly Buffer[]): Promise<number> => {
  const { numAffectedRows } = await sql`
    update adjudications set status = 'withdrawn', version = version + 1
    where status = 'open' and not (row_key = any (${keys}::bytea[]))`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}

export interface CaseFilter {
  readonly decided: boolean
  readonly feedKind?: string | undefined
  readonly after?: string | undefined
}

/** The queue, oldest first; what is decided, newest first. */
export const listCases = (tx: Tx, filter: CaseFilter, limit: number) => {
  let query = tx
    .selectFrom('adjudications')
    .leftJoin('accounts', 'accounts.id', 'adjudications.decided_by')
    .selectAll('adjudications')
    .select('accounts.display_name')
    .where('status', 'in', filter.decided ? ['same', 'none'] : ['open'])
    .orderBy('adjudications.id', filter.decided ? 'desc' : 'asc')
    .limit(limit)
  if (filter.feedKind !== undefined) query = query.where('feed_kind', '=', filter.feedKind)
  if (filter.after !== undefined)
    query = query.where('adjudications.id', filter.decided ? '<' : '>', filter.after)
  return query.execute()
}

export const findCase = (tx: Tx, id: string) =>
  tx
    .selectFrom('adjudications')
    .leftJoin('accounts', 'accounts.id', 'adjudications.decided_by')
    .leftJoin('feeds', 'feeds.id', 'adjudications.feed_id')
    .selectAll('adjudications')
    .select(['accounts.display_name', 'feeds.period as feed_period', 'feeds.file_name'])
    .where('adjudications.id', '=', id)
    .executeTakeFirst()

/** The next open case after this one, for working through the queue. */
export const findNextOpen = (tx: Tx, after: string) =>
  tx
    .selectFrom('adjudications')
    .select('id')
    .where('status', '=', 'open')
    .where('id', '>', after)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()

/** The candidates that the actor may see. */
export const listCandidates = (tx: Tx, personIds: readonly string[]) =>
  personIds.length === 0
    ? Promise.resolve([])
    : tx
        .selectFrom('persons')
        .innerJoin('households', 'households.id', 'persons.household_id')
        .select([
          'persons.id',
          'persons.household_id',
          'persons.region_code',
          'persons.name',
          'persons.sex',
          'persons.birth_date',
          'persons.relation',
          'persons.number_cipher',
          'persons.left_on',
          'households.number as household_number',
        ])
        .where('persons.id', 'in', personIds)
        .execute()

export interface Decision {
  readonly status: AdjudicationStatus
  readonly personId: string | null
  readonly decidedBy: string | null
  readonly decidedAt: string | null
}

/** Keeps a decision if nobody changed the case since that version; tells whether it did. */
export const saveDecision = async (
  tx: Tx,
  id: string,
  version: number,
  decision: Decision,
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('adjudications')
    .set({
      status: decision.status,
      person_id: decision.personId,
      decided_by: decision.decidedBy,
      decided_at: decision.decidedAt,
      version: version + 1,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Remembers for every later file what was decided about this row and that person. */
export const rememberVerdict = async (
  tx: Tx,
  verdict: {
    readonly rowKey: Buffer
    readonly personId: string
    readonly regionCode: string
    readonly same: boolean
    readonly decidedBy: string
    readonly decidedAt: string
  },
): Promise<void> => {
  const kept = {
    verdict: verdict.same ? 'same' : 'not-same',
    decided_by: verdict.decidedBy,
    decided_at: verdict.decidedAt,
    region_code: verdict.regionCode,
  }
  await tx
    .insertInto('match_decisions')
    .values({ row_key: verdict.rowKey, person_id: verdict.personId, ...kept })
    .onConflict((conflict) => conflict.columns(['row_key', 'person_id']).doUpdateSet(kept))
    .execute()
}

/** Decisions in force, those of reopened or withdrawn cases left out. */
export const listVerdicts = (tx: Tx) =>
  tx
    .selectFrom('match_decisions')
    .select(['row_key', 'person_id', 'verdict'])
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('adjudications')
          .select('adjudications.id')
          .whereRef('adjudications.row_key', '=', 'match_decisions.row_key')
          .where('status', 'in', ['same', 'none']),
      ),
    )
    .execute()
