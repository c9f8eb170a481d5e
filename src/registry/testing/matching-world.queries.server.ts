import { sql } from 'kysely'
import type { Secrecy } from '#access/server'
import { newId } from '#base'
import { type Identity, rowIdentityContext } from '#exchange'
import type { Database, Tx } from '#store/server'
import type { KeptIdentityRow } from '../pass/matches.queries.server.ts'
import { look, testClock } from './registry.server.ts'

/** What may change of a person. */
export interface PersonChange {
  readonly left_on?: string | null
  readonly name?: string | null
  readonly name_key?: number | bigint | null
  readonly birth_date?: string | null
  readonly region_code?: string
  readonly number_token?: null
  readonly number_check?: null
  readonly number_index?: null
}

/** Changes a person as an import would, or a correction by hand. */
export const changePerson = async (tx: Tx, id: string, set: PersonChange): Promise<void> => {
  await tx.updateTable('persons').set(set).where('id', '=', id).execute()
}

/** A row to be kept of a file. */
export interface RowToKeep {
  readonly kind: string
  readonly regionCode: string
  readonly rowKey: Buffer
  readonly identity: Identity
  readonly hasNumber: boolean
}

/** An accepted file with these rows kept. */
export const addFile = async (tx: Tx, secrecy: Secrecy, rows: readonly RowToKeep[]): Promise<string> => {
  const id = newId()
  await sql`insert into feeds (id, kind, region_code, status, file_name, sha256, size_bytes, received_at)
    values (${id}, 'vehicles', '532901000000', 'accepted', 'x.csv', ${id}, 1, ${testClock.now()})`.execute(tx)
  for (const [place, { kind, regionCode, rowKey, identity, hasNumber }] of rows.entries()) {
    const cipher = Buffer.from(secrecy.encryptText(JSON.stringify(identity), rowIdentityContext))
    await sql`insert into unmatched_rows (feed_id, row_no, region_code, kind, role, row_key, identity_cipher, has_number)
      values (${id}, ${place + 1}, ${regionCode}, ${kind}, 'self', ${rowKey}, ${cipher}, ${hasNumber})`.execute(
      tx,
    )
  }
  return id
}

/** Takes back a file's rows. */
export const removeRows = async (tx: Tx, feedId: string): Promise<void> => {
  await tx.deleteFrom('unmatched_rows').where('feed_id', '=', feedId).execute()
}

/** Decides about a row as the queue does. */
export const decide = async (tx: Tx, rowKey: Buffer, personId: string, same: boolean): Promise<void> => {
  const verdict = same ? 'same' : 'not-same'
  await sql`insert into match_decisions (row_key, person_id, region_code, verdict, decided_by, decided_at)
    values (${rowKey}, ${personId}, '532901001001', ${verdict}, ${newId()}, ${testClock.now()})
    on conflict (row_key, person_id) do update set verdict = ${verdict}`.execute(tx)
  // As the queue sees to it: of one row one person at most is the one.
  if (same)
    await sql`update match_decisions set verdict = 'not-same'
      where row_key = ${rowKey} and person_id <> ${personId}`.execute(tx)
  await sql`insert into adjudications (id, row_key, feed_id, row_no, role, feed_kind, region_code, identity_cipher,
      candidates, status)
    values (${newId()}, ${rowKey}, ${newId()}, 1, 'self', 'vehicles', '532901001001', 'x', '[]', ${same ? 'same' : 'none'})
    on conflict (row_key) where status <> 'withdrawn' do update set status = ${same ? 'same' : 'none'}`.execute(
    tx,
  )
}

/** Undoes what was decided about a row. */
export const undo = async (tx: Tx, rowKey: Buffer): Promise<void> => {
  await tx.updateTable('adjudications').set({ status: 'open' }).where('row_key', '=', rowKey).execute()
}

/** Dismisses one of the leads, if there is any. */
export const dismissSome = async (tx: Tx, place: number): Promise<void> => {
  const leads = await tx.selectFrom('leads').select('id').orderBy('id').execute()
  const lead = leads[place % Math.max(1, leads.length)]
  if (lead) await tx.updateTable('leads').set({ status: 'dismissed' }).where('id', '=', lead.id).execute()
}

/** Everybody leaves, every row goes and decisions are undone, so that another world may begin in the same database. */
export const emptyRegistry = (database: Database): Promise<unknown> =>
  look(database, async (tx) => {
    await tx.deleteFrom('unmatched_rows').execute()
    await tx.updateTable('adjudications').set({ status: 'open' }).execute()
    await tx.updateTable('persons').set({ left_on: '2026-06-01' }).where('left_on', 'is', null).execute()
  })

/** All rows kept of these files. */
export const listAllRows = async (tx: Tx, files: readonly string[]): Promise<KeptIdentityRow[]> => {
  const { rows } = await sql<KeptIdentityRow>`
    select * from unmatched_rows where feed_id = any (${[...files]}::uuid[]) order by feed_id, row_no, role`.execute(
    tx,
  )
  return rows
}

/** Whether a present member has the number of this index. */
export const isRegistered = async (tx: Tx, index: string): Promise<boolean> => {
  const { rows } = await sql`
    select from persons where number_index = decode(${index}, 'hex') and left_on is null`.execute(tx)
  return rows.length > 0
}

/** All leads, as a scan leaves them. */
export const listAllLeads = (database: Database) =>
  look(database, (tx) =>
    tx.selectFrom('leads').select(['id', 'lead_key', 'status', 'feed_kinds']).orderBy('id').execute(),
  )
