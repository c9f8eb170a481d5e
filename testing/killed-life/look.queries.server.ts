import { sql } from 'kysely'
import { type Engine, matchedTable } from '#lake/server'
import type { Tx } from '#store/server'

/** What an id stands for, in words that are the same in two installations with one life. */
export type Names = ReadonlyMap<string, string>

/** Tables that two lives are compared by, with what differs from run to run: our own ids, moments, random parts of ciphers. */
const compared: Readonly<Record<string, { readonly without: readonly string[]; readonly only?: string }>> = {
  feeds: { without: ['id', 'received_at', 'decided_at', 'progress'] },
  feed_rejects: { without: ['cells_cipher'] },
  unmatched_rows: { without: ['identity_cipher'] },
  leads: { without: ['id', 'first_seen_at', 'number_cipher'] },
  adjudications: { without: ['id', 'identity_cipher', 'created_at', 'decided_at'] },
  match_decisions: { without: ['decided_at'] },
  households: { without: [] },
  persons: { without: ['number_cipher'] },
  categories: { without: ['id', 'recorded_at'] },
  facts: { without: ['id', 'recorded_at', 'superseded_at'], only: 'superseded_at is null' },
  'facts of before': { without: ['id', 'recorded_at', 'superseded_at'], only: 'superseded_at is not null' },
  alerts: { without: ['id', 'number', 'raised_at'] },
  alert_steps: { without: ['id', 'at'] },
  tasks: { without: ['id', 'opened_at', 'done_at'] },
  events: {
    without: ['id', 'seq', 'at', 'relayed_at'],
    only: "kind <> 'monitoring.scan-requested'",
  },
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gu

const moment = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)/gu

// Of a lead it covers the id too, which chance gives; what it covers beside is compared anyway.
const frozenHash = /"frozenHash": "[0-9a-f]{64}"/gu

/** A row or a path as one text without ids and moments of its run. */
export const plainly = (text: string, names: Names): string => {
  const plain = text.replace(uuid, (id) => names.get(id) ?? id).replace(moment, 'then')
  return plain.includes('"lead_id": "lead ') ? plain.replace(frozenHash, '') : plain
}

/** Numbered where several have one name. */
const named = `
  with one as (
    select id, 1 as sort, id::text as age, 'feed ' || file_name as name from feeds
    union all select id, 2, id::text, 'lead ' || encode(lead_key, 'hex') from leads
    union all select id, 3, lpad(number::text, 9, '0'), 'alert ' || coalesce(household_id::text, encode(lead_key, 'hex')) || ' ' || indicator
      from (select a.*, l.lead_key from alerts a left join leads l on l.id = a.lead_id) a
    union all select id, 4, id::text, 'scan' from scans where status = 'done'
    union all select id, 5, id::text, 'office ' || kind || ' ' || region_code || ' ' || coalesce(department, '') from organisations
    union all select id, 6, id::text, 'question ' || encode(row_key, 'hex') from adjudications)
  select id, name || ' ' || row_number() over (partition by sort, name order by age) as name from one`

/** Names of all that has an id of its run. */
export const namesOfIds = async (tx: Tx): Promise<Names> => {
  const { rows } = await sql<{ id: string; name: string }>`${sql.raw(named)}`.execute(tx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

// An alert's number, which its events repeat, follows the order of ids that chance gives to leads.
/** Every row that a life leaves in the record, sorted, by table; and the figures of its scans. */
export const rowsOfRecord = async (tx: Tx, names: Names): Promise<Map<string, readonly string[]>> => {
  const found = new Map<string, readonly string[]>()
  for (const [what, { without, only = 'true' }] of Object.entries(compared)) {
    const [table = ''] = what.split(' ')
    const { rows } = await sql<{ line: string }>`
      select (to_jsonb(t) - ${[...without]}::text[] #- '{data,number}')::text as line from ${sql.table(table)} t where ${sql.raw(only)}`.execute(
      tx,
    )
    found.set(what, rows.map(({ line }) => plainly(line, names)).toSorted())
  }
  // What a killed run had made known before is not news of the one that ends.
  const scans = await sql<{ line: string }>`
    select business_date || ' ' || (figures - '{seconds,compared}'::text[])::text as line from scans
    where status = 'done' order by id`.execute(tx)
  found.set(
    'scans',
    scans.rows.map(({ line }, at) => `${at + 1} ${plainly(line, names)}`),
  )
  // Their keys are the installation's own; that as many are kept is what twins can share.
  const { rows } = await sql<{ line: string }>`
    select json_build_array((select count(*) from match_identities), (select count(*) from match_rows),
      (select count(*) from match_blocks), (select count(*) from match_pairs), (select sum(bearers) from match_names),
      (select count(*) from match_odd_births), (select count(*) from match_changes))::text as line`.execute(
    tx,
  )
  found.set(
    'kept comparisons',
    rows.map(({ line }) => line),
  )
  return found
}

/** Which lists of files are in force: of what is kept of everybody, and of the copy of the registry. */
export const listsInForce = async (
  tx: Tx,
): Promise<{ readonly kept?: string; readonly registry?: string }> => {
  const kept = await tx.selectFrom('kept_facts').select('id').executeTakeFirst()
  const registry = await tx.selectFrom('registry_snapshots').select('id').executeTakeFirst()
  return { ...(kept && { kept: kept.id }), ...(registry && { registry: registry.id }) }
}

/** The last scan that ended. */
export const lastScan = async (tx: Tx): Promise<string | undefined> =>
  (
    await tx
      .selectFrom('scans')
      .select('id')
      .where('status', '=', 'done')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
  )?.id

/** Numbers that a pass gives out, and when a row was matched: nothing that anybody is told. */
const passing = ['hid', 'pid', 'feed_no', 'made']

const rowsOf = async (engine: Engine, from: string): Promise<string[]> => {
  const rows = await engine.rows<{ line: string }>(
    `select cast(to_json(r) as varchar) as line from (select columns(c -> not list_contains(${JSON.stringify(passing).replaceAll('"', "'")}, c)) from ${from}) r`,
  )
  return rows.map(({ line }) => line)
}

/** Rows of a kind that count, with whom they speak of. */
export const matchedRows = (engine: Engine, kind: string): Promise<string[]> =>
  rowsOf(engine, matchedTable(kind))

/** Rows of facts in a file of the lake. */
export const factRows = (engine: Engine, path: string): Promise<string[]> =>
  rowsOf(engine, `read_parquet('${path}')`)
