import { createHash } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import { assert } from '#base'
import { everywhere } from '#store'
import type { Database, Tx } from '#store/server'

/** Asks the database in the transaction it belongs to. */
export type Ask = <R>(text: string, values?: readonly unknown[]) => Promise<R[]>

/** A transaction as questions in plain SQL. */
export const askIn =
  (tx: Tx): Ask =>
  async <R>(text: string, values: readonly unknown[] = []) => {
    const { rows } = await tx.executeQuery<R>(CompiledQuery.raw(text, [...values]))
    return rows
  }

/** One read-only transaction that sees one instant of everything. */
export const inOneInstant = <T>(database: Database, work: (ask: Ask) => Promise<T>): Promise<T> =>
  database.kysely
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const ask = askIn(tx)
      await seeEverything(ask)
      return work(ask)
    })

/** Lets the transaction see every region, take its time, and write values in the one form that reads back the same. */
export const seeEverything = async (ask: Ask): Promise<void> => {
  await ask(
    `select set_config('doudi.scope_from', $1, true), set_config('doudi.scope_until', $2, true),
      set_config('doudi.scope_extra', '', true), set_config('statement_timeout', '0', true),
      set_config('datestyle', 'ISO, YMD', true), set_config('intervalstyle', 'postgres', true),
      set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1', true)`,
    [everywhere.from, everywhere.until],
  )
}

/** A table that is copied, with the columns that give its rows an order. */
export interface CopiedTable {
  readonly name: string
  readonly keys: readonly string[]
}

const isPresent = async (ask: Ask, table: string): Promise<boolean> => {
  const [row] = await ask<{ there: boolean }>(`select to_regclass($1) is not null as there`, [
    `public.${table}`,
  ])
  return row?.there ?? false
}

/** Migrations that have made this database's tables, in order; none in an empty one. */
export const listMigrations = async (ask: Ask): Promise<string[]> => {
  if (!(await isPresent(ask, 'kysely_migration'))) return []
  const rows = await ask<{ name: string }>('select name from kysely_migration order by name collate "C"')
  return rows.map(({ name }) => name)
}

export interface InstallationRow {
  readonly id: string
  readonly demo: boolean
  readonly business_date: string | null
  readonly region_code: string
}

/** The installation's row, undefined where a first start never finished. */
export const findInstallationRow = async (ask: Ask): Promise<InstallationRow | undefined> => {
  if (!(await isPresent(ask, 'installation'))) return undefined
  const [row] = await ask<InstallationRow>('select id, demo, business_date, region_code from installation')
  return row
}

/** Whether people were entered, by whomever. */
export const hasPeople = async (ask: Ask): Promise<boolean> => {
  if (!(await isPresent(ask, 'accounts'))) return false
  const [row] = await ask<{ found: boolean }>(
    'select exists (select 1 from accounts) or exists (select 1 from persons) as found',
  )
  return row?.found ?? false
}

