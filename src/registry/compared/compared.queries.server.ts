import { sql } from 'kysely'
import { prepared, type Tx } from '#store/server'

/** Ends the belief in these facts; their rows stay. */
export const endBelief = async (tx: Tx, ids: readonly string[], at: string): Promise<void> => {
  if (ids.length === 0) return
  await sql`update facts set superseded_at = ${at}
    where id = any (${[...ids]}::uuid[]) and superseded_at is null`.execute(tx)
}

/** Which of these files are accepted at this moment, held so that none is taken back before the transaction ends. */
export const holdAccepted = async (tx: Tx, feedIds: readonly string[]): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ id: string }>`
    select id from feeds where id = any (${[...feedIds]}::uuid[]) and status = 'accepted' for share`.execute(
    tx,
  )
  return new Set(rows.map(({ id }) => id))
}

/**
 * Believes from now on what stands in the temporary table `new_statement` of the transaction and rests on these files, and
 * drops the table; gives how many.
 */
export const believe = async (tx: Tx, accepted: ReadonlySet<string>, at: string): Promise<number> => {
  const { numAffectedRows } = await sql`
    insert into facts (id, subject_kind, subject_id, household_id, region_code, kind, value, provenance, valid_from,
      valid_until, recorded_at, feed_id, feed_row)
    select id, 'person', person_id, household_id, region_code, kind, value::jsonb, 'compared', valid_from, valid_until,
      ${at}::timestamptz, feed_id, row_no
    from new_statement where feed_id = any (${[...accepted]}::uuid[])`.execute(tx)
  await sql`drop table new_statement`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Ends the belief in everything that rests on a file. */
export const endBeliefInFile = async (tx: Tx, feedId: string, at: string): Promise<number> => {
  const { numAffectedRows } = await sql`update facts set superseded_at = ${at}
    where feed_id = ${feedId} and provenance = 'compared' and superseded_at is null`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** What departments said of a household's members: what is believed, and what was until it ended, newest first. */
export const listStatements = async (tx: Tx, householdId: string, mostEnded: number) => {
  const query = tx
    .selectFrom('facts')
    .leftJoin('feeds', 'feeds.id', 'facts.feed_id')
    .select([
      'facts.id',
      'facts.subject_id',
      'facts.kind',
      'facts.value',
      'facts.feed_id',
      'facts.feed_row',
      'facts.valid_from',
      'facts.valid_until',
      'facts.recorded_at',
      'facts.superseded_at',
      'feeds.period as feed_period',
      'feeds.file_name as feed_file',
      'feeds.received_at as feed_received_at',
      'feeds.status as feed_status',
    ])
    .where('facts.household_id', '=', householdId)
    .where('facts.provenance', '=', 'compared')
    .where('facts.feed_id', 'is not', null)
    .where(sql<boolean>`starts_with(facts.kind, 'department:')`)
    .orderBy('facts.valid_from', 'desc')
    .orderBy('facts.recorded_at', 'desc')
    .orderBy('facts.id', 'desc')
  const [believed, ended] = await Promise.all([
    query.where('facts.superseded_at', 'is', null).modifyEnd(prepared).execute(),
    query
      .where('facts.superseded_at', 'is not', null)
      .clearOrderBy()
      .orderBy('facts.superseded_at', 'desc')
      .orderBy('facts.id', 'desc')
      .limit(mostEnded)
      .modifyEnd(prepared)
      .execute(),
  ])
  return [...believed, ...ended]
}

export type StatementRow = Awaited<ReturnType<typeof listStatements>>[number]
