import { sql } from 'kysely'
import type { Tables, Tx } from '#store/server'

type ColumnType = 'uuid' | 'text' | 'bigint' | 'bytea' | 'date' | 'timestamptz' | 'integer' | 'jsonb'
export type Columns = Readonly<Record<string, ColumnType>>

/**
 * Inserts many rows by one statement over arrays, one array a column: COPY refuses tables under row-level security,
 * and a value list would need a parameter for every cell.
 */
export const insertAll = async (
  tx: Tx,
  table: keyof Tables & string,
  columns: Columns,
  rows: readonly (readonly unknown[])[],
): Promise<void> => {
  if (rows.length === 0) return
  const names = Object.keys(columns)
  const arrays = names.map((name, at) => {
    const type = columns[name] ?? 'text'
    // An array of jsonb would have to be quoted twice; as text it is quoted once.
    return sql`${rows.map((row) => row[at])}::${sql.raw(type === 'jsonb' ? 'text' : type)}[]`
  })
  const picked = names.map((name) =>
    columns[name] === 'jsonb' ? sql`given.${sql.ref(name)}::jsonb` : sql`given.${sql.ref(name)}`,
  )
  const list = sql.join(names.map((name) => sql.ref(name)))
  await sql`insert into ${sql.table(table)} (${list})
    select ${sql.join(picked)} from unnest(${sql.join(arrays)}) as given (${list})`.execute(tx)
}

/** Marks open leads whose number is a member's now; gives them. */
export const registerKnownLeads = async (
  tx: Tx,
): Promise<{ id: string; region_code: string; household_id: string }[]> => {
  const { rows } = await sql<{ id: string; region_code: string; household_id: string }>`
    update leads set status = 'registered', version = leads.version + 1
    from persons
    where leads.status = 'open' and persons.number_index = leads.number_index and persons.left_on is null
    returning leads.id, leads.region_code, persons.household_id`.execute(tx)
  return rows
}
