import { sql } from 'kysely'
import { inPortions, type Tx } from '#store/server'

/** What the kept comparisons were made by, if there are any. */
export const findShape = async (tx: Tx): Promise<string | undefined> =>
  (await tx.selectFrom('match_state').select('shape').executeTakeFirst())?.shape

/** Forgets all that is kept: everything is compared anew, by this shape. */
export const beginAnew = async (tx: Tx, shape: string, at: string): Promise<void> => {
  // Before anybody is read: who changes from here on is noted for the next time.
  await tx.deleteFrom('match_changes').execute()
  await tx.deleteFrom('match_rows').execute()
  await tx.deleteFrom('match_identities').execute()
  await tx.deleteFrom('match_names').execute()
  await tx.deleteFrom('match_odd_births').execute()
  await tx.deleteFrom('match_state').execute()
  await tx.insertInto('match_state').values({ shape, kept_at: at }).execute()
}

export interface PeopleChanged {
  readonly personIds: readonly string[]
  /** Keys of names that more or fewer bear; -1 for that of dots alone. */
  readonly nameKeys: readonly string[]
}

/** Takes away what is noted of changed people, and gives it; undefined, and nothing is taken, where it is more than so much. */
export const takeChanges = async (tx: Tx, most: number): Promise<PeopleChanged | undefined> => {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select from match_changes limit ${most + 1}) as noted`.execute(tx)
  if (Number(rows[0]?.n) > most) return undefined
  const changes = await tx.deleteFrom('match_changes').returning(['person_id', 'name_key']).execute()
  return {
    personIds: [...new Set(changes.map(({ person_id }) => person_id))],
    nameKeys: [...new Set(changes.map(({ name_key }) => String(name_key)))],
  }
}

/** How many present members bear a name. */
export const countNamed = async (tx: Tx): Promise<number> => {
  const { rows } = await sql<{
    n: number
  }>`select coalesce(sum(bearers), 0)::bigint as n from match_names`.execute(tx)
  return Number(rows[0]?.n)
}

/** A name, how many bear it, and its keys as the lake makes them. */
interface NameRow {
  readonly nameKey: string
  readonly written: bigint
  readonly sound: bigint
  readonly bearers: number
}

/** Adds bearers to names. */
export const addBearers = async (tx: Tx, names: readonly NameRow[]): Promise<void> => {
  await sql`
    insert into match_names (name_key, written_key, sound_key, bearers)
    select * from unnest(
      ${names.map(({ nameKey }) => nameKey)}::bigint[], ${names.map(({ written }) => String(written))}::bigint[],
      ${names.map(({ sound }) => String(sound))}::bigint[], ${names.map(({ bearers }) => bearers)}::integer[])
    on conflict (name_key) do update set bearers = match_names.bearers + excluded.bearers`.execute(tx)
}

/** Counts the bearers of these names again; gives the names among them that nobody bore before. */
export const recountBearers = async (
  tx: Tx,
  nameKeys: readonly string[],
): Promise<{ readonly nameKey: string; readonly name: string; readonly bearers: number }[]> => {
  // Counted in the index alone, and in one statement: a name is looked up in the table only where it is a new one.
  const { rows } = await sql<{ name_key: number | bigint; name: string; bearers: number }>`
    with asked as (select unnest(${[...nameKeys]}::bigint[]) as name_key),
    counted as materialized (
      select asked.name_key, case when asked.name_key = -1
        then (select count(*) from persons where name_key is null and name is not null and left_on is null)
        else (select count(*) from persons p where p.name_key = asked.name_key and name is not null and left_on is null)
        end as bearers
      from asked
    ),
    gone as (
      delete from match_names n using counted c where n.name_key = c.name_key and c.bearers = 0
    ),
    known as (
      update match_names n set bearers = c.bearers from counted c
      where n.name_key = c.name_key and c.bearers > 0 returning n.name_key
    )
    select c.name_key, c.bearers::integer as bearers, case when c.name_key = -1 then ''
      else (select p.name from persons p where p.name_key = c.name_key and name is not null and left_on is null limit 1)
      end as name
    from counted c where c.bearers > 0 and c.name_key not in (select name_key from known)`.execute(tx)
  return rows.map(({ name_key, name, bearers }) => ({ nameKey: String(name_key), name, bearers }))
}

const keptColumns = sql`u.feed_id, u.row_no, u.role, u.region_code, u.kind, u.row_key, u.has_number, u.identity_cipher`

export interface KeptIdentityRow {
  readonly feed_id: string
  readonly row_no: number
  readonly role: string
  readonly region_code: string
  readonly kind: string
  readonly row_key: Buffer
  readonly has_number: boolean
  readonly identity_cipher: Buffer
}

export type RowPlace = Pick<KeptIdentityRow, 'feed_id' | 'row_no' | 'role'>

/** So many rows are read at a time. */
const rowsAtOnce = 20_000

/** Rows of these files of which it is not known yet which identity they are, in the order of places, a part at a time. */
export const listNewRows = (tx: Tx, feedIds: readonly string[]): AsyncIterable<readonly KeptIdentityRow[]> =>
  inPortions(
    tx,
    sql<KeptIdentityRow>`
      select ${keptColumns} from unmatched_rows u
      where u.feed_id = any (${[...feedIds]}::uuid[]) and not exists (
        select from match_rows r where r.feed_id = u.feed_id and r.row_no = u.row_no and r.role = u.role)
      order by u.feed_id, u.row_no, u.role`,
    rowsAtOnce,
  )

/** The rows at these places. */
export const listRowsAt = async (tx: Tx, places: readonly RowPlace[]): Promise<KeptIdentityRow[]> => {
  const { rows } = await sql<KeptIdentityRow>`
    select ${keptColumns} from unmatched_rows u join unnest(
      ${places.map(({ feed_id }) => feed_id)}::uuid[], ${places.map(({ row_no }) => row_no)}::integer[],
      ${places.map(({ role }) => role)}::text[]
    ) as place (feed_id, row_no, role) using (feed_id, row_no, role)
    order by u.feed_id, u.row_no, u.role`.execute(tx)
  return rows
}

/** One row of each of these identities. */
export const listRowsOf = async (
  tx: Tx,
  identityIds: readonly string[],
): Promise<(KeptIdentityRow & { readonly identity_id: string })[]> => {
  const { rows } = await sql<KeptIdentityRow & { identity_id: string }>`
    select ${keptColumns}, first.identity_id from (
      select distinct on (identity_id) identity_id, feed_id, row_no, role from match_rows
      where identity_id = any (${[...identityIds]}::uuid[]) order by identity_id
    ) as first join unmatched_rows u using (feed_id, row_no, role)`.execute(tx)
  return rows
}

/** An identity as it is kept. */
export interface IdentityRow {
  readonly id: string
  readonly regionCode: string
  readonly fingerprint: string
  readonly rowKey: Buffer
  readonly written: bigint | null
  readonly sound: bigint | null
  readonly leadKey: string | null
  readonly token: bigint | null
  readonly check: string | null
  readonly blocks: readonly bigint[]
}

const textOf = (value: bigint | null): string | null => (value === null ? null : String(value))

/** Which of these fingerprints are known, with the identity of each. */
export const findIdentities = async (
  tx: Tx,
  fingerprints: readonly string[],
): Promise<Map<string, string>> => {
  const { rows } = await sql<{ id: string; fingerprint: string }>`
    select id, encode(fingerprint, 'hex') as fingerprint from match_identities
    where fingerprint = any (select decode(given, 'hex') from unnest(${[...fingerprints]}::text[]) as given)`.execute(
    tx,
  )
  return new Map(rows.map(({ id, fingerprint }) => [fingerprint, id]))
}

/** Keeps new identities, with the keys under which they meet people. */
export const insertIdentities = async (tx: Tx, rows: readonly IdentityRow[]): Promise<void> => {
  if (rows.length === 0) return
  await sql`
    insert into match_identities (id, region_code, fingerprint, row_key, written_key, sound_key, lead_key, number_token,
      number_check)
    select id, region_code, decode(fingerprint, 'hex'), decode(row_key, 'hex'), written_key, sound_key,
      decode(lead_key, 'hex'), number_token, number_check
    from unnest(
      ${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ regionCode }) => regionCode)}::text[],
      ${rows.map(({ fingerprint }) => fingerprint)}::text[],
      ${rows.map(({ rowKey }) => rowKey.toString('hex'))}::text[],
      ${rows.map(({ written }) => textOf(written))}::bigint[], ${rows.map(({ sound }) => textOf(sound))}::bigint[],
      ${rows.map(({ leadKey }) => leadKey)}::text[], ${rows.map(({ token }) => textOf(token))}::bigint[],
      ${rows.map(({ check }) => check)}::text[]
    ) as given (id, region_code, fingerprint, row_key, written_key, sound_key, lead_key, number_token, number_check)`.execute(
    tx,
  )
  const met = rows.flatMap(({ id, regionCode, blocks }) => blocks.map((block) => ({ id, regionCode, block })))
  await sql`
    insert into match_blocks (block_key, identity_id, region_code)
    select * from unnest(
      ${met.map(({ block }) => String(block))}::bigint[], ${met.map(({ id }) => id)}::uuid[],
      ${met.map(({ regionCode }) => regionCode)}::text[])
    on conflict do nothing`.execute(tx)
}

/** Keeps which identities rows are. */
export const insertRows = async (
  tx: Tx,
  rows: readonly { readonly row: KeptIdentityRow; readonly identityId: string }[],
): Promise<void> => {
  await sql`
    insert into match_rows (feed_id, row_no, role, region_code, kind, identity_id)
    select * from unnest(
      ${rows.map(({ row }) => row.feed_id)}::uuid[], ${rows.map(({ row }) => row.row_no)}::integer[],
      ${rows.map(({ row }) => row.role)}::text[], ${rows.map(({ row }) => row.region_code)}::text[],
      ${rows.map(({ row }) => row.kind)}::text[], ${rows.map(({ identityId }) => identityId)}::uuid[])`.execute(
    tx,
  )
}

/** Who may be meant by an identity. */
export interface PairRow {
  readonly identityId: string
  readonly regionCode: string
  readonly personId: string
  readonly comparison: number
}

const pairsAtOnce = 20_000

/** Keeps who may be meant. */
export const insertPairs = async (tx: Tx, pairs: readonly PairRow[]): Promise<void> => {
  for (let start = 0; start < pairs.length; start += pairsAtOnce) {
    const some = pairs.slice(start, start + pairsAtOnce)
    await sql`
      insert into match_pairs (identity_id, region_code, person_id, comparison)
      select * from unnest(
        ${some.map(({ identityId }) => identityId)}::uuid[], ${some.map(({ regionCode }) => regionCode)}::text[],
        ${some.map(({ personId }) => personId)}::uuid[], ${some.map(({ comparison }) => comparison)}::integer[])`.execute(
      tx,
    )
  }
}

/** Notes people whose number holds another birth date. */
export const insertOddBirths = async (
  tx: Tx,
  people: readonly { readonly personId: string; readonly regionCode: string }[],
): Promise<void> => {
  if (people.length === 0) return
  await sql`
    insert into match_odd_births (person_id, region_code)
    select * from unnest(${people.map(({ personId }) => personId)}::uuid[],
      ${people.map(({ regionCode }) => regionCode)}::text[])`.execute(tx)
}

/** Forgets what is kept of these people. */
export const forgetPeople = async (tx: Tx, personIds: readonly string[]): Promise<void> => {
  await sql`delete from match_odd_births where person_id = any (${[...personIds]}::uuid[])`.execute(tx)
  await sql`delete from match_pairs where person_id = any (${[...personIds]}::uuid[])`.execute(tx)
}

/** The identities that meet somebody with one of these keys. */
export const listMeeting = async (tx: Tx, blocks: readonly bigint[]): Promise<string[]> => {
  const { rows } = await sql<{ identity_id: string }>`
    select distinct identity_id from match_blocks where block_key = any (${blocks.map(String)}::bigint[])`.execute(
    tx,
  )
  return rows.map(({ identity_id }) => identity_id)
}