/** The tables of the record: all but the migrator's own. The job queue's are not among them: jobs follow from events. */
export const listTables = async (ask: Ask): Promise<CopiedTable[]> => {
  const rows = await ask<{ name: string; keys: string[] | null; generated: boolean }>(
    `select c.relname as name,
       (select array_agg(a.attname::text order by k.place)
        from pg_index i cross join unnest(i.indkey) with ordinality as k (attnum, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
        where i.indrelid = c.oid and i.indisprimary) as keys,
       exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attgenerated <> '') as generated
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind = 'r' and c.relname not like 'kysely\\_%'
     order by c.relname collate "C"`,
  )
  return rows.map(({ name, keys, generated }) => {
    assert(!generated, `a generated column cannot be copied back: ${name}`)
    return { name, keys: keys ?? [] }
  })
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`

const batchBytes = 2 ** 22
const mostRows = 5000

/** How many rows to take next so that a batch stays near four megabytes, whatever lies in a row. */
const nextCount = (rows: number, bytes: number): number =>
  Math.max(1, Math.min(mostRows, Math.floor((batchBytes * rows) / Math.max(1, bytes))))

/** The rows of a table as PostgreSQL writes them, in batches, in an order that is the same in every database. */
export async function* rowsOf(ask: Ask, { name, keys }: CopiedTable): AsyncGenerator<string[]> {
  const order = keys.length
    ? keys.map((key) => `the_row.${quote(key)}::text collate "C"`).join(', ')
    : `the_row::text collate "C"`
  await ask(
    `declare copied no scroll cursor for select the_row::text as line from ${quote(name)} the_row order by ${order}`,
  )
  let count = 200
  for (;;) {
    const rows = await ask<{ line: string }>(`fetch ${count} from copied`)
    if (rows.length === 0) break
    const lines = rows.map(({ line }) => line)
    yield lines
    count = nextCount(
      lines.length,
      lines.reduce((sum, line) => sum + line.length, 0),
    )
  }
  await ask('close copied')
}

/** Adds up rows to one SHA-256 that does not depend on how they were batched. */
export const rowHash = () => {
  const hash = createHash('sha256')
  let [rows, bytes] = [0, 0]
  return {
    add: (lines: readonly string[]): void => {
      for (const line of lines) {
        const size = Buffer.byteLength(line)
        hash.update(`${size}:`).update(line)
        rows += 1
        bytes += size
      }
    },
    end: () => ({ rows, bytes, sha256: hash.digest('hex') }),
  }
}

/** Rows and SHA-256 of a table as it is now. */
export const fingerprintOf = async (ask: Ask, table: CopiedTable) => {
  const hash = rowHash()
  for await (const lines of rowsOf(ask, table)) hash.add(lines)
  return hash.end()
}

/** Puts rows into a table as they were read from one. */
export const insertRows = async (ask: Ask, table: string, lines: readonly string[]): Promise<void> => {
  const name = quote(table)
  // `offset 0` keeps the row from being read again for each of its columns.
  await ask(
    `insert into ${name} overriding system value
     select (one.whole).* from (select line::${name} as whole from unnest($1::text[]) as line offset 0) one`,
    [lines],
  )
}

/** Where the numbering of the tables stands. */
export const listSequences = (ask: Ask): Promise<{ name: string; last: string | null }[]> =>
  ask(
    `select sequencename::text as name, last_value::text as last from pg_sequences
     where schemaname = 'public' order by sequencename collate "C"`,
  )

/** Goes on numbering from there. */
export const setSequence = async (ask: Ask, name: string, last: string | null): Promise<void> => {
  await ask('select setval(quote_ident($1)::regclass, $2::bigint, $3)', [name, last ?? '1', last !== null])
}

/** Takes the references between tables away while rows come in any order; gives what puts them back, which checks them. */
export const liftReferences = async (ask: Ask): Promise<() => Promise<void>> => {
  const references = await ask<{ holder: string; name: string; definition: string }>(
    `select c.relname::text as holder, k.conname::text as name, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and k.contype = 'f' order by 1, 2`,
  )
  for (const { holder, name } of references)
    await ask(`alter table ${quote(holder)} drop constraint ${quote(name)}`)
  return async () => {
    for (const { holder, name, definition } of references)
      await ask(`alter table ${quote(holder)} add constraint ${quote(name)} ${definition}`)
  }
}

/**
 * Keeps triggers from firing while rows come in as they were: what a trigger once wrote is in the backup too. Gives what lets
 * them fire again.
 */
export const liftTriggers = async (ask: Ask): Promise<() => Promise<void>> => {
  const holders = await ask<{ holder: string }>(
    `select distinct c.relname::text as holder
     from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and not t.tgisinternal and t.tgenabled <> 'D' order by 1`,
  )
  const turn = async (how: 'disable' | 'enable'): Promise<void> => {
    for (const { holder } of holders) await ask(`alter table ${quote(holder)} ${how} trigger user`)
  }
  await turn('disable')
  return () => turn('enable')
}

/** Empties the tables. */
export const emptyTables = async (ask: Ask, tables: readonly CopiedTable[]): Promise<void> => {
  if (tables.length) await ask(`truncate ${tables.map(({ name }) => quote(name)).join(', ')}`)
}

/** The number of the running transaction, by which its fate can be asked later. */
export const transactionNumber = async (ask: Ask): Promise<string> => {
  const [row] = await ask<{ number: string }>('select pg_current_xact_id()::text as number')
  return row?.number ?? ''
}

/** What became of a transaction: `committed`, `aborted`, `in progress`; undefined when it is too long ago to tell. */
export const fateOf = async (ask: Ask, number: string): Promise<string | undefined> => {
  const [row] = await ask<{ fate: string | null }>('select pg_xact_status($1::text::xid8) as fate', [number])
  return row?.fate ?? undefined
}

/** Hashes of the frozen facts that saved reports of simulations rest on. */
export const listKeptFacts = async (ask: Ask): Promise<readonly string[]> => {
  const rows = await ask<{ hash: string }>('select distinct facts_hash as hash from simulations order by 1')
  return rows.map(({ hash }) => hash)
}

/** Files of departments that belong to the record: those in the lake, and those that wait to be read. */
export const listFeedFiles = (ask: Ask): Promise<{ id: string; kind: string | null; status: string }[]> =>
  ask(
    `select id, kind, status from feeds
     where status in ('received', 'reading', 'accepted', 'quarantined') order by id`,
  )
